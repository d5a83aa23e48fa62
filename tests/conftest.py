"""The stage of all tests: both databases, the application on them, a page client, a closed network."""

from __future__ import annotations

import ipaddress
import logging
import os
import re
import socket
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from itertools import count
from pathlib import Path
from typing import Any

import hypothesis
import pytest
from argon2 import PasswordHasher
from flask import Flask
from sqlalchemy.orm import Session

from app.application import create_app
from app.database import Base, db
from app.people.service import passwords
from app.places.models import PlaceRevision
from app.settings import Settings
from tests import databases
from tests.canaries import NET
from tests.databases import Database
from tests.page_client import PageClient
from tests.serving import Server, serving
from tests.watch import Watch

# The same few in each run, so that its outcome depends on the code alone. `bin/test --long` searches on, each time elsewhere,
# but where nobody sits before it.
hypothesis.settings.register_profile("few", deadline=None, max_examples=25, derandomize=True)
hypothesis.settings.register_profile("many", deadline=None, max_examples=100, derandomize="CI" in os.environ, print_blob=True)
hypothesis.settings.load_profile("few")

pytest_plugins = ["tests.factories.fixtures"]

KINDS = ["sqlite", pytest.param("postgis", marks=pytest.mark.postgis)]


PAGES = re.compile(r"test_(\w+_)?(pages?(_\w+)?|views|desk\w*|fields|forms|letter|boards|audience|cli)\.py")
"""Tests of pages, files and commands: services are tried on both databases each time, these on PostgreSQL in the long run."""


