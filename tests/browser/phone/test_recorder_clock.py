"""The recorder and clocks: forgotten timers, clocks that are set or wrong, and what a position's own time may witness."""

from __future__ import annotations

import re
import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from playwright.sync_api import expect

from tests.browser.phone.conftest import MakeRecorder
from tests.browser.phone.recording import Recorder, is_soon_after
from tests.serving import Server

UNSURE = "Durasinya tidak pasti"


def at(budi: Recorder, moment: str) -> Recorder:
    """His phone's clock stands at this moment; from there it goes on, and leaps as the test says."""
    budi.is_at(10, 5)
    budi.page.clock.install(time=moment)
    budi.opens()
    return budi


def started(budi: Recorder) -> str:
    return budi.page.locator("[name=started]").input_value()


def minutes(budi: Recorder) -> str:
    return budi.page.locator("[name=minutes]").input_value()


def entry_of(budi: Recorder) -> dict[str, Any]:
    budi.presses("Simpan aksi")
    budi.is_in("kept")
    [entry] = budi.kept("entries")
    return entry


def test_a_timer_over_midnight_counts_on(recorder: MakeRecorder) -> None:
    budi = at(recorder(), "2026-11-23T16:50:10Z")
    budi.presses("Mulai")
    budi.page.clock.run_for("21:00")
    expect(budi.page.locator("[data-face]")).to_have_text(re.compile(r"21\.0\d"))
    budi.presses("Selesai")
    budi.page.context.set_offline(True)
    body = entry_of(budi)["body"]
    assert is_soon_after(body["captured_at"], "2026-11-23T23:50:10+07:00")
    assert body["minutes"] == 21


@pytest.mark.long
def test_a_timer_forgotten_for_three_hours_asks_how_long_it_was(recorder: MakeRecorder) -> None:
    budi = at(recorder(), "2026-11-23T00:05:00Z")
    budi.presses("Mulai")
    budi.page.clock.run_for("03:00:00")
    budi.sees(UNSURE)
    budi.is_at(12, 4)
    budi.sees("akurasi 4")
    budi.presses("Selesai")
    budi.presses("Simpan aksi")
    budi.sees("Isian ini wajib diisi.")
    expect(budi.page.locator("[name=minutes]")).to_be_focused()
    assert budi.kept("entries") == []
    budi.page.locator("[name=minutes]").fill("20")
    budi.page.context.set_offline(True)
    body = entry_of(budi)["body"]
    assert is_soon_after(body["captured_at"], "2026-11-23T07:05:00+07:00")
    assert body["minutes"] == 20
    assert body["fix"]["fixed_at"] is None, "found hours after the action, it is no witness of its time"


def test_a_clock_put_back_while_it_runs_takes_the_start_with_it(recorder: MakeRecorder) -> None:
    budi = at(recorder(), "2026-11-23T03:05:30Z")
    budi.presses("Mulai")
    budi.page.clock.run_for("04:00")
    budi.page.clock.set_system_time("2026-11-23T00:09:30Z")
    budi.page.clock.run_for("08:00")
    expect(budi.page.locator("[data-face]")).to_have_text(re.compile(r"12\.0\d"))
    budi.presses("Selesai")
    assert (started(budi), minutes(budi)) == ("2026-11-23T07:05", "12")


@pytest.mark.long
def test_a_clock_put_forward_in_sight_takes_the_start_with_it(recorder: MakeRecorder) -> None:
    budi = at(recorder(), "2026-11-20T00:05:00Z")
    budi.presses("Mulai")
    budi.page.clock.run_for("04:00")
    budi.page.clock.set_system_time("2026-11-22T00:09:00Z")
    budi.page.clock.run_for("08:00")
    expect(budi.page.locator("[data-face]")).to_have_text(re.compile(r"12\.0\d"))
    draft = budi.the_draft()
    began = datetime(2026, 11, 22, 0, 5, tzinfo=UTC).timestamp() * 1000
    assert abs(draft["run"]["start"] - began) < 2_000, "kept, should the phone die"


LATER = """async (ms) => {
  const opening = indexedDB.open("sabuk");
  await new Promise((resolve) => (opening.onsuccess = resolve));
  const drafts = opening.result.transaction("drafts", "readwrite").objectStore("drafts");
  const all = drafts.getAll();
  await new Promise((resolve) => (all.onsuccess = resolve));
  const [draft] = all.result;
  await new Promise((resolve) => (drafts.put({ ...draft, run: { start: draft.run.start + ms } }).onsuccess = resolve));
  opening.result.close();
}"""


