"""What administrators do to others: posts given and ended, sign-in closed and opened; each asks who stands above whom."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from sqlalchemy.orm import Session

from app.audit import service as audit
from app.core.errors import Conflict, NotAllowed, NotFound, invalid
from app.core.identity_numbers import hide_identity_numbers
from app.core.text import Text, says_something
from app.people.models import Account, Tenure
from app.people.queries import person_account, person_by_uuid, spot, tenures_at
from app.people.rules import Movement, Post, may_appoint, may_end
from app.people.service.accounts import end_sessions, has_tokens, revoke_tokens
from app.people.service.invitations import revoke_all
from app.people.service.posts import appoint, check_seat, end, end_codes, end_now
from app.people.service.reset_codes import may_be_handed
from app.places import queries as place_queries
from app.places import service as places

NOT_YOURS = Text("Anda tidak berwenang menunjuk jabatan ini di tempat itu.")
MAX_REASON_LENGTH = 500


def holder_of(session: Session, uuid: UUID) -> Account:
    """The account of the person. Raises NotFound for whoever has none: children are nobody's to look up."""
    person = person_by_uuid(session, uuid)
    found = person_account(session, person.id) if person is not None else None
    if found is None:
        raise NotFound
    return found


def give_post(
    session: Session,
    uuid: UUID,
    post: Post,
    place: str,
    *,
    movement: Movement | None = None,
    valid_from: date | None,
    by: Account,
    now: datetime,
) -> Tenure:
    """The post at the place from that day, else from today there. Raises NotAllowed for whoever does not stand above it."""
    holder = holder_of(session, uuid)
    if holder.id == by.id:
        raise NotAllowed(Text("Jabatan Anda sendiri diberikan oleh orang lain."))
    where = places.find_or_make_place(session, place, now=now)
    check_seat(post, where, movement)
    tenures = tenures_at(session, by.person_id, now)
    if not may_appoint(tenures, post, spot(session, where.area_id, where.site_id)):
        raise NotAllowed(NOT_YOURS)
    first = valid_from or place_queries.day_at(session, now, where.area_id, where.site_id)
    return appoint(session, holder.person_id, post, where, movement=movement, valid_from=first, granted_by=by.id, now=now)


def end_post(
    session: Session, uuid: UUID, tenure_id: int, *, last_day: date | None, reason: str, by: Account, now: datetime
) -> Tenure:
    """The post is held for the last time on that day, no later than it would have been; None: no more from now on.

    Raises NotFound, NotAllowed, Invalid, and Conflict where it is over.
    """
    holder = holder_of(session, uuid)
    tenure = session.get(Tenure, tenure_id, with_for_update=True)
    if tenure is None or tenure.person_id != holder.person_id:
        raise NotFound
    if not may_end_post(session, tenure, by=by, now=now):
        raise NotAllowed(Text("Anda tidak berwenang mengakhiri jabatan ini."))
    if last_day is None:
        return end_now(session, tenure, reason=cleaned_reason(reason), ended_by=by.id, now=now)
    if tenure.valid_until is not None and last_day > tenure.valid_until:
        raise invalid(
            "last_day",
            "after_last",
            Text("Jabatan ini sudah berakhir sebelum hari itu."),
        )
    return end(session, tenure, last_day=last_day, reason=cleaned_reason(reason), ended_by=by.id, now=now)


def may_end_post(session: Session, tenure: Tenure, *, by: Account, now: datetime) -> bool:
    """Whether it is somebody else's, and one of the posts of `by` ends it."""
    if tenure.person_id == by.person_id:
        return False
    tenures = tenures_at(session, by.person_id, now)
    return may_end(tenures, tenure.post, spot(session, tenure.area_id, tenure.site_id))


def close_account(session: Session, uuid: UUID, *, reason: str, by: Account, now: datetime) -> Account:
    """Nobody signs in with it any more, on no device and with no token; posts and actions stay. Closed already: as it is."""
    holder, why = below(session, uuid, by, now), cleaned_reason(reason)
    if holder.disabled_at is None:
        holder.disabled_at = now
        end_sessions(session, holder)
        _end_keys(session, holder, by, now)
        audit.note(session, "people.close", f"account:{holder.id}", account_id=by.id, now=now, reason=why)
    return holder


def open_account(session: Session, uuid: UUID, *, reason: str, by: Account, now: datetime) -> Account:
    """The account signs in again, with the password that it had. Open already: as it is."""
    holder, why = below(session, uuid, by, now), cleaned_reason(reason)
    if holder.disabled_at is not None:
        # Also what was given out before closing an account ended it.
        _end_keys(session, holder, by, now)
        holder.disabled_at = None
        session.flush()
        audit.note(session, "people.open", f"account:{holder.id}", account_id=by.id, now=now, reason=why)
    return holder


def _end_keys(session: Session, holder: Account, by: Account, now: datetime) -> None:
    """Tokens, password codes and invitations of the account open nothing any more, whether it is opened again or not."""
    if has_tokens(session, holder):
        revoke_tokens(session, holder, by=by.id, now=now)
    end_codes(session, holder.id, now=now)
    revoke_all(session, holder, now=now)


def end_all_sessions(session: Session, uuid: UUID, *, reason: str, by: Account, now: datetime) -> Account:
    """Every device of the account has to sign in again, as after a lost telephone. Raises Conflict for a closed account."""
    holder, why = below(session, uuid, by, now), cleaned_reason(reason)
    if holder.disabled_at is not None:
        raise Conflict(Text("Akun ini sudah ditutup; tidak ada yang masuk."))
    end_sessions(session, holder)
    audit.note(session, "people.end_sessions", f"account:{holder.id}", account_id=by.id, now=now, reason=why)
    return holder


def below(session: Session, uuid: UUID, by: Account, now: datetime) -> Account:
    """The account of the person. Raises NotAllowed for whoever does not stand above every post of theirs."""
    holder = holder_of(session, uuid)
    if not may_be_handed(session, holder, by=by, now=now):
        raise NotAllowed(Text("Hanya atasan dari semua jabatan orang ini yang boleh melakukannya."))
    return holder


def cleaned_reason(reason: str) -> str:
    """The reason in one line, without the number of a person or family. Raises Invalid where there is none."""
    said = hide_identity_numbers(" ".join(reason.split()))
    if not (3 <= len(said) <= MAX_REASON_LENGTH and said.isprintable() and says_something(said)):
        raise invalid(
            "reason",
            "length",
            Text("Tulis alasannya, 3 sampai %(max_reason_length)s huruf.", max_reason_length=MAX_REASON_LENGTH),
        )
    return said
