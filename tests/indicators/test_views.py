"""The kelurahan's numbers over the wire."""

from __future__ import annotations

import gzip
import json
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest

from app.actions.rules.words import Capacity
from app.indicators import service, views
from app.people import service as people
from app.people.rules import Post

MONDAY = date(2026, 11, 2)
NOW = datetime(2026, 11, 23, 5, tzinfo=UTC)
HERE = "/api/v1/kelurahan/99.01.01.1000"


@pytest.fixture(autouse=True)
def _clock(monkeypatch):
    monkeypatch.setattr(views, "utc_now", lambda: NOW)


@pytest.fixture
def budi(stage):
    return stage.person("Pak Budi")


def numbers(answer, programme="gps"):
    return {each["code"]: each for each in answer.json["indicators"] if each["programme"] == programme}


def before(session, value, counted_on, source):
    place = ("biopori", "99.01.01.1000", "holes")
    service.set_baseline(session, *place, value, counted_on=counted_on, source=source, recorded_by=None, now=NOW)


def test_each_number_tells_how_it_was_counted(page, stage, budi):
    stage.done(budi, MONDAY, measures={"kg": "3.5", "kg_method": "estimated", "bags_large": 1})
    stage.done(budi, MONDAY + timedelta(days=2))
    told = numbers(page.get(f"{HERE}/indicators?programme=gps&period=2026-11"))
    assert (told["actions"]["value"], told["actions"]["unit"], told["actions"]["reason"]) == (2, "aksi", None)
    assert told["minutes"]["value"] == 30
    assert told["actions"]["counted_from"] == {
        "facts": "aksi yang sudah dicap dan tidak dibatalkan",
        "first": "2026-11-01",
        "last": "2026-11-30",
        "actions": 2,
        "since": "2026-11-02",
        "as_of": "2026-11-23T12:00:00+07:00",
        "href": "/api/v1/kelurahan/99.01.01.1000/facts?programme=gps&period=2026-11",
    }
    assert all(each["definition"] and each["method"] and each["name"] for each in told.values())
    page.get(told["actions"]["counted_from"]["href"])


def test_an_estimate_is_marked_and_its_unknown_error_is_said(page, stage, budi):
    stage.done(budi, MONDAY, measures={"kg": "3.5", "kg_method": "estimated"})
    told = numbers(page.get(f"{HERE}/indicators"))
    estimated, weighed = told["kg_estimated"], told["kg_weighed"]
    assert (estimated["value"], estimated["low"], estimated["middle"], estimated["high"]) == (3.5, None, 3.5, None)
    assert "tidak diketahui" in estimated["range"]
    assert (weighed["value"], weighed["reason"], weighed["estimate"]) == (None, "not_measured", False)
    assert "bukan berarti nol" in weighed["why"]


def test_nothing_stamped_is_a_counted_zero(page, stage):
    told = numbers(page.get(f"{HERE}/indicators"))
    assert (told["actions"]["value"], told["people"]["value"], told["actions"]["counted_from"]["since"]) == (0, 0, None)


def test_without_a_programme_all_of_them_answer(page, stage):
    answer = page.get(f"{HERE}/indicators")
    assert {each["programme"] for each in answer.json["indicators"]} == {"gps", "biopori"}
    assert answer.json["period"] == {"name": "all", "first": None, "last": None}


def test_holes_before_and_since_stand_side_by_side(page, stage, budi, session):
    stage.done(budi, MONDAY, programme_id=stage.biopori, measures={"holes": 8}, movement="pkk")
    before(session, Decimal(412), date(2025, 1, 31), "Rekap PKK")
    place = ("biopori", "99.01.01.1000", "holes")
    service.set_target(session, *place, Decimal(1000), due_on=date(2027, 12, 31), source="SK Lurah", recorded_by=None, now=NOW)
    told = numbers(page.get(f"{HERE}/indicators"), "biopori")
    assert told["holes"]["value"] == 8
    count = {"value": 412, "counted_on": "2025-01-31", "source": "Rekap PKK", "total": 420, "others": []}
    assert told["holes"]["baseline"] == count
    assert told["holes"]["target"] == {"value": 1000, "due_on": "2027-12-31", "source": "SK Lurah", "others": []}
    assert (told["holes_pkk"]["value"], told["holes_kb"]["value"], told["holes_pkk"]["baseline"]) == (8, 0, None)
    this_year = numbers(page.get(f"{HERE}/indicators?period=2026"), "biopori")
    assert this_year["holes"]["baseline"]["total"] is None


def test_a_count_that_came_after_the_first_stamp_is_not_added_up(page, stage, budi, session):
    stage.done(budi, MONDAY, programme_id=stage.biopori, measures={"holes": 8})
    before(session, Decimal(50), date(2026, 11, 20), "RW")
    assert numbers(page.get(f"{HERE}/indicators"), "biopori")["holes"]["baseline"]["total"] is None


