"""The wire for officers (docs/wire.md): queue, stamps, voids, refusals; and what a browser's session may send."""

from __future__ import annotations

import base64
import json
from typing import Any
from uuid import UUID, uuid4

import pytest
from flask_login.utils import encode_cookie
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.people import service as people
from app.people.models import Account, Tenure
from tests.factories.actions import MONDAY, NOW, action_days, at, body, make_action
from tests.factories.browsing import open_session
from tests.factories.cast import Cast, make_account
from tests.factories.city import MELATI
from tests.factories.fixtures import Clock
from tests.page_client import PageClient
from tests.sync.wire import Sign

QUEUE, STAMPS, REFUSALS = "/api/v1/stamping/queue", "/api/v1/stamps", "/api/v1/refusals"


def test_the_queue_says_what_an_officer_needs_to_know(signed_in: Sign, cast: Cast, session: Session) -> None:
    action = make_action(session, cast.budi, note="dekat pasar", rt="3", measures={"kg": 3.5, "bags_large": 1})
    answer = signed_in(cast.lurah).get(QUEUE).json
    assert answer["next"] is None
    waiting = answer["actions"][0]
    assert waiting | {"findings": []} == {
        "id": str(action.id),
        "programme": "gps",
        "status": "waiting",
        "person": "Pak Budi",
        "capacity": "volunteer",
        "observed_at": "2026-11-16T00:05:00+00:00",
        "received_at": "2026-11-16T08:40:05+00:00",
        "minutes": 15,
        "measures": {"kg": 3.5, "kg_method": "estimated", "bags_large": 1},
        "note": "dekat pasar",
        "kelurahan": {"code": MELATI, "name": "Melati"},
        "rw": "05",
        "rw_proposed": None,
        "rt": "03",
        "site": {"id": str(cast.office.uuid), "name": "Kantor Pos Melati", "distance_m": 60},
        "needs_note": False,
        "findings": [],
    }
    assert {finding["code"] for finding in waiting["findings"]} == {"radius_inside", "day_programme", "minutes_ok"}


def test_the_queue_is_read_page_by_page(signed_in: Sign, cast: Cast, session: Session) -> None:
    made = {str(make_action(session, cast.budi, captured_at=at(day, 7)).id) for day in action_days(7)}
    seen, after = [], ""
    for _ in range(4):
        answer = signed_in(cast.lurah).get(QUEUE, query_string={"limit": "2", "after": after}).json
        seen += [action["id"] for action in answer["actions"]]
        after = answer["next"]
    assert after is None
    assert len(seen) == 7
    assert set(seen) == made


def mark(*parts: object) -> str:
    return base64.urlsafe_b64encode(json.dumps(parts).encode()).decode()


WHEN, WHICH = "2026-11-16T00:05:00+00:00", uuid4().hex

NO_MARKS = [
    "x", "====", mark(), mark(0, WHEN), mark(True, WHEN, WHICH), mark(10**40, WHEN, WHICH), mark("0", WHEN, WHICH),
    mark(0, "2026-11-16T00:05:00", WHICH), mark(0, "0001-01-01T00:00:00+14:00", WHICH), mark(0, WHEN, "x"), mark(0, 5, WHICH),
    mark(None, None, None),
    base64.urlsafe_b64encode(b"[" * 3000).decode(), base64.urlsafe_b64encode(f'[Infinity,"{WHEN}","{WHICH}"]'.encode()).decode(),
    base64.urlsafe_b64encode(b"\xff\xfe").decode(), "\u00e9", mark(0, WHEN, WHICH) + "A",
]  # fmt: skip


def test_a_wrong_argument_of_the_queue_is_named(signed_in: Sign, cast: Cast) -> None:
    lurah = signed_in(cast.lurah)
    wrong = [("after", text) for text in NO_MARKS] + [("limit", text) for text in ("0", "201", "-1", "x", "1.5", "9" * 5000, "٥")]
    for name, text in [*wrong, ("page", "2"), ("Limit", "2")]:
        answer = lurah.get(QUEUE, query_string={name: text}, status=422).json
        assert [error["field"] for error in answer["errors"]] == [name], text
    lurah.get(QUEUE, query_string={"after": mark(0, WHEN, WHICH), "limit": "200", "lang": "en"})


