"""The stamped facts behind a number, as the public may see them: no person, no position, no hour."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from sqlalchemy import ColumnElement, func, or_, select, tuple_
from sqlalchemy.orm import Session

from app.actions.models import Action, Stamp
from app.core.clock import local_day
from app.core.periods import Period
from app.indicators.queries.rws import rws_told
from app.people.models import Person, Tenure
from app.people.rules import Post
from app.places import queries as places
from app.places.models import Site
from app.places.rules import SiteKind
from app.tallies.rules import the_public

PUBLIC_AFTER = timedelta(hours=24)
"""How long after its end a day is still nobody's business."""


@dataclass(frozen=True, slots=True)
class Fact:
    """One stamped action."""

    stamp_id: UUID
    observed_on: date
    credits: Mapping[str, int]
    stamped_by: Post
    """The post of whoever stamped it."""
    rw: str | None
    """None: of a child, where none was named, and where so few people were in it that it would point at one."""
    school: tuple[str | None, str] | None
    """NPSN and name: for a child's action all that is told of the place."""


_CURSOR = re.compile(r"[0-9]{8}\.[0-9a-f]{32}")


@dataclass(frozen=True, slots=True)
class FactsCursor:
    """The fact after which the next page begins; in an address `20261122.` and the stamp's 32 hexadecimal digits."""

    observed_on: date
    stamp_id: UUID

    def __str__(self) -> str:
        return f"{self.observed_on:%Y%m%d}.{self.stamp_id.hex}"

    @classmethod
    def parse(cls, text: str) -> FactsCursor:
        """Raises ValueError for whatever is none."""
        if not _CURSOR.fullmatch(text):
            raise ValueError(text)
        return cls(date(int(text[:4]), int(text[4:6]), int(text[6:8])), UUID(hex=text[9:]))


@dataclass(frozen=True, slots=True)
class Page:
    facts: tuple[Fact, ...]
    following: FactsCursor | None
    too_recent: int
    """Facts that are counted already but too young to be listed."""


def newest_public_day(now: datetime, zone: str) -> date:
    """The last day that ended at least 24 hours ago, by the calendar of the place."""
    return local_day(now - PUBLIC_AFTER, zone) - timedelta(days=1)


def facts(
    session: Session,
    programme_id: int,
    kelurahan: places.AreaEntry,
    period: Period,
    *,
    after: FactsCursor | None,
    limit: int,
    now: datetime,
) -> Page:
    """The facts behind the programme's numbers in the kelurahan and period, the newest first."""
    newest = newest_public_day(now, kelurahan.timezone)
    behind = _behind(programme_id, kelurahan.id, period, now)
    asked = (
        select(
            Stamp.id,
            Action.observed_on,
            Stamp.credits,
            Tenure.post,
            Person.is_adult,
            Action.rw_id,
            Site.kind,
            Site.npsn,
            Site.name,
        )
        .select_from(Action)
        .join(Stamp, Stamp.action_id == Action.id)
        .join(Tenure, Tenure.id == Stamp.tenure_id)
        .join(Person, Person.id == Action.person_id)
        .outerjoin(Site, Site.id == Action.site_id)
        .where(*behind, Action.observed_on <= newest)
    )
    if after is not None:
        asked = asked.where(tuple_(Action.observed_on, Stamp.id) < tuple_(after.observed_on, after.stamp_id))
    rows = session.execute(asked.order_by(Action.observed_on.desc(), Stamp.id.desc()).limit(limit + 1)).all()
    index = places.areas(session)
    told_rws = rws_told(session, programme_id, kelurahan.id, the_public(now))
    listed = []
    for stamp_id, observed_on, credits, post, is_adult, rw_id, kind, npsn, name in rows[:limit]:
        rw = index.by_id[rw_id].name if rw_id in told_rws and is_adult else None
        school = (npsn, name) if not is_adult and kind is SiteKind.SCHOOL else None
        listed.append(Fact(stamp_id, observed_on, credits, post, rw, school))
    following = FactsCursor(listed[-1].observed_on, listed[-1].stamp_id) if len(rows) > limit else None
    recent = select(func.count()).select_from(Action).join(Stamp, Stamp.action_id == Action.id)
    too_recent = session.scalars(recent.where(*behind, Action.observed_on > newest)).one()
    return Page(tuple(listed), following, too_recent)


def _behind(programme_id: int, kelurahan_id: int, period: Period, now: datetime) -> list[ColumnElement[bool]]:
    """Of actions joined with their stamps, those that count there and then, as the public may know by now."""
    conditions = [
        Action.kelurahan_id == kelurahan_id,
        Action.programme_id == programme_id,
        Stamp.voided_at.is_(None),
        or_(Stamp.public_at.is_(None), Stamp.public_at <= now),
    ]
    if period.first is not None and period.last is not None:
        conditions.append(Action.observed_on.between(period.first, period.last))
    return conditions
