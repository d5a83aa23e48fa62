"""Somebody with a phone at `/catat`: where the phone is, what the page says, what the phone keeps."""

from __future__ import annotations

import base64
import re
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser.conftest import CHROMIUM, FLAGS

SAVE = "Simpan aksi"
METRE = 1 / 110_574
"""Of latitude near the equator, in degrees."""
_KEPT = """async (name) => {
  const opening = indexedDB.open("sabuk");
  await new Promise((resolve) => (opening.onsuccess = resolve));
  const all = opening.result.transaction(name).objectStore(name).getAll();
  await new Promise((resolve) => (all.onsuccess = resolve));
  opening.result.close();
  const text = (bytes) => btoa([...new Uint8Array(bytes)].map((each) => String.fromCharCode(each)).join(""));
  return all.result.map(({ bytes, ...row }) => (bytes ? { ...row, text: text(bytes) } : row));
}"""


@dataclass
class Recorder:
    """The page of a signed-in volunteer."""

    page: Page
    url: str
    site: dict[str, Any]
    """The site that the volunteer belongs to, as GET /api/v1/me tells it."""

    def is_at(self, north_m: float, accuracy_m: float) -> None:
        """The phone is so far north of the site."""
        there = {"longitude": self.site["lon"], "latitude": self.site["lat"] + north_m * METRE, "accuracy": accuracy_m}
        self.page.context.set_geolocation(there)  # type: ignore[arg-type]

    def opens(self, path: str = "/catat", *, waits: bool = True) -> None:
        self.page.goto(self.url + path)
        if waits:
            self.waits()

    def waits(self) -> None:
        """For the recorder to be there."""
        self.page.wait_for_selector("action-recorder[ready]")

    def in_another_tab(self) -> Recorder:
        return Recorder(self.page.context.new_page(), self.url, self.site)

    def presses(self, name: str) -> None:
        self.page.get_by_role("button", name=name, exact=True).click()
        if name == SAVE and self.is_asked():
            self.page.get_by_role("button", name=name, exact=True).click()

    def is_asked(self) -> bool:
        """Whether so short an action is meant, which is asked before it is kept."""
        return self.page.locator("[data-warning]", has_text="Simpan juga?").is_visible()

    def taps(self, measure: str, times: int = 1) -> None:
        for _ in range(times):
            self.presses(f"{measure}: tambah")

    def fills_by_hand(self) -> None:
        self.page.get_by_role("button", name=re.compile("Sudah selesai")).click()

    def has_buttons(self) -> None:
        """Those beside numbers, which come once an action has begun, are there."""
        self.page.evaluate("async () => { await customElements.whenDefined('number-stepper'); }")

    def has_camera(self) -> None:
        """The part for photographs, which comes once they can be taken, is there."""
        expect(self.page.locator("photo-box [data-scripted]")).to_be_visible()

    def chooses(self, *files: Any) -> None:
        """Photographs from the gallery."""
        self.has_camera()
        before = self.page.locator(".shots li").count()
        self.page.locator('input[data-for="pick"]').set_input_files(list(files))
        expect(self.page.locator(".shots li")).to_have_count(before + len(files), timeout=30_000)
        self.settles()

    def is_in(self, state: str) -> None:
        expect(self.page.locator("action-recorder")).to_have_attribute("state", state)

    def sees(self, words: str) -> None:
        expect(self.page.locator("main")).to_contain_text(words)

    def settles(self) -> None:
        """Until the last change is a draft."""
        self.page.wait_for_timeout(700)

    def kept(self, store: str) -> list[dict[str, Any]]:
        """What a store of the phone holds; photographs with their `content`."""
        rows: list[dict[str, Any]] = self.page.evaluate(_KEPT, store)
        return [{**row, "content": base64.b64decode(row.pop("text"))} if "text" in row else row for row in rows]

    def the_draft(self) -> dict[str, Any]:
        self.settles()
        [draft] = self.kept("drafts")
        return draft


def is_soon_after(told: str, moment: str) -> bool:
    """A phone's pretended clock goes on while the machine of the tests is busy."""
    return 0 <= (datetime.fromisoformat(told) - datetime.fromisoformat(moment)).total_seconds() < 10


def file(content: bytes, name: str = "foto.jpg", kind: str = "image/jpeg") -> dict[str, Any]:
    return {"name": name, "mimeType": kind, "buffer": content}


def whole(browser: Browser, profile: Path, **options: Any) -> BrowserContext:
    """A browser of its own at a position of its own, on storage that outlives it."""
    return browser.browser_type.launch_persistent_context(
        str(profile),
        executable_path=CHROMIUM,
        args=FLAGS,
        locale="id",
        permissions=["geolocation"],
        geolocation={"longitude": 107.0, "latitude": -5.0, "accuracy": 10},
        service_workers="block",
        **options,
    )
