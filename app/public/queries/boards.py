"""The board of a place and period, with what stands around it."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core.clock import local_day
from app.core.periods import ALL_TIME, Period, PeriodKind, week_of
from app.core.text import Text
from app.indicators.models import AreaTarget
from app.leaderboard import queries as leaderboard
from app.leaderboard.queries import Board, OwnRank, Scope
from app.leaderboard.rules import Ranked, ScopeKind, ranks
from app.people import queries as people
from app.places import queries as places
from app.places.queries import AreaEntry, AreaLevel
from app.programmes.queries import Current
from app.public.rules.sorting import ordered
from app.public.rules.spans import previous
from app.tallies.queries import values
from app.tallies.rules import ACTIONS, RANKED, Audience, Subject


@dataclass(frozen=True, slots=True)
class BoardRowView:
    """One line: who, how much, and where it is known how many live or learn there, per head: for each EACH of them."""

    rank: int | None
    name: str
    score: int
    code: str | None
    per_head: float | None
    is_me: bool
    badges: tuple[Text, ...] = ()


EACH = {Ranked.KELURAHAN: 1000, Ranked.SCHOOL: 100}
"""For how many heads a board tells its numbers: residents of a kelurahan, pupils of a school."""


@dataclass(frozen=True, slots=True)
class Goal:
    """What everybody in the place reaches for together."""

    actions: int
    before: int | None
    """In the period before; None for all time."""
    earlier: Period | None
    target: int | None
    """Set by the place for a day within the period."""
    due_on: date | None


@dataclass(frozen=True, slots=True)
class Places:
    """The ancestors of the board's own scope."""

    above: tuple[AreaEntry, ...]
    """The city first."""
    below: tuple[AreaEntry, ...]
    own: AreaEntry | None
    """The kelurahan in which the person asking belongs to a site or holds a post."""


@dataclass(frozen=True, slots=True)
class NearBoard:
    """The people of one's own kelurahan this week, around oneself."""

    code: str
    place: str
    period: Period
    me: OwnRank
    rows: tuple[BoardRowView, ...]


@dataclass(frozen=True, slots=True)
class BoardPage:
    programmes: tuple[Current, ...]
    current: Current
    scope: Scope
    period: Period
    subject: Ranked
    rows: tuple[BoardRowView, ...]
    total: int
    is_withheld: bool
    """Names are not told: fewer people were in the kelurahan than the public may know of."""
    sees_more: bool
    """Whoever asks is accountable for the place and sees what the public does not, or not yet."""
    per_head: bool
    around: Board | None
    """Somebody's own neighbours; None where nobody is asking, or children are asked about."""
    is_hidden: bool
    """Whether the one who asks has chosen not to be shown, and so stands on no board."""
    goal: Goal
    near: NearBoard | None
    """One's own kelurahan this week, where somebody belongs to one and has asked for no place or period."""
    name: str
    """Who is looked for."""
    found: tuple[BoardRowView, ...]
    places: Places
    today: date

    @property
    def knows_heads(self) -> bool:
        return any(row.per_head is not None for row in self.rows)

    @property
    def final_on(self) -> date | None:
        """The first day on which the board no longer changes; None for all time, which always does."""
        return self.period.final_on()

    @property
    def is_final(self) -> bool:
        return self.final_on is not None and self.final_on <= self.today


def first_scope(session: Session) -> str | None:
    """The scope that a bare address means: the first city; None where there is no city yet."""
    listed = places.areas(session).of_level(AreaLevel.CITY)
    return f"{ScopeKind.CITY}:{listed[0].code}" if listed else None


def board_page(
    session: Session,
    in_force: tuple[Current, ...],
    current: Current,
    scope: Scope,
    period: Period,
    subject: Ranked,
    *,
    limit: int,
    per_head: bool,
    person_id: int | None,
    own_area_id: int | None,
    is_bare: bool,
    name: str,
    now: datetime,
) -> BoardPage:
    """The board, the neighbours of whoever asks, the common goal and the ways to other boards."""
    index = places.areas(session)
    audience = leaderboard.audience_of(session, scope, person_id, now=now)
    programme_id = current.programme_id
    per_head = per_head and subject in EACH
    within = index.kelurahan_within(scope.id) if scope.kind is not ScopeKind.SCHOOL else frozenset()
    if subject is Ranked.SCHOOL:
        # Whoever leads per head may stand anywhere by number.
        board = leaderboard.of_schools(
            session, programme_id, scope, period.name, limit=None if per_head else limit, audience=audience
        )
    else:
        asked_for = max(len(within), 1) if subject is Ranked.KELURAHAN else limit
        board = leaderboard.board(session, programme_id, scope, period.name, subject, limit=asked_for, audience=audience)
    around = None
    if person_id is not None and subject is Ranked.PERSON:
        around = leaderboard.of_persons(
            session, programme_id, scope, period.name, limit=limit, person_id=person_id, around=True, audience=audience
        )
    rows = _rows(board, subject, current, person_id=person_id)
    rows = _by_head(rows)[: limit if subject is Ranked.SCHOOL else None] if per_head else rows
    return BoardPage(
        programmes=in_force,
        current=current,
        scope=scope,
        period=period,
        subject=subject,
        rows=rows,
        total=board.total,
        is_withheld=board.is_withheld,
        sees_more=not audience.is_public,
        per_head=per_head,
        around=around if around is not None and around.me is not None else None,
        is_hidden=person_id is not None and not people.is_shown(session, person_id),
        goal=_goal(session, programme_id, scope, period, audience),
        near=_near(session, current, own_area_id, person_id, now) if is_bare and subject is Ranked.PERSON else None,
        name=name,
        found=_found(session, current, scope, period, name, person_id, audience) if subject is Ranked.PERSON else (),
        places=_places(index, scope, own_area_id),
        today=local_day(now, scope.timezone),
    )


