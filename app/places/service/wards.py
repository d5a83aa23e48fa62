"""RW: made below their kelurahan when they are first named."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core.errors import NotFound, invalid
from app.core.text import Text
from app.database.upsert import insert_for
from app.places.models import Area, AreaCode, AreaLevel
from app.places.queries.place import PlaceRef, area_ref, find_area_and_rw, find_place, place_words
from app.places.queries.snapshot import snapshot
from app.places.rules import parse_place, rw_code, rw_name
from app.places.service.revision import areas_changed


def rw(session: Session, kelurahan_id: int, name: str, *, now: datetime) -> Area:
    """The RW of that name ("5", "RW 5", "005" are "05") below the kelurahan, made when it is new; once, however many ask at once.

    Raises Invalid (field `rw`) for what is no RW's name, NotFound when there is no such kelurahan.
    """
    number = rw_name(name)
    if number is None:
        raise invalid("rw", "malformed", Text("RW ditulis dengan angka 1 sampai 999."))
    kelurahan = session.get(Area, kelurahan_id)
    if kelurahan is None or kelurahan.level is not AreaLevel.KELURAHAN or kelurahan.closed_at is not None:
        raise NotFound(Text("Kelurahan ini tidak ada."))
    code = rw_code(kelurahan.code, number)
    return _with_code(session, code) or _make(session, kelurahan, number, code, now)


def find_or_make_place(session: Session, text: str, *, now: datetime) -> PlaceRef:
    """The place that the words name, as `queries.find_place` finds it; an RW named for the first time is made."""
    words = parse_place(text)
    if words is None or words.rw is None:
        return find_place(session, text)
    kelurahan, known = find_area_and_rw(session, place_words(text))
    if known is not None:
        return area_ref(session, known)
    made = rw(session, kelurahan.id, words.rw, now=now)
    return area_ref(session, snapshot(session).areas.by_id[made.id])


def _with_code(session: Session, code: str) -> Area | None:
    return session.scalar(select(Area).where(Area.code == code))


def _make(session: Session, kelurahan: Area, number: str, code: str, now: datetime) -> Area:
    values = {
        "level": AreaLevel.RW,
        "code": code,
        "name": number,
        "parent_id": kelurahan.id,
        "timezone": kelurahan.timezone,
        "is_demo": kelurahan.is_demo,
        "created_at": now,
    }
    statement = insert_for(session, Area).values(values).on_conflict_do_nothing(index_elements=["code"]).returning(Area.id)
    made = session.scalar(statement)
    if made is not None:
        session.add(AreaCode(area_id=made, code=code, valid_from=now))
        session.flush()
        areas_changed(session)
    area = _with_code(session, code)
    if area is None:
        raise RuntimeError(f"{code} is neither made nor there")
    return area
