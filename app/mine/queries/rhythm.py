"""What a volunteer's own actions add up to: their weeks, their totals, their photographs, what comes next and when."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.actions.models import Action, ActionPhoto
from app.actions.queries import STANDING
from app.actions.rules.words import Status
from app.awards.queries.badges import BadgeView, badge_views
from app.awards.queries.belts import ProgrammeStanding
from app.core.periods import week_of
from app.core.text import Listing, Recased, Text
from app.media.models import Photo
from app.media.rules import PhotoState
from app.mine.rules import weeks
from app.people import queries as people
from app.people.rules import ActiveTenure
from app.places import queries as places
from app.places.rules import AreaLevel
from app.programmes import queries as programmes
from app.programmes.models import Pause
from app.programmes.queries import Current
from app.programmes.rules.days import has_every_day
from app.programmes.rules.measures import told_totals
from app.programmes.rules.pauses import days_between
from app.tallies import queries as tallies
from app.tallies.rules import ACTIONS, CREDIT

MINUTES = "minutes"
PHOTOS = 6
"""Of one's own that the home shows."""


@dataclass(frozen=True, slots=True)
class Rhythm:
    """One programme's days, as I have kept them."""

    programme: Text
    code: str
    pauses: tuple[str, ...]
    """Names of the pauses that lie in the weeks of the strip."""
    has_begun: bool
    """Whether I have recorded anything in it."""
    strip: tuple[weeks.MarkedWeek, ...]
    """Empty where any day is the programme's."""
    streak: weeks.Streak
    next_day: date | None
    """The next day on which I can come; today, until I have."""
    is_today: bool


@dataclass(frozen=True, slots=True)
class Ahead:
    """What is missing until the next belt or stripe, and in about how many weeks it is there."""

    missing: int
    belt: Text
    """As it is named within a sentence."""
    stripes: int
    counts_actions: bool
    """What is missing are actions, not something measured in them."""
    weeks: int | None
    """None where my own pace of the last weeks foretells nothing."""


@dataclass(frozen=True, slots=True)
class Harvest:
    """What I have done in one programme, and what I was recognised for."""

    programme: Text
    totals: tuple[tuple[Text, Text], ...]
    """What was counted, and how much."""
    badges: tuple[BadgeView, ...]


@dataclass(frozen=True, slots=True)
class OwnPhoto:
    """One of my photographs that can be shown, and its number with its action."""

    action_id: UUID
    number: int
    day: date


def acted_on(session: Session, person_id: int, programme_id: int, today: date) -> dict[date, bool]:
    """Day -> whether one of the person's actions of that day is stamped; what was refused or taken back is left out."""
    asked = (
        select(Action.observed_on, Action.status)
        .where(
            Action.person_id == person_id,
            Action.programme_id == programme_id,
            Action.status.in_(STANDING),
            Action.observed_on <= today,
        )
        .distinct()
    )
    acted: dict[date, bool] = {}
    for day, status in session.execute(asked):
        acted[day] = acted.get(day, False) or status is Status.STAMPED
    return acted


def replaced_for(session: Session, tenures: Sequence[ActiveTenure], today: date) -> dict[int, dict[date, date]]:
    """Programme -> its day -> the day declared to take its place where these posts are held."""
    index, own = places.areas(session), people.own_kelurahan(session, tenures)
    areas = {tenure.area_id for tenure in tenures if tenure.area_id is not None} | ({own} if own is not None else set())
    found = programmes.replacements(
        session,
        site_ids=people.member_sites(tenures),
        area_ids=[area_id for area_id in areas if index.by_id[area_id].level in (AreaLevel.KELURAHAN, AreaLevel.RW)],
        since=weeks.monday_of(today) - weeks.A_WEEK * weeks.SHOWN_WEEKS,
    )
    replaced: dict[int, dict[date, date]] = {}
    for row in found:
        replaced.setdefault(row.programme_id, {})[row.moved] = row.day
    return replaced


def pauses_for(session: Session, tenures: Sequence[ActiveTenure], residence_id: int | None = None) -> Sequence[Pause]:
    """The pauses of one's sites, and of one's kelurahan and posts with all above them."""
    index, own = places.areas(session), people.own_kelurahan(session, tenures, residence_id=residence_id)
    held = {tenure.area_id for tenure in tenures if tenure.area_id is not None} | ({own} if own is not None else set())
    areas = held | {above.id for area_id in held for above in index.ancestors(area_id)}
    return programmes.pauses(session, site_ids=people.member_sites(tenures), area_ids=areas)


