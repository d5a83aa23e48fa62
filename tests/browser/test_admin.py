"""The administration of people, sites and areas: how its pages look, and what officers do on them with script off."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, StorageState, expect

from tests.browser.conftest import PHONE, Look
from tests.browser.visitors import Visitor, sign_ins
from tests.serving import Server

LONG_NAME = "Sekolah Menengah Pertama Terpadu Bina Lingkungan Nusantara Kota Contoh"


@dataclass(frozen=True, slots=True)
class Town:
    """The demo city as its administrator and the lurah have left it: addresses of what there is to see."""

    admin: StorageState
    lurah: StorageState
    site: str
    """In the lurah's kelurahan, with a long name, moved once, confirmed by nobody."""
    person: str
    """A volunteer."""
    closed: str
    """A volunteer whose account is closed."""
    kelurahan: str


@pytest.fixture(scope="module")
def visitor(browser: Browser, demo_site: Server) -> Iterator[Callable[[str], Visitor]]:
    """Somebody of the demo city, signed in on a phone without script."""
    known, contexts = sign_ins(demo_site.log.parent), []

    def make(name: str) -> Visitor:
        size: Any = {"width": PHONE[0], "height": PHONE[1]}
        contexts.append(browser.new_context(viewport=size, locale="id", java_script_enabled=False))
        made = Visitor(contexts[-1].new_page(), demo_site.url)
        made.signs_in(name, known[name][0])
        return made

    yield make
    for context in contexts:
        context.close()


@pytest.fixture(scope="module")
def town(visitor: Callable[[str], Visitor]) -> Town:
    lurah, admin = visitor("pak.lurah"), visitor("admin")
    site, kelurahan = _a_moved_site(lurah)
    admin.opens("/admin/orang?cari=relawan")
    volunteers = [row.get_attribute("href") or "" for row in admin.page.locator("tbody th a").all()[:2]]
    admin.opens(f"{volunteers[1]}/tutup")
    admin.fills(reason="Akun dipakai bergantian oleh beberapa orang di satu HP; pemiliknya minta ditutup dulu.")
    admin.presses("Tutup akun")
    return Town(
        admin.page.context.storage_state(), lurah.page.context.storage_state(), site, volunteers[0], volunteers[1], kelurahan
    )


def _a_moved_site(lurah: Visitor) -> tuple[str, str]:
    """The address of a new site beside one that is there, and the code of its kelurahan."""
    lurah.opens("/admin/lokasi")
    lurah.page.locator("tbody th a").first.click()
    lat, lon = (float(part) for part in (lurah.page.locator("tbody td").nth(1).inner_text()).split(", "))
    lurah.opens("/admin/lokasi/baru")
    lurah.page.get_by_label("Sekolah", exact=True).check()
    lurah.fills(name=LONG_NAME, npsn="99998888", point=f"{lat + 0.001}, {lon}", rw="3", rt="2")
    lurah.presses("Tambahkan")
    site = lurah.path
    lurah.follows("Pindahkan")
    lurah.fills(
        point=f"{lat + 0.0005:.6f}, {lon + 0.0008:.6f}", radius_m="120", reason="Titik pertama diambil dari gerbang belakang."
    )
    lurah.presses("Lihat perubahannya")
    lurah.presses("Ya, pindahkan")
    lurah.sees("Tempat dipindahkan.")
    lurah.opens("/admin/lokasi/baru")
    return site, "99.01.01.1001"


def test_an_officer_moves_a_site_and_sees_first_what_changes(visitor: Callable[[str], Visitor], town: Town) -> None:
    officer = visitor("petugas")
    officer.opens("/admin/lokasi?keadaan=belum")
    officer.follows(LONG_NAME)
    officer.follows("Pindahkan")
    point = officer.page.get_by_label(re.compile("Titik tengah"))
    lat, lon = (float(part) for part in point.input_value().split(", "))
    officer.fills(point="di sana", reason="Salah titik")
    officer.presses("Lihat perubahannya")
    officer.sees("Tulis lintang dan bujur di Indonesia")
    officer.fills(point=f"{lon:.6f} {lat - 0.001:.6f}", radius_m="")
    officer.presses("Lihat perubahannya")
    officer.sees(re.compile(r"Titiknya bergeser 11\d m; radiusnya 200 m \(sekarang 120 m\)\."))
    officer.sees("Tidak ada aksi yang menunggu cap di sini.")
    officer.follows("Kembali tanpa mengubah apa pun")
    expect(point).to_have_value(f"{lat}, {lon}")
    officer.fills(point=f"{lat - 0.001:.6f}, {lon:.6f}", radius_m="", reason="Salah titik")
    officer.presses("Lihat perubahannya")
    officer.presses("Ya, pindahkan")
    officer.sees("Tempat dipindahkan.")
    officer.sees("Salah titik")
    officer.arrives(town.site)
    expect(officer.page.get_by_role("row")).to_have_count(4)
    officer.follows("Pastikan tempat")
    officer.presses("Ya, saya pastikan")
    officer.sees("oleh Petugas Kelurahan")


