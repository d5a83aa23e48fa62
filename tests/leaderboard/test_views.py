"""Boards over the wire."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from app.core.periods import month_of
from app.leaderboard import views
from app.people import service as people
from app.places.models import Area, AreaLevel, PlaceRevision
from tests.factories.stage import LONG_AGO

MONDAY = date(2026, 11, 2)
NOW = datetime(2026, 11, 23, 5, tzinfo=UTC)
ADDRESS = "/api/v1/programmes/gps/leaderboard"


@pytest.fixture(autouse=True)
def _clock(monkeypatch):
    monkeypatch.setattr(views, "utc_now", lambda: NOW)


@pytest.fixture
def crowd(stage):
    """Name -> id: scores 3, 2, 2, 1 in kelurahan 0 of the month, a hidden one with 5, a child with 4."""
    scores = {"Pak Budi": 3, "Bu Siti": 2, "Pak Asep": 2, "Bu Wati": 1}
    ids = {name: stage.person(name) for name in scores}
    ids["Pak Rahasia"], scores["Pak Rahasia"] = stage.person("Pak Rahasia", shown=False), 5
    ids["Ani"], scores["Ani"] = stage.person("Ani", is_adult=False), 4
    for name, score in scores.items():
        for day in range(score):
            stage.done(ids[name], MONDAY + timedelta(days=day), site=0)
    return ids


def names(answer):
    return [(row["rank"], row["name"], row["score"]) for row in answer.json["rows"]]


def test_this_month_of_the_city_is_what_is_asked_for_by_nobody_in_particular(page, crowd):
    answer = page.get(ADDRESS)
    assert names(answer) == [(1, "Pak Budi", 3), (2, "Bu Siti", 2), (2, "Pak Asep", 2), (4, "Bu Wati", 1)]
    assert answer.json["scope"] == {"kind": "city", "code": "99.01", "name": "Kota Contoh"}
    assert answer.json["period"] == {
        "name": month_of(MONDAY).name,
        "first": "2026-11-01",
        "last": "2026-11-30",
        "provisional": True,
        "final_on": "2026-12-15",
    }
    assert (answer.json["me"], answer.json["total"], answer.json["subject"]) == (None, 4, "person")
    assert answer.json["unit"] == "aksi yang dicap"


def test_neither_children_nor_the_hidden_are_named(page, crowd):
    text = page.get(f"{ADDRESS}?period=all&limit=100").text
    assert "Ani" not in text
    assert "Rahasia" not in text


@pytest.mark.parametrize("scope", ["kelurahan:99.01.01.1000", "kecamatan:99.01.01", "city:99.01", "kelurahan:9901011000"])
def test_scopes_are_named_by_code(page, crowd, scope):
    assert len(page.get(f"{ADDRESS}?scope={scope}").json["rows"]) == 4


def test_elsewhere_and_at_other_times_the_board_is_empty(page, crowd):
    assert page.get(f"{ADDRESS}?scope=kelurahan:99.01.02.1001").json["rows"] == []
    assert page.get(f"{ADDRESS}?period=2027").json["rows"] == []
    assert page.get(f"{ADDRESS}?period=2026-W45").json["total"] == 4
    assert page.get(f"{ADDRESS}?period=2026-W45").json["period"]["provisional"] is False
    assert page.get(f"{ADDRESS}?period=all").json["period"]["provisional"] is True


def test_the_first_few_only(page, crowd):
    answer = page.get(f"{ADDRESS}?limit=1")
    assert (names(answer), answer.json["total"]) == ([(1, "Pak Budi", 3)], 4)


def signed_in(page, stage, person_id, name):
    account = stage.account(person_id, name)
    return page.as_bearer(people.create_token(stage.session, account, now=NOW))


def test_i_see_where_i_stand(page, stage, crowd):
    answer = signed_in(page, stage, crowd["Pak Asep"], "asep").get(ADDRESS)
    assert answer.json["me"] == {"rank": 2, "score": 2}
    assert [row["name"] for row in answer.json["rows"] if row["is_me"]] == ["Pak Asep"]


def test_without_an_action_i_have_no_rank(page, stage, crowd):
    new = signed_in(page, stage, stage.person("Bu Baru"), "baru")
    assert new.get(ADDRESS).json["me"] == {"rank": None, "score": 0}
    around = new.get(f"{ADDRESS}?around=me").json
    assert [row["name"] for row in around["rows"]] == ["Pak Budi", "Bu Siti", "Pak Asep", "Bu Wati"]


def test_hidden_i_see_my_own_place_alone(page, stage, crowd):
    answer = signed_in(page, stage, crowd["Pak Rahasia"], "rahasia").get(f"{ADDRESS}?around=me")
    assert answer.json["me"] == {"rank": 1, "score": 5}
    assert answer.json["rows"][0]["name"] == "Pak Rahasia"
    assert answer.json["total"] == 4


def test_around_me_are_five_above_and_five_below(page, stage):
    people_ids = [stage.person(f"Relawan {number:02d}") for number in range(20)]
    for number, person in enumerate(people_ids):
        stage.stamp(*(stage.action(person, MONDAY + timedelta(days=day)) for day in range(number + 1)), now=NOW)
    answer = signed_in(page, stage, people_ids[10], "relawan").get(f"{ADDRESS}?around=me&period=all")
    assert [row["name"] for row in answer.json["rows"]] == [f"Relawan {number:02d}" for number in range(15, 4, -1)]
    assert [row["rank"] for row in answer.json["rows"]] == list(range(5, 16))
    assert answer.json["me"] == {"rank": 10, "score": 11}


def test_around_me_needs_a_me(page, crowd):
    page.get(f"{ADDRESS}?around=me", status=401)


def test_schools_are_ranked_by_what_was_stamped_around_them(page, stage, crowd):
    stage.done(crowd["Pak Budi"], MONDAY, place=1, site=1)
    rows = page.get(f"{ADDRESS}?subject=school&period=2026").json["rows"]
    assert [(row["rank"], row["name"], row["code"], row["score"]) for row in rows] == [
        (1, "SDN 0", "20219340", 17),
        (2, "SDN 1", "20219341", 1),
    ]
    assert {row["heads"] for row in rows} == {None}
    alone = page.get(f"{ADDRESS}?subject=school&scope=school:20219341&period=2026").json
    assert [row["name"] for row in alone["rows"]] == ["SDN 1"]
    assert page.get(f"{ADDRESS}?subject=school&limit=1&period=2026").json["total"] == 2


def test_kelurahan_are_ranked_by_what_was_stamped_in_them(page, stage, crowd):
    stage.done(crowd["Pak Budi"], MONDAY, place=1)
    rows = page.get(f"{ADDRESS}?subject=kelurahan").json["rows"]
    assert [(row["rank"], row["code"], row["score"]) for row in rows] == [(1, "99.01.01.1000", 17), (2, "99.01.02.1001", 1)]


@pytest.mark.parametrize(
    ("query", "field", "code"),
    [
        ("scope=planet", "scope", "malformed"),
        ("scope=kelurahan", "scope", "malformed"),
        ("scope=kelurahan:", "scope", "malformed"),
        ("scope=kelurahan:00.00", "scope", "unknown"),
        ("scope=kelurahan:99.01", "scope", "unknown"),
        ("scope=school:12345678", "subject", "persons_in_school"),
        ("scope=school:12345678&subject=school", "scope", "unknown"),
        ("scope=school:20219340", "subject", "persons_in_school"),
        ("scope=school:20219340&subject=kelurahan", "subject", "kelurahan_in_school"),
        ("period=2026-13", "period", "malformed"),
        ("period=yesterday", "period", "malformed"),
        ("period=2026-W54", "period", "malformed"),
        ("subject=dog", "subject", "choice"),
        ("limit=0", "limit", "out_of_range"),
        ("limit=101", "limit", "out_of_range"),
        ("limit=1e1", "limit", "out_of_range"),
        ("limit=٣", "limit", "out_of_range"),
        ("around=you", "around", "choice"),
        ("perod=all", "perod", "unknown_field"),
        ("limit=1&limit=2", "limit", "repeated"),
    ],
)
def test_what_cannot_be_answered_is_named(page, stage, query, field, code):
    problem = page.get(f"{ADDRESS}?{query}", status=422).json
    assert [(error["field"], error["code"]) for error in problem["errors"]] == [(field, code)]


def test_the_sentence_says_why_children_are_not_ranked(page, stage):
    problem = page.get(f"{ADDRESS}?scope=school:20219340", status=422).json
    assert "anak tidak dibandingkan" in problem["detail"]


def test_of_several_cities_one_has_to_be_named(page, stage, crowd, session):
    session.add(Area(level=AreaLevel.CITY, code="99.02", name="Kota Lain", created_at=LONG_AGO))
    session.get(PlaceRevision, 1).revision += 1
    session.commit()
    problem = page.get(ADDRESS, status=422).json
    assert "city:99.01, city:99.02" in problem["errors"][0]["message"]
    assert page.get(f"{ADDRESS}?scope=city:99.02").json["rows"] == []
    assert signed_in(page, stage, crowd["Pak Budi"], "budi").get(ADDRESS).json["scope"]["code"] == "99.01"


def test_an_unknown_programme_is_not_there(page, stage):
    page.get("/api/v1/programmes/lain/leaderboard", status=404)
