"""Who signs in: counted before it is known whether the password is right, recognised, let in.

Three steps, because the password is compared outside the transaction that writes: `count_sign_in`, `recognise`, `let_in`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from app.audit import service as audit
from app.core.errors import NotAllowed
from app.core.text import Text
from app.people.models import Account
from app.people.queries import account_by_name, tenures_from
from app.people.rules import MAX_SIGN_IN_NAME_LENGTH, AttemptKind, min_length_of, normal_password
from app.people.service.passwords import verify_password
from app.people.service.sessions import end_session, start_session
from app.people.service.throttling import CountedAttempt, ask_if_paused, attempt_succeeded, by_address, by_pair, count_attempt


@dataclass(frozen=True, slots=True)
class Recognised:
    account: Account
    session_key: str
    """The account's when the password was compared."""
    needs_longer: bool
    """Whether a post asks for a longer password than the one that was typed."""


def sign_in_name(typed: str) -> str:
    """What somebody typed, as a sign-in name."""
    return typed.strip().lower()[: MAX_SIGN_IN_NAME_LENGTH + 1]


def count_sign_in(session: Session, name: str, address: str, *, browser: str = "", now: datetime) -> None:
    """One more try under that name, whether it exists or not, and from that address. Raises Throttled.

    `browser` names one in which that name has signed in before: it is counted alone, so that nobody elsewhere can lock it out.
    """
    count_attempt(session, _tried(name, address, browser), now=now)


def _tried(name: str, address: str, browser: str) -> list[CountedAttempt]:
    if browser:
        return [CountedAttempt(AttemptKind.SIGN_IN_BROWSER, f"{browser} {name}")]
    return [
        by_pair(AttemptKind.SIGN_IN_PAIR, name, address),
        CountedAttempt(AttemptKind.SIGN_IN_NAME, name),
        by_address(AttemptKind.SIGN_IN_ADDRESS, address),
    ]


class WrongPassword(NotAllowed):
    """One answer for a wrong name, a wrong password, none yet, a closed account: it tells nothing."""

    code = "wrong_password"
    message = Text("Nama pengguna atau kata sandi salah.")


def recognise(session: Session, name: str, password: str, *, now: datetime) -> Recognised:
    """The account that the name and the password open. Raises WrongPassword, always after the same time. Changes nothing."""
    account = account_by_name(session, name)
    opens = verify_password(account.password_hash if account is not None else None, password)
    if account is None or not opens or not account.is_active or not account.person.is_adult:
        raise WrongPassword
    return Recognised(account, account.session_key, needs_longer(session, account, password, now=now))


def needs_longer(session: Session, account: Account, password: str, *, now: datetime) -> bool:
    """Whether a post of the account, or one that is to come, asks for a longer password than this."""
    tenures = tenures_from(session, account.person_id, now)
    return len(normal_password(password)) < min_length_of(tenure.post for tenure in tenures)


def let_in(session: Session, found: Recognised, name: str, address: str, *, browser: str = "", now: datetime) -> None:
    """The account is at work in a session of its own; the tries of the name are forgotten, the address gets this one back.

    Raises WrongPassword where the account was closed or given another password since it was recognised.
    """
    account = found.account
    session.refresh(account, ["session_key", "disabled_at"])
    if not account.is_active or account.session_key != found.session_key:
        raise WrongPassword
    start_session(session, account, now=now)
    tried = _tried(name, address, browser)
    shared = [each for each in tried if each.tried is AttemptKind.SIGN_IN_ADDRESS]
    attempt_succeeded(session, cleared=[each for each in tried if each not in shared], taken_back=shared, now=now)
    audit.note(session, "people.sign_in", f"account:{account.id}", account_id=account.id, now=now)


def count_confirm(session: Session, account: Account, *, now: datetime) -> None:
    """One more try of whoever is signed in to show that they know the password. Raises Throttled."""
    count_attempt(session, [CountedAttempt(AttemptKind.CONFIRM, str(account.id))], now=now)


def confirmed(session: Session, account: Account, *, now: datetime) -> None:
    """Whoever is signed in has shown that they know the password: the try was not in vain."""
    attempt_succeeded(session, cleared=[CountedAttempt(AttemptKind.CONFIRM, str(account.id))], now=now)


def signed_out(session: Session, account: Account, *, now: datetime) -> None:
    """This browser's session is over, whoever else carries its cookies; others stay as they are."""
    end_session(session, account)
    audit.note(session, "people.sign_out", f"account:{account.id}", account_id=account.id, now=now)


def ask_to_check(session: Session, address: str, *, now: datetime) -> None:
    """Whether a code may be looked up from that address. Raises Throttled."""
    ask_if_paused(session, by_address(AttemptKind.CHECK_ADDRESS, address), now=now)


def count_check(session: Session, address: str, *, now: datetime) -> None:
    """One more code asked for from that address that is none. Raises Throttled."""
    count_attempt(session, [by_address(AttemptKind.CHECK_ADDRESS, address)], now=now)


def count_sign_up(session: Session, address: str, *, now: datetime) -> None:
    """One more account asked for from that address. Raises Throttled."""
    count_attempt(session, [by_address(AttemptKind.SIGN_UP_ADDRESS, address)], now=now)
