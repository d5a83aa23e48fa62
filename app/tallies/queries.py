"""Reading the tallies, and seeing a stamped action as something that counts."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from datetime import date, datetime
from typing import Any, Protocol

from sqlalchemy import BigInteger, Column, ColumnElement, Subquery, bindparam, cast, func, select, union_all
from sqlalchemy.orm import Session
from sqlalchemy.sql.base import ReadOnlyColumnCollection

from app.actions.models import Action, Stamp
from app.core.clock import local_day
from app.core.periods import ALL_TIME
from app.database import Base
from app.database.rows import rows
from app.places import queries as places
from app.programmes.models import Programme
from app.tallies.models import Tally, TallyPending
from app.tallies.rules import ACTIONS, Audience, Counted, Stamped, Subject


class Countable(Protocol):
    """Of an action, what counting asks for."""

    programme_id: int
    person_id: int
    observed_on: date
    site_id: int | None
    rw_id: int | None
    kelurahan_id: int | None
    kecamatan_id: int | None
    city_id: int | None


def counted(session: Session, action: Countable, stamped_at: datetime, credits: Mapping[str, int]) -> Counted:
    """The action with its stamp's instant and credits, seen as what counts."""
    return counted_together(session, [(action, stamped_at, credits, None)])[0]


def counted_together(
    session: Session, stamps: Iterable[tuple[Countable, datetime, Mapping[str, int], datetime | None]]
) -> list[Counted]:
    """Actions with the instants of their stamps, their credits and from when on the public sees them, as what counts.

    A stamp's day is that of the place.
    """
    index = places.areas(session)
    return [
        Counted(
            programme_id=action.programme_id,
            person_id=action.person_id,
            observed_on=action.observed_on,
            stamped_on=local_day(stamped_at, index.zone(action.kelurahan_id)),
            site_id=action.site_id,
            area_ids=areas_of(action),
            credits=credits,
            public_at=public_at,
        )
        for action, stamped_at, credits, public_at in stamps
    ]


def areas_of(action: Countable) -> tuple[int, ...]:
    """The areas for which the action counts, those that are known."""
    areas = (action.rw_id, action.kelurahan_id, action.kecamatan_id, action.city_id)
    return tuple(area for area in areas if area is not None)


_TALLY = Base.metadata.tables[Tally.__tablename__].c
_PENDING = Base.metadata.tables[TallyPending.__tablename__].c
_KEY = ("programme_id", "subject", "subject_id", "period", "measure")

Columns = ReadOnlyColumnCollection[str, Column[Any]]


def counts_where(conditions: Callable[[Columns], Iterable[ColumnElement[bool]]]) -> Subquery:
    """The tallies that fulfil the conditions, as the reader bound to `until` may know them: key and value, no zeros.

    What waits and is due by then is added to what is folded, in one statement: whoever folds meanwhile is seen before or after.
    """
    stored = select(*(_TALLY[name] for name in _KEY), _TALLY.value).where(*conditions(_TALLY))
    waiting = select(*(_PENDING[name] for name in _KEY), _PENDING.delta.label("value")).where(
        *conditions(_PENDING), _PENDING.public_at <= bindparam("until")
    )
    both = union_all(stored, waiting).subquery("parts")
    value = cast(func.sum(both.c.value), BigInteger)
    key = [both.c[name] for name in _KEY]
    return select(*key, value.label("value")).group_by(*key).having(value != 0).subquery("counts")


def _of_subjects(told: Columns) -> tuple[ColumnElement[bool], ...]:
    return (
        told.programme_id == bindparam("programme_id"),
        told.subject == bindparam("subject"),
        told.subject_id.in_(bindparam("subject_ids", expanding=True)),
        told.period == bindparam("period"),
    )


def _some_of_subjects(told: Columns) -> tuple[ColumnElement[bool], ...]:
    return (*_of_subjects(told), told.measure.in_(bindparam("measures", expanding=True)))


