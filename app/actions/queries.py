"""Reading the facts."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import bindparam, func, select
from sqlalchemy.orm import Session

from app.actions.models import IS_HERE, Action, ActionPhoto, FirstWord, Refusal, Stamp
from app.actions.rules.assess import MovedDay
from app.actions.rules.beside import Neighbour
from app.actions.rules.findings import BESIDE, Finding, holds_itself, is_programme_day
from app.actions.rules.positions import PastFix
from app.actions.rules.sentences import FindingView, told
from app.actions.rules.timing import SUSPECTED_WITHIN, Skewed
from app.actions.rules.words import PhotoRole, Source, Status
from app.core.geo import Point
from app.core.text import Text
from app.database import Base
from app.database.rows import rows
from app.media.models import Photo
from app.media.rules import Fault, PhotoState
from app.people.models import Account
from app.places import queries as places
from app.programmes import queries as programmes
from app.programmes.rules.measures import told_amounts

STANDING = (Status.WAITING, Status.HELD, Status.STAMPED)


@dataclass(frozen=True, slots=True)
class ActionSummary:
    """An action as every page tells it: what, when, where, how much, and what was found. Whose it is, the page asks itself."""

    id: UUID
    programme: Text
    observed_at: datetime
    observed_on: date
    zone: str
    """The zone of the place, by whose clock the page tells the time."""
    site: str
    """Empty where it was at none."""
    kelurahan: str
    """Empty outside all that are known."""
    status: Status
    minutes: int | None
    amounts: tuple[tuple[Text, Text], ...]
    """What was measured, and how much it was."""
    findings: tuple[FindingView, ...]

    @property
    def measured(self) -> tuple[tuple[Text, Text], ...]:
        """The minutes, and what was measured."""
        lasted = ((Text("Durasi"), Text("%(n)s menit", n=self.minutes)),) if self.minutes else ()
        return (*lasted, *self.amounts)

    @property
    def place(self) -> str:
        """The site, else the kelurahan; empty where neither is known."""
        return self.site or self.kelurahan


def summaries(session: Session, found: Sequence[Action]) -> list[ActionSummary]:
    """The actions, in their order, with the names of programme and place."""
    versions = programmes.versions(session, {action.version_id for action in found})
    sites = places.sites_by_id(session, {action.site_id for action in found if action.site_id is not None})
    index = places.areas(session)
    summarised = []
    for action in found:
        definition = versions[action.version_id].definition
        site = sites.get(action.site_id) if action.site_id is not None else None
        kelurahan = index.by_id.get(action.kelurahan_id) if action.kelurahan_id is not None else None
        summarised.append(
            ActionSummary(
                id=action.id,
                programme=definition.name.text,
                observed_at=action.observed_at,
                observed_on=action.observed_on,
                zone=index.zone(action.kelurahan_id),
                site=site.name if site is not None else "",
                kelurahan=kelurahan.name if kelurahan is not None else "",
                status=action.status,
                minutes=action.minutes,
                amounts=tuple(told_amounts(definition, action.measures)),
                findings=tuple(told(finding, action.status) for finding in map(Finding.read, action.findings)),
            )
        )
    return summarised


def action(session: Session, action_id: UUID) -> Action | None:
    """The action under the id that its sender made, whatever became of it; None where there is none."""
    return session.get(Action, action_id)


def place_key(site_id: int | None, kelurahan_id: int | None, cell: int) -> tuple[str, int]:
    """What counts as one place for the caps: the site, else the kelurahan, else the cell."""
    if site_id is not None:
        return ("site", site_id)
    return ("kelurahan", kelurahan_id) if kelurahan_id is not None else ("cell", cell)


JUDGED_WITHIN, LOOKED_WITHIN = timedelta(days=1), timedelta(days=2)
"""An action may cross midnight: whose day changes, the days beside are judged again, and held against the days beside those."""
_ACTION = Base.metadata.tables[Action.__tablename__]
_TAKEN = select(_ACTION.c.id).where(_ACTION.c.id == bindparam("id"))
_AROUND = (
    select(
        _ACTION.c.id, _ACTION.c.version_id, _ACTION.c.capacity, _ACTION.c.status, _ACTION.c.observed_at, _ACTION.c.observed_on,
        _ACTION.c.minutes, _ACTION.c.site_id, _ACTION.c.kelurahan_id, _ACTION.c.cell, _ACTION.c.measures, _ACTION.c.position,
        _ACTION.c.accuracy_m, _ACTION.c.received_at, _ACTION.c.findings, _ACTION.c.recorded_by,
    )
    .where(
        _ACTION.c.person_id == bindparam("person_id"),
        _ACTION.c.observed_on.between(bindparam("first"), bindparam("last")),
        _ACTION.c.status.in_(STANDING),
    )
    .order_by(_ACTION.c.received_at, _ACTION.c.id)
)  # fmt: skip


PAST_FIXES = 12
_PAST_FIXES = (
    select(_ACTION.c.observed_at, _ACTION.c.position, _ACTION.c.accuracy_m)
    .where(
        _ACTION.c.person_id == bindparam("person_id"),
        _ACTION.c.source == Source.DEVICE,
        _ACTION.c.status != Status.WITHDRAWN,
    )
    .order_by(_ACTION.c.observed_on.desc(), _ACTION.c.observed_at.desc())
    .limit(PAST_FIXES)
)


def is_taken(session: Session, action_id: UUID) -> bool:
    """Whether there is an action under the id."""
    return rows(session, _TAKEN, {"id": action_id}).first() is not None


def neighbours(session: Session, person_id: int, day: date) -> list[Neighbour]:
    """The person's actions that nobody refused or took back, of the day and those around it, in order of arrival."""
    span = {"person_id": person_id, "first": day - LOOKED_WITHIN, "last": day + LOOKED_WITHIN}
    found = rows(session, _AROUND, span).all()
    return [_neighbour(session, row, day) for row in found if _is_near(row.observed_on, day) or row.status is not Status.HELD]


