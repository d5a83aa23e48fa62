"""A small city with people, schools and programmes, on which actions are recorded, stamped and voided."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from uuid import uuid4

import shapely
from sqlalchemy.orm import Session

from app.actions.models import Action, Stamp
from app.actions.rules.words import Capacity, Source, Status
from app.core.clock import local_day
from app.people.models import Account, Person, Tenure
from app.people.rules import Post
from app.places import service as places
from app.places.models import Area, AreaLevel, AreaOutline, Site, SiteKind
from app.programmes import queries as programmes
from app.programmes import service as programmes_service
from app.stamping import service as stamping

LONG_AGO = datetime(2010, 1, 1, tzinfo=UTC)
NOON_UTC = time(5, tzinfo=UTC)
"""Noon in Bandung."""


@dataclass
class Stage:
    """Ids of everything that stands on it, by name."""

    session: Session
    gps: int
    biopori: int
    versions: dict[int, int]
    city: int
    kecamatan: list[int]
    kelurahan: list[int]
    rw: list[int]
    schools: list[int]
    officer: Account
    clerk: Account
    """Records what others did, and stamps nothing."""
    people: list[int] = field(default_factory=list)

    def person(self, name: str, *, is_adult: bool = True, shown: bool = True) -> int:
        """Somebody new."""
        made = Person(name=name, is_adult=is_adult, shown=shown and is_adult, created_at=LONG_AGO)
        self.session.add(made)
        self.session.flush()
        self.people.append(made.id)
        return made.id

    def account(self, person_id: int, name: str) -> Account:
        made = Account(name=name, person_id=person_id, created_at=LONG_AGO)
        self.session.add(made)
        self.session.flush()
        return made

    def tenure(self, person_id: int, post: Post, *, area_id: int | None = None, site_id: int | None = None) -> Tenure:
        made = Tenure(person_id=person_id, post=post, area_id=area_id, site_id=site_id, created_at=LONG_AGO)
        self.session.add(made)
        self.session.flush()
        return made

    def action(
        self,
        person_id: int,
        day: date,
        *,
        programme_id: int | None = None,
        place: int | None = 0,
        site: int | None = None,
        minutes: int | None = 15,
        measures: dict[str, Any] | None = None,
        **change: Any,
    ) -> Action:
        """An action that waits for its stamp: in the kelurahan and RW of that number, outside all areas where it is None."""
        programme_id = programme_id or self.gps
        at = datetime.combine(day, NOON_UTC)
        kind = programmes.version(self.session, self.versions[programme_id]).definition
        findings = [] if day.weekday() in {list(type(d)).index(d) for d in kind.days} else [["day_other", "ok", {}]]
        made = Action(
            **{
                "id": uuid4(),
                "programme_id": programme_id,
                "version_id": self.versions[programme_id],
                "person_id": person_id,
                "recorded_by": self.clerk.id,
                "capacity": Capacity.VOLUNTEER,
                "movement": None,
                "status": Status.WAITING,
                "captured_at": at,
                "sent_at": at,
                "received_at": at,
                "observed_at": at,
                "observed_on": day,
                "minutes": minutes,
                "position": shapely.Point(107.6, -6.9),
                "source": Source.PIN,
                "cell": 617735063459651583,
                "site_id": None if site is None else self.schools[site],
                "kelurahan_id": None if place is None else self.kelurahan[place],
                "kecamatan_id": None if place is None else self.kecamatan[place % 2],
                "city_id": None if place is None else self.city,
                "rw_id": None if place is None else self.rw[place],
                "measures": measures if measures is not None else ({"holes": 1} if programme_id == self.biopori else {}),
                "findings": findings,
                "attention": 0,
                "digest": "0" * 64,
            }
            | change
        )
        self.session.add(made)
        self.session.flush()
        return made

    def stamp(self, *actions: Action, now: datetime | None = None, by: Account | None = None) -> list[Stamp]:
        """The officer's stamps, an hour after the last of the actions unless said otherwise."""
        now = now or max(action.observed_at for action in actions) + timedelta(hours=1)
        results = stamping.stamp(self.session, [action.id for action in actions], by or self.officer, note="", now=now)
        self.session.flush()
        problems = [result.problem for result in results if result.problem]
        assert not problems, problems
        return [result.stamp for result in results if result.stamp]

    def void(self, stamp: Stamp, *, now: datetime) -> None:
        stamping.void(self.session, stamp.id, self.officer, reason="keliru", now=now)
        self.session.flush()

    def done(self, person_id: int, day: date, *, now: datetime | None = None, by: Account | None = None, **change: Any) -> Stamp:
        """An action with its stamp."""
        return self.stamp(self.action(person_id, day, **change), now=now, by=by)[0]

    def today(self, now: datetime) -> date:
        return local_day(now, "Asia/Jakarta")


