"""A city of a few people, in which it is a morning of the programme whenever the tests run, and visitors of its pages."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext

from app.core.clock import DEFAULT_ZONE, local_day, utc_now
from app.database import db
from app.database.transaction import write_transaction
from app.people import service as people
from app.people.rules import Post
from app.programmes import service as programmes
from app.settings import ROOT
from tests.browser.conftest import SIZES
from tests.browser.flows import clocks
from tests.browser.visitors import Visitor, sign_ins
from tests.conftest import application
from tests.databases import made_once
from tests.serving import SABUK, Server, environment, serving

SCHOOL, KELURAHAN = "99990001", "99.01.01.1001"
"""Of the demo city: the school of the kelurahan in which Pak Budi's office stands."""
EVERY_DAY = "days: [monday, tuesday, wednesday, thursday, friday, saturday, sunday]"
_serial = count(1)


@dataclass(frozen=True, slots=True)
class City:
    """A server with its people."""

    server: Server
    instance: Path

    @property
    def url(self) -> str:
        return self.server.url

    def password(self, name: str) -> str:
        return sign_ins(self.instance)[name][0]

    def enrols(self, name: str, place: str) -> None:
        """Whoever answers for the place has confirmed them; how, tests/browser/test_a_place.py shows."""
        with (
            application(f"sqlite:///{self.instance / 'sabuk.sqlite3'}", self.instance) as app,
            app.app_context(),
            write_transaction(db.session()) as session,
        ):
            person = people.account(session, name).person_id
            people.grant(session, person, Post.VOLUNTEER, f"npsn:{place}", granted_by=None, now=utc_now())

    def token(self, name: str) -> str:
        return sign_ins(self.instance)[name][1]


def sabuk(instance: Path, *command: str) -> str:
    """The command's answer."""
    env = environment(None, instance, **clocks.environment_of(instance))
    return subprocess.run([SABUK, *command], cwd=ROOT, env=env, check=True, capture_output=True, text=True).stdout


@pytest.fixture(scope="session")
def town(tmp_path_factory: pytest.TempPathFactory) -> Iterator[City]:
    """`sabuk serve` in front of a small demo city that people change."""
    instance = shutil.copytree(made_town(), tmp_path_factory.mktemp("flows"), dirs_exist_ok=True)
    with serving(None, instance, **clocks.environment_of(instance)) as server:
        yield City(server, instance)


def made_town() -> Path:
    """The folder of the town as nobody has changed it yet: to be copied."""
    return made_once("town", _make_town)


def _make_town(instance: Path) -> None:
    clocks.set_to_a_morning(instance)
    sabuk(instance, "db", "upgrade")
    sabuk(instance, "demo", "load", "--people", "6", "--actions", "60")
    _meet_every_day(instance)


def _meet_every_day(instance: Path) -> None:
    """Whatever day of the week it is, an action of today counts."""
    now = utc_now() + clocks.ahead(instance) - timedelta(days=1)
    rules = (ROOT / "app" / "programmes" / "files" / "gps.yaml").read_text()
    for pattern, replacement in (
        (r"^version: 1$", "version: 2"),
        (r"^effective_from: [\d-]+", f"effective_from: {local_day(now, DEFAULT_ZONE)}"),
        (r"^days: \[.*\]$", EVERY_DAY),
    ):
        rules, changed = re.subn(pattern, replacement, rules, flags=re.MULTILINE)
        assert changed == 1, pattern
    with (
        application(f"sqlite:///{instance / 'sabuk.sqlite3'}", instance) as app,
        app.app_context(),
        write_transaction(db.session()) as session,
    ):
        programmes.apply(session, rules.encode(), applied_by=None, now=now)


@pytest.fixture
def new_name() -> Callable[[], str]:
    """Sign-in names that nobody has."""
    return lambda: f"warga.{datetime.now().astimezone():%H%M%S}.{next(_serial)}"


@pytest.fixture(params=["390", pytest.param("1280", marks=pytest.mark.long)])
def width(request: pytest.FixtureRequest) -> str:
    """A phone's and a desk's."""
    return str(request.param)


@pytest.fixture
def visitor(browser: Browser, town: City) -> Iterator[Callable[..., Visitor]]:
    """Somebody new before a browser of their own."""
    contexts: list[BrowserContext] = []

    def come(width: str = "390", *, script: bool = True, at: tuple[float, float] | None = None) -> Visitor:
        """At that width; `at` is where the device says that it is, as longitude and latitude."""
        across, down = SIZES[width]
        place: dict[str, Any] = {}
        if at is not None:
            place = {"geolocation": {"longitude": at[0], "latitude": at[1], "accuracy": 8}, "permissions": ["geolocation"]}
        room = browser.new_context(
            viewport={"width": across, "height": down},
            locale="id",
            timezone_id="Asia/Jakarta",
            reduced_motion="reduce",
            java_script_enabled=script,
            **place,
        )
        room.add_init_script(clocks.script(town.instance))
        contexts.append(room)
        return Visitor(room.new_page(), town.url, script, town.enrols)

    yield come
    for context in contexts:
        context.close()


@dataclass(frozen=True, slots=True)
class Circle:
    """Where actions count around a site."""

    name: str
    lon: float
    lat: float

    def away(self, metres: float) -> tuple[float, float]:
        """A point so many metres north."""
        return self.lon, self.lat + metres / 110_600


@pytest.fixture(scope="session")
def school(town: City, browser: Browser) -> Circle:
    """The school of the kelurahan, as whoever belongs to it is told."""
    sabuk(town.instance, "people", "create", "penunjuk", "--post", f"volunteer@npsn:{SCHOOL}")
    token = sabuk(town.instance, "token", "create", "penunjuk").strip()
    room = browser.new_context()
    [site] = room.request.get(f"{town.url}/api/v1/me", headers={"Authorization": f"Bearer {token}"}).json()["sites"]
    room.close()
    return Circle(site["name"], site["lon"], site["lat"])
