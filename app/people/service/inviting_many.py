"""Many invitations from a table. The same table twice invites nobody twice."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core.errors import DomainError, Invalid, NotFound, invalid
from app.core.spreadsheets import SheetRow, SheetTable
from app.core.text import Text
from app.people.models import Account, Invitation
from app.people.rules import SEATS, InvitationState, Post
from app.people.rules.invitation_rows import NAME, PLACE, POST, InvitationRow, read_invitation
from app.people.service.invitations import invite, standing_of
from app.places import queries as places
from app.places.queries import AreaEntry, AreaLevel
from app.places.rules import level_of, normal_code
from app.places.rules.names import folded_name

MAX_INVITED = 500
STANDING = frozenset({InvitationState.OPEN, InvitationState.WAITING, InvitationState.ACCEPTED})


class InviteOutcome(StrEnum):
    INVITED = "invited"
    UNCHANGED = "unchanged"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class InviteLine:
    number: int
    name: str
    outcome: InviteOutcome
    notes: tuple[Text, ...] = ()
    uuid: UUID | None = None
    phone: str = ""
    """For the message to send now; it is nowhere kept."""


def invite_many(session: Session, sheet: SheetTable, by: Account, *, now: datetime) -> list[InviteLine]:
    """What became of each row: invited in the name of one who stands above the post, as by `invite`; else why not.

    Raises Invalid (field `file`) where columns are missing or there are more than 500 rows.
    """
    if sheet.lacks(*NAME) or sheet.lacks(*POST) or sheet.lacks(*PLACE):
        head = ", ".join(sheet.head)[:200]
        raise invalid("file", "columns", Text("Tabel ini perlu kolom nama, jabatan, dan tempat. Yang ada: %(head)s.", head=head))
    if len(sheet.rows) > MAX_INVITED:
        raise invalid("file", "too_large", Text("Paling banyak %(most)s undangan sekaligus.", most=MAX_INVITED))
    return [_line(session, row, by, now) for row in sheet.rows]


def _line(session: Session, row: SheetRow, by: Account, now: datetime) -> InviteLine:
    read = read_invitation(row.number, row.cells)
    if not isinstance(read, InvitationRow):
        return InviteLine(row.number, row.said(*NAME), InviteOutcome.REFUSED, read)
    try:
        with session.begin_nested():
            place = _place(session, read)
            known = _known(session, read, place, by, now)
            made = known or invite(session, by, read.post, place, name=read.name, now=now)
    except Invalid as error:
        return InviteLine(row.number, read.name, InviteOutcome.REFUSED, tuple(each.message for each in error.errors))
    except DomainError as error:
        return InviteLine(row.number, read.name, InviteOutcome.REFUSED, (error.message,))
    outcome = InviteOutcome.UNCHANGED if known else InviteOutcome.INVITED
    return InviteLine(row.number, read.name, outcome, uuid=made.uuid, phone=read.phone)


def _place(session: Session, row: InvitationRow) -> str:
    """The place as services are told it: a code or NPSN as it stands, else the one area of that name where the post is held."""
    code = normal_code(row.place)
    if code is None and not row.place.startswith(("npsn:", "site:")):
        code = _named(session, row.place, row.post).code
    place = code or row.place
    return f"{place}/{row.rw}" if row.rw and code and level_of(code) is AreaLevel.KELURAHAN else place


def _named(session: Session, name: str, post: Post) -> AreaEntry:
    levels = [level for level in AreaLevel if level.value in SEATS[post]]
    wanted = folded_name(name.casefold().removeprefix("kelurahan ").removeprefix("kecamatan ").removeprefix("kota "))
    areas = places.areas(session)
    found = [area for level in levels for area in areas.of_level(level) if folded_name(area.name) in (wanted, folded_name(name))]
    if not found:
        raise NotFound(Text('tempat "%(name)s" tidak ditemukan; tulis kodenya', name=name[:60]), "unknown_place")
    if len(found) > 1:
        codes = ", ".join(area.code for area in found[:5])
        raise invalid(
            "place", "ambiguous", Text('"%(name)s" ada beberapa: %(codes)s; tulis kodenya', name=name[:60], codes=codes)
        )
    return found[0]


def _known(session: Session, row: InvitationRow, place: str, by: Account, now: datetime) -> Invitation | None:
    """What this account has offered already to this name, as this post, at this place, and still stands."""
    where = places.find_place(session, place) if "/" not in place else None
    asked = select(Invitation).where(
        Invitation.invited_by == by.id, Invitation.post == row.post, Invitation.name == " ".join(row.name.split())
    )
    for each in session.scalars(asked.order_by(Invitation.id.desc())):
        is_there = where is None or (each.area_id, each.site_id) == (where.area_id, where.site_id)
        if is_there and standing_of(session, each, now=now) in STANDING:
            return each
    return None
