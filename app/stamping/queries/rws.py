"""The RWs that waiting actions name and that nobody has recorded."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.actions.models import Action
from app.people.rules import Post
from app.places import queries as places
from app.places.rules.words import AreaLevel
from app.stamping.queries.waiting import IS_OPEN
from app.stamping.rules import (
    Stamper,
)


@dataclass(frozen=True, slots=True)
class ProposedRw:
    """An RW that actions name and of which nothing is known."""

    kelurahan: places.AreaEntry
    number: str
    actions: int
    """How many of those that wait."""
    people: int
    """Whose."""


def takes_rws(session: Session, officer: Stamper) -> frozenset[int]:
    """The kelurahan whose RWs the officer takes: their lurah and their coordinator say which there are."""
    index = places.areas(session)
    mine = {h.area_id for h in officer.tenures if h.post in (Post.LURAH, Post.COORDINATOR) and h.area_id is not None}
    whole = (area_id for area_id in mine if index.by_id[area_id].level is not AreaLevel.RW)
    return frozenset(kelurahan_id for area_id in whole for kelurahan_id in index.kelurahan_within(area_id))


def proposed_rws(session: Session, officer: Stamper, *, limit: int) -> tuple[ProposedRw, ...]:
    """The RWs that waiting actions propose to this officer, those that most people name first."""
    kelurahan = takes_rws(session, officer)
    if not kelurahan:
        return ()
    people_naming = func.count(Action.person_id.distinct())
    asked = (
        select(Action.kelurahan_id, Action.rw_proposed, func.count(), people_naming)
        .where(IS_OPEN, Action.kelurahan_id.in_(kelurahan), Action.rw_id.is_(None), Action.rw_proposed.is_not(None))
        .group_by(Action.kelurahan_id, Action.rw_proposed)
        .order_by(people_naming.desc(), Action.kelurahan_id, Action.rw_proposed)
    )
    by_id = places.areas(session).by_id
    found = (
        ProposedRw(by_id[kelurahan_id], number, count, people)
        for kelurahan_id, number, count, people in session.execute(asked)
        if kelurahan_id is not None and number is not None and places.rw_named(session, kelurahan_id, number) is None
    )
    return tuple(islice(found, limit))