def set_stage(session: Session) -> Stage:
    """A city of two kecamatan and four kelurahan, each with an RW; schools in the first three; an officer of the city."""
    gps, biopori = _programmes(session)
    city = _area(session, AreaLevel.CITY, "99.01", "Kota Contoh", None)
    kecamatan = [_area(session, AreaLevel.KECAMATAN, f"99.01.0{n}", f"Kecamatan {n}", city) for n in (1, 2)]
    kelurahan = [
        _area(session, AreaLevel.KELURAHAN, f"99.01.0{n % 2 + 1}.100{n}", f"Kelurahan {n}", kecamatan[n % 2]) for n in range(4)
    ]
    rw = [_area(session, AreaLevel.RW, f"99.01.0{n % 2 + 1}.100{n}/05", "05", area) for n, area in enumerate(kelurahan)]
    for number, area in enumerate(kelurahan):
        box = shapely.box(107.6 + number / 100, -6.91, 107.61 + number / 100, -6.9)
        session.add(
            AreaOutline(area_id=area, outline=shapely.MultiPolygon([box]), area_km2=1.2, source="test", valid_from=LONG_AGO)
        )
    schools = [
        Site(kind=SiteKind.SCHOOL, name=f"SDN {n}", npsn=f"2021934{n}", kelurahan_id=kelurahan[n], created_at=LONG_AGO)
        for n in range(3)
    ]
    session.add_all(schools)
    chief = Person(name="Petugas Kota", is_adult=True, shown=False, created_at=LONG_AGO)
    session.add(chief)
    session.flush()
    officer = Account(name="petugas.kota", person_id=chief.id, created_at=LONG_AGO)
    session.add(officer)
    session.flush()
    writer = Person(name="Juru Catat", is_adult=True, shown=False, created_at=LONG_AGO)
    session.add(writer)
    session.flush()
    clerk = Account(name="juru.catat", person_id=writer.id, created_at=LONG_AGO)
    session.add(clerk)
    session.add(Tenure(person_id=chief.id, post=Post.OFFICER, area_id=city, created_at=LONG_AGO))
    places.areas_changed(session)
    versions = {gps.programme_id: gps.version_id, biopori.programme_id: biopori.version_id}
    ids = [school.id for school in schools]
    return Stage(session, gps.programme_id, biopori.programme_id, versions, city, kecamatan, kelurahan, rw, ids, officer, clerk)


def _programmes(session: Session) -> tuple[programmes_service.Applied, programmes_service.Applied]:
    bundled = programmes_service.bundled()
    gps, biopori = (
        programmes_service.apply(session, bundled[code], applied_by=None, now=LONG_AGO) for code in ("gps", "biopori")
    )
    return gps, biopori


def _area(session: Session, level: AreaLevel, code: str, name: str, parent_id: int | None) -> int:
    made = Area(level=level, code=code, name=name, parent_id=parent_id, created_at=LONG_AGO)
    session.add(made)
    session.flush()
    return made.id