@pytest.hookimpl(wrapper=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> Iterator[None]:
    """What is long is known before it is left out; the order comes when all markers are there."""
    for item in items:
        if item.get_closest_marker("postgis") and (PAGES.fullmatch(item.path.name) or item.get_closest_marker("long_on_postgis")):
            item.add_marker(pytest.mark.long)
    yield
    put_in_order(config, items)


def put_in_order(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Workers are handed equal parts in order: the first begins with all browsers, the second with what is dear."""
    parts: tuple[list[pytest.Item], ...] = ([], [], [])
    for item in items:
        parts[0 if item.get_closest_marker("browser") else 1 if item.get_closest_marker("early") else 2].append(item)
    browsers, early, others = parts
    workers = getattr(config, "workerinput", {}).get("workercount", 1)
    place = max(0, len(items) // workers - len(browsers)) if workers > 1 else 0
    items[:] = browsers + others[:place] + early + others[place:]


def pytest_configure(config: pytest.Config) -> None:
    if not hasattr(config, "workerinput"):
        databases.begin_run()


def pytest_unconfigure(config: pytest.Config) -> None:
    if not hasattr(config, "workerinput"):
        databases.end_run()


@pytest.fixture(autouse=True)
def _logs_tell_nothing_of_people() -> Iterator[None]:
    """No line that the test made the program log holds what somebody wrote, or what opens an account."""
    NET.spread()
    yield
    leaks = NET.leaks()
    assert not leaks, "\n".join(leaks)


class NetworkIsClosedError(OSError):
    """What a machine without a network says, so that whoever opened a socket closes it again."""


@pytest.fixture(scope="session", autouse=True)
def hashing_as_promised() -> Iterator[dict[str, Any]]:
    """Passwords cost the tests next to nothing; how they are hashed outside of them, for whom that is the question."""
    cheap = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
    changed = {"_HASHER": cheap, "_OF_NOBODY": cheap.hash("nobody")}
    promised = {name: getattr(passwords, name) for name in changed}
    with pytest.MonkeyPatch.context() as patch:
        for name, value in changed.items():
            patch.setattr(passwords, name, value)
        yield promised


@pytest.fixture(scope="session", autouse=True)
def _network_is_closed() -> Iterator[None]:
    """Nothing but this machine can be reached."""
    connect, look_up = socket.socket.connect, socket.getaddrinfo

    def guarded_connect(self: socket.socket, address: object) -> None:
        if self.family != socket.AF_UNIX and not _is_here(address[0]):  # type: ignore[index]
            raise NetworkIsClosedError(f"tests have no network: {address}")
        connect(self, address)  # type: ignore[arg-type]

    def guarded_look_up(host: object, *rest: object, **named: object) -> object:
        if host is not None and not _is_here(host) and not _is_number(host):
            raise NetworkIsClosedError(f"tests have no network: {host!r}")
        return look_up(host, *rest, **named)  # type: ignore[arg-type]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket.socket, "connect", guarded_connect)
        patch.setattr(socket, "getaddrinfo", guarded_look_up)
        yield


def _is_here(host: object) -> bool:
    return host in ("localhost", b"localhost") or (_is_number(host) and ipaddress.ip_address(_name(host)).is_loopback)


def _is_number(host: object) -> bool:
    """An address in numbers asks no name server."""
    with suppress(ValueError):
        return bool(ipaddress.ip_address(_name(host)))
    return False


def _name(host: object) -> str:
    return host.decode() if isinstance(host, bytes) else str(host)


@pytest.fixture(scope="session", params=KINDS)
def kind(request: pytest.FixtureRequest) -> str:
    """Each test that uses a database runs once on each."""
    return str(request.param)


@contextmanager
def application(database_url: str, instance: Path, **change: Any) -> Iterator[Flask]:
    """The application on the database, its logging left to pytest; its connections end with the block."""
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    made = create_app(Settings(database_url=database_url, instance=instance, secret_key="known to tests", **change))
    root.handlers[:] = handlers
    root.setLevel(level)
    try:
        yield made
    finally:
        with made.app_context():
            db.engine.dispose()


@pytest.fixture(scope="session")
def app(kind: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """The application on a migrated database, empty when a test begins. Committed rows are wiped after the test."""
    database = databases.new_database(kind)
    with application(database.url, tmp_path_factory.mktemp("instance")) as made:
        with made.app_context():
            made.extensions["watch"] = Watch(made, db.engine)
        yield made
    database.remove()


_revisions = count(start=1000, step=1000)


@pytest.fixture
def session(app: Flask) -> Iterator[Session]:
    """A session as services get it. What a test does not commit is rolled back, what it commits is wiped afterwards."""
    watch: Watch = app.extensions["watch"]
    with app.app_context():
        # Processes remember outlines by revision: no two tests share one.
        with db.engine.begin() as connection:
            connection.execute(PlaceRevision.__table__.insert().values(id=1, revision=next(_revisions)))
        yield db.session()
        db.session.rollback()
        db.session.remove()
        _wipe(watch)


def _wipe(watch: Watch) -> None:
    with db.engine.begin() as connection:
        for table in reversed(Base.metadata.sorted_tables) if watch.committed else [PlaceRevision.__table__]:
            connection.execute(table.delete())
    watch.committed = False


@pytest.fixture
def page(app: Flask, session: Session) -> PageClient:
    """A client that looks at every answer; what the test has arranged is committed before each request."""
    return PageClient(app, session, app.extensions["watch"])


@pytest.fixture
def fresh_database(kind: str) -> Iterator[Database]:
    """A migrated database of this test's own, for several processes or connections that commit."""
    database = databases.new_database(kind)
    yield database
    database.remove()


@pytest.fixture
def empty_database(kind: str) -> Iterator[Database]:
    """A database without a single table."""
    database = databases.new_database(kind, migrated=False)
    yield database
    database.remove()


@pytest.fixture
def instance(tmp_path: Path) -> Path:
    """An instance folder whose embedded database is made already."""
    Path(databases.new_database("sqlite").url.removeprefix("sqlite:///")).rename(tmp_path / "sabuk.sqlite3")
    return tmp_path


@pytest.fixture
def live_app(fresh_database: Database, tmp_path: Path) -> Iterator[Flask]:
    """An application on a database of this test's own; no context is pushed."""
    with application(fresh_database.url, tmp_path) as made:
        yield made


@pytest.fixture
def live_server(empty_database: Database, tmp_path: Path) -> Iterator[Server]:
    """`sabuk serve --no-demo` as people start it, on a free port, with a database of this test's own that it made ready."""
    with serving(empty_database.url, tmp_path / "instance") as server:
        yield server
