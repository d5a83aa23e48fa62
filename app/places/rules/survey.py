"""A GeoJSON collection of areas, read feature by feature before any database is asked."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from app.core.errors import FieldError
from app.core.identity_numbers import has_identity_number
from app.core.text import Text
from app.places.rules.codes import (
    bps_level,
    bps_parent,
    code_text,
    joined_code,
    level_of,
    normal_code,
    parent_code,
)
from app.places.rules.coverage import SLIVER_WIDTH_M, cover
from app.places.rules.features import Feature
from app.places.rules.fields import FieldOptions, Fields, Row, find_fields
from app.places.rules.names import MAX_NAME_LENGTH, area_name
from app.places.rules.outlines import read_outline
from app.places.rules.twins import without_twins
from app.places.rules.words import KEMENDAGRI, LADDER, AreaLevel, levels_above

MAX_FEATURES = 20_000
MAX_PEOPLE = 100_000_000

# Geographic systems within a metre or two of each other in Indonesia: WGS84, DGN95, SRGI2013.
_WGS84_NAMES = ("CRS84", "EPSG:4326", "EPSG::4326", "EPSG:4755", "EPSG::4755", "EPSG:9470", "EPSG::9470")


@dataclass(frozen=True, slots=True)
class Survey:
    """All features of a file, in its order, those refused among them."""

    features: tuple[Feature, ...]
    register: str
    sliver_width_m: float = SLIVER_WIDTH_M

    @property
    def accepted(self) -> tuple[Feature, ...]:
        """The features that may be imported, from the top level down, each level by code: the file's own order is no matter."""
        kept = [feature for feature in self.features if not feature.refusals and feature.merged_into is None]
        return tuple(sorted(kept, key=lambda one: (LADDER.index(one.level), one.code)))

    @property
    def refused(self) -> tuple[Feature, ...]:
        return tuple(feature for feature in self.features if feature.refusals)

    @property
    def merged(self) -> tuple[Feature, ...]:
        """The features whose ground another one bears."""
        return tuple(feature for feature in self.features if feature.merged_into is not None)


def survey(
    collection: object,
    options: FieldOptions,
    register: str = KEMENDAGRI,
    *,
    sliver_width_m: float = SLIVER_WIDTH_M,
    advance: Callable[[], None] = lambda: None,
) -> Survey | FieldError:
    """The features of a GeoJSON FeatureCollection, or why the whole cannot be read. `advance` is called after each feature."""
    found = _features(collection)
    if isinstance(found, FieldError):
        return found
    rows = [_row(feature) for feature in found]
    fields = find_fields(rows, options, register)
    if isinstance(fields, FieldError):
        return fields
    read: list[Feature] = []
    for number, (feature, row) in enumerate(zip(found, rows, strict=True), start=1):
        one = _read(number, row, fields, options.level, register)
        if register == KEMENDAGRI:
            reading = read_outline(feature.get("geometry"))
            one = replace(one, outline=reading.outline, repairs=reading.repairs)
            one = one.refused(reading.refusal) if reading.refusal else one
        read.append(one)
        advance()
    return Survey(tuple(_covering(without_twins(read), sliver_width_m)), register, sliver_width_m)


def is_wgs84(name: str) -> bool:
    """Degrees of WGS84, or of a system as good as that in Indonesia."""
    return any(name.upper().endswith(known) for known in _WGS84_NAMES)


def crs_problem(name: str | None) -> FieldError | None:
    """Why coordinates of that reference system cannot be taken; None when they are degrees of WGS84 or as good as that."""
    if name is None or is_wgs84(name):
        return None
    short = name if len(name) <= 60 else name[:57] + "..."
    return FieldError(
        "crs",
        "projection",
        Text(
            "Sistem koordinat berkas ini tidak dikenal (%(short)s). Sebutkan nomornya, misalnya EPSG:32748 untuk UTM 48 selatan: "
            "--crs, atau Sistem koordinat di halaman.",
            short=short,
        ),
    )


def _features(collection: object) -> list[Mapping[str, object]] | FieldError:
    if not isinstance(collection, Mapping) or collection.get("type") != "FeatureCollection":
        return _unreadable(Text("bukan GeoJSON FeatureCollection"))
    if problem := crs_problem(_crs_name(collection.get("crs"))):
        return problem
    features = collection.get("features")
    if not isinstance(features, list):
        return _unreadable(Text('tidak punya daftar "features"'))
    if not features:
        return _unreadable(Text("tidak berisi satu wilayah pun"))
    if len(features) > MAX_FEATURES:
        return _unreadable(Text("lebih dari %(max_features)s wilayah", max_features=MAX_FEATURES))
    for number, feature in enumerate(features, start=1):
        is_feature = isinstance(feature, Mapping) and feature.get("type") == "Feature"
        if not is_feature or not isinstance(feature.get("properties"), Mapping | None):
            return _unreadable(Text("unsur ke-%(number)s bukan Feature", number=number))
    return features


def _unreadable(why: Text) -> FieldError:
    told = Text("Berkas ini tidak terbaca: %(why)s.", why=why)
    return FieldError("file", "unreadable", told)


