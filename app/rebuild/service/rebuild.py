"""Everything derived, computed again from the valid stamps: tallies, presences, histogram, awards, badges.

One walk through the stamps, a person after the other. What belongs to a person is written as soon as the person is done; what
belongs to sites and areas is kept in memory until the end.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict, dataclass, field
from datetime import datetime
from itertools import groupby
from operator import attrgetter
from typing import Any
from uuid import UUID

from sqlalchemy import Row, func, insert, select
from sqlalchemy.orm import Session

from app.actions.models import Action, Stamp
from app.actions.rules.findings import is_programme_day
from app.awards.service.badges import badges_of
from app.awards.service.belts import awards_of
from app.core.clock import local_day
from app.database.bulk import copy_rows
from app.people.models import Person
from app.places import queries as places
from app.programmes import queries as programmes
from app.programmes.rules import credits
from app.rebuild.service import figures, pending
from app.rebuild.service.chain import BrokenPage, broken_pages
from app.rebuild.service.derived import Derived, Difference
from app.tallies.queries import areas_of
from app.tallies.rules import PEOPLE, RANKED, Counted, Stamped, Subject, spans
from app.tallies.rules import places as places_of

READ_BATCH_SIZE = 5_000
WRITE_BATCH_SIZE = 50_000
REPAIR_BATCH_SIZE = 5_000
MAX_SHOWN = 50

Advance = Callable[[int], None]
"""Told how many stamps more were looked at."""


@dataclass(frozen=True, slots=True)
class OtherCredits:
    """A stamp whose credits are not what its action earns by the rules of its day."""

    stamp_id: UUID
    stored: Mapping[str, int]
    computed: Mapping[str, int]


@dataclass(slots=True)
class Verdict:
    """What differs: the first of it, and how much there is."""

    stamps: int = 0
    differences: list[Difference] = field(default_factory=list)
    count: int = 0
    other_credits: list[OtherCredits] = field(default_factory=list)
    other_credits_count: int = 0
    broken_pages: list[BrokenPage] = field(default_factory=list)
    broken_pages_count: int = 0

    @property
    def is_clean(self) -> bool:
        return not self.count and not self.other_credits_count and not self.broken_pages_count


def count_stamps(session: Session) -> int:
    """How many stamps a walk will look at."""
    return int(session.scalars(select(func.count()).select_from(Stamp).where(Stamp.voided_at.is_(None))).one())


@dataclass(frozen=True, slots=True)
class WrongRows:
    """What was wrong at one moment, set aside in temporary tables of the connection."""

    tables: list[Derived]
    counts: dict[str, int]
    """Table -> how many rows."""

    @property
    def is_nothing(self) -> bool:
        return not any(self.counts.values())


def find_wrong(session: Session, *, now: datetime, advance: Advance = lambda _: None) -> WrongRows:
    """Compare everything derived with what the stamps say, by the ladders and badges in force, and set aside what differs.

    Only reads, all of one moment where the transaction sees one (`repeatable_read`): nobody waits. The connection has to stay the
    same until `put_right` has nothing left.
    """
    session.flush()
    tables = _compute(session, _stamps(session), now, advance)
    counts = {table.stored.name: table.find_wrong(session) for table in tables}
    for table in tables:
        table.end(session)
    return WrongRows(tables, counts)


def put_right(session: Session, wrong: WrongRows) -> int:
    """Put right some of what was found wrong, touching nothing else; 0 when nothing is left.

    A few thousand rows, so that whoever waits to stamp soon has a turn. What was stamped since the look stays counted. A row of
    which that cannot be told (a belt, a badge) is left alone when it has changed since: look again.
    """
    changed = next((count for table in wrong.tables if (count := table.put_right(session, REPAIR_BATCH_SIZE))), 0)
    session.expire_all()
    return changed


def rebuild(session: Session, *, now: datetime, advance: Advance = lambda _: None) -> dict[str, int]:
    """All of that in the one transaction, while nobody else stamps; table -> how many rows were put right."""
    strays = drop_strays(session)
    wrong = find_wrong(session, now=now, advance=advance)
    while put_right(session, wrong):
        pass
    return wrong.counts | {"tally_pending": strays}


def drop_strays(session: Session) -> int:
    """Take away pending counts that are no stamp's; how many there were."""
    return pending.drop_strays(session)


