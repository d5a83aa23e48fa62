"""Somebody new: what stands against their names, and their account."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from app.audit import service as audit
from app.core.catalogue import Language
from app.core.errors import FieldError, Invalid
from app.core.text import Text
from app.people.models import Account
from app.people.queries import account_by_name
from app.people.rules import Post, is_sign_in_name
from app.people.service.accounts import check_names, create, name_errors
from app.people.service.memberships import ask
from app.people.service.passwords import PasswordHash


def sign_up(
    session: Session,
    name: str,
    *,
    full_name: str,
    hashed: PasswordHash,
    site: UUID | None,
    shown: bool,
    language: Language,
    now: datetime,
) -> Account:
    """An adult who comes by themselves, and asks to belong to the site that they name."""
    check_names(name, full_name, posts=())
    made = create(session, name, full_name=full_name, hashed=hashed, shown=shown, language=language, now=now)
    audit.note(session, "people.sign_up", f"account:{made.id}", account_id=made.id, now=now)
    if site is not None:
        ask(session, made, site, ends_others=False, now=now)
    return made


def newcomer_errors(session: Session, name: str, full_name: str, *, posts: Iterable[Post]) -> list[FieldError]:
    """All that stands against the names of an account to come, also that the username is taken."""
    errors = name_errors(name, " ".join(full_name.split()))
    try:
        check_names(name, full_name, posts=posts)
    except Invalid as error:
        errors += error.errors
    if is_sign_in_name(name) and account_by_name(session, name) is not None:
        errors.append(FieldError("name", "name_taken", Text("Nama pengguna %(name)s sudah dipakai.", name=name)))
    return errors