def _is_near(on: date, day: date) -> bool:
    return abs(on - day) <= JUDGED_WITHIN


def _neighbour(session: Session, row: Any, day: date) -> Neighbour:  # noqa: ANN401 - a row of _AROUND
    findings = [Finding.read(stored) for stored in row.findings]
    return Neighbour(
        id=row.id,
        definition=programmes.version(session, row.version_id).definition,
        capacity=row.capacity,
        started_at=row.observed_at,
        observed_on=row.observed_on,
        minutes=row.minutes,
        place=place_key(row.site_id, row.kelurahan_id, row.cell),
        measures=row.measures,
        recorded_by=row.recorded_by,
        point=Point(row.position.x, row.position.y),
        accuracy_m=row.accuracy_m,
        received_at=row.received_at,
        waits=row.status is Status.WAITING,
        is_stamped=row.status is Status.STAMPED,
        is_judged=_is_near(row.observed_on, day),
        holds_itself=holds_itself(findings),
        beside=tuple(finding for finding in findings if finding.code in BESIDE),
    )


def _kept_on(session: Session, person_id: int, programme_id: int, days: Collection[date]) -> date | None:
    """The first of the days on which the person has an action that counts as on a programme's day, stamped or waiting for it."""
    standing = select(Action.observed_on, Action.findings).where(
        Action.person_id == person_id,
        Action.programme_id == programme_id,
        Action.observed_on.in_(days),
        Action.status.in_((Status.WAITING, Status.STAMPED)),
    )
    return min((day for day, findings in session.execute(standing) if is_programme_day(findings)), default=None)


