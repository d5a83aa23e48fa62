"""The volunteer's home: where I stand, what comes next, what waits."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID

from sqlalchemy.orm import Session

from app.actions.queries import ActionSummary
from app.actions.rules.findings import Level
from app.awards.queries import belts
from app.booklets import queries as booklets
from app.core.clock import local_day
from app.core.periods import month_of
from app.core.text import Recased, Text
from app.mine.queries.rhythm import (
    Ahead,
    Harvest,
    OwnPhoto,
    Rhythm,
    acted_on,
    ahead,
    harvest,
    latest_photos,
    pauses_for,
    replaced_for,
    rhythm,
)
from app.notices import queries as notices
from app.notices.queries import NoticeView
from app.notices.rules import ARRIVALS, NoticeKind
from app.people import queries as people
from app.people.models import Account
from app.people.queries.memberships import own_request
from app.places import queries as places
from app.programmes import queries as programmes
from app.programmes.rules.definition import Ladder
from app.tallies import queries as tallies
from app.tallies.rules import ACTIONS, Audience, Subject, the_public

SHOWN = 3
MAX_ARRIVALS = 8
TODAY = 6
"""Actions of one day that are shown; more is more than anybody does."""


@dataclass(frozen=True, slots=True)
class Neighbourhood:
    """What the people of my kelurahan have done this month."""

    code: str
    name: str
    actions: int


@dataclass(frozen=True, slots=True)
class Climb:
    """The way to the next belt, with the stripes on it; after the last belt, to the next stripe."""

    value: int
    goal: int
    start: int
    marks: tuple[int, ...]
    belt: Text | None
    """As it is named within a sentence; None where the next stripe is the goal."""


@dataclass(frozen=True, slots=True)
class MyHome:
    name: str
    is_placeless: bool
    """Whether I belong nowhere, hold no post and have asked for no place."""
    main: belts.ProgrammeStanding | None
    """The programme in which I stand highest; the belt of it lies across the page."""
    climb: Climb | None
    ahead: Ahead | None
    """What is missing until the next belt or stripe there."""
    rhythms: tuple[Rhythm, ...]
    """Of each programme."""
    harvests: tuple[Harvest, ...]
    """Of those in which something of mine is stamped."""
    photos: Sequence[OwnPhoto]
    arrivals: tuple[NoticeView, ...]
    """Stamps, belts and badges that came since I put the last of them away, belts first."""
    newest_arrival: UUID | None
    news: tuple[NoticeView, ...]
    """What else I have not read yet."""
    today: tuple[ActionSummary, ...]
    waiting: tuple[ActionSummary, ...]
    """Of earlier days."""
    waiting_count: int
    stamps: tuple[booklets.BookletStamp, ...]
    neighbourhood: Neighbourhood | None


def my_home(session: Session, account: Account, *, now: datetime) -> MyHome:
    """Everything that the first screen after signing in shows."""
    zone = people.person_zone(session, account.person_id)
    today = local_day(now, zone)
    standings = belts.standing(session, account.person_id, today)
    tenures = people.tenures_at(session, account.person_id, now)
    prints, _ = booklets.sheet(session, account.person_id, before=None)
    current = programmes.all_current(session, today)
    of_today = booklets.entries_on(session, account.person_id, today, zone, limit=TODAY)
    is_today = {entry.id for entry in of_today}
    open_actions = booklets.open_entries(session, account.person_id, limit=SHOWN + len(of_today))
    main = max((s for s in standings if s.credit), key=_height, default=None)
    mains = next((each for each in current if main and each.programme_id == main.programme_id), None)
    acted = {each.programme_id: acted_on(session, account.person_id, each.programme_id, today) for each in current}
    replaced = replaced_for(session, tenures, today)
    is_placeless = not tenures and own_request(session, account.person_id) is None
    pauses = pauses_for(session, tenures, account.residence_id)
    arrivals = notices.unread(session, account.person_id, limit=MAX_ARRIVALS, kinds=ARRIVALS)
    return MyHome(
        name=people.own_name(account.person),
        is_placeless=is_placeless,
        main=main,
        climb=climb(main, mains.definition.ladder) if main and mains else None,
        ahead=ahead(session, account.person_id, main, mains, acted[mains.programme_id], today) if main and mains else None,
        rhythms=tuple(
            rhythm(each, acted[each.programme_id], replaced.get(each.programme_id, {}), today, pauses) for each in current
        ),
        harvests=tuple(made for each in current if (made := harvest(session, account.person_id, each)) is not None),
        photos=latest_photos(session, account.person_id),
        arrivals=tuple(sorted(arrivals, key=lambda each: ARRIVALS.index(each.kind))),
        newest_arrival=arrivals[0].uuid if arrivals else None,
        news=notices.unread(session, account.person_id, limit=SHOWN, kinds=set(NoticeKind) - set(ARRIVALS)),
        today=tuple(map(_noteworthy, of_today)),
        waiting=tuple(_noteworthy(entry) for entry in open_actions if entry.id not in is_today)[:SHOWN],
        waiting_count=booklets.count_open(session, account.person_id),
        stamps=prints[:SHOWN],
        neighbourhood=_neighbourhood(
            session,
            people.own_kelurahan(session, tenures, residence_id=account.residence_id),
            current,
            today,
            the_public(now),
        ),
    )


def _height(standing: belts.ProgrammeStanding) -> int:
    """How high a standing is: by what has been counted on its ladder."""
    return standing.credit


def climb(standing: belts.ProgrammeStanding, ladder: Ladder) -> Climb | None:
    """How far it is to the next belt; None at the end of a ladder that ends."""
    ahead = next((rung for rung in ladder.rungs if rung.threshold > standing.credit), None)
    below = [rung for rung in ladder.rungs if rung.threshold <= standing.credit]
    if ahead is None:
        if standing.next is None:
            return None
        return Climb(standing.credit, standing.next.threshold, below[-1].threshold if below else 0, (), None)
    belt = Recased(ahead.name.text, str.lower)
    return Climb(standing.credit, ahead.threshold, 0, below[-1].stripes if below else (), belt)


def _noteworthy(entry: ActionSummary) -> ActionSummary:
    """The entry with what keeps it from an easy stamp or from counting; with the first finding where nothing does."""
    told = tuple(said for said in entry.findings if said.tone != Level.OK) or entry.findings[:1]
    return replace(entry, findings=told)


def _neighbourhood(
    session: Session, kelurahan_id: int | None, current: tuple[programmes.Current, ...], today: date, audience: Audience
) -> Neighbourhood | None:
    """What is done this month around where I belong, else where I live."""
    if kelurahan_id is None:
        return None
    month = month_of(today).name
    counts = (
        tallies.values(session, each.programme_id, Subject.AREA, [kelurahan_id], month, [ACTIONS], audience=audience).get(
            (kelurahan_id, ACTIONS), 0
        )
        for each in current
    )
    area = places.areas(session).by_id[kelurahan_id]
    return Neighbourhood(area.code, area.name, sum(counts))