@pytest.fixture
def crowd(stage):
    """Six people in November, four of them in its first week."""
    for number in range(6):
        stage.done(stage.person(f"Relawan {number}"), MONDAY + timedelta(days=0 if number < 4 else 14))


def test_few_people_are_not_told_to_the_public(page, stage, crowd):
    week = numbers(page.get(f"{HERE}/indicators?period=2026-W45"))["people"]
    assert (week["value"], week["reason"]) == (None, "fewer_than_5")
    # 2 of the 6 came in the other week: the month would tell that the first had 4.
    month = numbers(page.get(f"{HERE}/indicators?period=2026-11"))["people"]
    assert (month["value"], month["reason"]) == (None, "reveals_fewer_than_5")


@pytest.mark.parametrize(
    ("post", "area", "sees"),
    [
        (Post.LURAH, "kelurahan", True),
        (Post.KECAMATAN, "kecamatan", True),
        (Post.LURAH, "elsewhere", False),
        (Post.VOLUNTEER, "kelurahan", False),
    ],
)
def test_an_officer_of_the_place_reads_them(page, stage, crowd, post, area, sees):
    place = {"kelurahan": stage.kelurahan[0], "kecamatan": stage.kecamatan[0], "elsewhere": stage.kelurahan[1]}[area]
    account = stage.account(stage.person("Pak Lurah", shown=False), "pak.lurah")
    stage.tenure(account.person_id, post, area_id=place)
    reader = page.as_bearer(people.create_token(stage.session, account, now=NOW))
    week = numbers(reader.get(f"{HERE}/indicators?period=2026-W45"))["people"]
    assert week["value"] == (4 if sees else None)


def test_the_facts_behind_a_number_tell_no_person_place_or_hour(page, stage, budi):
    for number in range(4):
        stage.done(stage.person(f"Tetangga {number}"), date(2025, 11, 3))
    stamp = stage.done(budi, MONDAY, site=0, measures={"kg": "3.25", "kg_method": "weighed"})
    (fact,) = page.get(f"{HERE}/facts?programme=gps&period=2026-11").json["facts"]
    assert fact == {
        "stamp": str(stamp.id),
        "day": "2026-11-02",
        "credits": {"actions": 1, "credit": 1, "minutes": 15, "kg.weighed": 3.25},
        "stamped_by": "officer",
        "rw": "05",
        "school": None,
    }


def test_an_rw_with_fewer_than_five_people_is_not_told(page, stage, budi):
    stage.done(budi, MONDAY)
    for number in range(3):
        stage.done(stage.person(f"Tetangga {number}"), MONDAY)
    assert {fact["rw"] for fact in page.get(f"{HERE}/facts?programme=gps").json["facts"]} == {None}
    stage.done(stage.person("Orang kelima", shown=False), MONDAY)
    assert {fact["rw"] for fact in page.get(f"{HERE}/facts?programme=gps").json["facts"]} == {"05"}


def test_of_a_childs_action_no_rw_is_told_in_whatever_capacity(page, stage):
    for number in range(5):
        stage.done(stage.person(f"Tetangga {number}"), date(2025, 11, 3))
    stage.done(stage.person("Ani", is_adult=False), MONDAY)
    (fact,) = page.get(f"{HERE}/facts?programme=gps&period=2026").json["facts"]
    assert (fact["rw"], fact["school"]) == (None, None)


def test_of_a_pupils_action_only_the_school_is_told(page, stage):
    ani, guru = stage.person("Ani", is_adult=False), stage.account(stage.person("Bu Guru"), "bu.guru")
    stage.tenure(guru.person_id, Post.TEACHER, site_id=stage.schools[0])
    stage.done(ani, MONDAY, site=0, capacity=Capacity.PUPIL, by=guru)
    (fact,) = page.get(f"{HERE}/facts?programme=gps").json["facts"]
    assert (fact["rw"], fact["school"]) == (None, {"npsn": "20219340", "name": "SDN 0"})


@pytest.mark.parametrize(
    ("day", "listed"),
    # It is Monday 23 November, noon: Saturday ended 36 hours ago, Sunday 12.
    [(date(2026, 11, 21), True), (date(2026, 11, 22), False), (date(2026, 11, 23), False)],
)
def test_a_day_is_listed_24_hours_after_it_ended(page, stage, budi, day, listed):
    stage.done(budi, day)
    answer = page.get(f"{HERE}/facts?programme=gps").json
    assert (len(answer["facts"]), answer["too_recent"]["count"]) == ((1, 0) if listed else (0, 1))


