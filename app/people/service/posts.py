"""Posts: given at a place from a day on, and ended."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from app.audit import service as audit
from app.core.errors import Conflict, invalid
from app.core.ids import new_secret
from app.core.text import Text
from app.people.models import Account, ResetCode, Tenure
from app.people.rules import AREA_POSTS, SITE_POSTS, STRONG_POSTS, Movement, Post
from app.places import queries as places_queries
from app.places import service as places
from app.places.queries import PlaceRef


def grant(
    session: Session,
    person_id: int,
    post: Post,
    place: str,
    *,
    movement: Movement | None = None,
    valid_from: date | None = None,
    granted_by: int | None,
    now: datetime,
) -> Tenure:
    """Give the person a post at a place ("32.73.09.1003", "32.73.09.1003/05", "npsn:12345678", "site:UUID").

    The same post at the same place again gives the tenure that is running. Without a first day it runs since before anybody
    wrote it down.
    """
    where = places.find_or_make_place(session, place, now=now)
    return appoint(session, person_id, post, where, movement=movement, valid_from=valid_from, granted_by=granted_by, now=now)


def check_seat(post: Post, where: PlaceRef, movement: Movement | None) -> None:
    """Raises Invalid naming the field when the post cannot be held there or in that name."""
    if where.site_id is not None and post not in SITE_POSTS:
        raise invalid("post", "needs_area", Text("Jabatan %(post)s memerlukan wilayah.", post=post))
    if where.area_id is not None and post not in AREA_POSTS:
        raise invalid("post", "needs_site", Text("Jabatan %(post)s memerlukan sekolah.", post=post))
    if movement is not None and post is not Post.CADRE:
        raise invalid("movement", "only_cadres", Text("Hanya kader punya gerakan."))


def appoint(
    session: Session,
    person_id: int,
    post: Post,
    where: PlaceRef,
    *,
    movement: Movement | None = None,
    valid_from: date | None = None,
    granted_by: int | None,
    now: datetime,
) -> Tenure:
    """The tenure of the post there: the one that is running, else a new one, with which sessions of before are over."""
    check_seat(post, where, movement)
    if post in STRONG_POSTS and _running(session, person_id, post, where) is None:
        # Whoever signs in anew is asked whether the password is long enough for the post.
        _end_sessions_of(session, person_id)
    return appoint_whoever_accepted(
        session, person_id, post, where, movement=movement, valid_from=valid_from, granted_by=granted_by, now=now
    )


def _running(session: Session, person_id: int, post: Post, where: PlaceRef) -> Tenure | None:
    return session.scalars(
        select(Tenure).where(
            Tenure.person_id == person_id,
            Tenure.post == post,
            Tenure.area_id == where.area_id,
            Tenure.site_id == where.site_id,
            Tenure.valid_until.is_(None),
        )
    ).first()


def appoint_whoever_accepted(
    session: Session,
    person_id: int,
    post: Post,
    where: PlaceRef,
    *,
    movement: Movement | None = None,
    valid_from: date | None = None,
    granted_by: int | None,
    now: datetime,
) -> Tenure:
    """The tenure as `appoint` gives it; sessions go on: they showed a password long enough for the post when it was accepted."""
    running = _running(session, person_id, post, where)
    if running is not None:
        return running
    tenure = Tenure(
        person_id=person_id,
        post=post,
        movement=movement or (Movement.PKK if post is Post.CADRE else None),
        area_id=where.area_id,
        site_id=where.site_id,
        valid_from=valid_from,
        granted_by=granted_by,
        created_at=now,
    )
    session.add(tenure)
    # A code of before came from somebody who may not stand above the post.
    holder_id = session.scalar(select(Account.id).where(Account.person_id == person_id))
    if holder_id is not None:
        end_codes(session, holder_id, now=now)
    session.flush()
    audit.note(
        session,
        "people.grant",
        f"person:{person_id}",
        account_id=granted_by,
        now=now,
        post=post.value,
        place=where.name,
        area_id=where.area_id,
        site_id=where.site_id,
    )
    return tenure


def end(session: Session, tenure: Tenure, *, last_day: date, reason: str = "", ended_by: int | None, now: datetime) -> Tenure:
    """The post is held for the last time on that day; sessions of its holder are over.

    Raises Invalid (field `last_day`) for a day before the first.
    """
    if tenure.valid_from is not None and last_day < tenure.valid_from:
        raise invalid("last_day", "before_first", Text("Hari terakhir harus setelah hari pertama."))
    return _ended(session, tenure, last_day, None, reason, ended_by, now)


def end_now(session: Session, tenure: Tenure, *, reason: str = "", ended_by: int | None, now: datetime) -> Tenure:
    """The post is held no more from this moment on, or never where it was to begin later. Raises Conflict where it has ended."""
    today = places_queries.day_at(session, now, tenure.area_id, tenure.site_id)
    if not tenure.active().is_active_later(today):
        raise Conflict(Text("Jabatan ini sudah berakhir."), "ended")
    return _ended(session, tenure, max(today, tenure.valid_from or today), now, reason, ended_by, now)


def _ended(
    session: Session,
    tenure: Tenure,
    last_day: date,
    at: datetime | None,
    reason: str,
    ended_by: int | None,
    now: datetime,
) -> Tenure:
    tenure.valid_until, tenure.ended_at = last_day, at
    _end_sessions_of(session, tenure.person_id)
    audit.note(
        session,
        "people.end",
        f"person:{tenure.person_id}",
        account_id=ended_by,
        now=now,
        post=tenure.post.value,
        last_day=last_day.isoformat(),
        **({"at_once": True} if at is not None else {}),
        **({"reason": reason} if reason else {}),
    )
    return tenure


def _end_sessions_of(session: Session, person_id: int) -> None:
    held_by = session.scalars(select(Account).where(Account.person_id == person_id)).first()
    if held_by is not None:
        held_by.session_key = new_secret()


def end_codes(session: Session, account_id: int, *, now: datetime) -> None:
    """Password codes that were handed out for the account open nothing any more."""
    session.execute(
        update(ResetCode).where(ResetCode.account_id == account_id, ResetCode.ended_at.is_(None)).values(ended_at=now)
    )
