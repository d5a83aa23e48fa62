"""From the shell that the phone keeps to a row in the server's database: an action without a signal, photograph and all."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from typing import Any
from uuid import UUID

from playwright.sync_api import expect

from tests.browser.phone.conftest import Phone, recorder_of
from tests.browser.phone.recording import file
from tests.media.pictures import jpeg
from tests.serving import Server

OLD = {"permissions": ["geolocation"], "timezone_id": "Asia/Jakarta"}


def stored(server: Server, action_id: str) -> tuple[Any, ...]:
    """The action as it stands in the server's database, with its photographs."""
    with closing(sqlite3.connect(server.log.parent / "sabuk.sqlite3")) as database:
        name = UUID(action_id).hex
        ((minutes, source, accuracy, note),) = database.execute(
            "SELECT minutes, source, accuracy_m, note FROM action WHERE id = ?", [name]
        )
        photos = database.execute(
            "SELECT role, taken_at IS NOT NULL, lon FROM action_photo WHERE action_id = ? ORDER BY place", [name]
        ).fetchall()
    return minutes, source, accuracy, note, photos


def test_a_whole_record_without_a_signal_becomes_one_row(
    phone: Callable[..., Phone], passwords: dict[str, str], demo_site: Server
) -> None:
    mine = phone(**OLD)
    mine.signs_in("budi", passwords["budi"])
    budi = recorder_of(mine)
    budi.is_at(80, 11)
    mine.opens("/saya")
    mine.is_ready()
    mine.signal.is_cut = True
    budi.opens()
    assert budi.page.locator("html[data-shell]").count() == 1, "it is the shell that opened"
    budi.sees(f"80\u00a0m dari {budi.site['name']}, akurasi 11\u00a0m: di dalam batas 200\u00a0m.")
    budi.presses("Mulai")
    budi.taps("Kantong besar", 2)
    # Too large for the network: made small by the worker that the phone keeps.
    budi.chooses(file(jpeg(701, (2600, 1950), quality=95)))
    budi.presses("Selesai")
    budi.page.locator("[name=minutes]").evaluate("(field) => { field.value = 12; }")
    budi.page.locator("[name=note]").fill("Tanpa sinyal")
    budi.presses("Simpan aksi")
    budi.is_in("kept")
    [entry] = budi.kept("entries")
    mine.signal.is_cut = False
    budi.page.evaluate("() => dispatchEvent(new Event('online'))")
    expect(budi.page.locator("action-recorder")).to_have_attribute("state", "sent", timeout=30_000)
    assert budi.kept("entries") == []
    minutes, source, accuracy, note, photos = stored(demo_site, entry["id"])
    assert (minutes, source, accuracy, note) == (12, "device", 11.0, "Tanpa sinyal")
    assert photos == [("before", 0, None)]
    budi.page.get_by_role("link", name="Lihat aksi ini").click()
    budi.sees("Tanpa sinyal")


def test_the_other_programme_opens_from_the_same_shell(phone: Callable[..., Phone], passwords: dict[str, str]) -> None:
    mine = phone(**OLD)
    mine.signs_in("bu.kader", passwords["bu.kader"])
    kader = recorder_of(mine)
    mine.page.context.set_geolocation({"longitude": 107.0, "latitude": -5.4, "accuracy": 9})
    mine.opens("/saya")
    mine.is_ready()
    mine.signal.is_cut = True
    kader.opens("/catat?program=biopori")
    expect(kader.page.locator("[name=holes]")).to_be_visible()
    kader.sees("Lokasi ditemukan")
    kader.page.locator(".switch summary").click()
    kader.page.get_by_role("link", name="Gerakan Pungut Sampah (GPS)").click()
    kader.waits()
    expect(kader.page.get_by_role("button", name="Mulai", exact=True)).to_be_visible()
