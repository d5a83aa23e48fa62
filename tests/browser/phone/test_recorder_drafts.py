"""Drafts of `<action-recorder>`: many, each in one pair of hands, and alive after the browser was killed."""

from __future__ import annotations

import os
import re
import signal as signals
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Error, expect

from tests.browser.phone.conftest import MakeRecorder, Phone
from tests.browser.phone.recording import Recorder, file, whole
from tests.media.pictures import jpeg
from tests.serving import Server

WITH_WORKER = {"permissions": ["geolocation"], "timezone_id": "Asia/Jakarta"}


@pytest.mark.long
def test_many_drafts_are_gone_on_with_or_thrown_away(recorder: MakeRecorder) -> None:
    budi = recorder()
    budi.is_at(60, 12)
    budi.opens()
    budi.settles()
    assert budi.kept("drafts") == [], "whoever only looks leaves no draft"
    budi.fills_by_hand()
    budi.taps("Kantong kecil", 4)
    budi.settles()
    budi.opens("/catat?program=biopori")
    budi.taps("Lubang dibuat", 6)
    budi.settles()
    budi.opens()
    assert len(budi.kept("drafts")) == 2
    budi.page.get_by_text("Draf di HP ini: 2").click()
    first = budi.page.locator("draft-list li", has_text="Biopori")
    first.get_by_role("button", name="Lanjutkan").click()
    budi.page.wait_for_url(re.compile(r"/catat\?program=biopori&draf="))
    budi.waits()
    expect(budi.page.locator("[name=holes]")).to_have_value("7")
    budi.page.get_by_text("Draf di HP ini: 1").click()
    gps = budi.page.locator("draft-list li")
    gps.get_by_role("button", name="Hapus").click()
    assert len(budi.kept("drafts")) == 2, "asked once more"
    gps.get_by_role("button", name="Yakin hapus?").click()
    expect(budi.page.locator("draft-list")).to_be_hidden()
    [left] = budi.kept("drafts")
    assert left["programme"] == "biopori"
    budi.presses("Simpan aksi")
    budi.is_in("kept")
    assert budi.kept("drafts") == []
    assert budi.kept("entries")[0]["id"] == left["id"]


@pytest.mark.long
def test_two_tabs_do_not_take_the_same_draft_in_hand(recorder: MakeRecorder) -> None:
    budi = recorder()
    budi.is_at(60, 12)
    budi.opens()
    budi.presses("Mulai")
    budi.settles()
    other = budi.in_another_tab()
    other.opens()
    other.is_in("idle")
    budi.page.close()
    other.opens()
    other.is_in("running")


def test_anothers_draft_is_not_shown_on_a_shared_phone(recorder: MakeRecorder) -> None:
    budi = recorder()
    budi.is_at(60, 12)
    budi.opens()
    keep = """async () => {
      const opening = indexedDB.open("sabuk");
      await new Promise((resolve) => (opening.onsuccess = resolve));
      const drafts = opening.result.transaction("drafts", "readwrite").objectStore("drafts");
      const draft = { id: "x", account: "somebody else", programme: "gps", body: {}, run: { start: 1 }, changedAt: "2026" };
      await new Promise((resolve) => (drafts.put(draft).onsuccess = resolve));
      opening.result.close();
    }"""
    me = budi.page.evaluate("fetch('/api/v1/me').then((answer) => answer.json())")["id"]
    budi.page.evaluate(keep)
    budi.page.add_init_script(
        "document.addEventListener('DOMContentLoaded', () => document.head.insertAdjacentHTML("
        f"'beforeend', '<meta name=\"sabuk-account\" content=\"{me}\">'))"
    )
    budi.opens()
    budi.is_in("idle")
    expect(budi.page.locator("draft-list")).to_be_hidden()


@pytest.fixture
def lasting(browser: Browser, demo_site: Server, tmp_path: Path) -> Iterator[Callable[[], BrowserContext]]:
    """Starts the browser on storage that outlives it."""
    started: list[BrowserContext] = []

    def start() -> BrowserContext:
        started.append(whole(browser, tmp_path / "profile"))
        return started[-1]

    yield start
    for context in started:
        with suppress(Error):
            context.close()


def _kill(profile: Path) -> None:
    """kill -9 of the browser that works in this folder of ours."""
    mine = f"--user-data-dir={profile}".encode()
    for folder in Path("/proc").iterdir():
        if folder.name.isdigit():
            with suppress(OSError):
                if mine in (folder / "cmdline").read_bytes().split(b"\0"):
                    os.kill(int(folder.name), signals.SIGKILL)


def test_a_timer_runs_on_after_kill_9_of_the_browser(
    lasting: Callable[[], BrowserContext], demo_site: Server, passwords: dict[str, str], tmp_path: Path
) -> None:
    context = lasting()
    page = context.pages[0]
    page.goto(f"{demo_site.url}/masuk")
    page.locator("main [name=name]").fill("budi")
    page.locator("main [name=password]").fill(passwords["budi"])
    page.get_by_role("button", name="Masuk", exact=True).click()
    page.wait_for_url("**/saya")
    budi = Recorder(page, demo_site.url, {})
    budi.opens()
    budi.presses("Mulai")
    budi.chooses(file(jpeg(502)))
    budi.taps("Kantong besar", 2)
    draft, cookies = budi.the_draft(), context.cookies()
    _kill(tmp_path / "profile")
    with suppress(Error):
        context.close()
    context = lasting()
    # Chromium writes cookies down every half a minute; whether he is still signed in is not the question here.
    context.add_cookies(cookies)  # type: ignore[arg-type]
    budi = Recorder(context.pages[0], demo_site.url, {})
    budi.opens()
    budi.is_in("running")
    expect(budi.page.locator("[name=bags_large]")).to_have_value("2")
    expect(budi.page.locator(".shots li")).to_have_count(1)
    again = budi.the_draft()
    assert (again["id"], again["run"]) == (draft["id"], draft["run"])
    lasted_s = time.time() - draft["run"]["start"] / 1000
    minutes, seconds = budi.page.locator("[data-face]").inner_text().split(".")
    assert 0 <= lasted_s - (int(minutes) * 60 + int(seconds)) < 30


