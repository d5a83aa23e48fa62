"""The recorder and places: positions that come late, badly or not at all, and places that are chosen instead."""

from __future__ import annotations

import json
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.browser.phone.conftest import MakeRecorder
from tests.browser.phone.recording import Recorder

FAKE = """const watchers = new Map(); let next = 1;
Object.defineProperty(navigator, 'geolocation', { value: {
  watchPosition(take, miss) { watchers.set(next, { take, miss }); return next++; },
  clearWatch(id) { watchers.delete(id); },
} });
window.positions = {
  get watching() { return watchers.size; },
  take(coords, timestamp) { for (const { take } of watchers.values()) take({ coords, timestamp: timestamp ?? Date.now() }); },
  miss(code) { for (const { miss } of watchers.values()) miss({ code }); },
};"""
DENIED, TIMEOUT = 1, 3


def with_positions(recorder: MakeRecorder, path: str = "/catat") -> Recorder:
    """A phone whose positioning system does what the test says."""
    budi = recorder()
    budi.page.add_init_script(FAKE)
    budi.opens(path)
    return budi


def found(budi: Recorder, north_m: float = 10, accuracy_m: float = 8, timestamp: float | None = None) -> None:
    coords = {"longitude": budi.site["lon"], "latitude": budi.site["lat"] + north_m / 110_574, "accuracy": accuracy_m}
    budi.page.evaluate(f"positions.take({json.dumps(coords)}, {json.dumps(timestamp)})")


def missed(budi: Recorder, code: int) -> None:
    budi.page.evaluate("(code) => positions.miss(code)", code)


def panel(budi: Recorder) -> str:
    return " ".join(budi.page.locator(".here").inner_text().split())


def fix(budi: Recorder) -> dict[str, Any]:
    made: dict[str, Any] = budi.the_draft()["body"]["fix"]
    return made


@pytest.mark.long
def test_a_place_that_was_chosen_stays_when_the_timer_starts(recorder: MakeRecorder) -> None:
    budi = with_positions(recorder)
    missed(budi, DENIED)
    budi.page.get_by_label(f"Di {budi.site['name']}").check()
    budi.presses("Mulai")
    expect(budi.page.get_by_label(f"Di {budi.site['name']}")).to_be_checked()
    budi.presses("Selesai")
    budi.presses("Belum selesai: lanjutkan")
    assert fix(budi) == {"lon": budi.site["lon"], "lat": budi.site["lat"], "source": "pin"}


def test_no_position_under_a_roof_is_not_called_a_refusal(recorder: MakeRecorder) -> None:
    budi = with_positions(recorder)
    budi.sees("Mencari lokasi")
    missed(budi, TIMEOUT)
    assert panel(budi).startswith("Belum ada lokasi")
    assert "Izinkan" not in panel(budi)
    found(budi)
    assert panel(budi).startswith("Anda di dalam"), "it goes on looking"


def test_the_choice_that_was_offered_meanwhile_goes_when_a_position_comes(recorder: MakeRecorder) -> None:
    budi = with_positions(recorder)
    site = budi.page.get_by_label(f"Di {budi.site['name']}")
    missed(budi, TIMEOUT)
    expect(site).to_be_visible()
    found(budi)
    expect(site).to_be_hidden()


def test_a_refusal_can_be_taken_back_without_loading_the_page_again(recorder: MakeRecorder) -> None:
    budi = with_positions(recorder)
    missed(budi, DENIED)
    budi.sees("Izinkan lokasi")
    budi.presses("Cari lokasi lagi")
    assert panel(budi).startswith("Mencari lokasi")
    found(budi)
    assert panel(budi).startswith("Anda di dalam")


@pytest.mark.long
def test_leave_that_is_taken_back_in_the_middle_keeps_what_was_found_and_offers_to_look_again(recorder: MakeRecorder) -> None:
    budi = with_positions(recorder)
    budi.presses("Mulai")
    found(budi, north_m=30)
    missed(budi, DENIED)
    assert "30 m dari" in panel(budi)
    expect(budi.page.get_by_role("button", name="Cari lokasi lagi")).to_be_visible()
    assert fix(budi)["source"] == "device"


def test_without_a_positioning_system_a_place_is_chosen(recorder: MakeRecorder) -> None:
    budi = recorder()
    budi.page.add_init_script("Object.defineProperty(navigator, 'geolocation', { value: undefined })")
    budi.opens()
    budi.sees("HP tidak memberi lokasi")
    expect(budi.page.get_by_label(f"Di {budi.site['name']}")).to_be_visible()


def test_who_stops_before_any_position_came_still_gets_it(recorder: MakeRecorder) -> None:
    budi = with_positions(recorder)
    budi.presses("Mulai")
    budi.presses("Selesai")
    assert panel(budi).startswith("Mencari lokasi")
    found(budi)
    assert panel(budi).startswith("Anda di dalam")


@pytest.mark.long
def test_a_draft_without_a_position_looks_for_it_again(recorder: MakeRecorder) -> None:
    budi = with_positions(recorder)
    budi.fills_by_hand()
    budi.settles()
    budi.page.reload()
    budi.waits()
    budi.is_in("filling")
    assert budi.page.evaluate("positions.watching") == 1
    found(budi)
    assert panel(budi).startswith("Anda di dalam")


