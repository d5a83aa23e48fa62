"""One area as a file tells it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from shapely.geometry.base import BaseGeometry

from app.core.text import Text
from app.places.rules.words import AreaLevel


@dataclass(frozen=True, slots=True)
class Feature:
    """One area as the file tells it. Without a number it is only mentioned, by an area below it."""

    number: int | None
    code: str
    level: AreaLevel
    name: str | None
    parent_code: str | None = None
    names_above: Mapping[AreaLevel, str] = field(default_factory=dict)
    population: int | None = None
    households: int | None = None
    outline: BaseGeometry | None = None
    repairs: tuple[Text, ...] = ()
    refusals: tuple[Text, ...] = ()
    merged_into: int | None = None
    """The number of the feature that is the same area and bears the ground of this one too."""

    def refused(self, *reasons: Text) -> Feature:
        return replace(self, refusals=(*self.refusals, *reasons))
