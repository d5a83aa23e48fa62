"""A post offered by link, letter or message: taken once, within two weeks, as long as whoever offered it may still."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.audit import service as audit
from app.core.errors import Conflict, NotAllowed, NotFound, invalid
from app.core.text import Language, Text
from app.database.locks import hold_rows
from app.people.models import Account, Invitation
from app.people.queries import invitation, spot, tenures_at
from app.people.rules import LASTS, Movement, Post, Standing, may_appoint, standing
from app.people.service.accounts import LONGEST_NAME, create
from app.people.service.passwords import Sealed
from app.people.service.posts import appoint, check_seat
from app.places import queries as places_queries
from app.places import service as places
from app.places.queries import PlaceRef

REFUSALS: dict[Standing, Text] = {
    Standing.ACCEPTED: Text(
        "Undangan ini sudah dipakai. Bila bukan oleh Anda, beri tahu yang mengundang.",
        "This invitation has been used. If not by you, tell whoever invited you.",
    ),
    Standing.REVOKED: Text(
        "Undangan ini sudah ditarik. Mintalah undangan baru kepada yang mengundang.",
        "This invitation was taken back. Ask whoever invited you for a new one.",
    ),
    Standing.EXPIRED: Text(
        "Undangan ini sudah lewat masanya. Mintalah undangan baru kepada yang mengundang.",
        "This invitation has run out. Ask whoever invited you for a new one.",
    ),
}


class Closed(Conflict):
    """The invitation opens nothing any more."""

    code = "invitation_closed"


def invite(
    session: Session, by: Account, post: Post, place: str, *, movement: Movement | None = None, name: str, now: datetime
) -> Invitation:
    """The post, offered at the place in the name of one who stands above it. Raises NotAllowed where they do not."""
    cleaned = " ".join(name.split())
    if not (1 <= len(cleaned) <= LONGEST_NAME and cleaned.isprintable()):
        raise invalid("name", "length", "Nama terdiri dari 1-120 huruf.", "A name has 1-120 letters.")
    where = places.find_or_make_place(session, place, now=now)
    check_seat(post, where, movement)
    if not _may(session, by.person_id, post, where, now):
        raise NotAllowed(
            Text("Jabatan ini di tempat itu bukan Anda yang menunjuk.", "This post at that place is not yours to give.")
        )
    made = Invitation(
        post=post,
        movement=movement or (Movement.PKK if post is Post.CADRE else None),
        area_id=where.area_id,
        site_id=where.site_id,
        name=cleaned,
        invited_by=by.id,
        created_at=now,
        expires_at=now + LASTS,
    )
    session.add(made)
    session.flush()
    audit.note(session, "people.invite", f"invitation:{made.uuid}", account_id=by.id, now=now, post=post.value, place=where.name)
    return made


def _may(session: Session, person_id: int, post: Post, where: PlaceRef, now: datetime) -> bool:
    held = tenures_at(session, person_id, now)
    return may_appoint(held, post, spot(session, where.area_id, where.site_id))


def standing_of(session: Session, offered: Invitation, *, now: datetime) -> Standing:
    """How it stands; taken back also when whoever offered it no longer may."""
    known = standing(accepted_at=offered.accepted_at, revoked_at=offered.revoked_at, expires_at=offered.expires_at, now=now)
    if known is not Standing.OPEN:
        return known
    by = session.get_one(Account, offered.invited_by)
    still = by.is_active and _may(session, by.person_id, offered.post, _where(offered), now)
    return Standing.OPEN if still else Standing.REVOKED


def _where(offered: Invitation) -> PlaceRef:
    return PlaceRef(offered.area_id, offered.site_id, "")


def accept(session: Session, uuid: UUID, account: Account, *, now: datetime) -> Invitation:
    """The account's holder takes the post, once. Raises Closed, and Conflict for whoever offered it."""
    offered = _hold_open(session, uuid, now)
    if offered.invited_by == account.id:
        raise Conflict(Text("Undangan ini untuk orang lain, bukan untuk Anda.", "This invitation is for somebody else."), "own")
    appoint(
        session,
        account.person_id,
        offered.post,
        _where(offered),
        movement=offered.movement,
        valid_from=places_queries.day_at(session, now, offered.area_id, offered.site_id),
        granted_by=offered.invited_by,
        now=now,
    )
    offered.accepted_at, offered.accepted_by = now, account.id
    audit.note(session, "people.accept", f"invitation:{uuid}", account_id=account.id, now=now, post=offered.post.value)
    session.flush()
    return offered


def accept_as_new(
    session: Session, uuid: UUID, name: str, *, full_name: str, sealed: Sealed, language: Language, now: datetime
) -> Account:
    """Somebody new takes the post: an account and the tenure, both or none."""
    _hold_open(session, uuid, now)
    account = create(session, name, full_name=full_name, sealed=sealed, language=language, now=now)
    accept(session, uuid, account, now=now)
    return account


def revoke(session: Session, uuid: UUID, by: Account, *, now: datetime) -> None:
    """Whoever offered it takes it back; an accepted one stays: then the post is ended instead."""
    offered = _held(session, uuid)
    if offered.invited_by != by.id:
        raise NotFound
    if offered.accepted_at is not None:
        raise Closed(REFUSALS[Standing.ACCEPTED])
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
    if known is not Standing.OPEN:
        raise Closed(REFUSALS[known])
    return offered


def _held(session: Session, uuid: UUID) -> Invitation:
    """The invitation as it stands now; of two who decide about it, one waits."""
    found = invitation(session, uuid)
    if found is None:
        raise NotFound
    hold_rows(session, Invitation.id, [found.id])
    return session.scalars(select(Invitation).where(Invitation.id == found.id).execution_options(populate_existing=True)).one()
