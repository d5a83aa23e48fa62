"""Invitations as pages and letters show them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from urllib.parse import quote
from uuid import UUID

import segno
from markupsafe import Markup
from sqlalchemy.orm import Session

from app.core.clock import local_day, utc_now
from app.core.text import Text
from app.database import db
from app.people import queries, service
from app.people.access import me
from app.people.models import Account, Invitation
from app.people.queries.offices import inviting_post, office_place, serial_of
from app.people.rules import ActiveTenure, InvitationState, Post, needs_confirmation
from app.people.rules.letter_words import ASKED, addressee, letter_number
from app.people.rules.letterheads import OfficePlace, letterhead
from app.web.language import language
from app.web.pages import short_day


@dataclass(frozen=True, slots=True)
class Offer:
    """An invitation as a page shows it."""

    uuid: UUID
    name: str
    title: Text
    """The post with its place."""
    by: str
    by_post: Text | None
    """The post by whose right they invite; None where they hold it no more."""
    created_at: datetime
    expires_at: datetime
    standing: InvitationState
    taken_by: str = ""
    """Who took it, as others read their name; "" where nobody did."""
    taken_as: str = ""
    """The sign-in name of who took it."""
    check_number: str = ""
    """Both sides see it while it waits."""


@dataclass(frozen=True, slots=True)
class Letter:
    """What is printed and sent: the offer with its link."""

    offer: Offer
    number: str
    letterhead: tuple[Text, ...]
    """Of the office that invites."""
    addressee: Text | None
    """Whose office is written to; None where a person is, by name."""
    asked: Text | None
    place: str
    """Where it was written."""
    is_confirmed_later: bool
    """Whether the post begins once whoever invites has made sure who took it."""
    link: str
    qr: Markup
    message: str
    """Address that opens WhatsApp with the words of the invitation."""


def offer_of(invitation: Invitation) -> Offer:
    """The invitation with its names, as it stands now."""
    session = db.session()
    by = session.get_one(Account, invitation.invited_by)
    taken = session.get(Account, invitation.accepted_by) if invitation.accepted_by is not None else None
    return Offer(
        uuid=invitation.uuid,
        name=invitation.name,
        title=queries.post_title(session, invitation.post, invitation.movement, invitation.area_id, invitation.site_id),
        by=queries.public_name(by.person),
        by_post=_post_of(inviting_post(session, invitation, utc_now())),
        created_at=invitation.created_at,
        expires_at=invitation.expires_at,
        standing=service.standing_of(session, invitation, now=utc_now()),
        taken_by=queries.public_name(taken.person) if taken is not None else "",
        taken_as=taken.name if taken is not None else "",
        check_number=service.check_number(invitation) if taken is not None else "",
    )


def _post_of(tenure: ActiveTenure | None) -> Text | None:
    if tenure is None:
        return None
    return queries.post_title(db.session(), tenure.post, tenure.movement, tenure.area_id, tenure.site_id)


def letter_of(offered: Invitation, link: str) -> Letter:
    """The letter of my invitation, with the link that opens it."""
    session, offer = db.session(), offer_of(offered)
    drawn = segno.make(link, error="m").svg_inline(scale=1, omitsize=True, svgclass="qr", lineclass=None, border=4)
    told = Text(
        "Yth. %(name)s, Anda diundang menjadi %(title)s di Sabuk Hijau oleh %(by)s, %(by_post)s. "
        "Buka tautan ini paling lambat %(expires_at)s: %(link)s",
        name=offer.name,
        title=offer.title,
        by=offer.by,
        by_post=offer.by_post or "",
        expires_at=short_day(offer.expires_at),
        link=link,
    )
    tenure = inviting_post(session, offered, utc_now())
    office = office_place(session, tenure.area_id, tenure.site_id) if tenure is not None else OfficePlace()
    theirs = office_place(session, offered.area_id, offered.site_id)
    day = local_day(offered.created_at, queries.person_zone(session, me().person_id))
    return Letter(
        offer=offer,
        number=letter_number(serial_of(session, offered), day),
        letterhead=letterhead(tenure.post, office) if tenure is not None else (),
        addressee=addressee(offered.post, _addressed_at(session, offered, theirs)),
        asked=ASKED.get(offered.post),
        place=office.kelurahan or office.city,
        is_confirmed_later=needs_confirmation(offered.post),
        link=link,
        qr=Markup(drawn),  # noqa: S704 - drawn from our own link
        message=f"https://wa.me/?text={quote(told.said(language()))}",
    )


def _addressed_at(session: Session, offered: Invitation, place: OfficePlace) -> str:
    """The place as it follows the name of an office: "Citarum", "SDN Teratai 1", "RW 05 Melati"."""
    if offered.post in (Post.RW, Post.RT):
        return queries.place_name(session, offered.area_id, offered.site_id)
    return place.site or place.kelurahan or place.kecamatan or place.city
