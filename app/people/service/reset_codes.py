"""A lost password without e-mail: a code from the person above, good once, for a day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import update
from sqlalchemy.orm import Session

from app.audit import service as audit
from app.core.errors import NotAllowed
from app.core.text import Text
from app.database.locks import lock_rows
from app.people.models import Account, ResetCode
from app.people.queries import account_by_name, near_of, public_name, seats_of, tenures_at, tenures_from
from app.people.rules import AttemptKind, may_hand_code
from app.people.service.accounts import set_password
from app.people.service.news import tell
from app.people.service.passwords import PasswordHash, code_letters, verify_password
from app.people.service.posts import end_codes
from app.people.service.throttling import CountedAttempt, attempt_succeeded, by_address, by_pair, count_attempt

RESET_CODE_TTL = timedelta(hours=24)
MAX_TRIES = 10_000
"""Wrong tries that end a code. Of its 49 random bits they find one in 5e10, and fewer would let anybody end anybody's code."""


class WrongCode(NotAllowed):
    """One answer for a wrong name, a wrong code, a used one, a late one: it tells nothing."""

    code = "wrong_code"
    message = Text(
        "Nama pengguna atau kode tidak cocok, atau kodenya sudah tidak berlaku. Mintalah kode baru kepada yang memberinya."
    )


@dataclass(frozen=True, slots=True)
class Typed:
    """What somebody typed to choose a new password."""

    name: str
    code: str
    address: str

    @property
    def by_pair(self) -> CountedAttempt:
        return by_pair(AttemptKind.CODE_PAIR, self.name, self.address)

    @property
    def by_address(self) -> CountedAttempt:
        return by_address(AttemptKind.CODE_ADDRESS, self.address)


def hand_code(session: Session, holder: Account, hashed: PasswordHash, *, by: Account | None, now: datetime) -> ResetCode:
    """A code for the account, in place of the one before it. `by` (None: the operator) must stand above its holder in every post.

    Raises NotAllowed, also for oneself: whoever is signed in changes the password knowing it.
    """
    lock_rows(session, Account.id, [holder.id])
    if by is not None and not may_be_handed(session, holder, by=by, now=now):
        raise NotAllowed(Text("Kode untuk orang ini diberikan oleh atasan dari semua jabatannya."))
    if not holder.is_active:
        raise NotAllowed(Text("Akun ini sudah ditutup."), "account_closed")
    end_codes(session, holder.id, now=now)
    made = ResetCode(
        account_id=holder.id, code_hash=hashed, made_by=by.id if by else None, created_at=now, expires_at=now + RESET_CODE_TTL
    )
    session.add(made)
    session.flush()
    audit.note(session, "people.reset_code", f"account:{holder.id}", account_id=by.id if by else None, now=now)
    # Told now, while the holder's phones are signed in: once the code is used, they are not.
    said = public_name(by.person) if by else None
    tell(session, holder.person_id, "code_handed", link="/saya/akun", now=now, by=said)
    return made


def may_be_handed(session: Session, holder: Account, *, by: Account, now: datetime) -> bool:
    """Whether `by` stands above every post that the holder has or will have, else serves where they live or ask to be."""
    if holder.id == by.id:
        return False
    theirs = seats_of(session, tenures_from(session, holder.person_id, now))
    return may_hand_code(tenures_at(session, by.person_id, now), theirs, near=near_of(session, holder))


def count_code(session: Session, typed: Typed, *, now: datetime) -> int | None:
    """One more try under the name from the address, and for its open code, whose number is returned. Raises Throttled."""
    count_attempt(session, [typed.by_pair, typed.by_address], now=now)
    holder = account_by_name(session, typed.name)
    if holder is None or not holder.is_active:
        return None
    return session.scalar(
        update(ResetCode)
        .where(
            ResetCode.account_id == holder.id,
            ResetCode.ended_at.is_(None),
            ResetCode.expires_at > now,
            ResetCode.tries < MAX_TRIES,
        )
        .values(tries=ResetCode.tries + 1)
        .returning(ResetCode.id)
    )


def opened_by(session: Session, code_id: int | None, code: str) -> Account:
    """The account that the code opens. Raises WrongCode, after the same time whatever is wrong. Changes nothing."""
    open_code = session.get(ResetCode, code_id) if code_id is not None else None
    fits = verify_password(open_code.code_hash if open_code else None, code_letters(code))
    if open_code is None or not fits:
        raise WrongCode
    return session.get_one(Account, open_code.account_id)


def give_back(session: Session, code_id: int, typed: Typed, *, now: datetime) -> None:
    """The code was right and what failed was something else: it may be typed again."""
    session.execute(update(ResetCode).where(ResetCode.id == code_id).values(tries=0))
    attempt_succeeded(session, cleared=[typed.by_pair], taken_back=[typed.by_address], now=now)


def use_code(session: Session, code_id: int, hashed: PasswordHash, typed: Typed, *, now: datetime) -> Account:
    """The new password opens the account, the code opens nothing any more. Raises WrongCode when another was faster."""
    used = session.scalar(
        update(ResetCode)
        .where(ResetCode.id == code_id, ResetCode.ended_at.is_(None), ResetCode.expires_at > now)
        .values(ended_at=now)
        .returning(ResetCode.account_id)
    )
    if used is None:
        raise WrongCode
    holder = session.get_one(Account, used)
    set_password(session, holder, hashed, by=holder.id, now=now)
    tell(session, holder.person_id, "password_reset", link="/saya/akun", now=now)
    attempt_succeeded(
        session,
        cleared=[
            typed.by_pair,
            by_pair(AttemptKind.SIGN_IN_PAIR, typed.name, typed.address),
            CountedAttempt(AttemptKind.SIGN_IN_NAME, typed.name),
        ],
        taken_back=[typed.by_address],
        now=now,
    )
    return holder
