"""The assessment of a submission: every row of the rules on fair play, each a small function that returns findings.

Pure: the same submission, programme and circumstances give the same findings, so a decision can be computed again.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal

from app.actions.rules.findings import OFF_DAY, Finding, Level
from app.actions.rules.submission import Submission
from app.actions.rules.timing import Timing
from app.actions.rules.words import Capacity, Source
from app.programmes.rules.days import DayKind, day_kind
from app.programmes.rules.definition import Circle, Definition


@dataclass(frozen=True, slots=True)
class SiteSeen:
    """The site whose circle judges the deed, as it lay at that time."""

    name: str
    distance_m: float
    radius_m: float
    is_confirmed: bool


@dataclass(frozen=True, slots=True)
class AreaSeen:
    """The kelurahan of the doer's post or site, for programmes that count there."""

    name: str
    outside_m: float
    """0 within the outline, else metres to it."""


@dataclass(frozen=True, slots=True)
class Earlier:
    """Another action of the same person that still stands (waiting, held or stamped)."""

    programme: str
    started_at: datetime
    observed_on: date
    minutes: int | None
    place: Hashable
    measures: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Circumstances:
    """All that the assessment knows besides the submission and the programme."""

    observed_on: date
    is_place_known: bool
    site: SiteSeen | None
    area: AreaSeen | None
    place: Hashable
    """What counts as one place for the caps: the site, else the kelurahan, else the cell."""
    capacity: Capacity
    earlier: Sequence[Earlier]


def assess(submission: Submission, definition: Definition, timing: Timing, seen: Circumstances) -> tuple[Finding, ...]:
    """Everything that was noticed, the place first."""
    return tuple(
        finding
        for row in (
            _place(submission, definition, seen),
            _position(submission, definition),
            _site(seen),
            _day(definition, seen),
            _minutes(submission, definition),
            _caps(submission, definition, timing, seen),
            _overlap(submission, timing, seen),
            iter((timing.finding,)) if timing.finding.code != "clock_ok" else iter(()),
            _lateness(definition, timing),
            _photographs(submission, definition),
        )
        for finding in row
    )


def _place(submission: Submission, definition: Definition, seen: Circumstances) -> Iterator[Finding]:
    if isinstance(definition.place, Circle):
        if seen.site is not None:
            yield _radius(submission, definition, seen.site)
    elif seen.area is not None:
        yield _own_area(seen.area, definition.place.border_m)


def _radius(submission: Submission, definition: Definition, site: SiteSeen) -> Finding:
    accuracy = submission.fix.accuracy_m
    values = {
        "distance_m": round(site.distance_m),
        "radius_m": round(site.radius_m),
        "site": site.name,
        "accuracy_m": None if accuracy is None else round(accuracy),
    }
    if site.distance_m <= site.radius_m:
        return Finding("radius_inside", Level.OK, values)
    # The fix cannot tell these metres; a coarse one must not buy more than a good one.
    forgiven = min(accuracy or 0.0, definition.limits.perhaps_m)
    if site.distance_m <= site.radius_m + forgiven:
        return Finding("radius_perhaps", Level.LOOK, values)
    return Finding("radius_outside", Level.HOLD, values)


def _own_area(area: AreaSeen, border_m: float) -> Finding:
    values = {"area": area.name, "outside_m": round(area.outside_m)}
    if area.outside_m <= 0:
        return Finding("area_inside", Level.OK, values)
    if area.outside_m <= border_m:
        return Finding("area_near", Level.LOOK, values)
    return Finding("area_outside", Level.HOLD, values)


def _position(submission: Submission, definition: Definition) -> Iterator[Finding]:
    fix = submission.fix
    if fix.source is Source.PIN:
        yield Finding("position_pin", Level.LOOK)
    elif fix.source is Source.PHOTO:
        yield Finding("position_photo", Level.LOOK)
    elif fix.accuracy_m is not None and fix.accuracy_m > definition.limits.coarse_m:
        yield Finding("position_coarse", Level.LOOK, {"accuracy_m": round(fix.accuracy_m)})


def _site(seen: Circumstances) -> Iterator[Finding]:
    if not seen.is_place_known:
        yield Finding("place_unknown", Level.LOOK)
    if seen.site is None and seen.area is None:
        yield Finding("site_none", Level.LOOK)
    elif seen.site is not None and not seen.site.is_confirmed:
        yield Finding("site_unconfirmed", Level.LOOK, {"site": seen.site.name})


