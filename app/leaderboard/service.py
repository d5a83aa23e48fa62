"""Keeping the histogram of scores: the number of shown persons who have each score on each board.

Every area has its boards, one per period. A score is the number of actions stamped before the board was final. Whoever moves a
score locks the person against a change of visibility, and the other way round, so that the histogram is right
whoever comes first.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.actions.models import Action
from app.audit import service as audit
from app.core.errors import NotAllowed, NotFound
from app.core.text import Text
from app.database import Base
from app.database.locks import lock_rows
from app.database.upsert import add_to
from app.leaderboard.models import Histogram
from app.people.models import Person
from app.tallies.models import Presence, Tally
from app.tallies.rules import ACTIONS, Subject
from app.tallies.service import PresenceChange

Steps = Counter[tuple[int, int, str, int]]
"""(programme, area, period, score) -> by how many persons more."""


def move(session: Session, changes: Sequence[PresenceChange]) -> None:
    """Take the persons whose scores have changed from the old place in the histogram to the new one."""
    moved = [change for change in changes if change.scope is Subject.AREA and change.ranked_before != change.ranked_after]
    people = {change.person_id for change in moved}
    if not people:
        return
    on_boards = (
        select(Person.id)
        .where(Person.id.in_(people), Person.shown, Person.is_adult)
        .order_by(Person.id)
        .with_for_update(read=True)
    )
    shown = set(session.scalars(on_boards))
    steps: Steps = Counter()
    for change in moved:
        if change.person_id in shown:
            board = (change.programme_id, change.scope_id, change.period)
            steps[*board, change.ranked_before] -= 1
            steps[*board, change.ranked_after] += 1
    _shift(session, steps)


def set_visibility(session: Session, person_id: int, *, shown: bool, account_id: int | None, now: datetime) -> None:
    """From now on boards show the person, or no longer do. Minors are never shown.

    Raises NotFound for a person who is not there, NotAllowed for a minor who is to be shown.
    """
    lock_rows(session, Person.id, [person_id])
    person = session.scalars(select(Person).where(Person.id == person_id).execution_options(populate_existing=True)).one_or_none()
    if person is None:
        raise NotFound
    if shown and not person.is_adult:
        raise NotAllowed(
            Text("Nama anak di bawah 18 tahun tidak pernah ditampilkan di papan peringkat."),
            "minors_are_never_shown",
        )
    if person.shown == shown:
        return
    person.shown = shown
    session.flush()
    steps: Steps = Counter()
    for programme_id, area_id, period, score in _scores(session, person_id):
        steps[programme_id, area_id, period, score] += 1 if shown else -1
    _shift(session, steps)
    audit.note(session, "leaderboard.visibility", f"person:{person.uuid}", account_id=account_id, now=now, shown=shown)


def _scores(session: Session, person_id: int) -> list[tuple[int, int, str, int]]:
    """Programme, area, period and score of every board on which the person has one, found by the presences' own key."""
    places = (Action.programme_id, Action.rw_id, Action.kelurahan_id, Action.kecamatan_id, Action.city_id)
    been: dict[int, set[int]] = {}
    for programme_id, *areas in session.execute(select(*places).where(Action.person_id == person_id).distinct()):
        been.setdefault(programme_id, set()).update(area for area in areas if area is not None)
    scores: list[tuple[int, int, str, int]] = []
    for programme_id, area_ids in been.items():
        periods = select(Tally.period).where(
            Tally.programme_id == programme_id,
            Tally.subject == Subject.PERSON,
            Tally.subject_id == person_id,
            Tally.measure == ACTIONS,
            Tally.value > 0,
        )
        asked = select(Presence.scope_id, Presence.period, Presence.ranked).where(
            Presence.programme_id == programme_id,
            Presence.scope == Subject.AREA,
            Presence.scope_id.in_(area_ids),
            Presence.period.in_(periods),
            Presence.person_id == person_id,
        )
        scores += [(programme_id, *row) for row in session.execute(asked)]
    return scores


def _shift(session: Session, steps: Steps) -> None:
    """Nobody stands on a board with nothing, so the score 0 is not kept."""
    names = ("programme_id", "area_id", "period", "score")
    rows = [dict(zip(names, key, strict=True), people=steps[key]) for key in sorted(steps) if key[3] > 0 and steps[key]]
    if rows:
        session.connection().execute(add_to(session, Base.metadata.tables[Histogram.__tablename__], "people"), rows)