_COUNTS, _SOME_COUNTS = counts_where(_of_subjects).c, counts_where(_some_of_subjects).c
_VALUES = select(_COUNTS.subject_id, _COUNTS.measure, _COUNTS.value)
_SOME_VALUES = select(_SOME_COUNTS.subject_id, _SOME_COUNTS.measure, _SOME_COUNTS.value)
_TOTALS = select(_TALLY.programme_id, _TALLY.measure, _TALLY.value).where(
    _TALLY.programme_id.in_(select(Programme.id)),  # the key begins with the programme
    _TALLY.subject == Subject.PERSON,
    _TALLY.subject_id == bindparam("person_id"),
    _TALLY.period == ALL_TIME.name,
    _TALLY.value != 0,
)

_BY_PERIOD = select(_TALLY.period, _TALLY.value).where(
    _TALLY.programme_id == bindparam("programme_id"),
    _TALLY.subject == Subject.PERSON,
    _TALLY.subject_id == bindparam("person_id"),
    _TALLY.period.in_(bindparam("periods", expanding=True)),
    _TALLY.measure == bindparam("measure"),
    _TALLY.value != 0,
)


def values(
    session: Session,
    programme_id: int,
    subject: Subject,
    subject_ids: Collection[int],
    period: str,
    measures: Collection[str] | None = None,
    *,
    audience: Audience,
) -> Mapping[tuple[int, str], int]:
    """(subject's id, measure) -> value as the audience may know it, those that are not zero; of all measures unless some are
    named.
    """
    asked = {
        "programme_id": programme_id,
        "subject": subject,
        "subject_ids": list(subject_ids),
        "period": period,
        "until": audience.until,
    }
    if measures is None:
        found = rows(session, _VALUES, asked)
    else:
        found = rows(session, _SOME_VALUES, asked | {"measures": list(measures)})
    return {(subject_id, measure): value for subject_id, measure, value in found}


def person_totals(session: Session, person_id: int) -> dict[int, dict[str, int]]:
    """Programme -> measure -> value, of all time; whole numbers, decimals in thousandths."""
    totals: dict[int, dict[str, int]] = {}
    for programme_id, measure, value in rows(session, _TOTALS, {"person_id": person_id}):
        totals.setdefault(programme_id, {})[measure] = value
    return totals


def person_by_period(
    session: Session, programme_id: int, person_id: int, measure: str, periods: Collection[str]
) -> dict[str, int]:
    """Period -> what the person has of the measure in it, of those that hold any."""
    asked = {"programme_id": programme_id, "person_id": person_id, "measure": measure, "periods": list(periods)}
    return dict(rows(session, _BY_PERIOD, asked).all())


def booklets(session: Session, programme_id: int, person_ids: Collection[int]) -> dict[int, list[Stamped]]:
    """Each person's valid stamps in the programme, in their order; persons without any are left out."""
    asked = (
        select(
            Stamp.person_id, Stamp.id, Stamp.stamped_at, Action.observed_on, Action.site_id, Action.kelurahan_id, Stamp.credits
        )
        .join(Action, Action.id == Stamp.action_id)
        .where(Stamp.person_id.in_(person_ids), Stamp.voided_at.is_(None), Action.programme_id == programme_id)
    )
    found: dict[int, list[Stamped]] = {}
    for person_id, *stamp in session.execute(asked):
        found.setdefault(person_id, []).append(Stamped(*stamp))
    for stamps in found.values():
        stamps.sort(key=Stamped.order)
    return found


def people_of(session: Session, programme_id: int) -> list[int]:
    """Everybody who has a tally in the programme, ascending."""
    asked = select(Tally.subject_id).where(
        Tally.programme_id == programme_id,
        Tally.subject == Subject.PERSON,
        Tally.period == ALL_TIME.name,
        Tally.measure == ACTIONS,
    )
    return list(session.scalars(asked.order_by(Tally.subject_id)))
