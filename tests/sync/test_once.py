"""The same content once, other content never under the same id (docs/wire.md)."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest
from sqlalchemy import update
from sqlalchemy.orm import Session

from app.actions.models import Action
from app.actions.rules import assess as assessment
from app.people import service as people
from app.sync.service import receiving
from tests.factories.actions import MONDAY, NOW, action_days, at, body, fix_at
from tests.factories.cast import Cast
from tests.factories.city import IN_MELATI, IN_TERATAI, MELATI
from tests.factories.fixtures import Clock
from tests.page_client import PageClient
from tests.sync.wire import Sign, address, codes, rows


def test_an_action_is_recorded_and_its_receipt_says_where_and_how(signed_in: Sign, cast: Cast) -> None:
    action_id = uuid4()
    receipt = signed_in(cast.budi).put(address(action_id), json=body(), status=201).json
    assert receipt == {
        "id": str(action_id),
        "status": "waiting",
        "received_at": "2026-11-16T08:40:05+00:00",
        "observed_at": "2026-11-16T00:05:00+00:00",
        "kelurahan": {"code": MELATI, "name": "Melati"},
        "site": {"id": str(cast.office.uuid), "name": "Kantor Pos Melati", "distance_m": 60},
        "findings": [
            {
                "code": "radius_inside",
                "level": "ok",
                "sentence": "60 m dari Kantor Pos Melati, akurasi 12 m: di dalam batas 200 m.",
            },
            {"code": "day_programme", "level": "ok", "sentence": "Senin, 16 November 2026: hari program."},
            {"code": "minutes_ok", "level": "ok", "sentence": "15 menit."},
        ],
        "photos": [],
    }


def test_findings_are_said_in_the_language_asked_for(signed_in: Sign, cast: Cast) -> None:
    sent = signed_in(cast.budi).put(address(), json=body(), status=201, headers={"Accept-Language": "en"})
    assert sent.json["findings"][0]["sentence"].endswith("within the 200 m limit.")


def test_the_same_content_again_gets_the_first_receipt(signed_in: Sign, cast: Cast, session: Session, clock: Clock) -> None:
    where, budi = address(), signed_in(cast.budi)
    first = budi.put(where, json=body(), status=201).json
    clock.pass_by(days=3)
    assert budi.put(where, json=body()).json == first
    assert budi.put(where, json=body(sent_at="2026-11-19T08:00:00+07:00")).json == first
    assert rows(session) == 1


THERE = fix_at(IN_MELATI, north_m=60)
SAME = {
    "optional fields left out": {"site": ..., "rt": ..., "rw": ..., "photos": ..., "on_behalf_of": ..., "note": ...},
    "12 and 12.0": {"fix": fix_at(IN_MELATI, north_m=60, accuracy_m=12)},
    "15 and 15.0": {"minutes": 15.0},
    "1 and 1.0 of a measure": {"measures": {"bags_large": 1.0, "kg": 3.50, "kg_method": "estimated"}},
    "the method by default": {"measures": {"bags_large": 1, "kg": 3.5}},
    "a measure that is null": {"measures": {"bags_large": 1, "kg": 3.5, "items": None}},
    "measures in another order": {"measures": {"kg_method": "estimated", "kg": 3.5, "bags_large": 1}},
    "the instant in another zone": {"captured_at": "2026-11-16T00:05:00Z"},
    "the instant on the other side of the date line": {"captured_at": "2026-11-15T14:05:00.000-10:00"},
    "a fixed_at that is null": {"fix": THERE | {"fixed_at": None}},
}


def test_what_is_the_same_content(signed_in: Sign, cast: Cast, session: Session) -> None:
    where, budi = address(), signed_in(cast.budi)
    first = budi.put(where, json=body(fix=THERE), status=201).json
    for change in SAME.values():
        assert budi.put(where, json=body(**{"fix": THERE} | change)).json == first
    assert rows(session) == 1


OTHER = {
    "programme": {"programme": "biopori", "measures": {"holes": 1}},
    "captured_at": {"captured_at": at(MONDAY, 7, 6)},
    "a second of it": {"captured_at": "2026-11-16T07:05:00.001+07:00"},
    "minutes": {"minutes": 16},
    "position": {"fix": fix_at(IN_MELATI, north_m=61)},
    "accuracy": {"fix": fix_at(IN_MELATI, north_m=60, accuracy_m=12.5)},
    "source": {"fix": {"lon": IN_MELATI.lon, "lat": IN_MELATI.lat, "source": "pin"}},
    "fixed_at": {"fix": fix_at(IN_MELATI, north_m=60) | {"fixed_at": at(MONDAY, 7, 6)}},
    "rt": {"rt": "02"},
    "rw": {"rw": "05"},
    "measures": {"measures": {"bags_large": 2}},
    "method": {"measures": {"bags_large": 1, "kg": 3.5, "kg_method": "weighed"}},
    "note": {"note": "x"},
    "a zero": {"measures": {"bags_large": 1, "kg": 3.5, "items": 0}},
}


def test_the_same_id_with_other_content_is_a_conflict(signed_in: Sign, cast: Cast, session: Session) -> None:
    where, budi = address(), signed_in(cast.budi)
    first = budi.put(where, json=body(), status=201).json
    told = {budi.put(where, json=body(**change), status=409).text for change in OTHER.values()}
    assert len(told) == 1
    assert budi.get(where).json == first
    assert rows(session) == 1


def test_another_account_gets_the_same_conflict_and_learns_nothing(signed_in: Sign, cast: Cast, session: Session) -> None:
    where = address()
    signed_in(cast.budi).put(where, json=body(), status=201)
    other_content = signed_in(cast.budi).put(where, json=body(minutes=20), status=409)
    same_content = signed_in(cast.citra).put(where, json=body(), status=409)
    assert same_content.data == other_content.data
    assert same_content.json["type"] == "urn:sabuk:problem:id_taken"
    assert rows(session) == 1


def test_without_a_valid_token_nobody_records(
    page: PageClient, signed_in: Sign, cast: Cast, session: Session, clock: Clock
) -> None:
    answer = page.put(address(), json=body(), status=401)
    assert answer.headers["WWW-Authenticate"] == "Bearer"
    for header in ("Bearer", "Bearer ", "Bearer wrong", "Basic cGFrLmJ1ZGk6eA==", "Bearer " + "x" * 5000):
        page.put(address(), json=body(), status=401, headers={"Authorization": header})
    budi = signed_in(cast.budi)
    budi.put(address(), json=body(), status=201)
    people.revoke_tokens(session, cast.budi, now=NOW)
    budi.put(address(), json=body(), status=401)
    assert rows(session) == 1


def test_a_repeat_shows_what_became_of_it(signed_in: Sign, cast: Cast, clock: Clock) -> None:
    action_id = uuid4()
    first = signed_in(cast.budi).put(address(action_id), json=body(), status=201).json
    clock.pass_by(hours=2)
    signed_in(cast.lurah).post("/api/v1/stamps", json={"actions": [str(action_id)]})
    again = signed_in(cast.budi).put(address(action_id), json=body()).json
    assert again == first | {"status": "stamped"}
    assert signed_in(cast.budi).get(address(action_id)).json == again


def test_a_flood_of_one_account_is_stored_and_held_whoever_it_is_for(
    signed_in: Sign, cast: Cast, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(receiving, "MAX_RECORDS", 2)
    monkeypatch.setattr(assessment, "MAX_RECORDS", 2)
    teacher, mine = signed_in(cast.guru), {"fix": fix_at(IN_TERATAI)}
    for day in action_days(2):
        teacher.put(address(), json=body(**mine, captured_at=at(day, 7), on_behalf_of=str(cast.ani.uuid)), status=201)
    third = address()
    flood = teacher.put(third, json=body(**mine), status=201).json
    assert (flood["status"], codes(flood)["records_many"]) == ("held", "hold")
    assert teacher.put(third, json=body(**mine), status=200).json["status"] == "held"
    others = signed_in(cast.budi).put(address(), json=body(), status=201).json
    assert "records_many" not in codes(others)
    session.execute(update(Action).values(received_at=NOW - timedelta(hours=1)))
    assert "records_many" not in codes(teacher.put(address(), json=body(**mine, captured_at=at(MONDAY, 12)), status=201).json)
