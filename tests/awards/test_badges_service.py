"""Badges follow the stamps and the badges that the programme has."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import event

from app.awards.queries import badges as queries
from app.awards.service import badges as service
from app.programmes import queries as programmes

pytestmark = pytest.mark.long_on_postgis

MONDAY = date(2026, 1, 5)


@pytest.fixture
def badges(session, stage):
    return programmes.version(session, stage.versions[stage.gps]).definition.badges


def held(session, stage, person_id):
    return queries.badges_of(session, person_id).get(stage.gps, {})


def test_the_first_action_is_a_badge(session, stage):
    budi = stage.person("Pak Budi")
    stamp = stage.done(budi, MONDAY)
    assert held(session, stage, budi) == {"first_pick": stamp.stamped_at}


def test_four_weeks_in_a_row_whatever_the_order_of_the_stamps(session, stage):
    budi = stage.person("Pak Budi")
    for week in (0, 3, 1):
        stage.done(budi, MONDAY + timedelta(weeks=week), now=datetime(2026, 3, 1 + week, tzinfo=UTC))
    assert "four_weeks" not in held(session, stage, budi)
    last = stage.done(budi, MONDAY + timedelta(weeks=2, days=2), now=datetime(2026, 4, 1, tzinfo=UTC))
    assert held(session, stage, budi)["four_weeks"] == last.stamped_at


def test_weeks_run_on_over_the_new_year(session, stage):
    budi = stage.person("Pak Budi")
    for day in (date(2026, 12, 16), date(2026, 12, 23), date(2026, 12, 30), date(2027, 1, 6)):
        stage.done(budi, day)
    assert "four_weeks" in held(session, stage, budi)


def test_an_amount_is_the_sum_over_all_actions(session, stage):
    budi = stage.person("Pak Budi")
    stage.done(budi, MONDAY, measures={"bags_large": 9})
    assert "ten_large_bags" not in held(session, stage, budi)
    stage.done(budi, MONDAY + timedelta(days=2), measures={"bags_large": 1})
    assert "ten_large_bags" in held(session, stage, budi)


def test_places_are_sites_and_where_there_is_none_kelurahan(session, stage):
    budi = stage.person("Pak Budi")
    for place, site in ((0, 0), (0, 0), (0, None), (None, None)):
        stage.done(budi, MONDAY, place=place, site=site)
    assert "three_places" not in held(session, stage, budi)
    stage.done(budi, MONDAY, place=1, site=None)
    assert "three_places" in held(session, stage, budi)


def test_a_void_takes_back_what_it_completed(session, stage):
    budi = stage.person("Pak Budi")
    stamp = stage.done(budi, MONDAY, measures={"bags_large": 12})
    assert set(held(session, stage, budi)) == {"first_pick", "ten_large_bags"}
    stage.void(stamp, now=datetime(2026, 6, 1, tzinfo=UTC))
    assert held(session, stage, budi) == {}


def test_a_badge_that_the_programme_gives_up_is_gone(session, stage, badges):
    budi = stage.person("Pak Budi")
    stage.done(budi, MONDAY)
    assert service.rebuild(session, stage.gps, [badge for badge in badges if badge.rule != "first"]) == []
    assert held(session, stage, budi) == {}
    assert [badge.badge for badge in service.rebuild(session, stage.gps, badges)] == ["first_pick"]


def test_a_veteran_with_every_badge_costs_one_question(session, stage, badges):
    budi = stage.person("Pak Budi")
    for week in range(4):
        stage.done(budi, MONDAY + timedelta(weeks=week), place=week, site=week % 3, measures={"bags_large": 3})
    assert len(held(session, stage, budi)) == len(badges)
    sent = []
    event.listen(session.connection(), "before_cursor_execute", lambda *a: sent.append(a[2]))
    service.refresh(session, stage.gps, badges, [budi], now=datetime(2026, 12, 1, tzinfo=UTC))
    assert len(sent) == 1
