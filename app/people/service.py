"""Making persons and accounts, handing out tokens and posts, and what officers do to sites."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.audit import service as audit
from app.core.clock import DEFAULT_ZONE, local_day
from app.core.errors import Conflict, NotAllowed, NotFound, invalid
from app.core.geo import Point
from app.core.ids import new_secret
from app.core.text import Text
from app.people.models import AccessToken, Account, Person, Tenure
from app.people.queries import account_by_name, tenures_on, token_digest
from app.people.rules import AREA_POSTS, SITE_POSTS, Deed, Movement, Post, is_sign_in_name, may_touch_circle
from app.places import queries as places_queries
from app.places import service as places


def create(session: Session, name: str, *, full_name: str | None = None, now: datetime) -> Account:
    """An adult with an account that has no password yet: a token, an invitation or a reset code opens it."""
    if not is_sign_in_name(name):
        raise invalid(
            "name",
            "sign_in_name",
            "Nama masuk terdiri dari 2-40 huruf kecil, angka, titik, garis bawah atau tanda hubung.",
            "A sign-in name has 2-40 lower-case letters, digits, dots, underscores or hyphens.",
        )
    if account_by_name(session, name) is not None:
        raise Conflict(Text(f"Nama masuk {name} sudah dipakai.", f"The sign-in name {name} is taken."), "name_taken")
    shown_name = (full_name or name).strip()
    if not 1 <= len(shown_name) <= 120:
        raise invalid("full_name", "length", "Nama terdiri dari 1-120 huruf.", "A name has 1-120 letters.")
    person = Person(name=shown_name, is_adult=True, shown=True, created_at=now)
    session.add(person)
    session.flush()
    account = Account(name=name, person_id=person.id, person=person, created_at=now)
    session.add(account)
    session.flush()
    audit.note(session, "people.create", f"person:{person.uuid}", account_id=None, now=now)
    return account


def account(session: Session, name: str) -> Account:
    """The account with that sign-in name."""
    found = account_by_name(session, name)
    if found is None:
        raise NotFound(Text(f"Tidak ada yang masuk dengan nama {name}.", f"Nobody signs in as {name}."), "unknown_name")
    return found


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
    if where.site_id is not None and post not in SITE_POSTS:
        raise invalid("post", "needs_area", f"Jabatan {post} melekat pada wilayah.", f"The post {post} is held at an area.")
    if where.area_id is not None and post not in AREA_POSTS:
        raise invalid("post", "needs_site", f"Jabatan {post} melekat pada sekolah.", f"The post {post} is held at a school.")
    if movement is not None and post is not Post.CADRE:
        raise invalid("movement", "only_cadres", "Hanya kader punya gerakan.", "Only cadres have a movement.")
    running = session.scalars(
        select(Tenure).where(
            Tenure.person_id == person_id,
            Tenure.post == post,
            Tenure.area_id == where.area_id,
            Tenure.site_id == where.site_id,
            Tenure.valid_until.is_(None),
        )
    ).first()
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
    session.flush()
    audit.note(session, "people.grant", f"person:{person_id}", account_id=granted_by, now=now, post=post.value, place=place)
    return tenure


def end(session: Session, tenure: Tenure, *, last_day: date, ended_by: int | None, now: datetime) -> Tenure:
    """The post is held for the last time on that day; sessions of its holder are over."""
    if tenure.valid_from is not None and last_day < tenure.valid_from:
        raise invalid("last_day", "before_first", "Hari terakhir mendahului hari pertama.", "The last day precedes the first.")
    tenure.valid_until = last_day
    held_by = session.scalars(select(Account).where(Account.person_id == tenure.person_id)).first()
    if held_by is not None:
        held_by.session_key = new_secret()
    audit.note(session, "people.end", f"person:{tenure.person_id}", account_id=ended_by, now=now, post=tenure.post.value)
    return tenure


def create_token(session: Session, holder: Account, *, now: datetime) -> str:
    """A new key for programs; shown this once, only its digest is kept."""
    token = new_secret()
    session.add(AccessToken(account_id=holder.id, digest=token_digest(token), created_at=now))
    audit.note(session, "people.token", f"account:{holder.id}", account_id=None, now=now)
    return token


def revoke_tokens(session: Session, holder: Account, *, now: datetime) -> int:
    """End every token of the account; how many there were."""
    running = session.scalars(
        select(AccessToken).where(AccessToken.account_id == holder.id, AccessToken.revoked_at.is_(None))
    ).all()
    for token in running:
        token.revoked_at = now
    audit.note(session, "people.revoke_tokens", f"account:{holder.id}", account_id=None, now=now, tokens=len(running))
    return len(running)


def confirm_site(session: Session, uuid: UUID, *, by: Account, now: datetime) -> None:
    """An officer's or the principal's word that the site is real and lies there."""
    site = places_queries.site_by_uuid(session, uuid)
    if site is None:
        raise NotFound(Text("Tempat itu tidak ada.", "There is no such site."), "unknown_site")
    _ask(session, by, Deed.CONFIRM_SITE, site_id=site.id, kelurahan_id=site.kelurahan_id, now=now)
    places.confirm_site(session, site, by_account_id=by.id, now=now)


def move_site(session: Session, uuid: UUID, *, centre: Point, radius_m: float | None, by: Account, now: datetime) -> None:
    """The circle lies elsewhere from now on; deeds of before are judged by where it lay."""
    site = places_queries.site_by_uuid(session, uuid)
    if site is None:
        raise NotFound(Text("Tempat itu tidak ada.", "There is no such site."), "unknown_site")
    _ask(session, by, Deed.MOVE_SITE, site_id=site.id, kelurahan_id=site.kelurahan_id, now=now)
    places.move_site(session, site, centre=centre, radius_m=radius_m, by_account_id=by.id, now=now)


def _ask(session: Session, by: Account, deed: Deed, *, site_id: int, kelurahan_id: int | None, now: datetime) -> None:
    around: set[int] = set()
    if kelurahan_id is not None:
        above = places_queries.areas(session).ancestors(kelurahan_id)
        around = {kelurahan_id, *(area.id for area in above)}
    held = tenures_on(session, by.person_id, local_day(now, DEFAULT_ZONE))
    if not may_touch_circle(held, deed, site_id=site_id, site_areas=around):
        raise NotAllowed(
            Text(
                "Hanya petugas wilayah itu atau pimpinan tempatnya, dan bukan relawan yang beraksi di sana.",
                "Only an officer of that area or the head of the place, and no volunteer who acts there.",
            )
        )
