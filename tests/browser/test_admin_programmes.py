"""Changing a programme as an administrator does it, and how the pages of rules, log, jobs and reviews look."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, StorageState, expect

from app.core.clock import DEFAULT_ZONE, local_day, utc_now
from tests.browser.conftest import DESK, Look
from tests.browser.visitors import Visitor, sign_ins
from tests.serving import Server


@pytest.fixture(scope="module")
def admin_state(browser: Browser, demo_site: Server) -> StorageState:
    """What the browser of the demo's administrator remembers once they are signed in."""
    context = browser.new_context(locale="id")
    admin = Visitor(context.new_page(), demo_site.url)
    admin.signs_in("admin", sign_ins(demo_site.log.parent)["admin"][0])
    state = context.storage_state()
    context.close()
    return state


@pytest.fixture
def admin(browser: Browser, demo_site: Server, admin_state: StorageState) -> Iterator[Visitor]:
    """The demo's administrator at a desk, with script off."""
    size: Any = {"width": DESK[0], "height": DESK[1]}
    context = browser.new_context(viewport=size, locale="id", java_script_enabled=False, storage_state=admin_state)
    yield Visitor(context.new_page(), demo_site.url)
    context.close()


def change(page: Page, *replacements: tuple[str, str]) -> None:
    """Put other words into the file that stands on the page."""
    text = page.locator("textarea[name=text]")
    content = text.input_value()
    for before, after in replacements:
        assert before in content
        content = content.replace(before, after, 1)
    text.fill(content)


def lower_a_belt(page: Page) -> None:
    """Green from 14 actions, with other stripes before it, and a smaller circle."""
    change(page, ("threshold: 25", "threshold: 14"), ("[7, 13, 19]", "[7, 10, 12]"), ("radius_m: 200", "radius_m: 150"))


def show_differences(page: Page) -> None:
    lower_a_belt(page)
    page.get_by_role("button", name="Periksa dan lihat perbedaannya").click()
    expect(page.get_by_role("button", name=re.compile("Terapkan versi"))).to_be_visible()


def show_errors(page: Page) -> None:
    change(page, ("radius_m: 200", "radius_m: banyak"), ("minutes_apart: 30", "menit_antara: 30"))
    page.get_by_role("button", name="Periksa dan lihat perbedaannya").click()
    expect(page.locator("main")).to_contain_text("menit_antara")


def test_pages_of_rules_are_legible_and_without_barriers(demo_site: Server, admin_state: StorageState, look: Look) -> None:
    looks: list[tuple[str, str, Callable[[Page], None] | None]] = [
        ("/admin/program", "program", None),
        ("/admin/program/gps/versi/1", "program-versi", lambda page: page.locator("summary").click()),
        ("/admin/program/gps/ubah", "program-ubah", None),
        ("/admin/program/tambah-program", "program-tambah", None),
        ("/admin/program/gps/ubah", "program-perbedaan", show_differences),
    ]
    for path, name, before in looks:
        look(demo_site.url + path, f"admin-{name}", before=before, storage_state=admin_state)
    look(demo_site.url + "/admin/program/gps/ubah?lang=en", "admin-program-ubah-en", storage_state=admin_state, locale="en")


def test_a_programme_is_changed_from_tomorrow_on(admin: Visitor) -> None:
    tomorrow = local_day(utc_now(), DEFAULT_ZONE) + timedelta(days=1)
    admin.opens("/admin/program")
    admin.page.get_by_role("region", name=re.compile("Gerakan Pungut Sampah")).get_by_role("link", name="Ubah aturan").click()
    change(admin.page, ("radius_m: 200", "radius_m: banyak"))
    admin.presses("Periksa dan lihat perbedaannya")
    admin.sees("place.radius_m: Isi dengan angka.")
    change(admin.page, ("radius_m: banyak", "radius_m: 200"))
    lower_a_belt(admin.page)
    admin.presses("Periksa dan lihat perbedaannya")
    admin.sees("Sabuk Hijau, mulai dari hitungan")
    admin.sees(re.compile(r"Dari [\d.]+ orang dengan cap, [1-9][\d.]* naik sabuk, 0 turun sabuk"))
    admin.presses("Ubah lagi teksnya")
    expect(admin.page.locator("textarea[name=text]")).to_have_value(re.compile("threshold: 14"))
    admin.presses("Periksa dan lihat perbedaannya")
    apply = admin.page.get_by_role("button", name=re.compile("Terapkan versi 2 mulai"))
    apply.click()
    expect(apply).to_be_visible()  # the browser asks for the tick before anything is sent
    admin.page.get_by_label("Saya sudah membaca perbedaannya").check()
    apply.click()
    assert admin.path == "/admin/program"
    admin.sees("Versi 2 diterapkan, berlaku mulai")
    admin.page.get_by_role("link", name="Versi 2").click()
    admin.sees("akan datang")
    admin.sees("200 m")
    admin.opens("/program/gps")
    admin.sees("Paling jauh 200 m")
    admin.sees(re.compile(rf"Versi 2, mulai \w+, {tomorrow.day} "))