def moved_day(
    session: Session, programme_id: int, person_id: int, day: date, *, site_id: int | None, area_ids: Collection[int]
) -> MovedDay | None:
    """The replacement day declared there of which the day is either half, as it is for the person; None where none was."""
    found = programmes.replacement_for(session, programme_id, day, site_id=site_id, area_ids=area_ids)
    if found is None:
        return None
    pair = {found.moved, *programmes.days_instead_of(session, programme_id, found.moved)}
    return MovedDay(
        moved=found.moved,
        day=found.day,
        kept=_kept_on(session, person_id, programme_id, pair - {day}),
        by_doer=session.scalars(select(Account.id).where(Account.person_id == person_id)).one_or_none() == found.declared_by,
    )


def recorded_since(session: Session, account_id: int, since: datetime, *, limit: int) -> int:
    """How many actions the account has recorded since then, counted up to `limit`."""
    some = select(Action.id).where(Action.recorded_by == account_id, Action.received_at > since).limit(limit).subquery()
    return session.execute(select(func.count()).select_from(some)).scalar_one()


def latest_city(session: Session, person_id: int) -> int | None:
    """The city of the person's latest action inside one; None where there is none."""
    inside = select(Action.city_id).where(Action.person_id == person_id, Action.city_id.is_not(None))
    return session.scalars(inside.order_by(Action.observed_on.desc(), Action.id).limit(1)).one_or_none()


def past_fixes(session: Session, person_id: int) -> list[PastFix]:
    """Where devices saw the person at the latest actions that were not taken back, the latest first."""
    return [
        PastFix(observed_at, Point(position.x, position.y), accuracy_m)
        for observed_at, position, accuracy_m in rows(session, _PAST_FIXES, {"person_id": person_id})
    ]


def skewed_accounts(session: Session, *, ahead: bool, now: datetime) -> frozenset[int]:
    """The accounts whose phones were ahead of the server's clock, or behind it, when they sent within the last hour."""
    return frozenset(s.account_id for s in skews(session, since=now - SUSPECTED_WITHIN) if (s.minutes > 0) is ahead)


def skews(session: Session, *, since: datetime) -> list[Skewed]:
    """What was sent since then by phones whose clock was not the server's."""
    asked = select(Action.recorded_by, Action.received_at, Action.skew_minutes)
    found = session.execute(asked.where(Action.skew_minutes.is_not(None), Action.received_at > since))
    return [Skewed(account_id, received_at, minutes) for account_id, received_at, minutes in found if minutes is not None]


def actions(session: Session, ids: Sequence[UUID]) -> dict[UUID, Action]:
    """The actions with these ids, as they are now."""
    found = session.scalars(select(Action).where(Action.id.in_(ids)).execution_options(populate_existing=True))
    return {row.id: row for row in found}


def valid_stamps(session: Session, action_ids: Sequence[UUID]) -> dict[UUID, Stamp]:
    """Action -> the stamp that stands."""
    found = session.scalars(select(Stamp).where(Stamp.action_id.in_(action_ids), Stamp.voided_at.is_(None)))
    return {stamp.action_id: stamp for stamp in found}


def stamp(session: Session, stamp_id: UUID) -> Stamp | None:
    """The stamp under its id, void or not; None where there is none."""
    return session.get(Stamp, stamp_id)


def stamps_since(session: Session, stamper_id: int, since: datetime) -> int:
    """How many stamps the person has given since that instant, void or not."""
    given = select(func.count()).select_from(Stamp).where(Stamp.stamper_id == stamper_id, Stamp.stamped_at > since)
    return session.execute(given).scalar_one()


def stamps_of_bulk(session: Session, bulk_id: UUID) -> list[Stamp]:
    """The stamps of one decision as they are now, void or not, by their id."""
    asked = select(Stamp).where(Stamp.bulk_id == bulk_id).order_by(Stamp.id).execution_options(populate_existing=True)
    return list(session.scalars(asked))