def test_facts_are_paged_newest_first_each_once(page, stage, budi):
    wanted = [str(stage.done(budi, MONDAY + timedelta(days=number // 2)).id) for number in range(7)]
    stage.void(stage.done(budi, MONDAY), now=NOW)
    stage.done(budi, MONDAY, place=1)
    seen, after = [], ""
    while True:
        answer = page.get(f"{HERE}/facts?programme=gps&limit=3&after={after}").json
        seen += answer["facts"]
        after = answer["next"]
        if after is None:
            break
    assert sorted(fact["stamp"] for fact in seen) == sorted(wanted)
    assert [fact["day"] for fact in seen] == sorted((fact["day"] for fact in seen), reverse=True)


def test_facts_keep_to_the_period(page, stage, budi):
    stage.done(budi, MONDAY)
    assert page.get(f"{HERE}/facts?programme=gps&period=2026-W45").json["facts"]
    assert page.get(f"{HERE}/facts?programme=gps&period=2026-W46").json["facts"] == []


def test_kelurahan_are_listed_with_what_is_known_of_them(page, stage):
    answer = page.get("/api/v1/kelurahan").json["kelurahan"]
    assert [each["code"] for each in answer] == ["99.01.01.1000", "99.01.01.1002", "99.01.02.1001", "99.01.02.1003"]
    assert answer[0]["kecamatan"] == {"code": "99.01.01", "name": "Kecamatan 1"}
    assert (answer[0]["population"], answer[0]["area_km2"]) == (None, 1.2)


def test_one_kelurahan_names_its_rw(page, stage):
    answer = page.get(HERE).json
    assert answer["rw"] == [{"code": "99.01.01.1000/05", "name": "05"}]
    assert page.get("/api/v1/kelurahan/9901011000").json["name"] == "Kelurahan 0"


def test_the_map_carries_outlines_and_values(page, stage, budi):
    stage.done(budi, MONDAY)
    answer = page.get("/api/v1/kelurahan.geojson?indicator=minutes&period=2026-11")
    assert answer.mimetype == "application/geo+json"
    features = {feature["id"]: feature for feature in json.loads(answer.text)["features"]}
    assert len(features) == 4
    here = features["99.01.01.1000"]
    assert here["geometry"]["type"] == "Polygon"
    assert (here["properties"]["value"], here["properties"]["kecamatan"]["name"]) == (15, "Kecamatan 1")
    assert features["99.01.02.1001"]["properties"]["value"] == 0


def test_the_map_does_not_tell_few_people(page, stage, crowd):
    text = page.get("/api/v1/kelurahan.geojson?indicator=people&programme=gps&period=2026-W45").text
    here = next(feature for feature in json.loads(text)["features"] if feature["id"] == "99.01.01.1000")
    assert (here["properties"]["value"], here["properties"]["reason"]) == (None, "fewer_than_5")


def test_a_map_that_has_not_changed_is_not_sent_again(page, stage, budi):
    address = "/api/v1/kelurahan.geojson?indicator=minutes"
    tag = page.get(address).headers["ETag"]
    page.get(address, status=304, headers={"If-None-Match": tag})
    stage.done(budi, MONDAY)
    assert page.get(address, headers={"If-None-Match": tag}).headers["ETag"] != tag


def test_whoever_accepts_it_gets_the_map_compressed(app, page, stage):
    address = "/api/v1/kelurahan.geojson?indicator=minutes"
    stage.session.commit()
    answer = app.test_client().get(address, headers={"Accept-Encoding": "gzip"})
    assert answer.headers["Content-Encoding"] == "gzip"
    assert "Accept-Encoding" in answer.headers["Vary"]
    assert json.loads(gzip.decompress(answer.data)) == page.get(address).get_json(force=True)


@pytest.mark.parametrize(
    ("address", "field", "code"),
    [
        (f"{HERE}/indicators?programme=lain", "programme", "unknown"),
        (f"{HERE}/indicators?period=kemarin", "period", "malformed"),
        (f"{HERE}/indicators?indicator=actions", "indicator", "unknown_field"),
        (f"{HERE}/facts", "programme", "missing"),
        (f"{HERE}/facts?programme=gps&after=1", "after", "malformed"),
        (f"{HERE}/facts?programme=gps&after=99999999999999999999", "after", "malformed"),
        (f"{HERE}/facts?programme=gps&after=20261399.{chr(48) * 32}", "after", "malformed"),
        (f"{HERE}/facts?programme=gps&limit=201", "limit", "out_of_range"),
        ("/api/v1/kelurahan?programme=gps", "programme", "unknown_field"),
        ("/api/v1/kelurahan.geojson", "indicator", "missing"),
        ("/api/v1/kelurahan.geojson?indicator=joy", "indicator", "unknown"),
        ("/api/v1/kelurahan.geojson?indicator=actions", "programme", "ambiguous"),
        ("/api/v1/kelurahan.geojson?indicator=actions&programme=lain", "programme", "unknown"),
    ],
)
def test_what_cannot_be_answered_is_named(page, stage, address, field, code):
    problem = page.get(address, status=422).json
    assert [(error["field"], error["code"]) for error in problem["errors"]] == [(field, code)]


@pytest.mark.parametrize("code", ["99.01.01", "99.01.01.1000%2F05", "00.00.00.0000", "x"])
def test_what_is_no_kelurahan_is_not_there(page, stage, code):
    page.get(f"/api/v1/kelurahan/{code}/indicators", status=404)