def verify(session: Session, *, now: datetime, advance: Advance = lambda _: None) -> Verdict:
    """Compare everything derived with what the stamps say, each stamp's credits with what its action earns, and each page of
    the booklets with what was stamped.

    Changes nothing.
    """
    verdict = Verdict()
    tables = _compute(session, _looked_at(session, verdict), now, advance)
    for table in tables:
        verdict.count += table.count_differences(session)
        verdict.differences += table.differences(session, MAX_SHOWN - len(verdict.differences))
        table.end(session)
    for more in (pending.strays(session), figures.overwritten(session)):
        verdict.count += len(more)
        verdict.differences += more[: MAX_SHOWN - len(verdict.differences)]
    for broken in broken_pages(session):
        verdict.broken_pages_count += 1
        if len(verdict.broken_pages) < MAX_SHOWN:
            verdict.broken_pages.append(broken)
    return verdict


FACTS = (
    Stamp.person_id,
    Stamp.id.label("stamp_id"),
    Stamp.stamped_at,
    Stamp.credits,
    Action.programme_id,
    Action.observed_on,
    Action.site_id,
    Action.rw_id,
    Action.kelurahan_id,
    Action.kecamatan_id,
    Action.city_id,
)


def _stamps(session: Session, *more: Any) -> Iterator[Row[Any]]:  # noqa: ANN401 - columns
    """The valid stamps with their actions, a person after the other."""
    asked = (
        select(*FACTS, *more)
        .join(Action, Action.id == Stamp.action_id)
        .where(Stamp.voided_at.is_(None))
        .order_by(Stamp.person_id)
        .execution_options(yield_per=READ_BATCH_SIZE)
    )
    return iter(session.execute(asked))


def _looked_at(session: Session, verdict: Verdict) -> Iterator[Row[Any]]:
    """The same, each stamp's credits compared on the way."""
    versions: dict[int, programmes.Current] = {}
    for row in _stamps(session, Action.version_id, Action.measures, Action.minutes, Action.movement, Action.findings):
        if row.version_id not in versions:
            versions[row.version_id] = programmes.version(session, row.version_id)
        earned = credits(
            versions[row.version_id].definition,
            measures=row.measures,
            minutes=row.minutes,
            movement=row.movement,
            on_programme_day=is_programme_day(row.findings),
        )
        if earned != row.credits:
            verdict.other_credits_count += 1
            if len(verdict.other_credits) < MAX_SHOWN:
                verdict.other_credits.append(OtherCredits(row.stamp_id, row.credits, earned))
        verdict.stamps += 1
        yield row


def _compute(session: Session, stamps: Iterator[Row[Any]], now: datetime, advance: Advance) -> list[Derived]:
    """The temporary tables, filled."""
    walk = _Walk(session, now)
    for table in walk.tables:
        table.begin(session)
    for person_id, pages in groupby(stamps, key=attrgetter("person_id")):
        walk.person(person_id, list(pages), advance)
    walk.finish()
    for table in walk.tables:
        table.all_there(session)
    return walk.tables


