"""From an empty folder to the first officer at their desk: the first quarter of an hour of whoever brings it to a city."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from app.settings import ROOT
from tests.browser.conftest import SIZES
from tests.browser.visitors import PASSWORD, Visitor
from tests.places.drawing import GORONTALO_SOUTH, GORONTALO_WEST, ragged_city
from tests.serving import SABUK, environment, serving

pytestmark = [pytest.mark.browser, pytest.mark.long]

KELURAHAN = "75.71.01.1001"
SCHOOLS = "npsn;nama;lintang;bujur;siswa\n" + "\n".join(
    f"{40500001 + number};SDN Uji {number + 1};{GORONTALO_SOUTH + 0.004};{GORONTALO_WEST + 0.002 + number * 0.005};300"
    for number in range(10)
)
PEOPLE = f"nama;jabatan;tempat;hp\nBu Petugas;Petugas;{KELURAHAN};081234567890\nPak Lurah;Lurah;Kelurahan Uji 1;\nA;raja;x;\n"


def sabuk(instance: Path, *command: str) -> str:
    done = subprocess.run(
        [SABUK, *command], cwd=ROOT, env=environment(None, instance), check=True, capture_output=True, text=True
    )
    return done.stdout.strip()


@pytest.mark.parametrize("width", ["390", "1280"])
def test_an_empty_folder_becomes_a_city_with_an_officer_at_the_desk(browser: Browser, tmp_path: Path, width: str) -> None:
    (tmp_path / "kelurahan.geojson").write_text(json.dumps(ragged_city()))
    instance = tmp_path / "instance"
    with serving(None, instance, "--no-demo", "--places", str(tmp_path / "kelurahan.geojson")) as server:
        told = server.log.read_text()
        assert "49 added" in told
        assert "--post administrator@75.71" in told
        sabuk(instance, "people", "create", "admin", "--full-name", "Rina Lestari", "--post", "administrator@75.71")
        code = sabuk(instance, "people", "password", "admin")
        across, down = SIZES[width]
        admin, officer = (
            Visitor(browser.new_context(viewport={"width": across, "height": down}, locale="id-ID").new_page(), server.url)
            for _ in range(2)
        )
        admin.opens("/atur-ulang")
        admin.fills(name="admin", code=code, password=PASSWORD, again=PASSWORD)
        admin.presses("Simpan dan masuk")

        admin.opens("/admin/lokasi/impor")
        admin.page.locator("[name=file]").set_input_files(
            {"name": "sekolah.csv", "mimeType": "text/csv", "buffer": SCHOOLS.encode()}
        )
        admin.presses("Periksa tabel")
        admin.sees("10 ditambahkan")
        admin.page.screenshot(path=tmp_path / f"sites-{width}.png", full_page=True)
        admin.presses("Muat sekarang")

        admin.opens("/undang/tabel")
        admin.page.locator("[name=file]").set_input_files(
            {"name": "orang.csv", "mimeType": "text/csv", "buffer": PEOPLE.encode()}
        )
        admin.page.screenshot(path=tmp_path / f"table-{width}.png", full_page=True)
        admin.presses("Buat undangannya")
        admin.sees("2 diundang")
        admin.page.screenshot(path=tmp_path / f"invited-{width}.png", full_page=True)
        admin.follows("Cetak semua surat")
        assert admin.page.locator("article.letter").count() == 2
        admin.page.screenshot(path=tmp_path / f"letters-{width}.png", full_page=True)

        officer.page.goto(admin.page.locator("article.letter .link-words").first.inner_text())
        officer.fills(name="bu.petugas", password=PASSWORD, again=PASSWORD)
        officer.page.get_by_label("Tampilkan nama saya").check()
        officer.page.get_by_label("Saya berusia 18 tahun atau lebih").check()
        officer.presses("Terima undangan")
        admin.opens("/undang")
        admin.presses("Benar, beri jabatannya")
        officer.opens("/meja")
        officer.sees("Tidak ada aksi yang menunggu cap.")
        officer.opens("/admin/lokasi")
        officer.sees("SDN Uji 1")
        admin.opens("/admin/wilayah?cari=Uji 27")
        admin.page.screenshot(path=tmp_path / f"areas-{width}.png", full_page=True)
