"""The choices by which the desk is narrowed; each stands in the address, and only what waits can be chosen."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from app.core.errors import NotFound
from app.core.text import Text
from app.people import queries as people
from app.places import queries as places
from app.places.rules.words import AreaLevel
from app.programmes import queries as programmes
from app.stamping.forms import Age, DeskQuestion
from app.stamping.queries import KindsWaiting, QueueFilter

ALL = Text("Semua")
AGES: dict[Age, Text] = {
    Age.NEW: Text("kurang dari satu hari"),
    Age.DAYS: Text("lebih dari 3 hari"),
    Age.WEEK: Text("lebih dari 7 hari"),
}


@dataclass(frozen=True, slots=True)
class DeskFilter:
    """One select above the desk."""

    name: str
    label: Text
    choices: tuple[tuple[str, Text | str], ...]
    chosen: str


def asked_filter(session: Session, asked: DeskQuestion, now: datetime) -> QueueFilter:
    """What the address asks for. Raises NotFound for what there is not."""
    rw = places.areas(session).by_code(asked.rw) if asked.rw else None
    doer = people.person_by_uuid(session, asked.doer) if asked.doer else None
    site = places.site_by_uuid(session, asked.site) if asked.site else None
    programme_id = programmes.programme_id(session, asked.programme) if asked.programme else None
    known = ((asked.rw, rw), (asked.doer, doer), (asked.site, site), (asked.programme, programme_id))
    if any(word and found is None for word, found in known) or (rw is not None and rw.level is not AreaLevel.RW):
        raise NotFound
    before = {Age.DAYS: timedelta(days=3), Age.WEEK: timedelta(days=7)}.get(asked.age) if asked.age else None
    return QueueFilter(
        programme_id=programme_id,
        doer_id=doer.id if doer else None,
        rw=rw,
        site_id=site.id if site else None,
        received_before=now - before if before else None,
        received_after=now - timedelta(days=1) if asked.age is Age.NEW else None,
    )


def desk_filters(session: Session, asked: DeskQuestion, kinds: KindsWaiting, today_at: datetime) -> tuple[DeskFilter, ...]:
    """A select for each kind of which there is more than one, and for what was chosen."""
    current = programmes.all_current(session, places.day_at(session, today_at))
    persons, sites = people.persons(session, kinds.doers), places.sites_by_id(session, kinds.sites)
    named = {each.programme_id: each.definition for each in current}
    found = (
        DeskFilter(
            "program",
            Text("Program"),
            _choices((named[id_].code, named[id_].name.text, n) for id_, n in kinds.programmes.items() if id_ in named),
            asked.programme,
        ),
        DeskFilter(
            "orang",
            Text("Orang"),
            _choices((str(persons[id_].uuid), people.public_name(persons[id_]), n) for id_, n in kinds.doers.items()),
            str(asked.doer or ""),
        ),
        DeskFilter(
            "rw",
            Text("RW"),
            _choices((rw.code, people.place_name(session, rw.id, None), n) for rw, n in kinds.rws.items()),
            asked.rw,
        ),
        DeskFilter(
            "tempat",
            Text.pgettext("sites", "Tempat"),
            _choices((str(sites[id_].uuid), sites[id_].name, n) for id_, n in kinds.sites.items()),
            str(asked.site or ""),
        ),
        DeskFilter("umur", Text("Menunggu"), tuple((age.value, words) for age, words in AGES.items()), asked.age or ""),
    )
    return tuple(_with_all(each) for each in found if len(each.choices) > 1 or each.chosen)


def _choices(given: Iterable[tuple[str, Text | str, int]]) -> tuple[tuple[str, Text | str], ...]:
    """Value and words with how many wait, the most first."""
    most_first = sorted(given, key=lambda each: (-each[2], str(each[1])))
    return tuple((value, Text("%(name)s (%(count)s)", name=name, count=count)) for value, name, count in most_first)


def _with_all(each: DeskFilter) -> DeskFilter:
    """ "All" first; what was chosen and does not wait any more stays named by what it is."""
    known = {"", *(value for value, _ in each.choices)}
    gone = () if each.chosen in known else ((each.chosen, Text("yang dipilih (tidak ada lagi)")),)
    return DeskFilter(each.name, each.label, (("", ALL), *each.choices, *gone), each.chosen)