def rhythm(
    current: Current, acted: dict[date, bool], replaced: Mapping[date, date], today: date, pauses: Sequence[Pause] = ()
) -> Rhythm:
    """My weeks in the programme, from the days on which I acted."""
    definition = current.definition
    paused = days_between((each.first_day, each.last_day) for each in pauses)
    since = weeks.monday_of(today) - weeks.A_WEEK * (weeks.SHOWN_WEEKS - 1)
    next_day = weeks.next_day(definition, acted, today, replaced=replaced, paused=paused)
    return Rhythm(
        programme=definition.name.text,
        code=definition.code,
        pauses=tuple(dict.fromkeys(each.name for each in pauses if each.last_day >= since and each.first_day <= today)),
        has_begun=bool(acted),
        strip=() if has_every_day(definition) else weeks.strip(definition, acted, today, replaced=replaced, paused=paused),
        streak=weeks.streak(definition, acted, today, paused=paused),
        next_day=next_day,
        is_today=next_day == today,
    )


def ahead(
    session: Session, person_id: int, standing: ProgrammeStanding, current: Current, acted: dict[date, bool], today: date
) -> Ahead | None:
    """How far it is to the next belt or stripe; None at the end of a ladder that ends."""
    if standing.next is None or standing.next_name is None:
        return None
    this = weeks.monday_of(today)
    mondays = (this - weeks.A_WEEK * back for back in range(1, weeks.PACE_WEEKS + 1))
    names = {week_of(monday).name: monday for monday in mondays}
    added = tallies.person_by_period(session, current.programme_id, person_id, CREDIT, names)
    first = min((day for day, is_stamped in acted.items() if is_stamped), default=today)
    pace = weeks.paced({names[name]: value for name, value in added.items()}, today, first=first)
    return Ahead(
        missing=standing.next.missing,
        belt=Recased(standing.next_name, str.lower),
        stripes=standing.next.stripes,
        counts_actions=current.definition.credit.measure is None,
        weeks=weeks.weeks_until(standing.next.missing, pace),
    )


def harvest(session: Session, person_id: int, current: Current) -> Harvest | None:
    """What the person's stamped actions in the programme come to; None without any."""
    totals = tallies.person_totals(session, person_id).get(current.programme_id, {})
    if not totals.get(ACTIONS):
        return None
    told = [(Text("Aksi dicap"), totals[ACTIONS])]
    if totals.get(MINUTES):
        told.append((Text("Menit"), totals[MINUTES]))
    return Harvest(
        programme=current.definition.name.text,
        totals=(
            *((name, Listing((amount,))) for name, amount in told),
            *told_totals(current.definition, totals),
        ),
        badges=badge_views(session, person_id, current),
    )


def latest_photos(session: Session, person_id: int) -> Sequence[OwnPhoto]:
    """The person's latest photographs that can be shown."""
    asked = (
        select(Action.id, ActionPhoto.place, Action.observed_on)
        .join(ActionPhoto, ActionPhoto.action_id == Action.id)
        .join(Photo, Photo.sha256 == ActionPhoto.sha256)
        .where(Action.person_id == person_id, Action.status.in_(STANDING), Photo.state == PhotoState.READY)
        .order_by(Action.observed_on.desc(), Action.observed_at.desc(), ActionPhoto.place)
        .limit(PHOTOS)
    )
    return [OwnPhoto(action_id, place + 1, day) for action_id, place, day in session.execute(asked)]


def programme_today(
    session: Session, person_id: int, today: date, *, now: datetime, residence_id: int | None = None
) -> Current | None:
    """The first programme that has one of its days today, to which the person can come and has not yet; None where none has."""
    tenures = people.tenures_at(session, person_id, now)
    replaced = replaced_for(session, tenures, today)
    paused = days_between((each.first_day, each.last_day) for each in pauses_for(session, tenures, residence_id))
    for current in programmes.all_current(session, today):
        if not has_every_day(current.definition):
            acted = acted_on(session, person_id, current.programme_id, today)
            moved = replaced.get(current.programme_id, {})
            if weeks.next_day(current.definition, acted, today, replaced=moved, paused=paused) == today:
                return current
    return None
