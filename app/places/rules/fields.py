"""Which field of a table of areas means what: by option, or guessed from the names that such tables use."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from app.core.errors import FieldError
from app.core.text import Text
from app.places.rules.codes import bps_level, code_text, level_of, normal_code
from app.places.rules.words import KEMENDAGRI, LADDER, AreaLevel, levels_above

Row = Mapping[str, object]

# Names without capitals, spaces and signs. KDEPUM, WADMKD and their like are those of the national topographic map.
_CODES = ("code", "kode", "kodewilayah", "kdwilayah", "kodekemendagri", "kodepum", "areacode")
_CODES_OF = {
    AreaLevel.CITY: ("kodekota", "kdkota", "kodekab", "kdkab", "kodekabkota", "kdpkab", "citycode", "regencycode"),
    AreaLevel.KECAMATAN: ("kodekec", "kdkec", "kodekecamatan", "kdkecamatan", "kdcpum", "districtcode"),
    AreaLevel.KELURAHAN: (
        "kodekel",
        "kdkel",
        "kodekelurahan",
        "kdkelurahan",
        "kodedesa",
        "kddesa",
        "kodekeldesa",
        "kdepum",
        "villagecode",
    ),
}
_IDS = ("id",)
_NAMES = ("name", "nama", "namobj", "namawilayah", "nmwilayah")
_NAMES_OF = {
    AreaLevel.CITY: ("kota", "kabupaten", "kabkota", "namakota", "nmkota", "namakab", "nmkab", "wadmkk", "regency", "city"),
    AreaLevel.KECAMATAN: ("kecamatan", "namakecamatan", "nmkecamatan", "namakec", "nmkec", "wadmkc", "district"),
    AreaLevel.KELURAHAN: (
        "kelurahan",
        "namakelurahan",
        "nmkelurahan",
        "namakel",
        "nmkel",
        "desa",
        "namadesa",
        "nmdesa",
        "deskel",
        "desakelurahan",
        "kelurahandesa",
        "wadmkd",
        "village",
    ),
}
_POPULATIONS = ("population", "penduduk", "jumlahpenduduk", "jmlpenduduk", "jmlpddk", "jiwa")
_HOUSEHOLDS = ("households", "jumlahkk", "jmlkk", "rumahtangga")


@dataclass(frozen=True, slots=True)
class FieldOptions:
    """What the operator says about the fields; None: to be guessed."""

    level: AreaLevel | None = None
    code: str | None = None
    name: str | None = None
    parent: str | None = None
    population: str | None = None
    households: str | None = None


@dataclass(frozen=True, slots=True)
class Fields:
    """The fields that were found."""

    code: str
    name: str
    parent: str | None
    """Holds the code or the name of the area above; only where the operator named it."""
    codes_above: Mapping[AreaLevel, str] = field(default_factory=dict)
    names_above: Mapping[AreaLevel, str] = field(default_factory=dict)
    population: str | None = None
    households: str | None = None


def find_fields(rows: Sequence[Row], options: FieldOptions, register: str = KEMENDAGRI) -> Fields | FieldError:
    """The fields of the table, or why one of them cannot be told."""
    present = list(dict.fromkeys(key for row in rows for key, value in row.items() if value is not None))
    every = list(dict.fromkeys(key for row in rows for key in row))
    found: dict[str, str | None] = {}
    for name in ("code", "name", "parent", "population", "households"):
        asked = getattr(options, name)
        found[name] = _asked(asked, every)
        if asked is not None and found[name] is None:
            return _missing(name, every, asked)
    code = found["code"] or _guess("code", rows, present, _code_tiers(options.level))
    if isinstance(code, FieldError):
        return code
    level = options.level or _level_in(rows, code, register)
    name_tiers = (_NAMES, _NAMES_OF[level]) if level else (_NAMES,)
    name_field = found["name"] or _guess("name", rows, [key for key in present if key != code], name_tiers)
    if isinstance(name_field, FieldError):
        return name_field
    rest = [key for key in present if key not in (code, name_field)]
    # Without --level short codes may be serials below a kecamatan, whose field is then among these.
    above = levels_above(options.level or AreaLevel.KELURAHAN)
    return Fields(
        code=code,
        name=name_field,
        parent=found["parent"],
        codes_above={one: key for one in above if (key := _first(rest, _CODES_OF[one]))},
        names_above={one: key for one in above if (key := _first(rest, _NAMES_OF[one]))},
        population=found["population"] or _first(rest, _POPULATIONS),
        households=found["households"] or _first(rest, _HOUSEHOLDS),
    )


def _plain(name: str) -> str:
    return re.sub(r"[^a-z0-9]", "", name.casefold())


def _asked(asked: str | None, present: Sequence[str]) -> str | None:
    """The field of that name, or the only one that differs from it in capitals alone."""
    if asked is None or asked in present:
        return asked
    alike = [key for key in present if key.casefold() == asked.casefold()]
    return alike[0] if len(alike) == 1 else None


def _first(present: Sequence[str], known: Sequence[str]) -> str | None:
    plain = {_plain(key): key for key in reversed(present)}
    return next((plain[name] for name in known if name in plain), None)


def _code_tiers(level: AreaLevel | None) -> tuple[Sequence[str], ...]:
    """Names that mean the feature's own code, the surest first; of those for one level the lowest level in the table."""
    own = (_CODES_OF[level],) if level else tuple(_CODES_OF[one] for one in reversed(LADDER))
    return (_CODES, *own, _IDS)


def _guess(what: str, rows: Sequence[Row], present: Sequence[str], tiers: Sequence[Sequence[str]]) -> str | FieldError:
    for known in tiers:
        candidates = [key for key in present if _plain(key) in known]
        if not candidates:
            continue
        first, *others = candidates
        if all(code_text(row.get(first)) == code_text(row.get(other)) for row in rows for other in others):
            return first
        return _ambiguous(what, candidates)
    return _missing(what, present, None)


def _level_in(rows: Sequence[Row], code_field: str, register: str) -> AreaLevel | None:
    """The level that most codes of the field have."""
    codes = [code_text(row.get(code_field)) for row in rows]
    if register == KEMENDAGRI:
        levels = [level_of(normal) for code in codes if (normal := normal_code(code))]
    else:
        levels = [level for code in codes if code and (level := bps_level(code))]
    return Counter(levels).most_common(1)[0][0] if levels else None


def _ambiguous(what: str, candidates: Sequence[str]) -> FieldError:
    listed, option = ", ".join(candidates), f"--{what}-field"
    return FieldError(
        f"{what}_field",
        "ambiguous",
        Text(
            "beberapa isian dapat berarti %(what)s: %(listed)s. Pilihlah satu dengan %(option)s.",
            what=_words(what),
            listed=listed,
            option=option,
        ),
    )


def _missing(what: str, present: Sequence[str], asked: str | None) -> FieldError:
    listed, option = ", ".join(present[:30]) or "-", f"--{what}-field"
    if asked is not None:
        sentence = Text(
            'berkas ini tidak punya isian "%(asked)s" (%(option)s). Yang ada: %(listed)s.',
            asked=asked,
            option=option,
            listed=listed,
        )
    else:
        sentence = Text(
            "tidak ada isian yang dikenal sebagai %(what)s. Sebutkan dengan %(option)s. Yang ada: %(listed)s.",
            what=_words(what),
            option=option,
            listed=listed,
        )
    return FieldError(f"{what}_field", "missing", sentence)


def _words(what: str) -> Text:
    return Text("kode wilayah") if what == "code" else Text("nama wilayah")
