"""Who acts in the measured city: volunteers with tokens and days on which they have not acted yet, and their officers."""

from __future__ import annotations

import random
from collections import defaultdict, deque
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.actions.models import Action
from app.application import create_app
from app.core.clock import DEFAULT_ZONE, local_day, utc_now
from app.database import db
from app.database.transaction import write_transaction
from app.people import service as people
from app.people.models import Account, Person, Tenure
from app.people.rules import Post
from app.places import queries as places
from app.places.models import Site, SiteCircle
from app.programmes import queries as programmes
from app.programmes.rules import DayKind, day_kind
from app.settings import Settings
from bench.client import request
from bench.databases import Copy

LAST_DAYS = 29
"""An action older than 30 days is held: nothing here shall be."""
MAX_VOLUNTEERS = 4000


@dataclass(frozen=True, slots=True)
class Volunteer:
    token: str
    lon: float
    lat: float
    kelurahan: str


@dataclass(frozen=True, slots=True)
class Recorded:
    """An action that was sent: its id, whose it is, the request itself."""

    id: UUID
    by: Volunteer
    sent: bytes


@dataclass(slots=True)
class City:
    """Hands out requests of which none repeats another unless it is meant to."""

    volunteers: list[Volunteer]
    officers: dict[str, str]
    """Kelurahan's code -> its officer's token."""
    city_officer: str
    kelurahan: list[str]
    free: list[tuple[Volunteer, date]]
    """Who has not acted on which programme day yet."""
    recorded: list[Recorded] = field(default_factory=list)
    waiting: deque[Recorded] = field(default_factory=deque)
    chance: random.Random = field(default_factory=lambda: random.Random(7))

    def record(self) -> bytes:
        """A new action near the volunteer's site; it waits for its stamp."""
        by, day = self.free.pop()
        action_id, start = uuid4(), datetime.combine(day, time(7, 5), ZoneInfo(DEFAULT_ZONE))
        sent = request("PUT", f"/api/v1/actions/{action_id}", token=by.token, body=body(by, start, self.chance))
        one = Recorded(action_id, by, sent)
        self.recorded.append(one)
        self.waiting.append(one)
        return sent

    def sent_before(self) -> Recorded:
        return self.chance.choice(self.recorded)

    def volunteer(self) -> Volunteer:
        return self.chance.choice(self.volunteers)

    def next_waiting(self, count: int) -> list[Recorded]:
        return [self.waiting.popleft() for _ in range(count)]


def body(by: Volunteer, start: datetime, chance: random.Random) -> dict[str, object]:
    """What a phone sends of litter picked within the circle."""
    fix = {"lon": round(by.lon + chance.uniform(-4e-4, 4e-4), 6), "lat": round(by.lat + chance.uniform(-4e-4, 4e-4), 6)}
    return {
        "programme": "gps",
        "captured_at": start.isoformat(),
        "sent_at": utc_now().isoformat(),
        "minutes": chance.randrange(10, 31),
        "fix": fix | {"accuracy_m": 12.0, "source": "device"},
        "measures": {"bags_large": chance.randrange(3), "kg": chance.randrange(1, 60) / 10, "kg_method": "estimated"},
    }


def city_of(database: Copy, *, most_volunteers: int = MAX_VOLUNTEERS) -> City:
    """The city in the database, everybody in it given a token."""
    settings = Settings(database_url=database.url, instance=database.instance, secret_key="bench", log_level="WARNING")  # noqa: S106
    made = create_app(settings)
    with made.app_context():
        with write_transaction(db.session()) as session:
            city = _city_of(session, most_volunteers, utc_now())
        db.engine.dispose()
    return city


def _city_of(session: Session, most: int, now: datetime) -> City:
    index = places.areas(session)
    chance = random.Random(1)
    acting = session.execute(
        select(Account, SiteCircle, Site.kelurahan_id)
        .join(Tenure, Tenure.person_id == Account.person_id)
        .join(Site, Site.id == Tenure.site_id)
        .join(SiteCircle, (SiteCircle.site_id == Site.id) & SiteCircle.valid_until.is_(None))
        .where(Account.name.like("relawan.%"), Site.kelurahan_id.is_not(None))
        .order_by(Account.id)
    ).all()
    volunteers: dict[int, Volunteer] = {}
    for account, circle, kelurahan_id in chance.sample(acting, min(most, len(acting))):
        token = people.create_token(session, account, now=now)
        code = index.by_id[kelurahan_id].code
        volunteers[account.person_id] = Volunteer(token, circle.point.lon, circle.point.lat, code)
    free = [(volunteers[person_id], day) for person_id, day in _free_days(session, volunteers, now)]
    chance.shuffle(free)
    officers, city_officer = _officers(session, index, now)
    return City(list(volunteers.values()), officers, city_officer, sorted(officers), free)


def _free_days(session: Session, person_ids: Iterable[int], now: datetime) -> list[tuple[int, date]]:
    today = local_day(now, DEFAULT_ZONE)
    gps = programmes.current(session, "gps", today)
    if gps is None:
        raise RuntimeError("the programme gps is missing")
    last = [today - timedelta(days=days) for days in range(1, LAST_DAYS)]
    days = [day for day in last if day_kind(gps.definition, day) is DayKind.PROGRAMME]
    used: dict[int, set[date]] = defaultdict(set)
    since = select(Action.person_id, Action.observed_on).where(Action.observed_on >= min(days))
    for person_id, day in session.execute(since):
        used[person_id].add(day)
    return [(person_id, day) for person_id in person_ids for day in days if day not in used[person_id]]


def _officers(session: Session, index: places.AreaIndex, now: datetime) -> tuple[dict[str, str], str]:
    """The officer of each kelurahan, and one of the whole city."""
    found = session.execute(
        select(Account, Tenure.area_id)
        .join(Person, Person.id == Account.person_id)
        .join(Tenure, Tenure.person_id == Person.id)
        .where(Account.name.like("petugas.%"))
    ).all()
    tokens = {index.by_id[area_id].code: people.create_token(session, account, now=now) for account, area_id in found if area_id}
    chief = people.create(session, "petugas-kota", now=now)
    [city] = index.of_level(places.AreaLevel.CITY)
    people.grant(session, chief.person_id, Post.OFFICER, city.code, granted_by=None, now=now)
    return tokens, people.create_token(session, chief, now=now)
