"""A post offered by link, letter or message: taken once, within two weeks, as long as whoever offered it may still."""

from __future__ import annotations

import hashlib
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.audit import service as audit
from app.core.catalogue import Language
from app.core.errors import Conflict, FieldError, Invalid, NotAllowed, NotFound, invalid
from app.core.identity_numbers import NO_IDENTITY_NUMBER, has_identity_number
from app.core.text import Text, says_something
from app.database.locks import lock_rows
from app.people.models import Account, Invitation
from app.people.queries import invitation, place_name, public_name, spot, tenures_at
from app.people.rules import (
    INVITATION_TTL,
    STRONG_POSTS,
    InvitationState,
    Movement,
    Post,
    may_appoint,
    needs_confirmation,
    standing,
)
from app.people.service.accounts import MAX_NAME_LENGTH, check_names, create, end_sessions
from app.people.service.news import tell
from app.people.service.passwords import PasswordHash
from app.people.service.posts import appoint, appoint_whoever_accepted, check_seat, end_codes
from app.places import queries as places_queries
from app.places import service as places
from app.places.queries import PlaceRef

REFUSALS: dict[InvitationState, Text] = {
    InvitationState.ACCEPTED: Text("Undangan ini sudah dipakai. Jika bukan Anda yang memakainya, beri tahu yang mengundang."),
    InvitationState.WAITING: Text(
        "Undangan ini sudah dipakai dan menunggu dipastikan. Jika bukan Anda yang memakainya, beri tahu yang mengundang."
    ),
    InvitationState.DECLINED: Text(
        "Menurut yang mengundang, undangan ini dipakai orang lain. Jika keliru, hubungi yang mengundang Anda."
    ),
    InvitationState.REVOKED: Text("Undangan ini sudah dibatalkan. Mintalah undangan baru kepada yang mengundang."),
    InvitationState.EXPIRED: Text("Undangan ini sudah kedaluwarsa. Mintalah undangan baru kepada yang mengundang."),
}


NOBODY_WAITS = Text("Tidak ada lagi yang perlu dipastikan di undangan ini.")


class Closed(Conflict):
    """The invitation opens nothing any more."""

    code = "invitation_closed"


def invite(
    session: Session, by: Account, post: Post, place: str, *, movement: Movement | None = None, name: str, now: datetime
) -> Invitation:
    """The post, offered at the place in the name of one who stands above it.

    Raises NotAllowed where they do not, Invalid naming the fields, NotFound for a place that is not there.
    """
    cleaned = " ".join(name.split())
    if not (1 <= len(cleaned) <= MAX_NAME_LENGTH and cleaned.isprintable() and says_something(cleaned)):
        raise invalid("name", "length", Text("Nama terdiri dari 1-120 huruf."))
    if has_identity_number(cleaned):
        raise Invalid([FieldError("name", "identity_number", NO_IDENTITY_NUMBER)])
    where = places.find_or_make_place(session, place, now=now)
    check_seat(post, where, movement)
    if not _may(session, by.person_id, post, where, now):
        raise NotAllowed(Text("Anda tidak berwenang menunjuk jabatan ini di tempat itu."))
    made = Invitation(
        post=post,
        movement=movement or (Movement.PKK if post is Post.CADRE else None),
        area_id=where.area_id,
        site_id=where.site_id,
        name=cleaned,
        invited_by=by.id,
        created_at=now,
        expires_at=now + INVITATION_TTL,
    )
    session.add(made)
    session.flush()
    audit.note(session, "people.invite", f"invitation:{made.uuid}", account_id=by.id, now=now, post=post.value, place=where.name)
    return made


def _may(session: Session, person_id: int, post: Post, where: PlaceRef, now: datetime) -> bool:
    tenures = tenures_at(session, person_id, now)
    return may_appoint(tenures, post, spot(session, where.area_id, where.site_id))


def standing_of(session: Session, offered: Invitation, *, now: datetime) -> InvitationState:
    """How it stands; taken back also when whoever offered it no longer may."""
    known = standing(
        accepted_at=offered.accepted_at,
        confirmed_at=offered.confirmed_at,
        declined_at=offered.declined_at,
        revoked_at=offered.revoked_at,
        expires_at=offered.expires_at,
        now=now,
    )
    if known not in (InvitationState.OPEN, InvitationState.WAITING):
        return known
    by = session.get_one(Account, offered.invited_by)
    still = by.is_active and _may(session, by.person_id, offered.post, _where(offered), now)
    return known if still else InvitationState.REVOKED


def _where(offered: Invitation) -> PlaceRef:
    return PlaceRef(offered.area_id, offered.site_id, "")


def accept(session: Session, uuid: UUID, account: Account, *, now: datetime) -> Invitation:
    """The account's holder takes the post, once. Raises Closed, and Conflict for whoever offered it.

    A post with powers begins when whoever invited has confirmed who took it (`confirm`). Sessions of before are over at once:
    only this one has shown its long password.
    """
    offered = _hold_open(session, uuid, now)
    if offered.invited_by == account.id:
        raise Conflict(Text("Undangan ini untuk orang lain, bukan untuk Anda."), "own")
    offered.accepted_at, offered.accepted_by = now, account.id
    audit.note(session, "people.accept", f"invitation:{uuid}", account_id=account.id, now=now, post=offered.post.value)
    if needs_confirmation(offered.post):
        end_codes(session, account.id, now=now)
        if offered.post in STRONG_POSTS:
            end_sessions(session, account)
        _tell(session, offered, "invitation_taken", offered.invited_by, now, name=public_name(account.person))
    else:
        _begin(session, offered, account, now)
    session.flush()
    return offered


