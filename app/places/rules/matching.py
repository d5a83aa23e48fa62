"""Which area of ours each feature of a file is, and what the file changes about it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

import shapely
from shapely.geometry.base import BaseGeometry

from app.core.text import Text
from app.places.rules.codes import level_of, parent_code
from app.places.rules.coverage import SLIVER_WIDTH_M, overlap_text, overlaps, real_overlap_text
from app.places.rules.features import Feature
from app.places.rules.ground import is_same_outline
from app.places.rules.names import is_better_spelling, same_name
from app.places.rules.report import ImportOutcome
from app.places.rules.words import LADDER, UNKNOWN_NAME, AreaLevel

SAME_GROUND = 0.5
"""The part of its ground that an area keeps when it is known again under another code and parent."""


@dataclass(frozen=True, slots=True)
class KnownArea:
    """An area as it stands in the database."""

    id: int
    level: AreaLevel
    code: str
    name: str
    parent_id: int | None
    population: int | None
    households: int | None
    outline: BaseGeometry | None


@dataclass(frozen=True, slots=True)
class AreaChange:
    """A feature, the area that it is (None: a new one), and what changes."""

    feature: Feature
    known: KnownArea | None
    outcomes: tuple[ImportOutcome, ...]
    notes: tuple[Text, ...] = ()


@dataclass(frozen=True, slots=True)
class ImportPlan:
    """What an import would do, from the top level down; nothing of it holds while something is refused."""

    changes: tuple[AreaChange, ...]
    refused: tuple[Feature, ...]


def plan(features: Sequence[Feature], known: Sequence[KnownArea], sliver_width_m: float = SLIVER_WIDTH_M) -> ImportPlan:
    """The changes that bring the known areas to what the features say. The features come as `Survey.accepted` gives them."""
    everyone = [*features, *mentioned(features, {area.code: area for area in known})]
    everyone.sort(key=lambda one: (LADDER.index(one.level), one.code))
    matching = _Matching(everyone, known)
    changes, reasons = list[AreaChange](), defaultdict[str, list[Text]](list)
    for feature in everyone:
        found = matching.find(feature)
        if isinstance(found, Text):
            reasons[feature.code].append(found)
        else:
            changes.append(AreaChange(feature, found, _outcomes(feature, found, matching)))
    for change in changes:
        reasons[change.feature.code] += matching.displaced(change)
    notes = _beside_untouched(changes, known, reasons, sliver_width_m)
    return ImportPlan(
        tuple(replace(one, notes=(*one.feature.repairs, *notes[one.feature.code])) for one in changes),
        tuple(feature.refused(*reasons[feature.code]) for feature in everyone if reasons[feature.code]),
    )


def settled(features: Sequence[Feature], known: Sequence[KnownArea], sliver_width_m: float = SLIVER_WIDTH_M) -> ImportPlan:
    """The plan for what is left when everything refused, and all that lies below it unmentioned, is taken out."""
    left, refused = list(features), list[Feature]()
    while (planned := plan(left, known, sliver_width_m)).refused:
        fallen = {feature.code for feature in planned.refused}
        lost = {feature.code for feature in planned.refused if feature.number is None}
        orphans = [one for one in left if one.code not in fallen and lost.intersection(_codes_above(one))]
        refused += [*planned.refused, *(_orphaned(one) for one in orphans)]
        left = [one for one in left if one.code not in fallen and one not in orphans]
    return ImportPlan(planned.changes, tuple(refused))


def _codes_above(feature: Feature) -> Iterable[str]:
    code = feature.parent_code
    while code is not None:
        yield code
        code = parent_code(code)


def _orphaned(feature: Feature) -> Feature:
    return feature.refused(Text("wilayah di atasnya (%(parent_code)s) ditolak", parent_code=feature.parent_code or ""))


def mentioned(features: Iterable[Feature], known: Mapping[str, KnownArea]) -> list[Feature]:
    """The areas above the features that the file names by code only: new ones, and ours whose name was unknown so far."""
    features = list(features)
    own = {feature.code for feature in features}
    names: dict[str, Counter[str]] = defaultdict(Counter)
    for feature in features:
        for code in _codes_above(feature):
            if code not in own:
                names[code].update(name for level, name in feature.names_above.items() if level is level_of(code))
    return [
        Feature(None, code, level_of(code), name, parent_code(code))
        for code, said in names.items()
        for name in [_commonest(said)]
        if code not in known or (name is not None and known[code].name == UNKNOWN_NAME)
    ]


def _commonest(names: Counter[str]) -> str | None:
    return min(names, key=lambda name: (-names[name], name)) if names else None


class _Matching:
    """Finds the area that a feature is: by code and name, else by name and parent, else by name and ground, else by code."""

    def __init__(self, features: Sequence[Feature], known: Sequence[KnownArea]) -> None:
        self._by_code = {area.code: area for area in known}
        self._names_in_file = {feature.code: feature.name for feature in features}
        self._by_level: dict[AreaLevel, list[KnownArea]] = defaultdict(list)
        for area in known:
            self._by_level[area.level].append(area)
        self._found: dict[str, KnownArea | None] = {}
        self._claimed: dict[int, Feature] = {}

    def find(self, feature: Feature) -> KnownArea | Text | None:
        """The area, None where it is a new one, or why that cannot be told."""
        found = self._look(feature)
        if isinstance(found, KnownArea):
            other = self._claimed.setdefault(found.id, feature)
            if other is not feature:
                return Text(
                    "wilayah %(code)s %(name)s sudah dipasangkan dengan kode %(code_2)s",
                    code=found.code,
                    name=found.name,
                    code_2=other.code,
                )
        if not isinstance(found, Text):
            self._found[feature.code] = found
        return found

    def parent_of(self, feature: Feature) -> KnownArea | None:
        """The area above, as it stands; None when there is none or it is new."""
        code = feature.parent_code
        if code is None:
            return None
        return self._found[code] if code in self._found else self._by_code.get(code)

    def displaced(self, change: AreaChange) -> list[Text]:
        """Why the feature may not take its code: an area that the file does not mention holds it."""
        holder = self._by_code.get(change.feature.code)
        if holder is None or holder.id in self._claimed:
            return []
        return [Text("kode %(code)s masih milik %(name)s, yang tidak ada dalam berkas", code=holder.code, name=holder.name)]

    def _look(self, feature: Feature) -> KnownArea | Text | None:
        holder = self._by_code.get(feature.code)
        if feature.name is None or (holder and (holder.name == UNKNOWN_NAME or same_name(holder.name, feature.name))):
            return holder
        namesakes = [area for area in self._by_level[feature.level] if self._is_namesake(area, feature)]
        if holder is not None:
            return namesakes[0] if len(namesakes) == 1 else holder
        if len(namesakes) > 1:
            codes = ", ".join(area.code for area in namesakes)
            return Text("namanya cocok dengan beberapa wilayah: %(codes)s", codes=codes)
        return namesakes[0] if namesakes else None

    def _is_namesake(self, area: KnownArea, feature: Feature) -> bool:
        """The area bears the feature's name, the file does not give it its old code, and it has the same parent or ground."""
        if area.code == feature.code or feature.name is None or not same_name(area.name, feature.name):
            return False
        said = self._names_in_file.get(area.code)
        if said is not None and same_name(said, area.name):
            return False
        parent = self.parent_of(feature)
        return (area.parent_id == parent.id if parent else area.parent_id is None) or _is_same_ground(area, feature)


