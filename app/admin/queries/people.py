"""People who have an account: found, and looked at one by one. Children have none and are in no list here."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.orm import Session

from app.audit.models import AuditLine
from app.core.text import Text
from app.people import queries as people
from app.people.models import Account, Person, Tenure
from app.people.rules import Post
from app.places import queries as places
from app.places.models import Site


class AccountState(StrEnum):
    """How an account stands, as its filter is written in addresses."""

    OPEN = "terbuka"
    CLOSED = "tutup"
    WITHOUT_PASSWORD = "tanpa-sandi"  # noqa: S105 - the name of a state


@dataclass(frozen=True, slots=True)
class PeopleQuestion:
    words: str = ""
    post: Post | None = None
    area_id: int | None = None
    """Whoever holds a post in this area or below it."""
    state: AccountState | None = None
    after: str | None = None
    """The last sign-in name of the page before."""


@dataclass(frozen=True, slots=True)
class Listed:
    """Somebody in the list."""

    uuid: UUID
    name: str
    sign_in_name: str
    posts: tuple[Text, ...]
    """Those held on the day, each with its place."""
    created_at: datetime
    is_closed: bool
    has_password: bool


def listed(session: Session, asked: PeopleQuestion, *, today: date, limit: int) -> tuple[list[Listed], str | None]:
    """Those who fit, by sign-in name; and the last name of this page where more follow."""
    statement = (
        select(Account)
        .join(Person, Person.id == Account.person_id)
        .where(Person.erased_at.is_(None), *_fitting(session, asked, today))
    )
    if asked.after is not None:
        statement = statement.where(Account.name > asked.after)
    found = session.scalars(statement.order_by(Account.name).limit(limit + 1)).all()
    page = found[:limit]
    posts = _posts(session, [account.person_id for account in page], today)
    return [_listed(account, posts) for account in page], page[-1].name if len(found) > limit else None


def _listed(account: Account, posts: dict[int, tuple[Text, ...]]) -> Listed:
    return Listed(
        uuid=account.person.uuid,
        name=people.own_name(account.person),
        sign_in_name=account.name,
        posts=posts.get(account.person_id, ()),
        created_at=account.created_at,
        is_closed=account.disabled_at is not None,
        has_password=account.password_hash is not None,
    )


def _fitting(session: Session, asked: PeopleQuestion, today: date) -> list[ColumnElement[bool]]:
    fitting: list[ColumnElement[bool]] = []
    if asked.words:
        like = f"%{people.escaped(asked.words.lower())}%"
        fitting.append(or_(Account.name.like(like, escape="!"), func.lower(Person.name).like(like, escape="!")))
    if asked.state is AccountState.CLOSED:
        fitting.append(Account.disabled_at.is_not(None))
    elif asked.state is AccountState.OPEN:
        fitting.append(Account.disabled_at.is_(None))
    elif asked.state is AccountState.WITHOUT_PASSWORD:
        fitting.append(and_(Account.password_hash.is_(None), Account.disabled_at.is_(None)))
    if asked.post is not None or asked.area_id is not None:
        holders = select(Tenure.person_id).where(people.is_active_on(today))
        if asked.post is not None:
            holders = holders.where(Tenure.post == asked.post)
        if asked.area_id is not None:
            holders = holders.where(_held_in(session, asked.area_id))
        fitting.append(Account.person_id.in_(holders))
    return fitting


def _held_in(session: Session, area_id: int) -> ColumnElement[bool]:
    """Posts at the area, below it, and at sites that lie in it."""
    index, within, below = places.areas(session), {area_id}, [area_id]
    while below:
        children = {child.id for child in index.children(below.pop())}
        within |= children
        below += children
    return or_(Tenure.area_id.in_(within), Tenure.site_id.in_(select(Site.id).where(Site.kelurahan_id.in_(within))))


def _posts(session: Session, person_ids: Iterable[int], today: date) -> dict[int, tuple[Text, ...]]:
    """What each of them holds on the day; in three questions, however many they are."""
    asked = select(Tenure).where(Tenure.person_id.in_(set(person_ids)), people.is_active_on(today)).order_by(Tenure.id)
    tenures = session.scalars(asked).all()
    # Kept while the titles are made: they ask for each site again, and find it here.
    sites = places.sites_by_id(session, {tenure.site_id for tenure in tenures if tenure.site_id is not None})
    titles: dict[int, tuple[Text, ...]] = {}
    for tenure in tenures:
        title = people.post_title(session, tenure.post, tenure.movement, tenure.area_id, tenure.site_id)
        titles[tenure.person_id] = (*titles.get(tenure.person_id, ()), title)
    del sites
    return titles


def tenures(session: Session, person_id: int) -> Sequence[Tenure]:
    """Every post through time, the latest first."""
    asked = select(Tenure).where(Tenure.person_id == person_id)
    return session.scalars(asked.order_by(Tenure.valid_until.is_not(None), Tenure.valid_until.desc(), Tenure.id.desc())).all()


def names_of(session: Session, account_ids: Iterable[int]) -> dict[int, str]:
    """The name of each account's person, by the account's number."""
    asked = select(Account.id, Person).join(Person, Person.id == Account.person_id).where(Account.id.in_(set(account_ids)))
    return {account_id: people.own_name(person) for account_id, person in session.execute(asked)}


def last_sign_in(session: Session, account_id: int) -> datetime | None:
    return session.scalar(
        select(func.max(AuditLine.at)).where(AuditLine.subject == f"account:{account_id}", AuditLine.kind == "people.sign_in")
    )