@pytest.mark.parametrize(
    ("method", "path", "sent"),
    [
        ("GET", QUEUE, None),
        ("POST", STAMPS, {"actions": [str(uuid4())]}),
        ("POST", REFUSALS, {"actions": [str(uuid4())], "reason": "x"}),
        ("POST", f"{STAMPS}/834e83a9-8e1c-4926-a163-48029a11d1ea/void", {"reason": "x"}),
    ],
)
def test_only_those_whose_post_stamps_come_to_the_desk(
    method: str, path: str, sent: Any, page: PageClient, signed_in: Sign, cast: Cast, clock: Clock
) -> None:
    request = {} if sent is None else {"json": sent}
    page.send(method, path, status=401, **request)
    for nobody in (cast.citra, cast.budi, cast.kader):
        signed_in(nobody).send(method, path, status=403, **request)
    signed_in(cast.guru).send(method, path, status=404 if path.endswith("void") else 200, **request)


def test_stamps_are_answered_one_by_one(signed_in: Sign, cast: Cast, session: Session) -> None:
    good = make_action(session, cast.budi)
    held, own, nowhere = make_action(session, cast.citra, minutes=2), make_action(session, cast.lurah), uuid4()
    sent = {"actions": [str(one) for one in (held.id, good.id, own.id, nowhere)]}
    results = signed_in(cast.lurah).post(STAMPS, json=sent, headers={"Accept-Language": "en"}).json["results"]
    stamp_id = results[1]["stamp"]
    assert UUID(stamp_id)
    said = [(one["action"], one["stamp"], one["status"], one["problem"]) for one in results]
    assert said == [
        (str(held.id), None, "held", "held_needs_note"),
        (str(good.id), stamp_id, "stamped", None),
        (str(own.id), None, "waiting", "own_action"),
        (str(nowhere), None, None, "not_found"),
    ]
    assert [one["detail"] for one in results] == [
        "This action needs a check first: write a reason to stamp it.",
        None,
        "You cannot stamp your own action.",
        "Not found.",
    ]
    assert signed_in(cast.lurah).post(STAMPS, json={"actions": [str(good.id)]}).json["results"][0]["stamp"] == stamp_id
    noted = signed_in(cast.lurah).post(STAMPS, json={"actions": [str(held.id)], "note": "saya lihat sendiri"}).json["results"]
    assert noted[0]["status"] == "stamped"


def test_two_hundred_at_once_and_not_one_more(signed_in: Sign, cast: Cast, session: Session) -> None:
    lurah = signed_in(cast.lurah)
    many = [str(uuid4()) for _ in range(201)]
    for path, extra in ((STAMPS, {}), (REFUSALS, {"reason": "x"})):
        assert len(lurah.post(path, json={"actions": many[:200]} | extra).json["results"]) == 200
        for wrong in (many, [], "x", None, [1], ["x"], [True]):
            answer = lurah.post(path, json={"actions": wrong} | extra, status=422).json
            assert answer["errors"][0]["field"].startswith("actions")


def test_what_officers_send_is_read_as_strictly(signed_in: Sign, cast: Cast, session: Session) -> None:
    action = make_action(session, cast.budi)
    ids = {"actions": [str(action.id)]}
    lurah = signed_in(cast.lurah)
    void = f"{STAMPS}/{uuid4()}/void"
    cases: list[tuple[str, Any, str]] = [
        (STAMPS, {}, "actions"),
        (STAMPS, ids | {"note": "x" * 1001}, "note"),
        (STAMPS, ids | {"note": "\x00"}, "note"),
        (STAMPS, ids | {"note": 5}, "note"),
        (STAMPS, ids | {"stamper": 1}, "stamper"),
        (REFUSALS, ids, "reason"),
        (REFUSALS, ids | {"reason": " "}, "reason"),
        (REFUSALS, ids | {"reason": None}, "reason"),
        (REFUSALS, ids | {"reason": "\x00"}, "reason"),
        (void, {}, "reason"),
        (void, {"reason": ""}, "reason"),
        (void, {"reason": "x" * 1001}, "reason"),
        (void, {"reason": "x", "force": True}, "force"),
    ]
    for path, sent, field in cases:
        for language in ("id", "en"):
            answer = lurah.post(path, json=sent, status=422, headers={"Accept-Language": language}).json
            assert [error["field"] for error in answer["errors"]] == [field], (path, sent)
    lurah.post(STAMPS, data="actions=1", content_type="application/x-www-form-urlencoded", status=415)
    lurah.post(STAMPS, data="{", content_type="application/json", status=422)
    assert lurah.get(f"/api/v1/actions/{action.id}").json["status"] == "waiting"


