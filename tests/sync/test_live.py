"""Exactly once before a real server: copies at once, lost replies, kill -9."""

from __future__ import annotations

import json
import socket
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from threading import Event
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID, uuid4

import pytest
from sqlalchemy import func, select

from app.actions.models import Action
from tests import databases
from tests.conftest import application
from tests.databases import Database
from tests.factories.live import Live, at_once, fresh, past_days, stage
from tests.serving import serving
from tests.sync.wire import codes

pytestmark = pytest.mark.early


@pytest.fixture(scope="module")
def live(kind: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Live]:
    """A server that these tests share; each has its own person or day."""
    folder, database = tmp_path_factory.mktemp("live"), databases.new_database(kind)
    with application(database.url, folder) as app:
        tokens, ids = stage(app)
        with serving(database.url, folder / "instance") as server:
            yield Live(server.url, app, tokens, ids)
    database.remove()


def stored(live: Live, *wanted: UUID) -> int:
    with live.session() as session:
        return session.scalar(select(func.count()).select_from(Action).where(Action.id.in_(wanted))) or 0


def test_sixteen_copies_at_once_are_one_action(live: Live) -> None:
    action_id, sent = uuid4(), fresh()
    answers = at_once([partial(live.put, action_id, "pak.budi", sent)] * 16)
    assert sorted(status for status, _ in answers) == [200] * 15 + [201]
    assert len({json.dumps(receipt) for _, receipt in answers}) == 1
    assert stored(live, action_id) == 1


def test_sixteen_different_contents_under_one_id_are_one_action(live: Live) -> None:
    action_id = uuid4()
    answers = at_once([partial(live.put, action_id, "bu.kader", fresh(minutes=10 + n)) for n in range(16)])
    assert sorted(status for status, _ in answers) == [201] + [409] * 15
    assert len({json.dumps(told) for status, told in answers if status == 409}) == 1
    assert stored(live, action_id) == 1


def test_of_sixteen_actions_at_one_place_and_day_one_is_clean(live: Live) -> None:
    ids, day = [uuid4() for _ in range(16)], past_days(1)[0]
    answers = at_once([partial(live.put, one, "citra", fresh(day, hour=4 + n)) for n, one in enumerate(ids)])
    assert {status for status, _ in answers} == {201}
    clean = [receipt for _, receipt in answers if receipt["status"] == "waiting"]
    held = [receipt for _, receipt in answers if receipt["status"] == "held"]
    assert (len(clean), len(held)) == (1, 15)
    assert all(codes(receipt)["cap_day"] == "hold" for receipt in held)
    assert "cap_day" not in codes(clean[0])
    assert stored(live, *ids) == 16


def test_a_lost_reply_costs_nothing(live: Live) -> None:
    action_id, sent = uuid4(), fresh(past_days(2)[1])
    raw = json.dumps(sent).encode()
    head = (
        f"PUT /api/v1/actions/{action_id} HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {live.tokens['pak.budi']}\r\n"
        f"Content-Type: application/json\r\nContent-Length: {len(raw)}\r\n\r\n"
    )
    address = urlsplit(live.url)
    with socket.create_connection((address.hostname or "", address.port or 0)) as phone:
        phone.sendall(head.encode() + raw)
    deadline = time.monotonic() + 10
    while not stored(live, action_id) and time.monotonic() < deadline:
        time.sleep(0.05)
    status, receipt = live.put(action_id, "pak.budi", sent | {"sent_at": fresh()["sent_at"]})
    assert (status, receipt["status"]) == (200, "waiting")
    assert stored(live, action_id) == 1


@pytest.mark.long_on_postgis
def test_kill_9_under_load_loses_nothing_that_was_acknowledged(fresh_database: Database, tmp_path: Any) -> None:
    with application(fresh_database.url, tmp_path) as app:
        tokens, ids = stage(app)
        sent = {uuid4(): fresh(day, hour, note=f"{day} {hour}") for day in past_days(60) for hour in range(5, 21)}
        waiting, acknowledged, stop = list(sent), {}, Event()

        with serving(fresh_database.url, tmp_path / "instance") as server:
            live = Live(server.url, app, tokens, ids)

            def phone() -> None:
                while waiting and not stop.is_set():
                    one = waiting.pop()
                    try:
                        status, receipt = live.put(one, "pak.budi", sent[one])
                    except OSError:
                        return
                    assert status == 201
                    acknowledged[one] = receipt

            with ThreadPoolExecutor(8) as pool:
                phones = [pool.submit(phone) for _ in range(8)]
                while len(acknowledged) < 60:
                    time.sleep(0.01)
                server.kill()
                stop.set()
                for one in phones:
                    one.result()
        assert waiting, "the server was to be killed while there was work"

        with serving(fresh_database.url, tmp_path / "instance") as server:
            live = Live(server.url, app, tokens, ids)
            assert stored(live, *acknowledged) == len(acknowledged) >= 60
            again = {one: live.put(one, "pak.budi", sent[one]) for one in acknowledged}
            assert {status for status, _ in again.values()} == {200}
            assert {one: receipt for one, (_, receipt) in again.items()} == acknowledged
            # Those in flight had been stored or not; either way the phone sends them again.
            in_flight = [one for one in sent if one not in acknowledged and one not in waiting]
            rest = [live.put(one, "pak.budi", sent[one])[0] for one in (*in_flight, *waiting[:20])]
            assert set(rest) <= {200, 201}
            assert rest[len(in_flight) :] == [201] * 20
            assert stored(live, *acknowledged, *in_flight, *waiting[:20]) == len(acknowledged) + len(rest)
