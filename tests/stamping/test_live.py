"""Officers at the same moment, before a real server and against each other's transactions."""

from __future__ import annotations

import threading
import time
from collections import Counter
from collections.abc import Iterator
from datetime import date
from functools import partial
from typing import Any
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import func, select

from app.actions.models import Action, Stamp
from app.core.errors import Conflict
from app.database import db
from app.database.transaction import write_transaction
from app.people.service import account
from app.stamping import service
from app.sync import service as sync
from app.tallies import queries as tallies
from app.tallies.rules import INSIDERS, Subject
from tests import databases
from tests.conftest import application
from tests.factories.actions import NOW, at, make_action
from tests.factories.cast import make_account, make_token
from tests.factories.city import CITY, MELATI, WEST
from tests.factories.live import Live, at_once, past_days, stage
from tests.serving import serving
from tests.stamping.test_counting import is_whole

pytestmark = pytest.mark.early


@pytest.fixture(scope="module")
def live(kind: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Live]:
    """A server with the lurah of Melati and an officer of its kecamatan, who may both stamp what happens in Melati."""
    folder, database = tmp_path_factory.mktemp("live"), databases.new_database(kind)
    with application(database.url, folder) as app:
        tokens, ids = stage(app)
        with app.app_context():
            tokens["petugas"] = make_token(db.session(), make_account(db.session(), "petugas", f"officer@{WEST}"))
            db.session.commit()
        with serving(database.url, folder / "instance") as server:
            yield Live(server.url, app, tokens, ids)
    database.remove()


def recorded(live: Live, name: str, days: list[date]) -> tuple[int, list[str]]:
    """Somebody new in Melati with a waiting action on each of the days: the person's number and the actions' ids."""
    with live.session() as session:
        person = make_account(session, name)
        return person.person_id, [str(make_action(session, person, captured_at=at(day, 7)).id) for day in days]


def stamps(live: Live, officer: str, ids: list[str]) -> list[dict[str, Any]]:
    status, answer = live.send("POST", "/api/v1/stamps", officer, {"actions": ids, "note": "ya"})
    assert status == 200, answer
    return list(answer["results"])


def test_of_two_officers_at_once_one_stamps(live: Live) -> None:
    person_id, ids = recorded(live, "warga", past_days(12))
    for action_id in ids:
        answers = at_once([partial(stamps, live, officer, [action_id]) for officer in ("pak.lurah", "petugas") for _ in range(2)])
        said = Counter((one["status"], one["problem"]) for results in answers for one in results)
        assert said == {("stamped", None): 2, ("stamped", "already_stamped"): 2}
    with live.session() as session:
        words = session.scalars(select(Stamp).where(Stamp.person_id == person_id).order_by(Stamp.page)).all()
        assert len(words) == 12
        assert is_whole(words)


@pytest.mark.long_on_postgis
def test_two_officers_stamp_two_hundred_actions_of_the_same_people(live: Live) -> None:
    people = dict(recorded(live, f"relawan{n}", past_days(10)) for n in range(20))
    ids = [action_id for mine in people.values() for action_id in mine]
    with live.session() as session:
        before = tallies.values(session, live.ids["gps"], Subject.AREA, [live.ids[CITY]], "all", audience=INSIDERS).get(
            (live.ids[CITY], "actions"), 0
        )

    def work(officer: str, order: list[str]) -> Counter[str | None]:
        parts = [order[start : start + 25] for start in range(0, 200, 25)]
        return Counter(one["problem"] for part in parts for one in stamps(live, officer, part))

    # One begins at the front, the other at the back: other booklets in the same areas, and in the middle the same ones.
    said = at_once([partial(work, "pak.lurah", ids), partial(work, "petugas", ids[::-1])])
    assert sum(said, Counter()) == {None: 200, "already_stamped": 200}
    with live.session() as session:
        assert session.scalar(select(func.count()).where(Stamp.action_id.in_(map(UUID, ids)), Stamp.voided_at.is_(None))) == 200
        for person_id in people:
            assert is_whole(session.scalars(select(Stamp).where(Stamp.person_id == person_id).order_by(Stamp.page)).all())
            own = tallies.values(session, live.ids["gps"], Subject.PERSON, [person_id], "all", audience=INSIDERS)
            assert own[person_id, "actions"] == 10
        for area in (MELATI, WEST, CITY):
            there = tallies.values(session, live.ids["gps"], Subject.AREA, [live.ids[area]], "all", audience=INSIDERS)
            assert there[live.ids[area], "actions"] == before + 200


# --- One decides while another does ---------------------------------------------------------------------------------------------


class Beside:
    """What somebody does beside us, in a thread and a transaction of their own."""

    def __init__(self, app: Flask, action: Any) -> None:
        self._app, self._action = app, action
        self.result: Any = None
        self._thread = threading.Thread(target=self._run)

    def _run(self) -> None:
        with self._app.app_context():
            try:
                with write_transaction(db.session()) as session:
                    self.result = self._action(session)
            except Conflict as problem:
                self.result = problem.code

    def begin(self) -> None:
        self._thread.start()
        time.sleep(0.3)
        assert self._thread.is_alive(), "it waits for us"

    def ended(self) -> Any:
        self._thread.join(15)
        return self.result


def test_who_withdraws_waits_for_who_stamps(live_app: Flask) -> None:
    stage(live_app)
    with live_app.app_context():
        action_id = make_action(db.session(), account(db.session(), "pak.budi")).id
        db.session.commit()
        beside = Beside(live_app, lambda session: sync.withdraw(session, action_id, account(session, "pak.budi"), now=NOW))
        with write_transaction(db.session()) as session:
            service.stamp(session, [action_id], account(session, "pak.lurah"), note="", now=NOW)
            session.flush()
            beside.begin()
        assert beside.ended() == "already_decided"
        assert db.session.get_one(Action, action_id).status == "stamped"


def test_who_stamps_waits_for_who_withdraws(live_app: Flask) -> None:
    stage(live_app)
    with live_app.app_context():
        action_id = make_action(db.session(), account(db.session(), "pak.budi")).id
        db.session.commit()
        beside = Beside(
            live_app, lambda session: service.stamp(session, [action_id], account(session, "pak.lurah"), note="", now=NOW)
        )
        with write_transaction(db.session()) as session:
            sync.withdraw(session, action_id, account(session, "pak.budi"), now=NOW)
            session.flush()
            beside.begin()
        assert beside.ended()[0].problem.code == "withdrawn"
        assert db.session.get_one(Action, action_id).status == "withdrawn"
        assert db.session.scalar(select(func.count()).select_from(Stamp)) == 0