def test_a_page_that_is_loaded_again_goes_on_with_its_draft(recorder: MakeRecorder) -> None:
    budi = recorder()
    budi.is_at(60, 12)
    budi.opens()
    budi.fills_by_hand()
    budi.taps("Kantong kecil", 4)
    budi.page.locator("[name=note]").fill("Selokan")
    budi.chooses(file(jpeg(504)))
    for again in (budi.page.reload, lambda: budi.page.goto(budi.url + "/kota") and budi.page.go_back()):
        again()
        budi.waits()
        budi.is_in("filling")
        expect(budi.page.locator("[name=bags_small]")).to_have_value("4")
        expect(budi.page.locator("[name=note]")).to_have_value("Selokan")
        expect(budi.page.locator(".shots li")).to_have_count(1)
    assert len(budi.kept("drafts")) == 1
    budi.presses("Simpan aksi")
    budi.page.wait_for_selector("[state=kept], [state=sent]")
    assert "draf=" not in budi.page.url
    budi.page.get_by_role("link", name="Catat lagi").click()
    budi.waits()
    budi.is_in("idle")
    budi.fills_by_hand()
    expect(budi.page.locator("[name=note]")).to_have_value("")


@pytest.mark.long
def test_a_timer_that_ran_on_by_itself_and_was_stopped_is_gone_on_with_too(recorder: MakeRecorder) -> None:
    budi = recorder()
    budi.is_at(60, 12)
    budi.opens()
    budi.presses("Mulai")
    budi.settles()
    budi.opens()
    budi.presses("Selesai")
    budi.settles()
    budi.page.reload()
    budi.waits()
    budi.is_in("filling")


@pytest.mark.long
def test_a_draft_that_is_open_in_another_tab_is_left_to_it(recorder: MakeRecorder) -> None:
    budi = recorder()
    budi.is_at(60, 12)
    budi.opens()
    budi.presses("Mulai")
    budi.settles()
    other = budi.in_another_tab()
    other.opens(budi.page.url.removeprefix(budi.url))
    other.is_in("idle")
    other.page.get_by_text("Draf di HP ini: 1").click()
    row = other.page.locator("draft-list li")
    expect(row).to_contain_text("terbuka di tab lain")
    expect(row.get_by_role("button")).to_have_count(0)
    other.fills_by_hand()
    other.settles()
    assert len(budi.kept("drafts")) == 2


def test_enter_in_a_field_saves_nothing_while_the_timer_runs(recorder: MakeRecorder) -> None:
    budi = recorder()
    budi.is_at(60, 12)
    budi.opens()
    budi.presses("Mulai")
    budi.page.locator("[name=kg]").fill("2")
    budi.page.locator("[name=kg]").press("Enter")
    budi.settles()
    budi.is_in("running")
    assert budi.kept("entries") == []


FULL = """() => {
  for (const name of ["add", "put"]) {
    const real = IDBObjectStore.prototype[name];
    IDBObjectStore.prototype[name] = function (...told) {
      if (window.full) throw new DOMException("full", "QuotaExceededError");
      return real.apply(this, told);
    };
  }
  window.full = true;
}"""


@pytest.mark.long
def test_a_full_phone_is_told_and_no_longer_once_there_is_room(recorder: MakeRecorder) -> None:
    budi = recorder()
    budi.is_at(60, 12)
    budi.opens()
    budi.fills_by_hand()
    budi.settles()
    budi.page.evaluate(FULL)
    budi.presses("Simpan aksi")
    warning = budi.page.get_by_role("alert").filter(has_text="Penyimpanan HP penuh")
    expect(warning).to_be_visible()
    budi.is_in("filling")
    budi.page.evaluate("() => { window.full = false; }")
    budi.page.locator("[name=note]").fill("Ada tempat lagi")
    expect(warning).to_be_hidden()
    budi.presses("Simpan aksi")
    budi.page.wait_for_selector("[state=kept], [state=sent]")


def test_who_is_not_signed_in_is_told_when_it_will_be_sent(phone: Callable[..., Phone]) -> None:
    mine = phone(**WITH_WORKER)
    somebody = Recorder(mine.page, mine.url, {})
    mine.page.context.set_geolocation({"longitude": 107.0, "latitude": -5.4, "accuracy": 9})
    mine.opens("/kota")
    mine.is_ready()
    somebody.opens()
    somebody.fills_by_hand()
    somebody.sees("Lokasi ditemukan")
    somebody.presses("Simpan aksi")
    somebody.is_in("unowned")
    somebody.sees("Tersimpan di HP ini. Dikirim setelah Anda masuk.")
    expect(mine.page.locator(".kept").get_by_role("link", name="Masuk")).to_be_visible()
    assert [entry["account"] for entry in somebody.kept("entries")] == [None]