def _day(definition: Definition, seen: Circumstances) -> Iterator[Finding]:
    kind = day_kind(definition, seen.observed_on)
    code = {DayKind.PROGRAMME: "day_programme", DayKind.HOLIDAY: "day_holiday", DayKind.OTHER: OFF_DAY}[kind]
    values: dict[str, object] = {"day": seen.observed_on.isoformat()}
    if kind is DayKind.OTHER:
        values["counted"] = not definition.credit.programme_days_only
    yield Finding(code, Level.OK, values)


def _minutes(submission: Submission, definition: Definition) -> Iterator[Finding]:
    asked = definition.minutes
    if asked is None or submission.minutes is None:
        return
    values = {"minutes": submission.minutes, "shortest": asked.shortest, "longest": asked.longest}
    if submission.minutes < asked.shortest:
        yield Finding("minutes_short", Level.HOLD, values)
    elif submission.minutes > asked.longest:
        yield Finding("minutes_long", Level.OK, values)
    else:
        yield Finding("minutes_ok", Level.OK, values)


def _caps(submission: Submission, definition: Definition, timing: Timing, seen: Circumstances) -> Iterator[Finding]:
    caps = definition.caps
    today = [e for e in seen.earlier if e.programme == submission.programme and e.observed_on == seen.observed_on]
    here = sum(1 for earlier in today if earlier.place == seen.place)
    if caps.actions_per_day is not None and len(today) >= caps.actions_per_day:
        yield Finding("cap_day", Level.HOLD, {"cap": caps.actions_per_day, "sort": "day"})
    elif caps.actions_per_place_and_day is not None and here >= caps.actions_per_place_and_day:
        yield Finding("cap_day", Level.HOLD, {"cap": caps.actions_per_place_and_day, "sort": "place"})
    if seen.capacity.value not in caps.exempt:
        yield from _amounts(submission, definition, today)
    yield from _spacing(submission, definition, timing, seen)


def _amounts(submission: Submission, definition: Definition, today: Sequence[Earlier]) -> Iterator[Finding]:
    for measure, cap in definition.caps.amount_per_day.items():
        claimed = sum((_amount(e.measures, measure) for e in today), _amount(submission.measures, measure))
        if claimed > cap:
            name = definition.measures[measure].name
            values = {"cap": cap, "sort": "amount", "amount": str(claimed), "name_id": name.id, "name_en": name.en}
            yield Finding("cap_day", Level.HOLD, values)


def _amount(measures: Mapping[str, object], name: str) -> Decimal:
    return Decimal(str(measures.get(name) or 0))


def _spacing(submission: Submission, definition: Definition, timing: Timing, seen: Circumstances) -> Iterator[Finding]:
    """Actions of one programme lie apart; those at the same time are told as an overlap."""
    apart = timedelta(minutes=definition.caps.minutes_apart)
    start, end = timing.observed_at, timing.observed_at + _lasting(submission.minutes)
    for earlier in seen.earlier:
        earlier_end = earlier.started_at + _lasting(earlier.minutes)
        gap = max(start - earlier_end, earlier.started_at - end)
        if earlier.programme == submission.programme and timedelta(0) <= gap < apart:
            minutes = int(gap.total_seconds() // 60)
            yield Finding("spacing_short", Level.HOLD, {"minutes": minutes, "apart": definition.caps.minutes_apart})
            return


def _overlap(submission: Submission, timing: Timing, seen: Circumstances) -> Iterator[Finding]:
    start, end = timing.observed_at, timing.observed_at + _lasting(submission.minutes)
    for earlier in seen.earlier:
        if start < earlier.started_at + _lasting(earlier.minutes) and earlier.started_at < end:
            yield Finding("overlap", Level.HOLD, {"programme": earlier.programme})
            return


def _lasting(minutes: int | None) -> timedelta:
    """A deed takes at least a minute."""
    return timedelta(minutes=max(minutes or 1, 1))


def _lateness(definition: Definition, timing: Timing) -> Iterator[Finding]:
    limits = definition.limits
    age = timing.arrived_at - timing.observed_at
    if age < -timedelta(minutes=limits.future_minutes):
        yield Finding("future", Level.HOLD, {"minutes": round(-age.total_seconds() / 60)})
    elif age > timedelta(days=limits.late_hold_days):
        yield Finding("very_late", Level.HOLD, {"days": age.days, "limit": limits.late_hold_days})
    elif age > timedelta(days=limits.late_look_days):
        yield Finding("late", Level.LOOK, {"days": age.days, "limit": limits.late_look_days})


def _photographs(submission: Submission, definition: Definition) -> Iterator[Finding]:
    asked = definition.evidence.photos
    if submission.photos:
        yield Finding("photos_pending", Level.LOOK, {"photos": len(submission.photos)})
    if len(submission.photos) < asked:
        yield Finding("photos_missing", Level.LOOK, {"asked": asked, "photos": len(submission.photos)})
