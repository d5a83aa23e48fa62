"""Making persons and accounts; their names, passwords, language, sessions and tokens."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import Select, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from app.audit import service as audit
from app.core.catalogue import Language
from app.core.errors import Conflict, FieldError, Invalid, NotFound, invalid
from app.core.identity_numbers import NO_IDENTITY_NUMBER, has_identity_number
from app.core.ids import new_secret
from app.core.text import Text, says_something
from app.people.models import AccessToken, Account, Person
from app.people.queries import account_by_name, tenures_at, token_digest
from app.people.rules import Post, claimed, is_free, is_sign_in_name
from app.people.service.passwords import PasswordHash

MAX_NAME_LENGTH = 120


def create(
    session: Session,
    name: str,
    *,
    full_name: str | None = None,
    hashed: PasswordHash | None = None,
    language: str = "id",
    shown: bool = True,
    now: datetime,
) -> Account:
    """An adult with an account, `shown` on boards or not; without a password until a reset code or an invitation opens it.

    Raises Invalid naming the fields, Conflict where the username is taken.
    """
    shown_name = " ".join((full_name or name).split())
    errors = name_errors(name, shown_name)
    if has_identity_number(name):
        errors.append(FieldError("name", "identity_number", NO_IDENTITY_NUMBER))
    if errors:
        raise Invalid(errors)
    taken = Conflict(Text("Nama pengguna %(name)s sudah dipakai.", name=name), "name_taken")
    if account_by_name(session, name) is not None:
        raise taken
    try:
        with session.begin_nested():
            person = Person(name=shown_name, is_adult=True, shown=shown, created_at=now)
            session.add(person)
            session.flush()
            made = Account(name=name, person_id=person.id, person=person, password_hash=hashed, language=language, created_at=now)
            session.add(made)
    except IntegrityError as error:
        # Somebody else was faster by a blink.
        raise taken from error
    # Who brings a password signs up; without one it is a command on the server.
    by = None if hashed is None else made.id
    audit.note(session, "people.create", f"person:{person.uuid}", account_id=by, now=now)
    return made


def name_errors(name: str, shown_name: str) -> list[FieldError]:
    """What stands against the username and the name that others read; empty where nothing does."""
    errors = []
    if not is_sign_in_name(name):
        errors.append(
            FieldError(
                "name",
                "sign_in_name",
                Text("Nama pengguna terdiri dari 2-40 huruf kecil, angka, titik, garis bawah atau tanda hubung."),
            )
        )
    if has_identity_number(shown_name):
        errors.append(FieldError("full_name", "identity_number", NO_IDENTITY_NUMBER))
    if not (1 <= len(shown_name) <= MAX_NAME_LENGTH and shown_name.isprintable() and says_something(shown_name)):
        errors.append(FieldError("full_name", "length", Text("Nama terdiri dari 1-120 huruf.")))
    return errors


def account(session: Session, name: str) -> Account:
    """The account with that sign-in name. Raises NotFound where there is none."""
    found = account_by_name(session, name)
    if found is None:
        raise NotFound(Text("Tidak ada akun dengan nama pengguna %(name)s.", name=name), "unknown_name")
    return found


def check_name(name: str, *, posts: Iterable[Post], field: str) -> None:
    """Raises Invalid naming the field for a name that claims a post which is not among these."""
    if not is_free(name, posts):
        what = claimed(name)
        said = what[0].title() if what else name
        raise invalid(
            field,
            "claims_a_post",
            Text("Nama dengan “%(said)s” hanya untuk yang memegang jabatan itu. Pakai nama Anda sendiri.", said=said),
        )


def set_password(session: Session, holder: Account, hashed: PasswordHash, *, by: int | None, now: datetime) -> None:
    """The new password opens the account, and every session made before is over."""
    holder.password_hash = hashed
    end_sessions(session, holder)
    audit.note(session, "people.password", f"account:{holder.id}", account_id=by, now=now)


def end_sessions(session: Session, holder: Account) -> None:
    """Every session and remembered device of the account is over."""
    holder.session_key = new_secret()
    session.flush()


def sign_out_everywhere(session: Session, holder: Account, *, now: datetime) -> None:
    """The holder ends all sessions, this one too."""
    end_sessions(session, holder)
    audit.note(session, "people.sign_out_everywhere", f"account:{holder.id}", account_id=holder.id, now=now)


def rename(session: Session, holder: Account, full_name: str, *, now: datetime) -> None:
    """Others read this name from now on. Raises Invalid (field `full_name`)."""
    cleaned = " ".join(full_name.split())
    errors = name_errors(holder.name, cleaned)
    if errors:
        raise Invalid(errors)
    if holder.person.name != cleaned:
        check_name(cleaned, posts=[tenure.post for tenure in tenures_at(session, holder.person_id, now)], field="full_name")
        holder.person.name = cleaned
        audit.note(session, "people.rename", f"person:{holder.person.uuid}", account_id=holder.id, now=now)


def set_reminder_hour(account: Account, hour: int | None) -> None:
    """The hour of the morning at which they are reminded of a programme's day; None: not at all."""
    account.reminder_hour = hour


def set_notice_hour(account: Account, hour: int) -> None:
    """At that hour of the day the account is told what waits for its stamp."""
    account.notice_hour = hour


def set_language(session: Session, holder: Account, language: Language, *, now: datetime) -> None:
    """The house speaks this language to the holder from now on."""
    if holder.language != language:
        holder.language = language
        audit.note(session, "people.language", f"account:{holder.id}", account_id=holder.id, now=now, language=language)


def check_names(name: str, full_name: str, *, posts: Iterable[Post]) -> None:
    """Raises Invalid for a sign-in name or a name that claims a post which is not among these; both are told at once."""
    wrong: list[FieldError] = []
    for said, field in ((name, "name"), (full_name, "full_name")):
        try:
            check_name(said, posts=posts, field=field)
        except Invalid as error:
            wrong += error.errors
    if wrong:
        raise Invalid(wrong)


def create_token(session: Session, holder: Account, *, now: datetime) -> str:
    """A new key for programs; shown this once, only its digest is kept."""
    token = new_secret()
    session.add(AccessToken(account_id=holder.id, digest=token_digest(token), created_at=now))
    audit.note(session, "people.token", f"account:{holder.id}", account_id=None, now=now)
    return token


def has_tokens(session: Session, holder: Account) -> bool:
    """Whether a token of the account opens still."""
    return session.scalars(_running_tokens(holder).limit(1)).first() is not None


def _running_tokens(holder: Account) -> Select[AccessToken]:
    return select(AccessToken).where(AccessToken.account_id == holder.id, AccessToken.revoked_at.is_(None))


def revoke_tokens(session: Session, holder: Account, *, by: int | None = None, now: datetime) -> int:
    """End every token of the account for good; how many there were. `by`: the account that does it; none: the operator."""
    running = session.scalars(_running_tokens(holder)).all()
    for token in running:
        token.revoked_at = now
    audit.note(session, "people.revoke_tokens", f"account:{holder.id}", account_id=by, now=now, tokens=len(running))
    return len(running)
