"""What people and phones do: commands beside the running server, requests over HTTP, and a clock that they all share."""

from __future__ import annotations

import http.client
import json
import subprocess
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlencode, urlsplit
from uuid import UUID

from flask import Flask
from sqlalchemy import update

from app.core.geo import Point
from app.database import db
from app.database.transaction import write_transaction
from app.jobs.models import Job
from app.leaderboard import service as leaderboard
from app.people import service as people
from app.people.models import Person as PersonRow
from app.people.models import Tenure
from app.people.rules import Movement
from app.people.rules import Post as PostName
from app.places import service as places
from app.places.models import SiteKind
from app.settings import ROOT
from app.sites import service as sites_service
from app.sites.service import facts
from app.stamping import service as stamping
from app.tallies import service as tallies
from tests.ground.world import SETTLED_AT, Person, Post, Site, World
from tests.serving import SABUK, environment


class Clock:
    """The time at which server and commands live: the machine's, so many seconds ahead."""

    def __init__(self, file: Path) -> None:
        self.file = file
        self.ahead = timedelta(0)
        self.set(datetime.now(UTC))

    def set(self, instant: datetime) -> None:
        self.ahead = instant - datetime.now(UTC)
        draft = self.file.with_suffix(".draft")
        draft.write_text(repr(self.ahead.total_seconds()))
        draft.replace(self.file)

    def now(self) -> datetime:
        return datetime.now(UTC) + self.ahead


@dataclass(frozen=True)
class Answer:
    status: int
    body: Any
    asked_at: datetime
    answered_at: datetime


class Wire:
    """The HTTP interface as programs use it."""

    def __init__(self, url: str, clock: Clock) -> None:
        self.address = urlsplit(url).netloc
        self.clock = clock

    def ask(self, method: str, path: str, person: Person | None = None, body: object = None) -> Answer:
        headers = {"Accept-Language": "en"}
        if person is not None:
            headers["Authorization"] = f"Bearer {person.token}"
        if body is not None:
            headers["Content-Type"] = "application/json"
        connection = http.client.HTTPConnection(self.address, timeout=60)
        try:
            before = self.clock.now()
            connection.request(method, path, json.dumps(body) if body is not None else None, headers)
            answer = connection.getresponse()
            read = answer.read()
            return Answer(answer.status, json.loads(read) if read else None, before, self.clock.now())
        finally:
            connection.close()

    def get(self, path: str, person: Person | None = None, **asked: object) -> Any:
        answer = self.ask("GET", f"{path}?{urlencode(asked)}" if asked else path, person)
        if answer.status != 200:
            raise AssertionError(f"GET {path} {asked}: {answer.status} {answer.body}")
        return answer.body


class Commands:
    """`sabuk` as an operator runs it."""

    def __init__(self, database_url: str, instance: Path) -> None:
        self.environment = environment(database_url, instance)

    def run(self, *words: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [str(SABUK), *words], cwd=ROOT, env=self.environment, capture_output=True, text=True, check=False, timeout=300
        )

    def say(self, *words: str) -> str:
        """What the command prints; it must end well."""
        done = self.run(*words)
        if done.returncode:
            raise AssertionError(f"sabuk {' '.join(words)}: {done.stderr}{done.stdout}")
        return done.stdout.strip()


def put_off_giving_back(app: Flask) -> None:
    """The daily job would come in between at an instant that nobody knows: it is done by hand, before officers sit down."""
    with app.app_context(), write_transaction(db.session()) as session:
        session.execute(update(Job).where(Job.kind == "stamping.give_back").values(run_after=datetime(2100, 1, 1, tzinfo=UTC)))


def give_back(app: Flask, now: datetime) -> None:
    """What was held for 14 days waits again."""
    with app.app_context(), write_transaction(db.session()) as session:
        after = None
        while (after := stamping.give_back(session, after=after, limit=100, now=now)) is not None:
            pass


def fold(app: Flask, now: datetime) -> None:
    """What has become public is taken into the tallies, as a job does at night."""
    with app.app_context(), write_transaction(db.session()) as session:
        while tallies.fold(session, now=now):
            pass


