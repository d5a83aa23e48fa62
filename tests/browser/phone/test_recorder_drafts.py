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

from tests.browser.conftest import CHROMIUM, FLAGS
from tests.browser.phone.conftest import MakeRecorder
from tests.browser.phone.recording import Recorder, file
from tests.media.pictures import jpeg
from tests.serving import Server


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
    budi.page.get_by_text("2 draf di HP ini").click()
    first = budi.page.locator("draft-list li", has_text="Biopori")
    first.get_by_role("button", name="Lanjutkan").click()
    budi.page.wait_for_url(re.compile(r"/catat\?program=biopori&draf="))
    budi.waits()
    expect(budi.page.locator("[name=holes]")).to_have_value("7")
    budi.page.get_by_text("1 draf di HP ini").click()
    gps = budi.page.locator("draft-list li")
    gps.get_by_role("button", name="Hapus").click()
    assert len(budi.kept("drafts")) == 2, "asked once more"
    gps.get_by_role("button", name="Benar hapus?").click()
    expect(budi.page.locator("draft-list")).to_be_hidden()
    [left] = budi.kept("drafts")
    assert left["programme"] == "biopori"
    budi.presses("Simpan aksi")
    budi.is_in("kept")
    assert budi.kept("drafts") == []
    assert budi.kept("entries")[0]["id"] == left["id"]


def test_two_tabs_do_not_take_the_same_draft_in_hand(recorder: MakeRecorder) -> None:
    budi = recorder()
    budi.is_at(60, 12)
    budi.opens()
    budi.presses("Mulai")
    budi.settles()
    other = Recorder(budi.page.context.new_page(), budi.url, budi.site)
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
        started.append(
            browser.browser_type.launch_persistent_context(
                str(tmp_path / "profile"),
                executable_path=CHROMIUM,
                args=FLAGS,
                locale="id",
                permissions=["geolocation"],
                geolocation={"longitude": 107.0, "latitude": -5.0, "accuracy": 10},
                service_workers="block",
            )
        )
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