def confirm(session: Session, uuid: UUID, by: Account, *, now: datetime) -> Invitation:
    """Whoever invited says that the right person took the post: it begins. Raises NotFound, Closed."""
    offered = _held_by(session, uuid, by)
    if offered.confirmed_at is None:
        account = _waiting(session, offered, now)
        _begin(session, offered, account, now)
        audit.note(session, "people.confirm", f"invitation:{uuid}", account_id=by.id, now=now, post=offered.post.value)
        _tell(session, offered, "post_confirmed", account.id, now)
        session.flush()
    return offered


def decline(session: Session, uuid: UUID, by: Account, *, now: datetime) -> Invitation:
    """Whoever invited says that somebody else took the post: it never begins. Raises NotFound, Closed."""
    offered = _held_by(session, uuid, by)
    if offered.declined_at is None:
        account = _waiting(session, offered, now)
        offered.declined_at = now
        audit.note(session, "people.decline", f"invitation:{uuid}", account_id=by.id, now=now, post=offered.post.value)
        _tell(session, offered, "post_declined", account.id, now)
        session.flush()
    return offered


def check_number(offered: Invitation) -> str:
    """Four digits that whoever took it reads out to whoever invited: both see them, nobody else who holds the link does."""
    return f"{int(hashlib.sha256(f'{offered.uuid}:{offered.accepted_by}'.encode()).hexdigest(), 16) % 10_000:04}"


def _held_by(session: Session, uuid: UUID, by: Account) -> Invitation:
    offered = _held(session, uuid)
    if offered.invited_by != by.id:
        raise NotFound
    return offered


def _waiting(session: Session, offered: Invitation, now: datetime) -> Account:
    """Who took it and waits. Raises Closed where nobody does."""
    known = standing_of(session, offered, now=now)
    account = session.get_one(Account, offered.accepted_by) if known is InvitationState.WAITING else None
    if account is None or not account.is_active:
        raise Closed(NOBODY_WAITS)
    return account


def _begin(session: Session, offered: Invitation, account: Account, now: datetime) -> None:
    give = appoint_whoever_accepted if needs_confirmation(offered.post) else appoint
    give(
        session,
        account.person_id,
        offered.post,
        _where(offered),
        movement=offered.movement,
        valid_from=places_queries.day_at(session, now, offered.area_id, offered.site_id),
        granted_by=offered.invited_by,
        now=now,
    )
    offered.confirmed_at = now


def _tell(session: Session, offered: Invitation, kind: str, account_id: int, now: datetime, **values: str) -> None:
    place = place_name(session, offered.area_id, offered.site_id)
    post = {"post": offered.post.value, "movement": offered.movement and offered.movement.value, "place": place}
    whom = session.get_one(Account, account_id).person_id
    link = "/undang" if kind == "invitation_taken" else "/saya/akun"
    tell(session, whom, kind, link=link, now=now, post=post, **values)


def accept_as_new(
    session: Session,
    uuid: UUID,
    name: str,
    *,
    full_name: str,
    hashed: PasswordHash,
    shown: bool = True,
    language: Language,
    now: datetime,
) -> Account:
    """Somebody new takes the post: an account and the tenure, both or none."""
    offered = _hold_open(session, uuid, now)
    check_names(name, full_name, posts=[offered.post])
    account = create(session, name, full_name=full_name, hashed=hashed, shown=shown, language=language, now=now)
    accept(session, uuid, account, now=now)
    return account


def revoke(session: Session, uuid: UUID, by: Account, *, now: datetime) -> None:
    """Whoever offered it takes it back. Raises NotFound for another's, Closed for an accepted one: then the post is ended."""
    offered = _held_by(session, uuid, by)
    if offered.accepted_at is not None:
        raise Closed(REFUSALS[InvitationState.ACCEPTED])
    if offered.revoked_at is None:
        offered.revoked_at = now
        audit.note(session, "people.revoke_invitation", f"invitation:{uuid}", account_id=by.id, now=now)
        session.flush()


def revoke_all(session: Session, by: Account, *, now: datetime) -> None:
    """Everything that the account has offered and nobody has taken is taken back."""
    open_ones = select(Invitation.uuid).where(
        Invitation.invited_by == by.id, Invitation.accepted_at.is_(None), Invitation.revoked_at.is_(None)
    )
    for uuid in session.scalars(open_ones.order_by(Invitation.id)).all():
        revoke(session, uuid, by, now=now)


def _hold_open(session: Session, uuid: UUID, now: datetime) -> Invitation:
    offered = _held(session, uuid)
    known = standing_of(session, offered, now=now)
    if known is not InvitationState.OPEN:
        raise Closed(REFUSALS[known])
    return offered


def _held(session: Session, uuid: UUID) -> Invitation:
    """The invitation as it stands now; of two who decide about it, one waits."""
    found = invitation(session, uuid)
    if found is None:
        raise NotFound
    lock_rows(session, Invitation.id, [found.id])
    return session.scalars(select(Invitation).where(Invitation.id == found.id).execution_options(populate_existing=True)).one()