def _crs_name(crs: object) -> str | None:
    """The name in the old `crs` member of GeoJSON."""
    if crs is None:
        return None
    properties = crs.get("properties") if isinstance(crs, Mapping) else None
    name = properties.get("name") if isinstance(properties, Mapping) else None
    return name if isinstance(name, str) else str(crs)


def _row(feature: Mapping[str, object]) -> Row:
    """The feature's properties; its own id stands in where there is no property of that name."""
    properties = feature.get("properties")
    assert properties is None or isinstance(properties, Mapping)  # noqa: S101 - _features saw to it
    return {"id": feature.get("id"), **(properties or {})}


def _read(number: int, row: Row, fields: Fields, wanted: AreaLevel | None, register: str) -> Feature:
    reasons: list[Text] = []
    written = code_text(row.get(fields.code))
    above = {level: name for level, key in fields.names_above.items() if (name := _name_above(row.get(key)))}
    parent = _parent(row, fields)
    code, level = _own_code(written, parent, wanted, register)
    if level is None:
        reasons.append(_no_code(written, fields.code))
    elif wanted is not None and level is not wanted:
        reasons.append(Text("kodenya milik tingkat %(level)s, bukan %(wanted)s", level=level, wanted=wanted))
    name = _name(row.get(fields.name))
    if name is None:
        reasons.append(Text("isian %(name)s kosong atau lebih dari %(length)s huruf", name=fields.name, length=MAX_NAME_LENGTH))
    elif has_identity_number(name):
        reasons.append(Text("isian %(name)s memuat nomor 16 angka (NIK, KK)", name=fields.name))
    parent_of_code = parent_code(code) if register == KEMENDAGRI else bps_parent(code)
    is_above = fields.parent or (parent and level and level_of(parent) in levels_above(level)[:1])
    if level is not None and parent is not None and is_above and register == KEMENDAGRI and parent != parent_of_code:
        reasons.append(
            Text("kodenya ada di bawah %(above)s, tetapi isian induknya %(parent)s", above=parent_of_code or "", parent=parent)
        )  # fmt: skip
    if fields.parent and level and parent is None and (said := _name(row.get(fields.parent))) and levels_above(level):
        above[levels_above(level)[0]] = said
    population = _count(row, fields.population, reasons)
    households = _count(row, fields.households, reasons)
    return Feature(
        number, code, level or wanted or AreaLevel.KELURAHAN, name, parent_of_code, above, population, households,
        refusals=tuple(reasons),
    )  # fmt: skip


def _own_code(written: str | None, parent: str | None, wanted: AreaLevel | None, register: str) -> tuple[str, AreaLevel | None]:
    """The feature's code as we write it and its level; without a level it is no code."""
    if written is None or len(written) > 40:
        return (written or "")[:40], None
    if register != KEMENDAGRI:
        return written, wanted or bps_level(written)
    code = normal_code(written) if len(written) > 4 or parent is None else joined_code(parent, written)
    return code or written, level_of(code) if code else None


def _parent(row: Row, fields: Fields) -> str | None:
    """The code of the area above, from the field named for it or known to mean it."""
    keys = [fields.parent] if fields.parent else [key for level, key in fields.codes_above.items() if level in LADDER]
    return normal_code(row.get(keys[0])) if keys else None


def _no_code(written: str | None, key: str) -> Text:
    if written is None:
        return Text("isian %(key)s kosong", key=key)
    short = written[:40]
    return Text('"%(short)s" bukan kode wilayah (bentuknya 32.73.09.1003)', short=short)


def _name(value: object) -> str | None:
    name = area_name(value) if isinstance(value, str) else None
    return name if name and len(name) <= MAX_NAME_LENGTH else None


def _name_above(value: object) -> str | None:
    """The name of an area above, of which the file only speaks: left out where it is none."""
    name = _name(value)
    return None if name is None or has_identity_number(name) else name


def _count(row: Row, key: str | None, reasons: list[Text]) -> int | None:
    """A number of people or households; nothing, "" and "-" are not known."""
    value = row.get(key) if key else None
    if value is None or (isinstance(value, str) and value.strip() in ("", "-")):
        return None
    if isinstance(value, str) and value.strip().isdecimal() and len(value.strip()) <= 12:
        value = int(value)
    if isinstance(value, int | float) and not isinstance(value, bool) and 0 <= value <= MAX_PEOPLE and value == int(value):
        return int(value)
    said = str(value)[:40]
    reasons.append(Text('%(key)s "%(said)s" bukan bilangan bulat dari 0', key=key or "", said=said))
    return None


def _covering(features: Sequence[Feature], sliver_width_m: float) -> list[Feature]:
    """The features with their outlines brought to a coverage, level by level."""
    answer = {feature.number: feature for feature in features}
    for level in LADDER:
        drawn = [one for one in features if one.level is level and not one.refusals and one.merged_into is None]
        here = [feature for feature in drawn if feature.outline]
        here.sort(key=lambda feature: feature.code)
        covering = cover([one.outline for one in here], [f"{one.code} {one.name}" for one in here], sliver_width_m)
        for place, feature in enumerate(here):
            repairs = (*feature.repairs, *([covering.repairs[place]] if place in covering.repairs else ()))
            covered = replace(feature, outline=covering.outlines[place], repairs=repairs)
            answer[feature.number] = covered.refused(*covering.refusals.get(place, ()))
    return [answer[feature.number] for feature in features]