def test_a_coarse_position_does_not_say_that_one_is_inside(recorder: MakeRecorder) -> None:
    budi = with_positions(recorder)
    found(budi, north_m=60, accuracy_m=3000)
    assert panel(budi).startswith("Lokasi belum akurat 60 m dari")
    found(budi, north_m=60, accuracy_m=90)
    assert panel(budi).startswith("Anda di dalam")


def test_a_position_that_jumps_once_does_not_win(recorder: MakeRecorder) -> None:
    budi = with_positions(recorder)
    for north_m, accuracy_m in ((20, 9), (900, 40), (21, 10)):
        found(budi, north_m, accuracy_m)
    assert panel(budi).startswith("Anda di dalam 20 m")


def test_what_was_found_long_ago_gives_way_to_a_fresh_one(recorder: MakeRecorder) -> None:
    budi = with_positions(recorder)
    now = budi.page.evaluate("Date.now()")
    found(budi, 5, 4, now - 600_000)
    found(budi, 500, 30, now)
    assert panel(budi).startswith("Anda di luar")


@pytest.mark.long
def test_a_receiver_that_counts_its_weeks_wrong_stops_nothing(recorder: MakeRecorder) -> None:
    """Some are 1024 weeks behind; some browsers give microseconds. The wire takes no such time."""
    for timestamp in (1_100_000_000_000, 1_763_000_000_000_000, 0):
        budi = with_positions(recorder)
        budi.page.context.set_offline(True)
        found(budi, timestamp=timestamp)
        budi.presses("Mulai")
        budi.presses("Selesai")
        budi.presses("Simpan aksi")
        budi.is_in("kept")
        assert budi.kept("entries")[0]["body"]["fix"]["fixed_at"] is None


def test_nowhere_is_said_where_one_looks(recorder: MakeRecorder) -> None:
    budi = with_positions(recorder)
    budi.fills_by_hand()
    budi.page.locator("[name=note]").scroll_into_view_if_needed()
    budi.presses("Simpan aksi")
    expect(budi.page.get_by_text("Lokasinya belum ada.")).to_be_in_viewport()


def test_what_the_server_holds_is_said_at_once(recorder: MakeRecorder) -> None:
    budi = recorder()
    budi.is_at(290, 5)
    budi.opens()
    budi.sees("Anda di luar")
    budi.presses("Mulai")
    budi.presses("Selesai")
    budi.presses("Simpan aksi")
    budi.is_in("sent")
    budi.sees("Perlu diperiksa petugas dulu")


HOUR_MS = 3_600_000


def test_a_position_of_hours_ago_is_not_called_inside_and_is_asked_for_again(recorder: MakeRecorder) -> None:
    budi = recorder()
    budi.page.add_init_script(FAKE)
    budi.page.clock.install()
    budi.opens()
    now = budi.page.evaluate("() => Date.now()")
    found(budi, timestamp=now - 3 * HOUR_MS)
    assert panel(budi).startswith("Lokasi lama")
    assert "3 jam yang lalu" in panel(budi)
    budi.page.evaluate("() => { positions.before = navigator.geolocation.watchPosition; positions.asked = 0; }")
    budi.page.evaluate(
        "() => { navigator.geolocation.watchPosition = (...told) => { positions.asked++; return positions.before(...told); }; }"
    )
    budi.page.clock.run_for(6_000)
    assert budi.page.evaluate("() => positions.asked") == 1
    found(budi)
    assert panel(budi).startswith("Anda di dalam")


def test_the_age_of_a_position_is_said_and_grows(recorder: MakeRecorder) -> None:
    budi = recorder()
    budi.page.add_init_script(FAKE)
    budi.page.clock.install()
    budi.opens()
    found(budi)
    assert "yang lalu" not in panel(budi)
    budi.page.clock.run_for(4 * 60_000)
    assert panel(budi).startswith("Anda di dalam")
    assert "4 menit yang lalu" in panel(budi)
    budi.page.clock.run_for(8 * 60_000)
    assert panel(budi).startswith("Lokasi lama")


def test_a_position_of_the_action_is_not_old_while_it_lasts(recorder: MakeRecorder) -> None:
    budi = recorder()
    budi.page.add_init_script(FAKE)
    budi.page.clock.install()
    budi.opens()
    found(budi)
    budi.presses("Mulai")
    budi.page.clock.run_for(25 * 60_000)
    assert panel(budi).startswith("Anda di dalam")
    budi.presses("Selesai")
    budi.page.clock.run_for(60 * 60_000)
    assert panel(budi).startswith("Anda di dalam")


def test_a_clock_that_differs_from_the_positions_makes_none_old(recorder: MakeRecorder) -> None:
    budi = with_positions(recorder)
    now = budi.page.evaluate("() => Date.now()")
    found(budi, timestamp=now - 3 * HOUR_MS)
    assert panel(budi).startswith("Lokasi lama")
    budi.page.wait_for_timeout(1100)
    found(budi, timestamp=now - 3 * HOUR_MS + 1100)
    assert panel(budi).startswith("Anda di dalam")