def settle(world: World, commands: Commands, app: Flask) -> None:
    """Bring sites and people into the database: one of each sort by commands, the rest by the services behind them."""
    first, *others = world.sites
    lon, lat = first.circles[0].centre
    added = commands.say("sites", "add", first.name, "--kind", first.kind, "--lon", str(lon), "--lat", str(lat))
    first.uuid = UUID(added.removeprefix("site:"))
    with app.app_context(), write_transaction(db.session()) as session:
        for site in others:
            _add_site(session, site)
    *earlier, last = world.people.values()
    with app.app_context(), write_transaction(db.session()) as session:
        # In the order in which they joined: boards show of equals those who joined last.
        for person in earlier:
            _add_person(session, world, person)
    posts = [word for post in last.posts for word in ("--post", _place(world, post))]
    assert commands.say("people", "create", last.key, "--full-name", last.name, *posts) == last.key
    last.token = commands.say("token", "create", last.key)
    with app.app_context():
        last.uuid = people.account(db.session(), last.key).person.uuid
        db.session.rollback()
    _end_posts(world, commands, app)
    _confirm(world, commands, app)


def _add_site(session: Any, site: Site) -> None:
    made = facts.add_site(
        session,
        kind=SiteKind(site.kind),
        name=site.name,
        centre=Point(*site.circles[0].centre),
        radius_m=site.radius_m,
        npsn=site.npsn,
        rw=site.rw,
        set_by=None,
        now=SETTLED_AT,
    )
    site.uuid = made.uuid


def _add_person(session: Any, world: World, person: Person) -> None:
    if not person.adult:
        _enrol(session, world, person)
        return
    account = people.create(session, person.key, full_name=person.name, now=SETTLED_AT)
    person.uuid, person.token = account.person.uuid, people.create_token(session, account, now=SETTLED_AT)
    for post in person.posts:
        _grant(session, world, person, post)
    if not person.shown:
        leaderboard.set_visibility(session, account.person_id, shown=False, account_id=account.id, now=SETTLED_AT)


def _grant(session: Any, world: World, person: Person, post: Post) -> Tenure:
    return people.grant(
        session,
        people.account(session, person.key).person_id,
        PostName(post.post),
        _place(world, post).partition("@")[2],
        movement=Movement(post.movement) if post.movement else None,
        valid_from=post.first,
        granted_by=None,
        now=SETTLED_AT,
    )


def _enrol(session: Any, world: World, person: Person) -> None:
    """A pupil has no account."""
    made = PersonRow(name=person.name, is_adult=False, shown=False, created_at=SETTLED_AT)
    session.add(made)
    session.flush()
    person.uuid = made.uuid
    for post in person.posts:
        site = places.find_or_make_place(session, f"npsn:{world.sites[post.site].npsn}", now=SETTLED_AT)
        session.add(Tenure(person_id=made.id, post=PostName.VOLUNTEER, site_id=site.site_id, created_at=SETTLED_AT))


def _place(world: World, post: Post) -> str:
    return f"{post.post}@{post.area}" if post.area else f"{post.post}@site:{world.sites[post.site].uuid}"


def _end_posts(world: World, commands: Commands, app: Flask) -> None:
    """Some posts have a last day, which is known from the start: one ended by a command, the rest behind it."""
    (first, post), *others = [(person, post) for person in world.people.values() for post in person.posts if post.last]
    commands.say("people", "end", first.key, _place(world, post), "--last-day", post.last.isoformat())
    with app.app_context(), write_transaction(db.session()) as session:
        for person, ending in others:
            # Held anew it is the post that is running.
            running = _grant(session, world, person, ending)
            people.end(session, running, last_day=ending.last, ended_by=None, now=SETTLED_AT)


def _confirm(world: World, commands: Commands, app: Flask) -> None:
    sites = [site for site in world.sites if site.confirmed]
    assert "confirmed" in commands.say("sites", "confirm", f"site:{sites[0].uuid}", "--by", "z1")
    with app.app_context(), write_transaction(db.session()) as session:
        for site in sites[1:]:
            sites_service.confirm_site(session, site.uuid, by=people.account(session, "z1"), now=SETTLED_AT)