@pytest.mark.long
def test_a_clock_put_back_while_the_phone_was_off_leaves_no_absurd_minutes(recorder: MakeRecorder) -> None:
    budi = recorder()
    budi.is_at(10, 5)
    budi.opens()
    budi.presses("Mulai")
    budi.settles()
    budi.opens("/kota?lang=id", waits=False)
    budi.page.evaluate(LATER, 3 * 3600 * 1000)
    budi.opens()
    budi.is_in("running")
    budi.sees(UNSURE)
    budi.presses("Selesai")
    assert minutes(budi) == ""
    now = datetime.now(UTC) + timedelta(hours=7)
    assert started(budi) <= now.strftime("%Y-%m-%dT%H:%M"), "no start that is to come"


def test_twenty_seconds_are_no_minute_and_said_to_be_too_short(recorder: MakeRecorder) -> None:
    budi = at(recorder(), "2026-11-23T00:05:00Z")
    budi.presses("Mulai")
    budi.page.clock.run_for("00:20")
    budi.presses("Selesai")
    assert minutes(budi) == "0"
    budi.sees("Belum 10 menit: 10 menit lagi.")


def test_without_the_timer_the_start_is_by_the_phones_own_clock(recorder: MakeRecorder) -> None:
    """Its record says `sent_at` by that clock too: a start by the server's clock would be put right twice."""
    budi = at(recorder(), "2026-11-23T03:00:00Z")
    budi.page.clock.run_for("05:00")
    budi.fills_by_hand()
    assert started(budi) == "2026-11-23T09:50"


def observed(server: Server, action_id: str) -> datetime:
    with closing(sqlite3.connect(server.log.parent / "sabuk.sqlite3")) as database:
        row = database.execute("SELECT observed_at FROM action WHERE id = ?", [UUID(action_id).hex]).fetchone()
    return datetime.fromisoformat(row[0]).replace(tzinfo=UTC)


def test_an_action_written_down_hours_later_stays_where_it_was(recorder: MakeRecorder, demo_site: Server) -> None:
    budi = recorder()
    budi.is_at(10, 5)
    budi.opens()
    budi.sees("Anda di dalam")
    budi.fills_by_hand()
    morning = (datetime.now(UTC) - timedelta(hours=5)).replace(second=0, microsecond=0)
    budi.page.locator("[name=started]").fill((morning + timedelta(hours=7)).strftime("%Y-%m-%dT%H:%M"))
    budi.presses("Simpan aksi")
    budi.is_in("sent")
    action_id = str(budi.page.locator("[data-action]").get_attribute("href")).rpartition("/")[2]
    assert observed(demo_site, action_id) == morning


def test_what_was_found_during_the_action_is_a_witness_of_its_time(recorder: MakeRecorder) -> None:
    budi = recorder()
    budi.is_at(10, 5)
    budi.opens()
    budi.sees("Anda di dalam")
    budi.presses("Mulai")
    budi.presses("Selesai")
    budi.page.context.set_offline(True)
    fixed = entry_of(budi)["body"]["fix"]["fixed_at"]
    assert abs(datetime.fromisoformat(fixed) - datetime.now(UTC)) < timedelta(minutes=2)


@pytest.mark.long
def test_a_phone_three_hours_ahead_at_the_action_is_held_and_its_positions_time_moves_nothing(
    recorder: MakeRecorder, demo_site: Server
) -> None:
    """Ahead at the action, right when sending: one witness against two moves no action; an officer decides."""
    budi = recorder()
    budi.is_at(10, 5)
    real, budi_is_ahead = datetime.now(UTC), timedelta(hours=3)
    budi.page.add_init_script(
        """const RealDate = Date, ahead = () => (sessionStorage.right ? 0 : 3 * 3600e3);
           globalThis.Date = class extends RealDate {
             constructor(...told) { told.length ? super(...told) : super(RealDate.now() + ahead()); }
             static now() { return RealDate.now() + ahead(); }
           };"""
    )
    budi.opens()
    budi.sees("Lokasi lama")  # one position alone may be one that the phone still had
    budi.is_at(11, 5)
    budi.sees("Anda di dalam")
    budi.page.context.set_offline(True)
    budi.presses("Mulai")
    budi.presses("Selesai")
    entry = entry_of(budi)
    claimed = datetime.fromisoformat(entry["body"]["captured_at"])
    assert abs(claimed - real - budi_is_ahead) < timedelta(minutes=2)
    budi.page.evaluate("() => { sessionStorage.right = 'yes'; }")
    budi.page.context.set_offline(False)
    budi.page.goto(budi.url + "/kotak-keluar")
    for _ in range(100):
        if not budi.kept("entries"):
            break
        budi.page.wait_for_timeout(100)
    assert abs(observed(demo_site, entry["id"]) - claimed) < timedelta(minutes=2)
    assert budi.page.request.get(f"{budi.url}/api/v1/actions/{entry['id']}").json()["status"] == "held"
