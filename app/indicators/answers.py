"""The numbers of the kelurahan as they go over the wire. What is not known is null and says why."""

from __future__ import annotations

from typing import Any, Literal

from typing_extensions import TypedDict

from app.indicators.rules import Reason
from app.people.rules import Post
from app.web.described import CodeAndName, Day, Moment, Uuid


class KelurahanName(TypedDict):
    code: str
    name: str
    kecamatan: CodeAndName | None
    city: CodeAndName | None


class Kelurahan(KelurahanName):
    population: int | None
    households: int | None
    area_km2: float | None
    is_demo: bool


class KelurahanList(TypedDict):
    kelurahan: list[Kelurahan]


class KelurahanWithRw(Kelurahan):
    timezone: str
    rw: list[CodeAndName]
    indicators: str


class Span(TypedDict):
    name: str
    first: Day | None
    last: Day | None


class OtherBaseline(TypedDict):
    """A count that was written down before or for another day; `reason`: why it replaced what was there, where somebody said."""

    value: float
    counted_on: Day
    source: str
    reason: str | None
    recorded_on: Day


class Baseline(TypedDict):
    """The count in force; `others` is what else was ever written down, the latest first."""

    value: float
    counted_on: Day
    source: str
    total: float | None
    others: list[OtherBaseline]


class OtherTarget(TypedDict):
    """A target that was set before or for another day; `reason`: why it replaced what was there, where somebody said."""

    value: float
    due_on: Day
    source: str
    reason: str | None
    recorded_on: Day


class Target(TypedDict):
    """The target in force; `others` is what else was ever aimed at, the latest first."""

    value: float
    due_on: Day
    source: str
    others: list[OtherTarget]


class CountedFrom(TypedDict):
    """Which facts were counted; `href` lists them."""

    facts: str
    first: Day | None
    last: Day | None
    actions: int | None
    since: Day | None
    as_of: Moment
    href: str


class IndicatorWords(TypedDict):
    code: str
    name: str
    definition: str
    unit: str
    method: str


class IndicatorValue(IndicatorWords):
    """`value` is null where it is not known; `reason` and `why` then tell why. Never 0 for what nobody knows."""

    programme: str
    value: float | None
    reason: Reason | None
    why: str | None
    baseline: Baseline | None
    target: Target | None
    estimate: bool
    low: float | None
    middle: float | None
    high: float | None
    range: str | None
    counted_from: CountedFrom


class IndicatorSheet(TypedDict):
    kelurahan: CodeAndName
    period: Span
    indicators: list[IndicatorValue]


class School(TypedDict):
    npsn: str | None
    name: str


class StampedFact(TypedDict):
    """One stamped action, without its person, position and hour."""

    stamp: Uuid
    day: Day
    credits: dict[str, int | float]
    stamped_by: Post
    rw: str | None
    school: School | None


class TooRecent(TypedDict):
    count: int
    reason: str


class Facts(TypedDict):
    """`next` is the `after` of the next page; null at the end."""

    kelurahan: CodeAndName
    programme: str
    period: Span
    facts: list[StampedFact]
    too_recent: TooRecent
    next: str | None


class MapProperties(KelurahanName):
    value: float | None
    reason: Reason | None


class MapFeature(TypedDict):
    type: Literal["Feature"]
    id: str
    geometry: dict[str, Any] | None
    properties: MapProperties


class IndicatorMap(TypedDict):
    """A GeoJSON FeatureCollection (RFC 7946) with its heading."""

    type: Literal["FeatureCollection"]
    programme: str
    indicator: IndicatorWords
    period: Span
    reasons: dict[Reason, str]
    features: list[MapFeature]