def test_a_void_and_a_refusal_go_over_the_wire(signed_in: Sign, cast: Cast, session: Session, clock: Clock) -> None:
    action = make_action(session, cast.budi)
    lurah, ids = signed_in(cast.lurah), {"actions": [str(action.id)]}
    stamp = lurah.post(STAMPS, json=ids).json["results"][0]["stamp"]
    refused_too_early = lurah.post(REFUSALS, json=ids | {"reason": "x"}).json["results"][0]
    assert (refused_too_early["status"], refused_too_early["problem"]) == ("stamped", "already_stamped")
    clock.pass_by(minutes=5)
    void = {"stamp": stamp, "action": str(action.id), "status": "waiting", "voided_at": "2026-11-16T08:45:05+00:00"}
    assert lurah.post(f"{STAMPS}/{stamp}/void", json={"reason": "keliru"}).json == void
    clock.pass_by(minutes=5)
    assert lurah.post(f"{STAMPS}/{stamp}/void", json={"reason": "keliru"}).json == void
    lurah.post(f"{STAMPS}/{uuid4()}/void", json={"reason": "keliru"}, status=404)
    signed_in(cast.guru).post(f"{STAMPS}/{stamp}/void", json={"reason": "keliru"}, status=404)
    refused = lurah.post(REFUSALS, json=ids | {"reason": "tidak di sana"}).json["results"]
    assert refused == [{"action": str(action.id), "stamp": None, "status": "refused", "problem": None, "detail": None}]
    assert signed_in(cast.budi).get(f"/api/v1/actions/{action.id}").json["status"] == "refused"


# --- A browser's session --------------------------------------------------------------------------------------------------------


def browser(page: PageClient, session: Session, account: Account) -> PageClient:
    """The client with the session that signing in on a page leaves behind."""
    secret = open_session(session, account)
    session.commit()
    with page.cookie() as kept:
        kept["_user_id"], kept["_fresh"] = secret, True
    return page


OURS = {"Origin": "http://localhost", "X-Sabuk": "1"}

FOREIGN = [
    {},
    {"X-Sabuk": "1"},
    {"Origin": "http://localhost"},
    {"Origin": "https://localhost", "X-Sabuk": "1"},
    {"Origin": "http://localhost:8080", "X-Sabuk": "1"},
    {"Origin": "http://evil.example", "X-Sabuk": "1"},
    {"Origin": "http://localhost.evil.example", "X-Sabuk": "1"},
    {"Origin": "null", "X-Sabuk": "1"},
    {"Origin": "http://localhost", "X-Sabuk": "0"},
    {"Authorization": "Bearer nobody-s"},
    {"Authorization": "Basic eDp5", "Origin": "http://evil.example", "X-Sabuk": "1"},
    {"Authorization": ""},
]


def test_a_session_writes_only_from_our_own_pages(page: PageClient, cast: Cast, session: Session, clock: Clock) -> None:
    action = make_action(session, cast.budi)
    writes = [
        ("PUT", f"/api/v1/actions/{uuid4()}", body(captured_at=at(MONDAY, 12))),
        ("POST", STAMPS, {"actions": [str(action.id)]}),
        ("POST", REFUSALS, {"actions": [str(action.id)], "reason": "x"}),
        ("DELETE", f"/api/v1/actions/{uuid4()}", None),
    ]
    lurah = browser(page, session, cast.lurah)
    for method, path, sent in writes:
        for headers in FOREIGN:
            answer = lurah.send(method, path, status=403, headers=headers, **({"json": sent} if sent else {}))
            assert answer.json["type"] == "urn:sabuk:problem:foreign_origin"
    assert lurah.get(f"/api/v1/actions/{action.id}").json["status"] == "waiting"
    assert lurah.put(writes[0][1], json=writes[0][2], headers=OURS, status=201).json["status"] == "waiting"
    assert lurah.post(STAMPS, json=writes[1][2], headers=OURS).json["results"][0]["status"] == "stamped"


def test_a_remembered_browser_is_guarded_too(page: PageClient, cast: Cast, session: Session, clock: Clock) -> None:
    page.set_cookie("sabuk_remember", encode_cookie(open_session(session, cast.budi)))
    for headers in FOREIGN:
        page.put(f"/api/v1/actions/{uuid4()}", json=body(), headers=headers, status=403)
    page.put(f"/api/v1/actions/{uuid4()}", json=body(), headers=OURS, status=201)


def test_a_session_ends_when_a_post_does(page: PageClient, cast: Cast, session: Session, clock: Clock) -> None:
    officer = make_account(session, "petugas", f"officer@{MELATI}")
    desk = browser(page, session, officer)
    desk.get(QUEUE)
    tenure = session.scalars(select(Tenure).where(Tenure.person_id == officer.person_id)).one()
    people.end(session, tenure, last_day=MONDAY, ended_by=None, now=NOW)
    desk.get(QUEUE, status=401)
