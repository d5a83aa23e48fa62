"""The audit log with names instead of numbers: whoever did it, and what it was done to."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.admin.rules.audit_sentences import sentence
from app.audit import queries as audit
from app.audit.models import AuditLine
from app.audit.queries import LogQuestion
from app.core.text import Recased, Text, Verbatim
from app.people import queries as people
from app.people.models import Account, Person
from app.places import queries as places
from app.places.models import Site
from app.programmes import queries as programmes

GONE = Text("seseorang yang datanya sudah dihapus")
A_PUPIL = Text("seorang siswa")
"""No child is named in the log."""
THINGS = {
    "stamp": Text("sebuah cap"),
    "bulk": Text("beberapa cap sekaligus"),
    "invitation": Text("sebuah undangan"),
    "areas": Text("wilayah"),
    "export": Text("sebuah daftar"),
    "action": Text("sebuah aksi"),
}
PHOTOGRAPHS = Text("Foto sebuah aksi")
Names = Mapping[str, Text]


@dataclass(frozen=True, slots=True)
class LogLine:
    """One line: when, who, what, as a sentence."""

    number: int
    at: datetime
    by: str
    """Sign-in name; empty: the operator at the command line."""
    by_name: str
    """That person's name; empty where it is not known."""
    kind: str
    subject: str
    """As it is kept."""
    sentence: Text
    href: str
    """The page of what it was done to; empty where there is none for an administrator."""


def log(session: Session, asked: LogQuestion, *, today: date, limit: int) -> tuple[tuple[LogLine, ...], int | None]:
    """The lines that fit, the newest first, and the number of the last where more follow."""
    found, more = audit.lines(session, asked, limit=limit)
    doers = _doers(session, found)
    named = _named(session, {line.subject for line in found}, today)
    return tuple(_line(line, doers, named) for line in found), more


def _line(line: AuditLine, doers: Mapping[int, tuple[str, str]], named: Mapping[str, tuple[Text, str]]) -> LogLine:
    subject, href = named[line.subject]
    said = sentence(line.kind, subject, line.details)
    by, name = ("", "") if line.account_id is None else doers.get(line.account_id, (f"#{line.account_id}", ""))
    return LogLine(line.id, line.at, by, name, line.kind, line.subject, Recased(said, _begun), href)


def _begun(words: str) -> str:
    return words[:1].upper() + words[1:]


def _doers(session: Session, lines: Iterable[AuditLine]) -> dict[int, tuple[str, str]]:
    """Account -> sign-in name and name of those who did something."""
    ids = {line.account_id for line in lines if line.account_id is not None}
    asked = select(Account).where(Account.id.in_(ids))
    return {account.id: (account.name, people.own_name(account.person)) for account in session.scalars(asked)} if ids else {}


def _named(session: Session, subjects: Iterable[str], today: date) -> dict[str, tuple[Text, str]]:
    """Subject -> how people say it, and its page; a question for each sort of thing."""
    sorts: dict[str, set[str]] = defaultdict(set)
    for subject in subjects:
        sort, _, name = subject.partition(":")
        sorts[sort].add(name)
    found: dict[str, tuple[Text, str]] = {}
    for sort, names in sorts.items():
        known = _SORTS[sort](session, names, today) if sort in _SORTS else {}
        for name in names:
            found[f"{sort}:{name}"] = known.get(name) or (_thing(sort, name), "")
    return found


def _thing(sort: str, name: str) -> Text:
    if sort in ("person", "account"):
        return GONE
    if sort == "action" and " photographs " in name:
        return PHOTOGRAPHS
    if sort == "job":
        return Text("Pekerjaan %(name)s", name=name)
    return THINGS.get(sort, Verbatim(f"{sort} {name}".strip()))


def _persons(session: Session, names: set[str], _: date) -> dict[str, tuple[Text, str]]:
    """By random id, and by number where older lines have it."""
    uuids, ids = {uuid for name in names if (uuid := _uuid(name))}, {int(name) for name in names if name.isdigit()}
    asked = select(Person).where(Person.uuid.in_(uuids) | Person.id.in_(ids), Person.erased_at.is_(None))
    found = session.scalars(asked).all()
    told = [(person, (_words(people.own_name(person)), f"/admin/orang/{person.uuid}") if person.is_adult else (A_PUPIL, ""))
            for person in found]  # fmt: skip
    return {key: said for person, said in told for key in (str(person.uuid), str(person.id))}


def _accounts(session: Session, names: set[str], _: date) -> dict[str, tuple[Text, str]]:
    asked = select(Account).where(Account.id.in_({int(name) for name in names if name.isdigit()}))
    return {
        str(account.id): (_words(people.own_name(account.person)), f"/admin/orang/{account.person.uuid}")
        for account in session.scalars(asked)
        if account.person.erased_at is None
    }


def _sites(session: Session, names: set[str], _: date) -> dict[str, tuple[Text, str]]:
    asked = select(Site.uuid, Site.name).where(Site.uuid.in_({uuid for name in names if (uuid := _uuid(name))}))
    return {str(uuid): (_words(name), f"/admin/lokasi/{uuid}") for uuid, name in session.execute(asked)}


def _areas(session: Session, names: set[str], _: date) -> dict[str, tuple[Text, str]]:
    index = places.areas(session)
    found = {}
    for name in names:
        area = index.by_code(name) or (index.by_id.get(int(name)) if name.isdigit() else None)
        if area is not None:
            found[name] = (_words(people.place_name(session, area.id, None)), "")
    return found


def _programmes(session: Session, _: set[str], today: date) -> dict[str, tuple[Text, str]]:
    return {
        each.definition.code: (each.definition.name.text, "/admin/program") for each in programmes.all_current(session, today)
    }


def _stamps(_session: Session, names: set[str], _: date) -> dict[str, tuple[Text, str]]:
    return {name: (THINGS["stamp"], f"/cek/{name}") for name in names}


_SORTS: dict[str, Callable[[Session, set[str], date], dict[str, tuple[Text, str]]]] = {
    "person": _persons,
    "account": _accounts,
    "site": _sites,
    "area": _areas,
    "programme": _programmes,
    "stamp": _stamps,
}


def _words(name: str) -> Text:
    return Verbatim(name)


def _uuid(name: str) -> UUID | None:
    try:
        return UUID(name)
    except ValueError:
        return None


def account_named(session: Session, name: str) -> int | None:
    """The number of the account that signs in by this name."""
    account = people.account_by_name(session, name)
    return account.id if account else None