def test_an_administrator_gives_a_post_and_ends_it(visitor: Callable[[str], Visitor], town: Town) -> None:
    admin = visitor("admin")
    admin.opens(town.person)
    admin.page.get_by_role("navigation", name="Beri jabatan").get_by_role("link", name="Petugas", exact=True).click()
    admin.presses("Beri jabatan ini")
    admin.sees("salah satu")
    admin.page.get_by_label("Wilayah").select_option(town.kelurahan)
    admin.presses("Beri jabatan ini")
    admin.sees("Jabatan diberikan: Petugas di Kelurahan")
    admin.page.get_by_role("link", name=re.compile("Akhiri Petugas")).click()
    admin.fills(reason="Salah pilih orang")
    admin.presses("Akhiri jabatan ini")
    admin.sees("Alasan: Salah pilih orang")


def test_a_file_of_areas_is_looked_at_before_it_is_imported(visitor: Callable[[str], Visitor], town: Town) -> None:
    admin = visitor("admin")
    admin.opens("/admin/wilayah")
    admin.follows("Muat dari berkas")
    admin.page.locator("[name=file]").set_input_files(_file("Kampung Uji"))
    admin.presses("Periksa berkas")
    admin.sees("Belum ada yang berubah")
    admin.sees("Kampung Uji")
    admin.opens("/admin/wilayah")
    expect(admin.page.locator("main")).not_to_contain_text("Kampung Uji")


def _file(name: str, *, broken: bool = False) -> Any:
    ring = [[108.0, -5.0], [108.01, -5.0], [108.01, -5.01], [108.0, -5.01], [108.0, -5.0]]
    feature = {
        "type": "Feature",
        "properties": {"code": "98.01.01.1001", "name": name, "district": "Uji", "regency": "Kota Uji"},
        "geometry": {"type": "Polygon", "coordinates": [ring]},
    }
    second = feature | {"properties": {"code": "98.01.01.1002", "name": "Tanpa Batas"}, "geometry": None}
    collection = {"type": "FeatureCollection", "source": "Peta uji, 2026", "features": [feature, *([second] if broken else [])]}
    return {"name": "uji.geojson", "mimeType": "application/geo+json", "buffer": json.dumps(collection).encode()}


@pytest.mark.long
def test_pages_of_people_sites_and_areas_are_legible_and_without_barriers(
    demo_site: Server, town: Town, look: Look, pictures: Path
) -> None:
    def moved(page: Page) -> None:
        page.locator("[name=point]").fill("-5.4, 107.0")
        page.locator("[name=reason]").fill("Gerbangnya pindah ke jalan besar.")
        page.get_by_role("button", name="Lihat perubahannya").click()
        expect(page.get_by_role("button", name="Ya, pindahkan")).to_be_visible()

    def wrong(page: Page) -> None:
        page.get_by_role("button", name="Tambahkan").click()

    def reported(page: Page) -> None:
        page.locator("[name=file]").set_input_files(_file("Kampung Uji", broken=True))
        page.get_by_role("button", name="Periksa berkas").click()
        expect(page.locator("main")).to_contain_text("ditolak")

    looks: list[tuple[str, str, Callable[[Page], None] | None]] = [
        ("/admin", "ringkasan", None),
        ("/admin/orang", "orang", None),
        ("/admin/orang?cari=tidak-ada", "orang-kosong", None),
        (town.person, "orang-satu", None),
        (town.closed, "orang-tutup", None),
        (f"{town.person}/tutup", "orang-menutup", None),
        (f"{town.person}/jabatan/officer", "orang-jabatan", None),
        ("/admin/lokasi", "lokasi", None),
        (town.site, "lokasi-satu", None),
        (f"{town.site}/pindah", "lokasi-pindah", None),
        (f"{town.site}/pindah", "lokasi-pindah-lihat", moved),
        (f"{town.site}/tutup", "lokasi-tutup", None),
        ("/admin/lokasi/baru", "lokasi-baru", wrong),
        ("/admin/wilayah", "wilayah", None),
        (f"/admin/wilayah/{town.kelurahan}", "wilayah-satu", None),
        (f"/admin/wilayah/{town.kelurahan}/angka", "wilayah-angka", None),
        (f"/admin/wilayah/{town.kelurahan}/rw", "wilayah-rw", None),
        ("/admin/wilayah/impor", "wilayah-impor", None),
        ("/admin/wilayah/impor", "wilayah-laporan", reported),
    ]
    for path, name, before in looks:
        look(demo_site.url + path, f"admin-{name}", before=before, storage_state=town.admin)
    for path, name in (
        ("/admin", "ringkasan"),
        (town.person, "orang-satu"),
        (town.site, "lokasi-satu"),
        ("/admin/wilayah/impor", "wilayah-impor"),
    ):
        look(f"{demo_site.url}{path}?lang=en", f"admin-{name}-en", storage_state=town.admin, locale="en")
    look(demo_site.url + "/admin", "admin-ringkasan-lurah", storage_state=town.lurah)
    look(f"{demo_site.url}{town.site}/pastikan", "admin-lokasi-pastikan", storage_state=town.lurah)