def same_day(session: Session, found: Collection[Action]) -> dict[tuple[int, date], int]:
    """(Person, day) of these actions -> how many of that person's on that day nobody refused or took back."""
    people, days = {action.person_id for action in found}, {action.observed_on for action in found}
    asked = select(Action.person_id, Action.observed_on, func.count()).where(
        Action.person_id.in_(people), Action.observed_on.in_(days), Action.status.in_(STANDING)
    )
    grouped = session.execute(asked.group_by(Action.person_id, Action.observed_on))
    return {(person_id, day): count for person_id, day, count in grouped}


def first_word(session: Session, action_id: UUID) -> FirstWord | None:
    """What the first of two officers said of an action from before the semester."""
    return session.get(FirstWord, action_id)


def refusals(session: Session, action_ids: Sequence[UUID]) -> dict[UUID, Refusal]:
    """Action -> its refusal, of those that were refused."""
    found = session.scalars(select(Refusal).where(Refusal.action_id.in_(action_ids)))
    return {refusal.action_id: refusal for refusal in found}


@dataclass(frozen=True, slots=True)
class PhotoSeen:
    """A photograph of an action, as far as it is known here."""

    place: int
    """From 0, in the order sent."""
    sha256: str
    role: PhotoRole | None
    photo_id: int | None
    state: PhotoState
    fault: Fault | None
    """Why it cannot be shown."""
    follows: bool = False
    """Whether its bytes have not come yet."""
    came_at: datetime | None = None
    """When they came after the action."""

    @property
    def number(self) -> int:
        """Its number as people count, from 1."""
        return self.place + 1


_PHOTOS = (
    select(ActionPhoto, Photo.id, Photo.state, Photo.fault)
    .join(Photo, (Photo.sha256 == ActionPhoto.sha256) & IS_HERE, isouter=True)
    .where(ActionPhoto.action_id.in_(bindparam("action_ids", expanding=True)))
    .order_by(ActionPhoto.action_id, ActionPhoto.place)
)


def photos_of(session: Session, action_ids: Collection[UUID]) -> dict[UUID, tuple[PhotoSeen, ...]]:
    """Action -> its photographs in the order sent, of those that have any; what is no longer here counts as broken."""
    found: dict[UUID, list[PhotoSeen]] = {}
    for link, photo_id, state, fault in session.execute(_PHOTOS, {"action_ids": list(action_ids)}):
        found.setdefault(link.action_id, []).append(_photo_seen(link, photo_id, state, fault))
    return {action_id: tuple(seen) for action_id, seen in found.items()}


def _photo_seen(link: ActionPhoto, photo_id: int | None, state: PhotoState | None, fault: Fault | None) -> PhotoSeen:
    if link.awaited_since is not None and link.came_at is None:
        return PhotoSeen(link.place, link.sha256, link.role, None, PhotoState.PENDING, None, follows=True)
    gone = photo_id is None
    return PhotoSeen(
        link.place,
        link.sha256,
        link.role,
        photo_id,
        state or PhotoState.BROKEN,
        Fault.GAVE_UP if gone else fault,
        came_at=link.came_at,
    )


def without_site(session: Session, person_id: int, since: date) -> Sequence[Action]:
    """The person's actions of that day and later which wait for somebody's word and are at no site."""
    asked = select(Action).where(
        Action.person_id == person_id,
        Action.observed_on >= since,
        Action.site_id.is_(None),
        Action.status.in_((Status.WAITING, Status.HELD)),
    )
    return session.scalars(asked.order_by(Action.observed_at, Action.id).execution_options(populate_existing=True)).all()


def photos(session: Session, action_id: UUID) -> tuple[PhotoSeen, ...]:
    """The action's photographs in the order sent."""
    return photos_of(session, [action_id]).get(action_id, ())


def photo(session: Session, action_id: UUID, place: int) -> PhotoSeen | None:
    """The action's photograph at that place, from 0; None where it has none there."""
    return next((seen for seen in photos(session, action_id) if seen.place == place), None)
