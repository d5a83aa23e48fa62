"""The people of the demo city. All are invented."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from app.core.geo import Point
from app.core.ids import new_id, new_secret
from app.people import service as people
from app.people.models import Account, Person, Tenure
from app.people.rules import Movement, Post
from app.places.queries import AreaEntry, SiteAt

FIRST = (
    "Asep", "Dadan", "Euis", "Neneng", "Ujang", "Iis", "Cecep", "Lilis", "Yayat", "Imas", "Agus", "Dewi", "Rina", "Budi", "Siti",
    "Rudi", "Wati", "Eko", "Sri", "Hadi", "Nia", "Tono", "Ratna", "Yudi", "Lina", "Bambang", "Ani", "Joko", "Maya", "Dian",
)  # fmt: skip
LAST = (
    "Suryana", "Hidayat", "Permana", "Lestari", "Setiawan", "Rahayu", "Kurnia", "Wijaya", "Gunawan", "Sari", "Nugraha", "Pratiwi",
    "Saputra", "Handayani", "Firmansyah", "Maulana", "Utami", "Santosa", "Ramdani", "Mulyani",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Officer:
    """Whoever stamps in a kelurahan."""

    person_id: int
    account_id: int
    tenure_id: int


@dataclass(frozen=True, slots=True)
class Doer:
    """Whoever acts: round a site for GPS, in a kelurahan for biopori."""

    person_id: int
    account_id: int
    site: SiteAt | None
    kelurahan: AreaEntry
    near: Point
    rw_id: int | None = None
    """The RW of a cadre; actions round a site lie in the site's."""


def officers(session: Session, kelurahan: Sequence[AreaEntry], *, now: datetime) -> dict[int, Officer]:
    """One officer for each kelurahan, as petugas.<number>."""
    made = {}
    for number, area in enumerate(kelurahan, start=1):
        account = people.create(session, f"petugas.{number:02d}", full_name=f"Petugas {area.name}", now=now)
        tenure = people.grant(session, account.person_id, Post.OFFICER, area.code, granted_by=None, now=now)
        made[area.id] = Officer(account.person_id, account.id, tenure.id)
    return made


def volunteers(
    session: Session, count: int, sites: Sequence[SiteAt], chance: random.Random, areas: Mapping[int, AreaEntry], *, now: datetime
) -> list[Doer]:
    """Adults who belong to one of the sites each, as relawan.<number>."""
    homes = [chance.choice(sites) for _ in range(count)]
    made = _crowd(session, "relawan", count, chance, now)
    _appoint(
        session,
        [
            {"person_id": person, "post": Post.VOLUNTEER, "site_id": site.site_id, "area_id": None, "movement": None}
            for (person, _), site in zip(made, homes, strict=True)
        ],
        now,
    )
    return [
        Doer(person, account, site, areas[site.kelurahan_id], site.centre)
        for (person, account), site in zip(made, homes, strict=True)
        if site.kelurahan_id is not None
    ]


def cadres(
    session: Session,
    count: int,
    homes_at: Mapping[int, Point],
    chance: random.Random,
    areas: Mapping[int, AreaEntry],
    wards: Mapping[int, Sequence[int]],
    *,
    now: datetime,
) -> list[tuple[Doer, Movement]]:
    """PKK and KB cadres of the kelurahan, as kader.<number>."""
    kelurahan = sorted(homes_at)
    homes = [areas[chance.choice(kelurahan)] for _ in range(count)]
    movements = [chance.choice((Movement.PKK, Movement.PKK, Movement.KB)) for _ in range(count)]
    made = _crowd(session, "kader", count, chance, now)
    rows = [
        {"person_id": person, "post": Post.CADRE, "site_id": None, "area_id": area.id, "movement": movement}
        for (person, _), area, movement in zip(made, homes, movements, strict=True)
    ]
    _appoint(session, rows, now)
    doers = [
        Doer(person, account, None, area, homes_at[area.id], chance.choice(wards[area.id]))
        for (person, account), area in zip(made, homes, strict=True)
    ]
    return list(zip(doers, movements, strict=True))


def _crowd(session: Session, prefix: str, count: int, chance: random.Random, now: datetime) -> list[tuple[int, int]]:
    """Persons with accounts, many at once: (person's number, account's number) each."""
    if not count:
        return []
    ids = [new_id() for _ in range(count)]
    session.execute(
        insert(Person),
        [
            {
                "uuid": uuid,
                "name": f"{chance.choice(FIRST)} {chance.choice(LAST)}",
                "is_adult": True,
                "shown": True,
                "created_at": now,
            }
            for uuid in ids
        ],
    )
    wanted = set(ids)
    persons = {uuid: id_ for id_, uuid in session.execute(select(Person.id, Person.uuid)) if uuid in wanted}
    session.execute(
        insert(Account),
        [
            {
                "name": f"{prefix}.{number:05d}",
                "person_id": persons[uuid],
                "language": "id",
                "session_key": new_secret(),
                "created_at": now,
            }
            for number, uuid in enumerate(ids, start=1)
        ],
    )
    of_person = {person: id_ for id_, person in session.execute(select(Account.id, Account.person_id))}
    return [(persons[uuid], of_person[persons[uuid]]) for uuid in ids]


def _appoint(session: Session, rows: Sequence[Mapping[str, object]], now: datetime) -> None:
    if rows:
        session.execute(insert(Tenure), [{**row, "created_at": now} for row in rows])
