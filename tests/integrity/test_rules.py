"""What contradicts an action, what may be shown twice, and what is said of it: tables of cases."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest

from app.actions.rules.findings import (
    FOLLOWS,
    MISSING,
    NEVER_CAME,
    OF_PHOTOGRAPHS,
    PENDING,
    Finding,
    Level,
    photographs_short,
    with_one_come,
    with_photographs,
    with_photographs_short,
)
from app.actions.rules.sentences import sentence
from app.core.catalogue import ENGLISH, INDONESIAN
from app.core.geo import Point
from app.integrity.rules import (
    ActionEvidence,
    Exposure,
    Signal,
    SignalKind,
    contradictions,
    findings,
    later,
    may_share,
    metres_off,
    minutes_off,
)
from app.media.rules import Fault

WIB = ZoneInfo("Asia/Jakarta")
START = datetime(2026, 11, 16, 7, 5, tzinfo=WIB)
HERE = Point(107.605, -6.945)
METRE = 1 / 110_574
"""Of latitude near the equator, in degrees."""


def action(**change: Any) -> ActionEvidence:
    """Pak Budi, Monday 07.05, fifteen minutes."""
    plain = ActionEvidence(
        id=UUID(int=1),
        person_id=1,
        recorded_by=1,
        programme_id=1,
        received_at=START + timedelta(hours=8),
        captured_at=START,
        observed_at=START,
        minutes=15,
        zone="Asia/Jakarta",
        point=HERE,
        accuracy_m=12.0,
    )
    return replace(plain, **change)


def at(hour: int, minute: int, second: int = 0) -> datetime:
    return datetime(2026, 11, 16, hour, minute, second)  # noqa: DTZ001 - cameras know no zone


SLOW_CLOCK = {"captured_at": START - timedelta(hours=3)}
"""The phone says 04.05 when it is 07.05."""

TIMES = {
    "at the start": ({}, at(7, 5), None, 0),
    "ten minutes before": ({}, at(6, 55), None, 0),
    "a second earlier": ({}, at(6, 54, 59), None, 1),
    "ten minutes after the end": ({}, at(7, 30), None, 0),
    "a second later": ({}, at(7, 30, 1), None, 1),
    "the evening before": ({}, at(7, 5) - timedelta(hours=12), None, 710),
    "last year": ({}, at(7, 5) - timedelta(days=365), None, 365 * 24 * 60 - 10),
    "with the zone of the place": ({}, at(7, 10), 420, 0),
    "in UTC and saying so": ({}, at(0, 10), 0, 0),
    "in UTC and not saying so": ({}, at(0, 10), None, 405),
    "in Makassar's time, saying so": ({}, at(8, 10), 480, 0),
    "a place in Makassar's time": ({"zone": "Asia/Makassar"}, at(8, 10), None, 0),
    "by the same slow clock": (SLOW_CLOCK, at(4, 10), None, 0),
    "by a camera with a right clock": (SLOW_CLOCK, at(7, 10), None, 0),
    "between the two clocks": (SLOW_CLOCK, at(5, 30), None, 60),
    "a long action without minutes": ({"minutes": None}, at(16, 0), None, 0),
    "before an action without minutes": ({"minutes": None}, at(6, 0), None, 55),
    "the day after an action without minutes": ({"minutes": None}, at(0, 11) + timedelta(days=1), None, 1),
}


@pytest.mark.parametrize(("change", "taken", "offset", "off"), TIMES.values(), ids=TIMES)
def test_a_photograph_is_of_the_time_of_its_action(change, taken, offset, off):
    assert minutes_off(action(**change), taken, offset) == off


PLACES = {
    "there": (0, 12.0, 0),
    "149 m": (149, 12.0, 0),
    "151 m": (151, 12.0, 151),
    "within twice a coarse fix": (390, 200.0, 0),
    "beyond twice a coarse fix": (410, 200.0, 410),
    "from a pin": (149, None, 0),
    "far from a pin": (160, None, 160),
}


@pytest.mark.parametrize(("north_m", "accuracy_m", "off"), PLACES.values(), ids=PLACES)
def test_a_photograph_is_of_the_place_of_its_action(north_m, accuracy_m, off):
    there = Point(HERE.lon, HERE.lat + north_m * METRE)
    assert metres_off(action(accuracy_m=accuracy_m), there) == pytest.approx(off, abs=1)


def test_a_camera_that_says_nothing_contradicts_nothing():
    assert contradictions(action(), 0, Exposure(None, None, None)) == ()
    found = contradictions(action(), 2, Exposure(at(9, 0), None, Point(107.7, -6.945)))
    assert [(signal.kind, signal.place) for signal in found] == [(SignalKind.TIME_OFF, 2), (SignalKind.PLACE_OFF, 2)]


OTHER = {"id": UUID(int=2), "person_id": 2}
SHARES = {
    "one action": ({}, True),
    "another person's": ({**OTHER, "recorded_by": 2}, False),
    "the same person's next": ({"id": UUID(int=2)}, False),
    "a class recorded together": (OTHER, True),
    "a class, one after the other": ({**OTHER, "observed_at": START + timedelta(minutes=25)}, True),
    "the class two days later": ({**OTHER, "observed_at": START + timedelta(days=2)}, False),
    "the class an hour later": ({**OTHER, "observed_at": START + timedelta(hours=1)}, False),
    "the class in another programme": ({**OTHER, "programme_id": 2}, False),
}


@pytest.mark.parametrize(("change", "shares"), SHARES.values(), ids=SHARES)
def test_only_one_group_may_show_the_same(change, shares):
    assert may_share(action(), action(**change)) is shares
    assert may_share(action(**change), action()) is shares


@pytest.mark.parametrize(
    ("minutes", "after", "shares"),
    [
        (None, timedelta(minutes=10), True),
        (None, timedelta(minutes=10, seconds=1), False),
        (15, timedelta(minutes=25), True),
        (15, timedelta(minutes=25, seconds=1), False),
    ],
)
def test_a_group_is_one_until_ten_minutes_after_the_first_has_ended(minutes, after, shares):
    second = {**OTHER, "minutes": minutes, "observed_at": START + after}
    assert may_share(action(minutes=minutes), action(**second)) is shares


def test_the_later_one_repeats():
    first, second = action(), action(id=UUID(int=2), received_at=START + timedelta(hours=9))
    assert later(first, second) is later(second, first) is second
    twin = action(id=UUID(int=2))
    assert later(first, twin) is later(twin, first)


def test_each_sort_is_said_once_with_the_largest_number():
    signals = [
        Signal(SignalKind.TIME_OFF, 2, {"minutes": 30}),
        Signal(SignalKind.REPEATED, 1, other=UUID(int=9)),
        Signal(SignalKind.TIME_OFF, 0, {"minutes": 200}),
    ]
    found = findings(4, {3: Fault.TOO_LARGE}, signals)
    assert found == (
        Finding("photo_repeated", Level.HOLD, {"photos": [2]}),
        Finding("photo_time_off", Level.HOLD, {"photos": [1, 3], "minutes": 200}),
        Finding("photo_broken", Level.LOOK, {"photos": [4], "fault": "too_large"}),
    )
    assert findings(2, {}, []) == (Finding("photos_ok", Level.OK, {"photos": 2}),)


SAID = [
    (Finding("photos_ok", Level.OK, {"photos": 2}), "2 foto sudah diperiksa.", "Photographs checked: 2."),
    (
        Finding("photo_repeated", Level.HOLD, {"photos": [1]}),
        "Foto 1 sudah dipakai untuk aksi lain. Perlu diperiksa petugas dulu.",
        "Photograph 1: already used for another action. An officer has to check it first.",
    ),
    (
        Finding("photo_time_off", Level.HOLD, {"photos": [1, 3], "minutes": 200}),
        "Foto 1 dan 3 diambil 3 jam 20 menit di luar waktu aksi. Perlu diperiksa petugas dulu.",
        "Photographs 1 and 3 taken 3 h 20 min outside the time of the action. An officer has to check it first.",
    ),
    (
        Finding("photo_time_off", Level.HOLD, {"photos": [2], "minutes": 525_590}),
        "Foto 2 diambil 365 hari di luar waktu aksi. Perlu diperiksa petugas dulu.",
        "Photograph 2 taken 365 days outside the time of the action. An officer has to check it first.",
    ),
    (
        Finding("photo_time_off", Level.HOLD, {"photos": [2], "minutes": 2 * 24 * 60}),
        "Foto 2 diambil 2 hari di luar waktu aksi. Perlu diperiksa petugas dulu.",
        "Photograph 2 taken 2 days outside the time of the action. An officer has to check it first.",
    ),
    (
        Finding("photo_time_off", Level.HOLD, {"photos": [2], "minutes": 2 * 24 * 60 - 1}),
        "Foto 2 diambil 47 jam 59 menit di luar waktu aksi. Perlu diperiksa petugas dulu.",
        "Photograph 2 taken 47 h 59 min outside the time of the action. An officer has to check it first.",
    ),
    (
        Finding("photo_place_off", Level.HOLD, {"photos": [1, 2, 3], "metres": 1234}),
        "Foto 1, 2 dan 3 diambil 1.234 m dari tempat aksi. Perlu diperiksa petugas dulu.",
        "Photographs 1, 2 and 3 taken 1,234 m from the place of the action. An officer has to check it first.",
    ),
    (
        Finding("photo_place_off", Level.HOLD, {"photos": [1], "metres": 123_456}),
        "Foto 1 diambil 123 km dari tempat aksi. Perlu diperiksa petugas dulu.",
        "Photograph 1 taken 123 km from the place of the action. An officer has to check it first.",
    ),
    (
        Finding("photo_similar", Level.HOLD, {"photos": [2]}),
        "Foto 2 mirip sekali dengan foto aksi lain. Perlu diperiksa petugas dulu.",
        "Photograph 2: just like a photograph of another action. An officer has to check it first.",
    ),
    *(
        (Finding("photo_broken", Level.LOOK, {"photos": [1], "fault": fault}), f"Foto 1 {said}. Petugas akan memeriksanya.", None)
        for fault, said in (
            ("unreadable", "rusak dan tidak dapat dibuka"),
            ("too_large", "terlalu besar untuk dibuka"),
            ("gave_up", "belum dapat dibuka di server"),
        )
    ),
]


@pytest.mark.parametrize(("finding", "indonesian", "english"), SAID)
def test_each_finding_is_a_sentence_in_both_languages(finding, indonesian, english):
    said = sentence(finding)
    assert said.said(INDONESIAN) == indonesian
    assert english is None or said.said(ENGLISH) == english


def test_no_sort_of_finding_is_without_a_sentence():
    assert {finding.code for finding, _, _ in SAID} | {PENDING} == OF_PHOTOGRAPHS
    assert {fault.value for fault in Fault} == {f.values["fault"] for f, _, _ in SAID if f.code == "photo_broken"}


def test_what_is_said_of_photographs_takes_the_place_of_what_was_said_before():
    place, pending, missing = (Finding(code, Level.OK) for code in ("radius_inside", PENDING, "photos_missing"))
    ok = Finding("photos_ok", Level.OK)
    assert with_photographs([place, pending, missing], [ok]) == (place, ok, missing)
    assert with_photographs([place, ok, missing], [ok]) == (place, ok, missing)
    assert with_photographs([place], [ok]) == (place, ok)


@pytest.mark.parametrize(
    ("here", "coming", "is_over", "said"),
    [
        (2, 0, False, []),
        (1, 1, False, [(FOLLOWS, 1)]),
        (0, 2, False, [(FOLLOWS, 2)]),
        (0, 1, False, [(FOLLOWS, 1), (MISSING, 1)]),
        (1, 1, True, [(NEVER_CAME, 1), (MISSING, 1)]),
        (2, 1, True, [(NEVER_CAME, 1)]),
        (1, 0, True, [(MISSING, 1)]),
    ],
)
def test_what_follows_stands_for_what_was_asked_until_its_time_is_over(
    here: int, coming: int, is_over: bool, said: list[tuple[str, int]]
):
    short = photographs_short(here=here, coming=coming, is_over=is_over, asked=2)
    assert [(each.code, each.values["photos"]) for each in short] == said


def test_one_that_has_come_is_looked_at_and_what_holds_goes_on_holding():
    held, follows = Finding("photo_repeated", Level.HOLD), Finding(FOLLOWS, Level.LOOK)
    assert [each.code for each in with_one_come([held, follows], here=2)] == ["photo_repeated", FOLLOWS, PENDING]
    assert [each.code for each in with_one_come([Finding("photos_ok", Level.OK), follows], here=2)] == [PENDING, FOLLOWS]
    assert with_photographs_short([held, follows], []) == (held,)


def test_days_of_actions_are_those_of_the_place():
    """An action late on its day in Jayapura has the rest of that day, which has ended in UTC long before."""
    late = datetime(2026, 11, 16, 14, 0, tzinfo=UTC)
    there = action(zone="Asia/Jayapura", captured_at=late, observed_at=late, minutes=None)
    assert minutes_off(there, datetime(2026, 11, 16, 23, 59), None) == 0  # noqa: DTZ001 - cameras know no zone
    assert minutes_off(there, datetime.combine(date(2026, 11, 17), datetime.min.time()) + timedelta(minutes=30), None) == 20
