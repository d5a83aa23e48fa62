"""Codes of another register, matched to our areas by name and parent."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from app.core.text import Text
from app.places.rules.codes import bps_parent
from app.places.rules.features import Feature
from app.places.rules.matching import KnownArea
from app.places.rules.names import same_name
from app.places.rules.words import levels_above


def area_for_alias(feature: Feature, known: Sequence[KnownArea], aliases: Mapping[str, int]) -> KnownArea | Text:
    """The one area of the feature's level and name, or why it cannot be told. `aliases`: area ids by the register's codes."""
    by_id: dict[int | None, KnownArea] = {area.id: area for area in known}
    found = [area for area in known if area.level is feature.level and same_name(area.name, feature.name or "")]
    found = _below_parent(feature, found, by_id, aliases)
    if len(found) == 1:
        return found[0]
    if not found:
        return Text("tidak ada %(level)s bernama %(name)s di bawah induk yang sama", level=feature.level, name=feature.name or "")
    codes = ", ".join(area.code for area in found)
    return Text("namanya cocok dengan beberapa wilayah: %(codes)s", codes=codes)


def _below_parent(
    feature: Feature, found: Iterable[KnownArea], by_id: Mapping[int | None, KnownArea], aliases: Mapping[str, int]
) -> list[KnownArea]:
    """Those below the parent that the feature names by code or name; all where it names none that we know."""
    found = list(found)
    parent_id = aliases.get(bps_parent(feature.code) or "")
    if parent_id is not None:
        return [area for area in found if area.parent_id == parent_id]
    for level in levels_above(feature.level)[:1]:
        if name := feature.names_above.get(level):
            return [area for area in found if area.parent_id in by_id and same_name(by_id[area.parent_id].name, name)]
    return found
