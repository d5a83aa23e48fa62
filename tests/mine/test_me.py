"""GET /api/v1/me: who I am, what I hold, where my actions count, what I have reached (docs/wire.md)."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy.orm import Session

from app.people import service as people
from app.stamping import service as stamping
from tests.factories.actions import MONDAY, NOW, action_days, at, holes, make_action, record, stamp
from tests.factories.cast import NPSN, Cast, grant
from tests.factories.city import MELATI
from tests.factories.fixtures import Clock
from tests.page_client import PageClient
from tests.sync.wire import Sign

ME = "/api/v1/me"


def test_nobody_is_nobody(page: PageClient) -> None:
    page.get(ME, status=401)


def test_whoever_has_done_nothing_sees_what_comes_first(signed_in: Sign, cast: Cast) -> None:
    answer = signed_in(cast.citra).get(ME).json
    assert answer == {
        "id": str(cast.citra.person.uuid),
        "name": "Citra",
        "sign_in_name": "citra",
        "posts": [],
        "sites": [],
        "programmes": [
            {
                "programme": code,
                "name": name,
                "stamped": 0,
                "credit": 0,
                "belt": None,
                "belt_name": None,
                "stripes": 0,
                "badges": [],
                "next": {"belt": "white", "belt_name": "Sabuk Putih", "stripes": 0, "threshold": 1, "missing": 1},
            }
            for code, name in (("biopori", "Gerakan Sejuta Biopori"), ("gps", "Gerakan Pungut Sampah (GPS)"))
        ],
    }


def test_posts_and_sites_are_those_of_today(signed_in: Sign, cast: Cast, session: Session, clock: Clock) -> None:
    grant(session, cast.budi.person_id, "cadre", f"{MELATI}/05", since=MONDAY)
    ended = grant(session, cast.budi.person_id, "rt", f"{MELATI}/06")
    people.end(session, ended, last_day=MONDAY - timedelta(days=1), ended_by=None, now=NOW)
    answer = signed_in(cast.budi).get(ME).json
    office = {"id": str(cast.office.uuid), "name": "Kantor Pos Melati"}
    nothing = {"movement": None, "area": None, "site": None, "from": None, "until": None}
    assert answer["posts"] == [
        nothing | {"post": "volunteer", "site": office},
        nothing
        | {
            "post": "cadre",
            "movement": "pkk",
            "area": {"code": f"{MELATI}/05", "name": "05", "level": "rw"},
            "from": "2026-11-16",
        },
    ]
    assert answer["sites"] == [
        office | {"kind": "workplace", "npsn": None, "lon": 107.605, "lat": -6.945, "radius_m": None, "confirmed": True}
    ]
    clock.pass_by(days=-1)
    assert [post["post"] for post in signed_in(cast.budi).get(ME).json["posts"]] == ["volunteer", "rt"]
    assert signed_in(cast.guru).get(ME).json["sites"][0]["npsn"] == NPSN


def test_stamped_actions_raise_the_belt_and_what_is_missing_is_told(signed_in: Sign, cast: Cast, session: Session) -> None:
    actions = [make_action(session, cast.budi, captured_at=at(day, 7)) for day in action_days(30)]
    stamp(session, cast.lurah, *actions[:26], note="x")
    stamp(session, cast.lurah, record(session, cast.budi, holes(7, captured_at=at(MONDAY, 12))), note="x")
    biopori, gps = signed_in(cast.budi).get(ME, headers={"Accept-Language": "en"}).json["programmes"]
    assert (gps["stamped"], gps["credit"], gps["belt"], gps["belt_name"], gps["stripes"]) == (26, 26, "green", "Green belt", 0)
    assert {"first_pick": "First Action", "four_weeks": "Four Weeks in a Row"}.items() <= {
        badge["code"]: badge["name"] for badge in gps["badges"]
    }.items()
    assert [badge["code"] for badge in biopori["badges"]] == ["first_hole"]
    assert gps["next"] == {"belt": "green", "belt_name": "Green belt", "stripes": 1, "threshold": 38, "missing": 12}
    assert (biopori["stamped"], biopori["credit"], biopori["belt"]) == (1, 5, "white"), "at most five holes an action"


def test_a_void_lowers_it_again(signed_in: Sign, cast: Cast, session: Session) -> None:
    word = stamp(session, cast.lurah, make_action(session, cast.budi))[0].stamp
    assert word is not None
    assert signed_in(cast.budi).get(ME).json["programmes"][1]["belt"] == "white"
    stamping.void(session, word.id, cast.lurah, reason="keliru", now=NOW)
    after = signed_in(cast.budi).get(ME).json["programmes"][1]
    assert (after["stamped"], after["belt"]) == (0, None)
