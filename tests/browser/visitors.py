"""People before a browser: what they do on pages, at a phone's and at a desk's width, with script and without."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

from playwright.sync_api import APIRequestContext, Page, expect

from tests.spreadsheet import cells

PASSWORD = "batu hujan padi kuda"


@dataclass
class Visitor:
    """Somebody at a server's pages."""

    page: Page
    url: str
    script: bool = True
    enrols: Callable[[str, str], None] = lambda _name, _place: None
    """Makes the account of that name belong to a place."""

    def opens(self, path: str) -> None:
        self.page.goto(self.url + path)

    def fills(self, **fields: str) -> None:
        for name, value in fields.items():
            self.page.locator(f"[name={name}]").fill(value)

    def presses(self, label: str) -> None:
        self.page.get_by_role("button", name=label, exact=True).click()
        self._reads()

    def follows(self, label: str) -> None:
        self.page.get_by_role("main").get_by_role("link", name=label).first.click()
        self._reads()

    def _reads(self) -> None:
        """A page that has begun to come is there whole: an answer's head may be here long before its words."""
        self.page.wait_for_load_state("domcontentloaded")

    def sees(self, words: str | re.Pattern[str]) -> None:
        expect(self.page.locator("main")).to_contain_text(words)

    def signs_in(self, name: str, password: str) -> None:
        self.opens("/masuk")
        self.fills(name=name, password=password)
        self.presses("Masuk")

    def signs_up(self, full_name: str, name: str, place: str) -> None:
        """An adult who came by the place's poster and has been confirmed there."""
        self.opens(f"/daftar?lokasi={place}")
        self.page.get_by_label("Saya berusia 18 tahun atau lebih").check()
        self.presses("Lanjutkan")
        self.fills(full_name=full_name, name=name, password=PASSWORD, again=PASSWORD)
        self.page.get_by_label("Tampilkan nama saya").check()
        self.presses("Buat akun")
        self.sees("Menunggu: ")
        self.enrols(name, place)
        self.opens("/saya/lokasi")
        self.sees("Anda terdaftar di")
        self.opens("/saya")

    def attaches(self, *photographs: bytes) -> None:
        """Photographs, as taken by a phone."""
        files: list[Any] = [
            {"name": f"foto-{number}.jpg", "mimeType": "image/jpeg", "buffer": content}
            for number, content in enumerate(photographs, start=1)
        ]
        if self.script:
            self.page.wait_for_selector("photo-box [data-scripted]", state="visible")
        self.page.locator('input[data-for="pick"]' if self.script else "[name=photos]").set_input_files(files)

    def logs(self, programme: str = "gps") -> None:
        """At the form of an action that is over, past the timer."""
        self.opens(f"/catat?program={programme}")
        if self.script:
            self.page.wait_for_selector("action-recorder[ready]")
            if programme == "gps":
                self.presses("Sudah selesai? Catat tanpa pengukur waktu")

    def saves(self) -> str:
        """The action that the form became: its id."""
        self.presses("Simpan aksi")
        if self.script:
            self.page.get_by_role("link", name="Lihat aksi ini").click()
        self.page.wait_for_url(re.compile(r"/aksi/[0-9a-f-]{36}$"))
        return self.path.rpartition("/")[2]

    def action(self, action_id: str) -> dict[str, Any]:
        """What the wire tells its owner of an action."""
        answer: dict[str, Any] = self.page.request.get(f"{self.url}/api/v1/actions/{action_id}").json()
        return answer

    def rows(self, path: str) -> list[dict[str, str]]:
        """A table's file, as it is downloaded."""
        head, *lines = cells(self.page.request.get(self.url + path).body().decode())
        return [dict(zip(head, line, strict=True)) for line in lines]

    def arrives(self, path: str) -> None:
        """At that address, now or in a moment."""
        expect(self.page).to_have_url(self.url + path)

    @property
    def path(self) -> str:
        return self.page.url.removeprefix(self.url)


def sign_ins(instance: Path) -> dict[str, tuple[str, str]]:
    """Sign-in name of each of the demo's people -> password and token, as `sabuk serve` printed them."""
    lines = (instance / "demo-sign-ins.txt").read_text().splitlines()
    return {name: (password, token) for name, _, password, token in (line.split() for line in lines if line.count("-") >= 3)}


def stamped_once(request: APIRequestContext, url: str, volunteer: str, *officers: str) -> None:
    """The volunteer logs the last quarter of an hour at their site, and the first officer stamps it.

    In the first minutes of a half-year it is of the one before, and counts with the word of the second.
    """
    word = {"actions": [logged(request, url, volunteer)], "note": "dilihat di tempat"}
    for officer in officers:
        stamped = request.post(f"{url}/api/v1/stamps", data=word, headers=_as(officer))
        if stamped.json()["results"][0]["problem"] is None:
            return
    raise AssertionError(stamped.text())


def logged(request: APIRequestContext, url: str, volunteer: str, **said: Any) -> str:
    """The volunteer logs an action of the last quarter of an hour at their site, but for what is said otherwise. Its name."""
    site = request.get(f"{url}/api/v1/me", headers=_as(volunteer)).json()["sites"][0]
    now = datetime.now(UTC)
    action = {
        "programme": "gps",
        "captured_at": (now - timedelta(minutes=20)).isoformat(),
        "sent_at": now.isoformat(),
        "minutes": 15,
        "fix": {"lon": site["lon"], "lat": site["lat"], "accuracy_m": 9.0, "source": "device"},
        "measures": {"bags_small": 1},
    }
    name = str(uuid4())
    assert request.put(f"{url}/api/v1/actions/{name}", data=action | said, headers=_as(volunteer)).status == 201
    return name


def _as(token: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {token}"}
