"""The cast, which never changes: who they are, where they belong, what they may do."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from app.people import service as people
from app.people.models import Account, Person, Tenure
from app.people.rules import Movement, Post
from app.places.models import Site
from tests.factories.city import IN_MELATI, IN_TERATAI, LONG_AGO, MELATI, City, make_city, make_site

NPSN = "20219345"


def make_account(
    session: Session, name: str, *posts: str, full_name: str | None = None, movement: Movement | None = None
) -> Account:
    """An adult who signs in as `name` and holds the posts, each said as POST@PLACE."""
    account = people.create(session, name, full_name=full_name, now=LONG_AGO)
    for said in posts:
        post, _, place = said.partition("@")
        grant(session, account.person_id, post, place, movement=movement if post == "cadre" else None)
    return account


def grant(
    session: Session, person_id: int, post: str, place: str, *, movement: Movement | None = None, since: date | None = None
) -> Tenure:
    return people.grant(session, person_id, Post(post), place, movement=movement, valid_from=since, granted_by=None, now=LONG_AGO)


def make_pupil(session: Session, name: str, *places: str) -> Person:
    """A child without account, member of the schools."""
    child = Person(name=name, is_adult=False, shown=False, created_at=LONG_AGO)
    session.add(child)
    session.flush()
    for place in places:
        grant(session, child.id, "volunteer", place)
    return child


def make_token(session: Session, account: Account) -> str:
    return people.create_token(session, account, now=LONG_AGO)


@dataclass(frozen=True, slots=True)
class Cast:
    """Everybody, in their city."""

    city: City
    office: Site
    """Pak Budi's, in the middle of Melati; RW 05."""
    school: Site
    """Bu Guru's and Ani's, in the middle of Teratai."""
    budi: Account
    """Adult volunteer, logs near his office."""
    ani: Person
    """Pupil, no account."""
    guru: Account
    """Records and stamps her class."""
    kader: Account
    """PKK cadre of RW 05 in Melati."""
    lurah: Account
    """Of Melati."""
    citra: Account
    """Signs in, has no access to anything of others."""


def make_cast(session: Session) -> Cast:
    city = make_city(session)
    office = make_site(session, "Kantor Pos Melati", IN_MELATI, rw="05")
    school = make_site(session, "SDN Teratai 1", IN_TERATAI, npsn=NPSN)
    return Cast(
        city=city,
        office=office,
        school=school,
        budi=make_account(session, "pak.budi", f"volunteer@site:{office.uuid}", full_name="Pak Budi"),
        ani=make_pupil(session, "Ani", f"npsn:{NPSN}"),
        guru=make_account(session, "bu.guru", f"teacher@npsn:{NPSN}", full_name="Bu Guru"),
        kader=make_account(session, "bu.kader", f"cadre@{MELATI}/05", full_name="Bu Kader"),
        lurah=make_account(session, "pak.lurah", f"lurah@{MELATI}", full_name="Pak Lurah"),
        citra=make_account(session, "citra", full_name="Citra"),
    )