class _Walk:
    """What has been gathered so far."""

    def __init__(self, session: Session, now: datetime) -> None:
        self._session = session
        self._index = places.areas(session)
        current = programmes.all_current(session, places.day_at(session, now))
        self._rules = {each.programme_id: each.definition for each in current}
        self._tally = Derived("tally", counts=True)
        self._presence = Derived("presence", counts=True)
        self._histogram = Derived("histogram", counts=True)
        self._award = Derived("award", counts=False)
        self._badge = Derived("badge_award", counts=False)
        self.tables = [self._tally, self._presence, self._histogram, self._award, self._badge]
        self._of_places: dict[tuple[int, str, int, str], dict[str, int]] = {}
        """(programme, subject, id, period) -> measure -> value, of sites and areas."""
        self._tally_rows: list[tuple[Any, ...]] = []
        self._presence_rows: list[tuple[Any, ...]] = []
        self._award_rows: list[dict[str, Any]] = []
        self._badge_rows: list[dict[str, Any]] = []

    def person(self, person_id: int, pages: list[Row[Any]], advance: Advance) -> None:
        """All valid stamps of one person."""
        own: dict[tuple[int, str], dict[str, int]] = {}
        been: dict[tuple[int, str, int, str], list[int]] = {}
        booklets: dict[int, list[Stamped]] = defaultdict(list)
        for page in pages:
            counted = Counted(
                programme_id=page.programme_id,
                person_id=person_id,
                observed_on=page.observed_on,
                stamped_on=local_day(page.stamped_at, self._index.zone(page.kelurahan_id)),
                site_id=page.site_id,
                area_ids=areas_of(page),
                credits=page.credits,
            )
            self._count(counted, own, been)
            booklets[page.programme_id].append(
                Stamped(page.stamp_id, page.stamped_at, page.observed_on, page.site_id, page.kelurahan_id, page.credits)
            )
        for key, (actions, ranked) in been.items():
            self._of_places[key][PEOPLE] = self._of_places[key].get(PEOPLE, 0) + 1
            self._presence_rows.append((*key, person_id, actions, ranked))
        for (programme_id, period), values in own.items():
            rows = ((programme_id, Subject.PERSON.value, person_id, period, *value) for value in values.items())
            self._tally_rows.extend(rows)
        for programme_id, stamps in booklets.items():
            self._recognise(person_id, programme_id, sorted(stamps, key=Stamped.order))
        if len(self._tally_rows) + len(self._presence_rows) > WRITE_BATCH_SIZE:
            self._write()
        advance(len(pages))

    def _count(
        self, counted: Counted, own: dict[tuple[int, str], dict[str, int]], been: dict[tuple[int, str, int, str], list[int]]
    ) -> None:
        where = [(counted.programme_id, subject.value, subject_id) for subject, subject_id in places_of(counted)]
        for period, in_time in spans(counted):
            _add(own.setdefault((counted.programme_id, period), {}), counted.credits)
            for place in where:
                key = (*place, period)
                there = self._of_places.setdefault(key, {})
                _add(there, counted.credits)
                present = been.setdefault(key, [0, 0])
                present[0] += 1
                if in_time:
                    present[1] += 1
                    there[RANKED] = there.get(RANKED, 0) + 1

    def _recognise(self, person_id: int, programme_id: int, stamps: list[Stamped]) -> None:
        definition = self._rules[programme_id]
        self._award_rows += map(asdict, awards_of(person_id, programme_id, definition.ladder, stamps))
        self._badge_rows += map(asdict, badges_of(person_id, programme_id, definition.badges, stamps))

    def _write(self) -> None:
        copy_rows(self._session, self._tally.computed, self._tally_rows)
        copy_rows(self._session, self._presence.computed, self._presence_rows)
        for table, rows in ((self._award, self._award_rows), (self._badge, self._badge_rows)):
            if rows:
                self._session.connection().execute(insert(table.computed), rows)
            rows.clear()
        self._tally_rows.clear()
        self._presence_rows.clear()

    def finish(self) -> None:
        """Everybody was there: write what belongs to sites and areas, and count the boards.

        What waits beside the tallies is not in them yet: the two together are what the stamps say.
        """
        self._write()
        for row in pending.sums(self._session):
            there = self._of_places.setdefault((row.programme_id, row.subject.value, row.subject_id, row.period), {})
            there[row.measure] = there.get(row.measure, 0) - row.delta
        rows = ((*key, *value) for key, values in self._of_places.items() for value in values.items())
        copy_rows(self._session, self._tally.computed, rows)
        self._of_places.clear()
        self._count_boards()

    def _count_boards(self) -> None:
        present = self._presence.computed.c
        board = (present.programme_id, present.scope_id, present.period, present.ranked)
        scores = (
            select(*board, func.count())
            .join(Person, Person.id == present.person_id)
            .where(present.scope == Subject.AREA.value, present.ranked > 0, Person.shown, Person.is_adult)
            .group_by(*board)
        )
        names = ["programme_id", "area_id", "period", "score", "people"]
        self._session.connection().execute(insert(self._histogram.computed).from_select(names, scores))


def _add(to: dict[str, int], credits: Mapping[str, int]) -> None:
    for measure, value in credits.items():
        to[measure] = to.get(measure, 0) + value