def _near(session: Session, current: Current, area_id: int | None, person_id: int | None, now: datetime) -> NearBoard | None:
    if area_id is None or person_id is None:
        return None
    area = places.areas(session).by_id[area_id]
    scope = Scope(ScopeKind.KELURAHAN, area.id, area.code, area.name, area.timezone)
    week = week_of(local_day(now, area.timezone))
    audience = leaderboard.audience_of(session, scope, person_id, now=now)
    board = leaderboard.of_persons(
        session, current.programme_id, scope, week.name, limit=0, person_id=person_id, around=True, audience=audience
    )
    if board.me is None:
        return None
    return NearBoard(area.code, area.name, week, board.me, _rows(board, Ranked.PERSON, current, person_id=person_id))


def _found(
    session: Session, current: Current, scope: Scope, period: Period, name: str, person_id: int | None, audience: Audience
) -> tuple[BoardRowView, ...]:
    rows = leaderboard.persons_named(
        session, current.programme_id, scope, period.name, name, person_id=person_id, audience=audience
    )
    return tuple(BoardRowView(row.rank, row.name, row.score, None, None, row.is_me, _named(current, row.badges)) for row in rows)


def _named(current: Current, codes: Collection[str]) -> tuple[Text, ...]:
    """The badges by their names, of those that the programme still has."""
    return tuple(badge.name.text for badge in current.definition.badges if badge.code in codes)


def _rows(board: Board, subject: Ranked, current: Current, *, person_id: int | None) -> tuple[BoardRowView, ...]:
    each = EACH.get(subject, 0)
    return tuple(
        BoardRowView(
            row.rank,
            row.name,
            row.score,
            row.code,
            round(row.score * each / row.heads, 2) if row.heads else None,
            row.is_me and person_id is not None,
            _named(current, row.badges),
        )
        for row in board.rows
    )


def _by_head(rows: tuple[BoardRowView, ...]) -> tuple[BoardRowView, ...]:
    """Ranked by what falls to each head; where it is not known how many there are, there is no rank."""
    listed = ordered(rows, lambda row: row.per_head, lambda row: row.name, downwards=True)
    known = [row for row in listed if row.per_head is not None]
    # Two decimals, as whole numbers: what reads equal shares a rank.
    placed = ranks([round((row.per_head or 0) * 100) for row in known])
    ranked = [
        BoardRowView(rank, row.name, row.score, row.code, row.per_head, row.is_me)
        for rank, row in zip(placed, known, strict=True)
    ]
    unknown = [BoardRowView(None, row.name, row.score, row.code, None, row.is_me) for row in listed if row.per_head is None]
    return (*ranked, *unknown)


def _goal(session: Session, programme_id: int, scope: Scope, period: Period, audience: Audience) -> Goal:
    subject = Subject.SITE if scope.kind is ScopeKind.SCHOOL else Subject.AREA
    # The board's own measure, so that a final month stays what its board said.
    found = values(session, programme_id, subject, [scope.id], period.name, [RANKED], audience=audience)
    earlier = previous(period)
    before = values(session, programme_id, subject, [scope.id], earlier.name, [RANKED], audience=audience) if earlier else {}
    target = _target(session, programme_id, scope, period) if subject is Subject.AREA else None
    return Goal(
        actions=found.get((scope.id, RANKED), 0),
        before=before.get((scope.id, RANKED), 0) if earlier else None,
        earlier=earlier,
        target=int(target.value) if target else None,
        due_on=target.due_on if target else None,
    )


def _target(session: Session, programme_id: int, scope: Scope, period: Period) -> AreaTarget | None:
    """The last target of actions that is due within the year or over all time: a month has no target of its own."""
    if period.kind not in (PeriodKind.YEAR, PeriodKind.ALL):
        return None
    asked = select(AreaTarget).where(
        AreaTarget.programme_id == programme_id, AreaTarget.area_id == scope.id, AreaTarget.indicator == ACTIONS
    )
    if period != ALL_TIME and period.first is not None and period.last is not None:
        asked = asked.where(AreaTarget.due_on.between(period.first, period.last))
    return session.scalars(asked.order_by(AreaTarget.due_on.desc()).limit(1)).first()


def _places(index: places.AreaIndex, scope: Scope, own_area_id: int | None) -> Places:
    own = index.by_id.get(own_area_id) if own_area_id is not None else None
    if scope.kind is ScopeKind.SCHOOL:
        return Places((), (), own)
    here = index.by_id[scope.id]
    above = tuple(reversed(index.ancestors(here.id)))
    below = () if here.level is AreaLevel.KELURAHAN else index.children(here.id)
    return Places(above, tuple(sorted(below, key=lambda area: area.name)), own)
