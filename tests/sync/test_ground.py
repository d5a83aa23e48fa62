"""Sites, areas, clocks and rules of the day: what is recorded, and what is found about it (docs/wire.md)."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.people import service as people
from app.places import service as places
from app.places.models import Area
from app.programmes import service as programmes
from app.sites.service import facts
from tests.factories.actions import MONDAY, NOW, WIB, at, body, fix_at, holes
from tests.factories.cast import Cast, grant, make_account
from tests.factories.city import AT_SEA, IN_KENANGA, IN_MELATI, IN_TERATAI, MELATI, make_site
from tests.factories.fixtures import Clock
from tests.sync.wire import Sign, address, codes, rows


def test_the_nearest_of_several_sites_is_taken(signed_in: Sign, cast: Cast, session: Session) -> None:
    near = make_site(session, "Pasar Kenanga", IN_KENANGA)
    grant(session, cast.budi.person_id, "volunteer", f"site:{near.uuid}")
    budi = signed_in(cast.budi)
    taken = budi.put(address(), json=body(fix=fix_at(IN_KENANGA, north_m=-100)), status=201).json
    assert taken["site"] == {"id": str(near.uuid), "name": "Pasar Kenanga", "distance_m": 99}
    asked = budi.put(address(), json=body(captured_at=at(MONDAY, 9), site=str(near.uuid)), status=201).json
    assert asked["site"]["id"] == str(near.uuid)
    assert codes(asked)["radius_outside"] == "hold"
    assert asked["status"] == "held"


def test_a_site_to_which_one_does_not_belong_is_refused(signed_in: Sign, cast: Cast, session: Session) -> None:
    ended = make_site(session, "Kantor Lama", IN_KENANGA)
    tenure = grant(session, cast.budi.person_id, "volunteer", f"site:{ended.uuid}")
    people.end(session, tenure, last_day=MONDAY - timedelta(days=1), ended_by=None, now=NOW)
    for site in (cast.school.uuid, ended.uuid, uuid4()):
        answer = signed_in(cast.budi).put(address(), json=body(site=str(site)), status=422).json
        assert [(error["field"], error["code"]) for error in answer["errors"]] == [("site", "not_your_site")]
    assert rows(session) == 0


def test_without_a_site_the_action_waits_for_the_kelurahan(signed_in: Sign, cast: Cast) -> None:
    receipt = signed_in(cast.citra).put(address(), json=body(), status=201).json
    assert receipt["site"] is None
    assert receipt["kelurahan"]["code"] == MELATI
    assert codes(receipt) == {"site_none": "look", "day_programme": "ok", "minutes_ok": "ok"}
    queue = signed_in(cast.lurah).get("/api/v1/stamping/queue").json["actions"]
    assert [action["id"] for action in queue] == [receipt["id"]]


def test_outside_every_kelurahan_it_is_recorded_all_the_same(signed_in: Sign, cast: Cast) -> None:
    receipt = signed_in(cast.citra).put(address(), json=body(fix=fix_at(AT_SEA), rw="05"), status=201).json
    assert receipt["kelurahan"] is None
    assert receipt["status"] == "waiting"
    assert codes(receipt)["place_unknown"] == "look"


def test_a_site_that_nobody_confirmed_asks_for_a_look(signed_in: Sign, cast: Cast, session: Session) -> None:
    shop = make_site(session, "Warung", IN_KENANGA, confirmed=False)
    owner = make_account(session, "bu.warung", f"volunteer@site:{shop.uuid}")
    receipt = signed_in(owner).put(address(), json=body(fix=fix_at(IN_KENANGA)), status=201).json
    assert codes(receipt)["site_unconfirmed"] == "look"
    assert receipt["status"] == "waiting"


def test_a_moved_site_keeps_judging_the_actions_of_before(signed_in: Sign, cast: Cast, session: Session, clock: Clock) -> None:
    moved_at = datetime(2026, 11, 16, 5, tzinfo=WIB) + timedelta(hours=4)
    facts.move_site(session, cast.office, centre=IN_KENANGA, radius_m=None, by_account_id=cast.lurah.id, now=moved_at)
    before = signed_in(cast.budi).put(address(), json=body(), status=201).json
    after = signed_in(cast.budi).put(address(), json=body(captured_at=at(MONDAY, 10)), status=201).json
    assert codes(before)["radius_inside"] == "ok"
    assert codes(after)["radius_outside"] == "hold"
    assert after["site"]["distance_m"] > 1000


def test_a_site_closed_since_keeps_judging_the_actions_of_before(
    signed_in: Sign, cast: Cast, session: Session, clock: Clock
) -> None:
    """What was done in the morning and reaches us in the afternoon belongs to the place that was closed at noon."""
    facts.close_site(session, cast.office, by_account_id=cast.lurah.id, now=datetime(2026, 11, 16, 12, tzinfo=WIB))
    named = {"site": str(cast.office.uuid)}
    before = signed_in(cast.budi).put(address(), json=body(**named), status=201).json
    assert before["site"]["id"] == str(cast.office.uuid)
    assert codes(before)["radius_inside"] == "ok"
    unnamed = signed_in(cast.budi).put(address(), json=body(captured_at=at(MONDAY, 9)), status=201).json
    assert unnamed["site"]["id"] == str(cast.office.uuid)
    after = signed_in(cast.budi).put(address(), json=body(captured_at=at(MONDAY, 13)), status=201).json
    assert after["site"] is None
    assert codes(after)["site_none"] == "look"


def test_a_site_s_own_radius_counts_within_what_the_programme_allows(signed_in: Sign, cast: Cast, session: Session) -> None:
    narrow = make_site(session, "Toko", IN_KENANGA, radius_m=50)
    owner = make_account(session, "pak.toko", f"volunteer@site:{narrow.uuid}")
    receipt = signed_in(owner).put(address(), json=body(fix=fix_at(IN_KENANGA, north_m=105)), status=201).json
    assert receipt["findings"][0]["sentence"].startswith("104 m dari Toko, akurasi 12 m: mungkin di dalam batas 100 m")


def test_rw_and_rt_are_known_by_their_numbers(signed_in: Sign, cast: Cast, session: Session) -> None:
    budi, where = signed_in(cast.budi), address()
    places.rw(session, cast.city.areas[MELATI], "7", now=NOW)
    budi.put(where, json=body(rw="RW 7", rt="3"), status=201)
    for rw, rt in (("07", "03"), ("7", "RT 003"), ("rw.007", "rt 3")):
        budi.put(where, json=body(rw=rw, rt=rt))
    budi.put(where, json=body(rw="08", rt="03"), status=409)
    waiting = signed_in(cast.lurah).get("/api/v1/stamping/queue").json["actions"]
    assert (waiting[0]["rw"], waiting[0]["rt"]) == ("07", "03")


def test_the_rw_is_that_of_the_site_where_none_is_named(signed_in: Sign, cast: Cast) -> None:
    signed_in(cast.budi).put(address(), json=body(), status=201)
    signed_in(cast.citra).put(address(), json=body(), status=201)
    waiting = signed_in(cast.lurah).get("/api/v1/stamping/queue").json["actions"]
    assert {action["person"]: action["rw"] for action in waiting} == {"Pak Budi": "05", "Citra": None}


def test_where_none_is_named_the_post_s_rw_is_taken(signed_in: Sign, cast: Cast, session: Session) -> None:
    mixed = make_account(session, "bu.dua", f"cadre@{MELATI}/05", f"cadre@{MELATI}/06")
    at_work = make_account(session, "bu.kantor", f"volunteer@site:{cast.office.uuid}", f"cadre@{MELATI}/06")
    for account, sent in (
        (cast.kader, holes()),
        (cast.kader, holes(rw="06", captured_at=at(MONDAY, 9))),
        (mixed, holes()),
        (at_work, holes()),
        (at_work, body(captured_at=at(MONDAY, 9))),
    ):
        signed_in(account).put(address(), json=sent, status=201)
    waiting = signed_in(cast.lurah).get("/api/v1/stamping/queue").json["actions"]
    assert sorted((each["person"], each["programme"], each["rw"] or "-") for each in waiting) == [
        ("Bu Kader", "biopori", "05"), ("Bu Kader", "biopori", "06"), ("bu.dua", "biopori", "-"),
        ("bu.kantor", "biopori", "06"), ("bu.kantor", "gps", "05"),
    ]  # fmt: skip


def test_nobody_makes_an_rw_by_naming_it(signed_in: Sign, cast: Cast, session: Session) -> None:
    before = session.scalars(select(func.count(Area.id))).one()
    for number in range(101, 116):
        signed_in(cast.citra).put(address(), json=holes(rw=str(number)), status=201)
    assert session.scalars(select(func.count(Area.id))).one() == before
    waiting = signed_in(cast.lurah).get("/api/v1/stamping/queue").json["actions"]
    assert {(each["rw"], each["rw_proposed"]) for each in waiting} == {(None, str(number)) for number in range(101, 116)}


@pytest.mark.parametrize(
    ("change", "code", "level", "status"),
    [
        ({"captured_at": at(date(2026, 11, 15), 7)}, "day_other", "ok", "waiting"),
        ({"captured_at": at(date(2026, 11, 6), 7)}, "late", "look", "waiting"),
        ({"captured_at": at(date(2026, 10, 5), 7)}, "very_late", "hold", "held"),
        ({"captured_at": at(MONDAY, 18)}, "future", "hold", "held"),
        ({"sent_at": "2026-11-18T15:40:02+07:00"}, "clock_wrong", "hold", "held"),
        ({"minutes": 9}, "minutes_short", "hold", "held"),
        ({"minutes": 45}, "minutes_long", "ok", "waiting"),
        ({"fix": fix_at(IN_MELATI, north_m=220, accuracy_m=25)}, "radius_perhaps", "look", "waiting"),
        ({"fix": fix_at(IN_MELATI, north_m=240)}, "radius_outside", "hold", "held"),
        ({"fix": fix_at(IN_MELATI, accuracy_m=150)}, "position_coarse", "look", "waiting"),
        ({"fix": {"lon": IN_MELATI.lon, "lat": IN_MELATI.lat, "source": "pin"}}, "position_pin", "look", "waiting"),
        ({"fix": {"lon": IN_MELATI.lon, "lat": IN_MELATI.lat, "source": "photo"}}, "position_photo", "look", "waiting"),
    ],
)
def test_what_looks_wrong_is_recorded_and_never_refused(
    change: dict[str, Any], code: str, level: str, status: str, signed_in: Sign, cast: Cast
) -> None:
    receipt = signed_in(cast.budi).put(address(), json=body(**change), status=201).json
    assert codes(receipt)[code] == level
    assert receipt["status"] == status


def test_the_second_action_at_a_place_and_the_overlapping_one_are_held(signed_in: Sign, cast: Cast) -> None:
    budi = signed_in(cast.budi)
    budi.put(address(), json=body(), status=201)
    second = budi.put(address(), json=body(captured_at=at(MONDAY, 7, 10)), status=201).json
    assert second["status"] == "held"
    assert codes(second).keys() >= {"cap_day", "overlap"}


def test_an_action_keeps_the_rules_of_its_day(signed_in: Sign, cast: Cast, session: Session, clock: Clock) -> None:
    tightened = programmes.bundled()["gps"].replace(b"version: 1", b"version: 2", 1)
    tightened = tightened.replace(b"effective_from: 2014-06-23", b"effective_from: 2026-11-18", 1)
    tightened = tightened.replace(b"shortest: 10", b"shortest: 20", 1)
    programmes.apply(session, tightened, applied_by=None, now=NOW)
    clock.pass_by(days=2)
    budi, sent_at = signed_in(cast.budi), {"sent_at": clock.now.isoformat()}
    old = budi.put(address(), json=body(**sent_at), status=201).json
    new = budi.put(address(), json=body(**sent_at, captured_at=at(date(2026, 11, 18), 7)), status=201).json
    assert (codes(old)["minutes_ok"], old["status"]) == ("ok", "waiting")
    assert (codes(new)["minutes_short"], new["status"]) == ("hold", "held")


def test_holes_count_in_the_kelurahan_of_the_post(signed_in: Sign, cast: Cast) -> None:
    at_home = signed_in(cast.kader).put(address(), json=holes(), status=201).json
    elsewhere = (
        signed_in(cast.kader).put(address(), json=holes(fix=fix_at(IN_TERATAI), captured_at=at(MONDAY, 9)), status=201).json
    )
    assert codes(at_home)["area_inside"] == "ok"
    assert codes(elsewhere)["area_outside"] == "hold"
