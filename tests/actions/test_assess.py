"""Every row of the rules on fair play: what is found, and what it leads to."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.actions.rules.assess import MAX_RECORDS, AreaSeen, MovedDay, day_finding
from app.actions.rules.findings import OFF_DAY, Finding, Level, leads_to
from app.actions.rules.sentences import CODES, sentence, sentence_at, told
from app.actions.rules.submission import PhotoLink
from app.actions.rules.words import Source, Status
from app.core.catalogue import ENGLISH, INDONESIAN
from app.core.geo import Point, distance_m
from tests.actions.cases import MONDAY_SEVEN, SENT, biopori, definition, findings, site, submission
from tests.actions.test_beside import everything_beside
from tests.actions.test_positions import HERE, been

OK, LOOK, HOLD = Level.OK, Level.LOOK, Level.HOLD
DAY = timedelta(days=1)


def levels(found: tuple[Finding, ...]) -> dict[str, Level]:
    return {finding.code: finding.level for finding in found}


def days_old(days: int, **change: Any) -> dict[str, Any]:
    """The same action, received that many days later by a phone whose clock is right."""
    late = SENT + days * DAY
    return {"sent": submission(sent_at=late, **change), "received_at": late}


PLACE_GPS = [
    ("at the centre", 0, 12, "radius_inside", OK),
    ("on the line", 200, 12, "radius_inside", OK),
    ("a metre beyond, the fix cannot tell", 201, 12, "radius_perhaps", LOOK),
    ("all that the fix cannot tell", 212, 12, "radius_perhaps", LOOK),
    ("beyond what the fix cannot tell", 213, 12, "radius_outside", HOLD),
    ("a coarse fix forgives 30 m", 230, 90, "radius_perhaps", LOOK),
    ("and not more", 231, 90, "radius_outside", HOLD),
    ("far away", 4000, 12, "radius_outside", HOLD),
]


@pytest.mark.parametrize(("distance_m", "accuracy_m", "code", "level"), [c[1:] for c in PLACE_GPS], ids=[c[0] for c in PLACE_GPS])
def test_the_radius_forgives_what_the_fix_cannot_tell(distance_m: float, accuracy_m: float, code: str, level: Level) -> None:
    found = levels(findings(submission(accuracy_m=float(accuracy_m)), site_seen=site(distance_m)))
    assert {name: found[name] for name in found if name.startswith("radius_")} == {code: level}


CASES = json.loads((Path(__file__).parent.parent / "distances.json").read_text())


@pytest.mark.parametrize("case", CASES, ids=[case["what"] for case in CASES])
def test_the_circle_on_the_table_that_the_phone_is_held_to(case: dict[str, Any]) -> None:
    """tests/js/geo.test.js holds static/js/common/geo.js to the same."""
    rules = definition(limits={"perhaps_m": case["perhaps_m"]})
    metres = distance_m(Point(**case["site"]), Point(**case["point"]))
    source = Source.DEVICE if case["accuracy_m"] else Source.PIN
    sent = submission(accuracy_m=case["accuracy_m"], source=source)
    found = levels(findings(sent, rules, site_seen=site(metres, radius_m=case["radius_m"])))
    assert metres == pytest.approx(case["distance_m"], rel=1e-4, abs=0.001)
    assert [name for name in found if name.startswith("radius_")] == [f"radius_{case['where']}"]


PLACE_BIOPORI = [(0, "area_inside", OK), (1, "area_near", LOOK), (40, "area_near", LOOK), (41, "area_outside", HOLD)]


@pytest.mark.parametrize(("outside_m", "code", "level"), PLACE_BIOPORI)
def test_a_hole_belongs_in_the_kelurahan_of_the_post(outside_m: float, code: str, level: Level) -> None:
    found = levels(findings(submission(measures={"holes": 1}), biopori(), area_seen=AreaSeen("Citarum", outside_m)))
    assert {name: found[name] for name in found if name.startswith("area_")} == {code: level}


POSITION = [
    ({"accuracy_m": 100.0}, None),
    ({"accuracy_m": 100.1}, "position_coarse"),
    ({"source": Source.PIN, "accuracy_m": None}, "position_pin"),
    ({"source": Source.PHOTO, "accuracy_m": None}, "position_photo"),
]


@pytest.mark.parametrize(("change", "code"), POSITION)
def test_a_position_that_no_device_measured_well_asks_for_a_look(change: dict[str, Any], code: str | None) -> None:
    found = levels(findings(submission(**change)))
    assert {name: level for name, level in found.items() if name.startswith("position_")} == ({code: LOOK} if code else {})


def test_a_pin_beyond_the_line_is_outside_for_it_states_no_accuracy() -> None:
    pinned = submission(source=Source.PIN, accuracy_m=None)
    assert levels(findings(pinned, site_seen=site(201)))["radius_outside"] is HOLD


def test_without_a_site_an_officer_looks() -> None:
    found = levels(findings(no_site=True))
    assert found["site_none"] is LOOK
    assert not any(code.startswith("radius_") for code in found)


def test_outside_every_kelurahan_an_officer_looks() -> None:
    assert levels(findings(is_place_known=False))["place_unknown"] is LOOK


def test_a_site_that_nobody_has_confirmed_asks_for_a_look() -> None:
    assert levels(findings(site_seen=site(is_confirmed=False)))["site_unconfirmed"] is LOOK


DAYS = [
    (date(2026, 11, 23), "day_programme"),  # Monday
    (date(2026, 11, 24), "day_other"),  # Tuesday
    (date(2026, 11, 25), "day_programme"),  # Wednesday
    (date(2026, 11, 28), "day_other"),  # Saturday
    (date(2026, 8, 17), "day_holiday"),  # Independence Day, a Monday
    (date(2026, 3, 20), "day_holiday"),  # joint leave, a Friday
]


@pytest.mark.parametrize(("on", "code"), DAYS)
def test_the_day_is_told_and_never_holds(on: date, code: str) -> None:
    captured = MONDAY_SEVEN.replace(year=on.year, month=on.month, day=on.day)
    sent = submission(captured_at=captured, sent_at=captured + timedelta(hours=1))
    found = levels(findings(sent, received_at=captured + timedelta(hours=1)))
    assert {name: level for name, level in found.items() if name.startswith("day_")} == {code: OK}


@pytest.mark.parametrize("programme_days_only", [True, False])
def test_an_action_on_another_day_says_whether_it_counts(programme_days_only: bool) -> None:
    captured = MONDAY_SEVEN + DAY
    programme = definition(credit={"programme_days_only": programme_days_only})
    sent = submission(captured_at=captured, sent_at=captured + timedelta(hours=1))
    (found,) = (each for each in findings(sent, programme, received_at=captured + timedelta(hours=1)) if each.code == OFF_DAY)
    assert found.leaves_uncounted is programme_days_only
    assert told(found, Status.WAITING).tone == ("note" if programme_days_only else "ok")
    assert ("tidak dihitung untuk sabuk" in sentence(found).said(INDONESIAN)) is programme_days_only
    assert ("does not count towards the belt" in sentence(found).said(ENGLISH)) is programme_days_only


def test_a_finding_stored_before_it_said_whether_it_counts_is_read_as_it_was() -> None:
    stored = Finding.read([OFF_DAY, "ok", {"day": "2026-11-24"}])
    assert stored.leaves_uncounted
    assert "tidak dihitung untuk sabuk" in sentence(stored).said(INDONESIAN)


@pytest.mark.parametrize(
    ("minutes", "code", "level"),
    [
        (0, "minutes_short", HOLD),
        (9, "minutes_short", HOLD),
        (10, "minutes_ok", OK),
        (30, "minutes_ok", OK),
        (31, "minutes_long", OK),
    ],
)
def test_minutes(minutes: int, code: str, level: Level) -> None:
    found = levels(findings(submission(minutes=minutes)))
    assert {name: found[name] for name in found if name.startswith("minutes_")} == {code: level}


AGES = [(0, None, OK), (7, None, OK), (8, "late", LOOK), (30, "late", LOOK), (31, "very_late", HOLD)]


@pytest.mark.parametrize(("days", "code", "level"), AGES)
def test_late_ones_are_looked_at_and_very_late_ones_held(days: int, code: str | None, level: Level) -> None:
    received = MONDAY_SEVEN + days * DAY
    found = levels(findings(submission(sent_at=received), received_at=received))
    assert {name: found[name] for name in found if "late" in name} == ({code: level} if code else {})


@pytest.mark.parametrize(("minutes", "is_held"), [(5, False), (6, True), (600, True)])
def test_what_has_not_happened_yet_is_held(minutes: int, is_held: bool) -> None:
    received = MONDAY_SEVEN - timedelta(minutes=minutes)
    found = findings(submission(sent_at=received), received_at=received)
    assert [finding.values for finding in found if finding.code == "future"] == [{"minutes": minutes}] * is_held


def test_photographs_asked_for_and_missing_ask_for_a_look() -> None:
    bare = submission(programme="biopori", measures={"holes": 1}, minutes=None)
    assert levels(findings(bare, biopori(), area_seen=AreaSeen("Citarum", 0)))["photos_missing"] is LOOK
    shown = replace(bare, photos=(PhotoLink("0" * 64, None),))
    found = levels(findings(shown, biopori(), area_seen=AreaSeen("Citarum", 0)))
    assert "photos_missing" not in found
    assert found["photos_pending"] is LOOK


@pytest.mark.parametrize(("bags", "is_looked_at"), [(None, False), (0, False), (10, False), (11, True), (50, True)])
def test_an_amount_that_is_much_for_one_action_asks_for_a_look(bags: int | None, is_looked_at: bool) -> None:
    found = findings(submission(measures={} if bags is None else {"bags_large": bags}))
    assert levels(found).get("amount_large") is (LOOK if is_looked_at else None)
    told = [sentence(finding).said(ENGLISH) for finding in found if finding.code == "amount_large"]
    assert told == [f"Kantong besar: {bags}, a lot for one action (usually at most 10). An officer will check it."] * is_looked_at


@given(distance=st.floats(0, 1e6), accuracy=st.floats(0.1, 1e6), radius=st.floats(100, 300))
def test_a_worse_fix_never_brings_anybody_inside(distance: float, accuracy: float, radius: float) -> None:
    found = levels(findings(submission(accuracy_m=accuracy), site_seen=site(distance, radius)))
    assert ("radius_inside" in found) == (distance <= radius)
    assert ("radius_outside" in found) == (distance > radius + min(accuracy, 30))


def test_one_hold_holds_the_action() -> None:
    assert leads_to(findings()) is Status.WAITING
    assert leads_to(findings(submission(minutes=5))) is Status.HELD


def test_the_same_facts_give_the_same_verdict() -> None:
    assert findings() == findings()


def everything_found() -> list[Finding]:
    """At least one finding of every code."""
    gps = definition()
    ahead = submission(sent_at=SENT + timedelta(hours=3))
    broken = submission(sent_at=SENT + timedelta(days=2))
    future = MONDAY_SEVEN - timedelta(hours=2)
    cases = [
        *(findings(submission(accuracy_m=float(c[2])), site_seen=site(c[1])) for c in PLACE_GPS),
        *(findings(submission(), biopori(), area_seen=AreaSeen("Citarum", c[0])) for c in PLACE_BIOPORI),
        *(findings(submission(**change)) for change, _ in POSITION),
        *(findings(**days_old(n)) for n in (0, 9, 40)),
        findings(no_site=True, is_place_known=False),
        findings(site_seen=site(is_confirmed=False)),
        *(findings(submission(minutes=n)) for n in (5, 45)),
        *everything_beside(),
        findings(submission(measures={"bags_large": 11})),
        findings(replace(submission(), note="NIK 3273011201900001")),
        findings(past_fixes=[been(), been(ago=4 * DAY)], site_centre=HERE),
        findings(ahead, gps),
        findings(submission(sent_at=SENT + timedelta(hours=20)), gps),
        findings(submission(fixed_at=MONDAY_SEVEN - timedelta(hours=4)), gps),
        findings(submission(sent_at=SENT + timedelta(hours=3)), gps, is_server_suspect=True),
        findings(broken, gps),
        findings(recorded_lately=MAX_RECORDS),
        findings(submission(sent_at=future), received_at=future),
        findings(submission(captured_at=MONDAY_SEVEN + DAY, sent_at=SENT + DAY), received_at=SENT + DAY),
        findings(replace(submission(), photos=(PhotoLink("0" * 64, None),))),
        findings(replace(submission(), captured_at=MONDAY_SEVEN.replace(month=8, day=17))),
        *moved_days(),
    ]
    return [finding for case in cases for finding in case]


def moved_days() -> list[list[Finding]]:
    """A Wednesday made up for on the Thursday: as declared, by the doer, and where the person has the other of the two."""
    gps, wednesday = definition(), MONDAY_SEVEN.date() + timedelta(days=2)
    moved = MovedDay(wednesday, wednesday + DAY, None, by_doer=False)
    cases = [
        (moved.day, moved, "day_replacement"),
        (moved.day, replace(moved, by_doer=True), "day_replacement_own"),
        (moved.day, replace(moved, kept=wednesday), "day_other"),
        (wednesday, moved, "day_programme"),
        (wednesday, replace(moved, kept=moved.day), "day_other"),
    ]
    found = [day_finding(gps, day, declared) for day, declared, _ in cases]
    assert [finding.code for finding in found] == [code for *_, code in cases]
    assert [finding.leaves_uncounted for finding in found] == [code == "day_other" for *_, code in cases]
    return [[finding] for finding in found]


def test_every_finding_is_a_whole_sentence_in_both_languages() -> None:
    found = everything_found()
    assert {finding.code for finding in found} == CODES
    for finding in found:
        text = sentence(Finding.read(finding.stored()))
        for said in (text.said(INDONESIAN), text.said(ENGLISH)):
            assert said.endswith("."), said
            assert "{" not in said, said
            assert "None" not in said, said
        assert text.said(INDONESIAN) != text.said(ENGLISH)


@pytest.mark.parametrize("status", Status)
def test_what_is_still_to_come_is_said_only_until_somebody_has_decided(status: Status) -> None:
    is_open = status in (Status.WAITING, Status.HELD)
    told_now = {finding.code: sentence_at(finding, status).said(INDONESIAN) for finding in everything_found()}
    assert any("etugas akan memeriksanya" in words for words in told_now.values()) is is_open
    assert any("erlu diperiksa petugas" in words for words in told_now.values()) is is_open
    assert all(words.endswith(".") for words in told_now.values())


def test_a_place_that_was_merely_chosen_is_no_distance() -> None:
    sent = submission(source=Source.PIN, accuracy_m=None)
    [at_it] = [each for each in findings(sent, site_seen=site(0)) if each.code == "radius_inside"]
    assert sentence(at_it).said(INDONESIAN) == "Tempat yang dipilih: SDN Citarum."
    [beside] = [each for each in findings(sent, site_seen=site(60)) if each.code == "radius_inside"]
    assert sentence(beside).said(INDONESIAN) == "60 m dari SDN Citarum: di dalam batas 200 m."


def test_the_radius_speaks_as_people_do() -> None:
    [inside] = [f for f in findings(submission(accuracy_m=25.0), site_seen=site(143)) if f.code == "radius_inside"]
    assert sentence(inside).said(INDONESIAN) == "143 m dari SDN Citarum, akurasi 25 m: di dalam batas 200 m."
    assert sentence(inside).said(ENGLISH) == "143 m from SDN Citarum, accuracy 25 m: within the 200 m limit."


@pytest.mark.parametrize(("before", "held"), [(0, False), (MAX_RECORDS - 1, False), (MAX_RECORDS, True)])
def test_what_comes_in_a_flood_is_held(before: int, held: bool) -> None:
    assert ("records_many" in levels(findings(recorded_lately=before))) is held
