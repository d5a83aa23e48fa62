"""Reading persons, accounts and posts."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from datetime import date
from uuid import UUID

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from app.people.models import AccessToken, Account, Person, Tenure
from app.people.rules import MEMBER_POSTS, Held, held_on


def public_name(person: Person) -> str:
    """The name that others may read; the only way in which a name leaves."""
    return person.name


def token_digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


_BY_TOKEN = (
    select(Account)
    .join(AccessToken, AccessToken.account_id == Account.id)
    .where(AccessToken.digest == bindparam("digest"), AccessToken.revoked_at.is_(None), Account.disabled_at.is_(None))
)
_TENURES = select(Tenure).where(Tenure.person_id == bindparam("person_id")).order_by(Tenure.id)


def account_by_token(session: Session, token: str) -> Account | None:
    """The enabled account to which the token belongs, its person loaded with it."""
    return session.scalars(_BY_TOKEN, {"digest": token_digest(token)}).one_or_none()


def account_by_session_key(session: Session, key: str) -> Account | None:
    return session.scalars(select(Account).where(Account.session_key == key, Account.disabled_at.is_(None))).one_or_none()


def account_by_name(session: Session, name: str) -> Account | None:
    return session.scalars(select(Account).where(Account.name == name)).one_or_none()


def person_by_uuid(session: Session, uuid: UUID) -> Person | None:
    return session.scalars(select(Person).where(Person.uuid == uuid, Person.erased_at.is_(None))).one_or_none()


def persons(session: Session, ids: Iterable[int]) -> dict[int, Person]:
    """The persons with these numbers."""
    return {person.id: person for person in session.scalars(select(Person).where(Person.id.in_(set(ids))))}


def tenures(session: Session, person_id: int) -> tuple[Held, ...]:
    """Every post the person holds or held."""
    return tuple(row.held() for row in session.scalars(_TENURES, {"person_id": person_id}))


def tenures_on(session: Session, person_id: int, day: date) -> tuple[Held, ...]:
    return held_on(tenures(session, person_id), day)


def member_sites(held: Iterable[Held]) -> tuple[int, ...]:
    """The sites to which the holder of these posts belongs."""
    return tuple(dict.fromkeys(tenure.site_id for tenure in held if tenure.site_id and tenure.post in MEMBER_POSTS))
