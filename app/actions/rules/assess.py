"""The assessment of a submission: every row of the rules on fair play, each a small function that returns findings.

Pure: the same submission, programme and circumstances give the same findings, so a decision can be computed again.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from app.actions.rules.findings import NO_SITE, OFF_DAY, PENDING, Finding, Level, name_kept, photographs_short
from app.actions.rules.positions import PastFix, unlikely
from app.actions.rules.submission import Submission
from app.actions.rules.timing import Timing
from app.actions.rules.words import Source
from app.core.geo import Point
from app.core.identity_numbers import has_identity_number
from app.programmes.rules.days import DayKind, day_kind
from app.programmes.rules.definition import Circle, Definition

MAX_RECORDS, RECORDS_SPAN = 60, timedelta(hours=1)
"""What an account records within that time without being asked about it: a month offline, or the day of a cadre."""


@dataclass(frozen=True, slots=True)
class SiteSeen:
    """The site whose circle judges the action, as it lay at that time."""

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
class MovedDay:
    """A programme's day and the day declared to take its place. Together they count once for each person."""

    moved: date
    day: date
    kept: date | None
    """The day on which the person already has an action that counts for it, the one day or another; None: there is none."""
    by_doer: bool
    """Whether the doer declared it: whoever stamps looks at that."""


@dataclass(frozen=True, slots=True)
class Circumstances:
    """All that the assessment knows besides the submission and the programme."""

    observed_on: date
    is_place_known: bool
    site: SiteSeen | None
    area: AreaSeen | None
    site_centre: Point | None = None
    """The centre of that site's circle, or of the site where the programme judges no circle."""
    past_fixes: Sequence[PastFix] = ()
    """Where devices saw the person at the latest of the other actions, the latest first."""
    photos_coming: int = 0
    """Of the submission's photographs those whose bytes have not come and may follow."""
    recorded_lately: int = 0
    """Actions that the account has recorded within RECORDS_SPAN before, counted up to MAX_RECORDS."""
    moved: MovedDay | None = None
    """A replacement day declared where the action lies, of which its day is either half."""


def assess(submission: Submission, definition: Definition, timing: Timing, seen: Circumstances) -> tuple[Finding, ...]:
    """Everything that was noticed of the action alone, the place first; beside.py says what others of the person add."""
    return tuple(
        finding
        for row in (
            _place(submission.fix.accuracy_m, definition, seen.site, seen.area),
            _position(submission, definition),
            unlikely(submission.fix, timing.observed_at, seen.past_fixes, seen.site_centre),
            _site(seen),
            iter((day_finding(definition, seen.observed_on, seen.moved),)),
            _minutes(submission, definition),
            iter((timing.finding,)) if timing.finding.code != "clock_ok" else iter(()),
            _lateness(definition, timing),
            _amounts(submission, definition),
            _photographs(submission, definition, seen),
            _note(submission),
            _flood(seen),
        )
        for finding in row
    )


def placed(
    accuracy_m: float | None, definition: Definition, *, site: SiteSeen | None, area: AreaSeen | None
) -> tuple[Finding, ...]:
    """What is said of the place of an action whose site is known only later, as `assess` would have said it."""
    return (*_place(accuracy_m, definition, site, area), *_unconfirmed(site))


def _place(accuracy_m: float | None, definition: Definition, site: SiteSeen | None, area: AreaSeen | None) -> Iterator[Finding]:
    if isinstance(definition.place, Circle):
        if site is not None:
            yield _radius(accuracy_m, definition, site)
    elif area is not None:
        yield _own_area(area, definition.place.border_m)


def _radius(accuracy: float | None, definition: Definition, site: SiteSeen) -> Finding:
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
        yield Finding(NO_SITE, Level.LOOK)
    yield from _unconfirmed(seen.site)


def _unconfirmed(site: SiteSeen | None) -> Iterator[Finding]:
    if site is not None and not site.is_confirmed:
        yield Finding("site_unconfirmed", Level.LOOK, {"site": site.name})


def day_finding(definition: Definition, day: date, moved: MovedDay | None) -> Finding:
    """What is said of the day of an action."""
    kind = day_kind(definition, day)
    values: dict[str, object] = {"day": day.isoformat()}
    off = values | {"counted": not definition.credit.programme_days_only}
    if moved is not None and moved.kept is not None:
        return Finding(OFF_DAY, Level.OK, off | {"kept": moved.kept.isoformat()})
    if moved is not None and day == moved.day and kind is DayKind.OTHER:
        values["moved"] = moved.moved.isoformat()
        if moved.by_doer:
            return Finding("day_replacement_own", Level.LOOK, values)
        return Finding("day_replacement", Level.OK, values)
    if kind is DayKind.OTHER:
        return Finding(OFF_DAY, Level.OK, off)
    return Finding("day_holiday" if kind is DayKind.HOLIDAY else "day_programme", Level.OK, values)


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


def _lateness(definition: Definition, timing: Timing) -> Iterator[Finding]:
    limits = definition.limits
    age = timing.arrived_at - timing.observed_at
    if age < -timedelta(minutes=limits.future_minutes):
        yield Finding("future", Level.HOLD, {"minutes": round(-age.total_seconds() / 60)})
    elif age > timedelta(days=limits.late_hold_days):
        yield Finding("very_late", Level.HOLD, {"days": age.days, "limit": limits.late_hold_days})
    elif age > timedelta(days=limits.late_look_days):
        yield Finding("late", Level.LOOK, {"days": age.days, "limit": limits.late_look_days})


def _amounts(submission: Submission, definition: Definition) -> Iterator[Finding]:
    """Much for one action, and possible: whoever stamps looks at the number."""
    for code, measure in definition.measures.items():
        amount = submission.measures.get(code)
        if measure.look_above is None or amount is None or Decimal(str(amount)) <= measure.look_above:
            continue
        values = {"amount": str(amount), "usual": str(measure.look_above), **name_kept(measure.name.by_language())}
        yield Finding("amount_large", Level.LOOK, values)


def _flood(seen: Circumstances) -> Iterator[Finding]:
    if seen.recorded_lately >= MAX_RECORDS:
        yield Finding("records_many", Level.HOLD, {"most": MAX_RECORDS})


def _photographs(submission: Submission, definition: Definition, seen: Circumstances) -> Iterator[Finding]:
    coming = seen.photos_coming
    here = len(submission.photos) - coming
    if here:
        yield Finding(PENDING, Level.LOOK, {"photos": here})
    yield from photographs_short(here=here, coming=coming, is_over=False, asked=definition.evidence.photos)


def _note(submission: Submission) -> Iterator[Finding]:
    if has_identity_number(submission.note):
        yield Finding("note_number_hidden", Level.OK)