def _is_same_ground(area: KnownArea, feature: Feature) -> bool:
    if area.outline is None or feature.outline is None:
        return False
    common = shapely.area(shapely.intersection(area.outline, feature.outline))
    return bool(common >= SAME_GROUND * max(shapely.area(area.outline), shapely.area(feature.outline)))


def _outcomes(feature: Feature, known: KnownArea | None, matching: _Matching) -> tuple[ImportOutcome, ...]:
    repaired = (ImportOutcome.REPAIRED,) if feature.repairs else ()
    if known is None:
        return (ImportOutcome.ADDED, *repaired)
    parent = matching.parent_of(feature)
    moved = feature.parent_code is not None and (parent is None or parent.id != known.parent_id)
    outlined = feature.outline is not None and known.outline is None
    redrawn = feature.outline is not None and known.outline is not None and not is_same_outline(feature.outline, known.outline)
    figures = (feature.population, known.population), (feature.households, known.households)
    found = {
        ImportOutcome.OUTLINE_ADDED: outlined,
        ImportOutcome.OUTLINE_CHANGED: redrawn,
        ImportOutcome.CODE_CHANGED: feature.code != known.code,
        ImportOutcome.RENAMED: feature.name is not None and is_better_spelling(feature.name, known.name),
        ImportOutcome.MOVED: moved,
        ImportOutcome.FIGURES_CHANGED: any(new is not None and new != old for new, old in figures),
    }
    changed = tuple(outcome for outcome, holds in found.items() if holds)
    if not changed:
        return (ImportOutcome.UNCHANGED,)
    return (*changed, *repaired) if outlined or redrawn else changed


def _beside_untouched(
    changes: Sequence[AreaChange], known: Sequence[KnownArea], reasons: dict[str, list[Text]], sliver_width_m: float
) -> dict[str, list[Text]]:
    """New outlines against those of areas that the file leaves alone: real overlaps become reasons, thin ones are given back."""
    notes: dict[str, list[Text]] = defaultdict(list)
    claimed = {change.known.id for change in changes if change.known}
    new = {ImportOutcome.ADDED, ImportOutcome.OUTLINE_ADDED, ImportOutcome.OUTLINE_CHANGED}
    for level in LADDER:
        here = [one.feature for one in changes if one.feature.level is level and new.intersection(one.outcomes)]
        drawn = [(feature.code, feature.outline) for feature in here if feature.outline is not None]
        others = [(f"{area.code} {area.name}", area.outline) for area in known
                  if area.level is level and area.outline is not None and area.id not in claimed]  # fmt: skip
        for found in overlaps([outline for _, outline in drawn], [outline for _, outline in others], sliver_width_m):
            code, name = drawn[found.first][0], others[found.second][0]
            if found.is_sliver:
                notes[code].append(overlap_text(name, found.area_m2))
            else:
                reasons[code].append(real_overlap_text(name, found, sliver_width_m))
    return notes
