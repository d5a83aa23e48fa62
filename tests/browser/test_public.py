"""What anybody may open, as people see it: on a phone and on a desk, in light and dark, with and without script."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests import long

KELURAHAN = "99.01.01.1001"
"""Of the demo city, where Pak Budi's office stands."""
PAGES = {
    "landing": "/",
    "city": "/kota",
    "city-people": "/kota?programme=biopori&indicator=people&period=all",
    "board": "/peringkat",
    "board-kelurahan": "/peringkat?subject=kelurahan&urut=per-jiwa&period=all",
    "kelurahan": f"/kelurahan/{KELURAHAN}",
    "facts": f"/kelurahan/{KELURAHAN}/fakta?programme=gps",
    "recap": f"/kelurahan/{KELURAHAN}/rekap",
    "programmes": "/program",
    "programme": "/program/biopori",
    "method": "/metode",
}


@pytest.mark.parametrize("name", long.first(4, PAGES))
def test_public_pages_are_legible_and_without_barriers(demo_site, look, name):
    look(f"{demo_site.url}{PAGES[name]}", f"public-{name}")


@pytest.mark.long
@pytest.mark.parametrize("name", ["landing", "city", "board", "kelurahan", "programme", "method"])
def test_they_are_so_in_english_too(demo_site, look, name):
    joint = "&" if "?" in PAGES[name] else "?"
    look(f"{demo_site.url}{PAGES[name]}{joint}lang=en", f"public-{name}-en", locale="en")


@pytest.mark.parametrize("name", long.first(1, ["landing", "city", "board", "method"]))
def test_they_are_so_while_nothing_is_there(site, look, name):
    look(f"{site.url}{PAGES[name]}", f"public-{name}-empty")


def test_without_script_the_way_goes_from_the_front_to_the_facts(demo_site, browser):
    context = browser.new_context(java_script_enabled=False, locale="id")
    page = context.new_page()
    page.goto(demo_site.url)
    page.get_by_role("link", name="Semua kelurahan dengan tabelnya").click()
    page.get_by_role("table").get_by_role("link", name="Kelurahan").click()
    assert page.get_by_role("columnheader", name="Kelurahan").get_attribute("aria-sort") == "ascending"
    page.get_by_role("rowheader", name="Pasir Kemangi").get_by_role("link").click()
    assert page.get_by_role("heading", level=1).inner_text() == "Kelurahan Pasir Kemangi"
    page.get_by_role("link", name="dari mana angka ini?").first.click()
    assert page.get_by_role("heading", level=1).inner_text() == "Dari mana angka ini?"
    assert page.get_by_role("rowheader").count() > 5
    context.close()


def test_a_kelurahan_is_opened_from_the_map(demo_site, browser):
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    page.goto(f"{demo_site.url}/kota")
    page.locator("svg.map a").nth(3).click()
    expect(page).to_have_url(re.compile(r"/kelurahan/99\.01\."))
    page.close()


def test_the_keyboard_does_not_stop_at_every_kelurahan_of_the_map(demo_site, browser):
    page = browser.new_page(locale="id")
    page.goto(f"{demo_site.url}/kota")
    assert page.locator("svg.map a:not([tabindex='-1'])").count() == 0
    page.get_by_role("link", name="Langsung ke tabel").click()
    expect(page).to_have_url(re.compile("#tabel$"))
    page.close()


def test_the_sheet_is_printed_without_what_only_a_finger_could_use(demo_site, browser, pictures):
    page = browser.new_page(locale="id", color_scheme="dark")
    page.goto(f"{demo_site.url}{PAGES['recap']}")
    page.emulate_media(media="print")
    page.screenshot(path=pictures / "public-recap-print.png", full_page=True)
    assert not page.get_by_role("link", name="Unduh (CSV)").is_visible()
    assert not page.get_by_role("navigation", name="Utama").is_visible()
    assert not page.get_by_role("banner").first.is_visible()
    assert page.get_by_text("Pemerintah Kota Contoh").is_visible()
    assert page.get_by_text("Ketua TP PKK Kelurahan").is_visible()
    assert page.evaluate("getComputedStyle(document.documentElement).backgroundColor") == "rgb(255, 255, 255)"
    page.close()


def test_a_number_leads_to_its_own_place_in_the_method(demo_site, browser):
    page = browser.new_page(locale="id")
    page.goto(f"{demo_site.url}{PAGES['kelurahan']}")
    page.get_by_role("link", name="cara menghitung").first.click()
    page.wait_for_url("**/metode#*")
    mark = page.url.partition("#")[2]
    assert page.locator(f"#{mark}").is_visible()
    page.close()
