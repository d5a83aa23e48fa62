"""The pages that anybody may open: all of them, whatever there is to show."""

from __future__ import annotations

import gzip
import html
import re
from datetime import date
from decimal import Decimal

import pytest

from app.indicators import service as indicators
from app.programmes import service as programmes
from app.public.views import city as city_views
from app.public.views import facts
from tests.factories.actions import MONDAY, NOW, action_days, at, body, fix_at, holes, record, stamp
from tests.factories.cast import make_account
from tests.factories.city import IN_SEROJA, KENANGA, LONG_AGO, MELATI, SEROJA, TERATAI, make_site
from tests.spreadsheet import rows_of

LANGUAGES = ("id", "en")
LARGEST = 60_000
"""Bytes of a page, packed, that a slow phone can be sent."""
PAGES = [
    "/",
    "/kota",
    "/kota?programme=biopori&indicator=holes&period=2026-11&urut=nama",
    "/peringkat",
    "/peringkat?subject=kelurahan&urut=per-jiwa&period=2026",
    f"/peringkat?scope=kelurahan:{MELATI}&period=all",
    f"/kelurahan/{MELATI}",
    f"/kelurahan/{MELATI}?period=2026-11",
    f"/kelurahan/{MELATI}/fakta?programme=gps",
    f"/kelurahan/{MELATI}/rekap",
    "/program",
    "/program/gps",
    "/program/biopori",
    "/metode",
]
FILES = [
    "/kota.csv",
    "/peringkat.csv",
    f"/kelurahan/{MELATI}/angka.csv",
    f"/kelurahan/{MELATI}/fakta.csv",
    f"/kelurahan/{MELATI}/rekap.csv",
]


@pytest.fixture
def living(session, cast, clock):
    """Pak Budi has picked litter on three days and Bu Kader has dug; all of it is stamped by Pak Lurah."""
    for day in action_days(3):
        action = record(session, cast.budi, body(captured_at=at(day, 7, 5), sent_at=at(MONDAY, 15, 40)))
        stamp(session, cast.lurah, action, note="dilihat")
    stamp(session, cast.lurah, record(session, cast.kader, holes(4)), note="dilihat")
    return cast


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page_is_whole_and_light_in_both_languages(page, living, language):
    for path in PAGES:
        answer = page.get(path, headers={"Accept-Language": language})
        assert f'<html lang="{language}"' in answer.text, path
        assert len(gzip.compress(answer.data)) <= LARGEST, path
        [summary] = re.findall('<meta name="description" content="([^"]*)">', answer.text)
        assert 20 < len(summary) < 400, path
        told = answer.text.count("an urban village")
        assert told == (language == "en" and "kelurahan" in answer.text.lower()), path


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page_says_what_to_do_while_nothing_is_there(page, session, clock, language):
    programmes.apply_bundled(session, now=LONG_AGO)
    for path in ("/", "/kota", "/peringkat", "/program", "/program/gps", "/metode"):
        answer = page.get(path, headers={"Accept-Language": language})
        if path in ("/", "/kota", "/peringkat"):
            assert {"id": "Belum ada kota", "en": "No city is recorded"}[language] in answer.text, path


def test_without_a_programme_pages_say_so(page, session, clock):
    assert "Belum ada program" in page.get("/program").text
    page.get("/metode")
    page.get("/")


def test_every_page_stands_before_the_first_action(page, cast, clock):
    for path in PAGES:
        page.get(path)
    assert "Belum ada aksi yang dicap" in page.get(f"/kelurahan/{SEROJA}").text
    assert 'href="/catat"' in page.get(f"/kelurahan/{SEROJA}").text


def test_every_table_has_its_file_in_both_languages(page, living):
    for path in FILES:
        indonesian, english = (rows_of(page.get(path, headers={"Accept-Language": language})) for language in LANGUAGES)
        assert len(indonesian) == len(english) > 1, path
        assert indonesian[0] != english[0], path


@pytest.mark.parametrize(
    ("path", "field"),
    [
        ("/kota?period=besok", "period"),
        ("/kota?urut=warna", "urut"),
        ("/kota?indicator=uang", "indicator"),
        ("/kota?programme=polisi", "programme"),
        ("/peringkat?period=2026-13", "period"),
        ("/peringkat?subject=anak", "subject"),
        ("/peringkat?scope=negara", "scope"),
        ("/peringkat?urut=tinggi", "urut"),
        (f"/kelurahan/{MELATI}?period=2026-W99", "period"),
        (f"/kelurahan/{MELATI}/fakta?programme=gps&after=kemarin", "after"),
        (f"/kelurahan/{MELATI}/fakta?programme=polisi", "programme"),
        (f"/kelurahan/{MELATI}/rekap?period=x", "period"),
    ],
)
def test_what_is_asked_wrongly_is_told_by_its_name(page, living, path, field):
    assert f"<strong>{field}:</strong>" in page.get(path, status=422).text


@pytest.mark.parametrize(
    "path",
    [
        "/kelurahan/32.99.01.1009",
        "/kelurahan/32.99.01",
        "/kelurahan/x/rekap",
        "/kelurahan/x/fakta",
        "/program/polisi",
        "/kota?kota=1",
    ],
)
def test_what_is_not_there_is_not_found(page, living, path):
    page.get(path, status=404)


def test_marks_of_whoever_shared_an_address_do_no_harm(page, living):
    page.get("/kota?fbclid=abc&utm_source=wa")
    page.get(f"/kelurahan/{MELATI}?tema=gelap&lang=en")


class TestFront:
    def test_the_living_numbers_are_those_of_the_city(self, page, living):
        told = page.get("/").text
        assert re.search(r'class="value">3</span> <span class="unit">aksi', told)
        assert re.search(r'class="value">4</span> <span class="unit">lubang', told)
        assert re.search(r'class="value">1</span> <span class="unit">kelurahan', told)
        assert 'href="/catat"' in told
        assert f"/kelurahan/{MELATI}" in told
        assert "kota contoh" not in told

    def test_nobody_is_named(self, page, living):
        assert "Budi" not in page.get("/").text


class TestCity:
    def test_a_kelurahan_is_found_by_its_name(self, page, living):
        table = page.get("/kota?cari=kenan").text.split('id="tabel"')[1]
        assert f"/kelurahan/{KENANGA}" in table
        assert f"/kelurahan/{MELATI}" not in table
        assert "Tidak ada kelurahan bernama" in page.get("/kota?cari=zzz").text

    def test_the_map_comes_before_the_choices(self, page, living):
        told = page.get("/kota").text
        assert told.index('class="map-and-list"') < told.index('id="pilih"')

    def test_the_map_says_what_the_table_says(self, page, living):
        told = page.get("/kota").text
        for code, name, value in ((MELATI, "Melati", 3), (KENANGA, "Kenanga", 0), (TERATAI, "Teratai", 0)):
            assert f'aria-label="{name}: {value} aksi"' in told
            assert re.search(
                rf'<a href="/kelurahan/{code}">{name}</a></th><td[^>]*>\w+</td><td data-kind="number"[^>]*>{value}<', told
            )
        assert re.search(r'data-step="1" [^>]*d="M[^"]+"><title>Melati: 3 aksi', told)
        assert "<desc>semua waktu: 4 dari 4 kelurahan punya angka, 3 di antaranya 0 aksi." in told

    def test_fewer_than_five_people_are_hatched_and_not_told(self, page, living):
        told = page.get("/kota?indicator=people").text
        assert 'data-step="few"' in told
        assert "Melati: kurang dari 5" in told
        rows = rows_of(page.get("/kota.csv?indicator=people"))
        assert next(row for row in rows if row[1] == "Melati")[3] == ""

    def test_the_table_is_sorted_as_asked(self, page, living):
        def names(order: str) -> list[str]:
            return [row[1] for row in rows_of(page.get(f"/kota.csv?urut={order}"))[1:]]

        assert names("nama") == ["Kenanga", "Melati", "Seroja", "Teratai"]
        assert names("-nama") == ["Teratai", "Seroja", "Melati", "Kenanga"]
        assert names("-nilai")[0] == "Melati"
        assert 'aria-sort="descending"' in page.get("/kota").text

    def test_a_long_table_begins_with_its_first_rows_and_the_file_has_all(self, page, living, monkeypatch):
        monkeypatch.setattr(city_views, "MAX_FIRST_ROWS", 2)
        told = page.get("/kota?urut=nama").text
        rows = re.findall(r'<th scope="row"><a href="[^"]*">(\w+)</a>', told)
        assert rows == ["Kenanga", "Melati"]
        address = re.search(r'href="([^"]*limit=all[^"]*)"[^>]*>Tampilkan semua 4 kelurahan', told)
        assert address
        whole = page.get(html.unescape(address[1]).partition("#")[0]).text
        assert re.findall(r'<th scope="row"><a href="[^"]*">(\w+)</a>', whole) == ["Kenanga", "Melati", "Seroja", "Teratai"]
        assert "Tampilkan semua" not in whole
        assert "Tampilkan semua" not in page.get("/kota?cari=melati").text
        assert len(rows_of(page.get("/kota.csv?urut=nama"))) == 5
        page.get("/kota?limit=9", status=422)

    def test_it_tells_what_changed_and_where_nobody_is(self, page, living):
        told = page.get("/kota").text
        assert "Belum ada aksi bulan ini: 3 kelurahan" in told
        assert "0 → 3" in told

    def test_a_period_is_compared_with_the_one_before(self, page, living):
        rows = rows_of(page.get("/kota.csv?period=2026-11"))
        assert next(row for row in rows if row[1] == "Melati")[5] == "3"
        assert "+3" in page.get("/kota?period=2026-11").text


class TestKelurahan:
    def test_before_now_and_target_stand_side_by_side(self, page, session, living):
        told = {"source": "Rekap PKK", "recorded_by": None, "now": NOW}
        indicators.set_baseline(session, "biopori", MELATI, "holes", Decimal(20), counted_on=date(2025, 1, 31), **told)
        indicators.set_target(session, "biopori", MELATI, "holes", Decimal(100), due_on=date(2027, 12, 31), **told)
        shown = page.get(f"/kelurahan/{MELATI}").text
        for value in (20, 24, 100):
            assert f'<span class="value">{value}</span>' in shown
        assert "dihitung Jumat, 31 Januari 2025" in shown
        assert "Sumber: Rekap PKK" in shown
        assert "Sekarang: 24; Target: 100 (lubang)" in shown
        rows = rows_of(page.get(f"/kelurahan/{MELATI}/angka.csv"))
        assert next(row for row in rows if row[:2] == ["biopori", "holes"])[3:9] == [
            "4", "lubang", "20", "2025-01-31", "100", "2027-12-31",
        ]  # fmt: skip

    def test_what_nobody_counted_is_not_nothing(self, page, living):
        told = page.get(f"/kelurahan/{MELATI}").text
        assert "Belum dihitung" in told
        assert "Belum ditetapkan" in told
        assert re.search(r"Berat ditimbang.*?belum diketahui", told, re.DOTALL)

    def test_every_number_leads_to_its_facts_and_to_its_method(self, page, living):
        told = page.get(f"/kelurahan/{MELATI}").text
        assert f"/kelurahan/{MELATI}/fakta?programme=gps&amp;period=all" in told
        method = page.get("/metode").text
        anchors = re.findall(r'href="/metode#([a-z_-]+)"', told)
        assert len(set(anchors)) > 10
        for anchor in anchors:
            assert f'id="{anchor}"' in method

    def test_the_months_end_with_this_one(self, page, living):
        told = page.get(f"/kelurahan/{MELATI}").text
        assert "<title>Aksi per bulan</title>" in told
        assert "Oktober 2026: 0; November 2026: 3 (aksi)" in told

    def test_it_is_told_by_rw(self, page, living, signed_in):
        """To the public an RW with one person is a part of the rest."""
        told = page.get(f"/kelurahan/{MELATI}").text
        assert re.search(r'RW lain atau tanpa RW</th><td data-kind="number">3', told)
        assert 'RW 05</th><td data-kind="number">3' not in told
        assert re.search(r'RW 05</th><td data-kind="number">3', signed_in(living.lurah).get(f"/kelurahan/{MELATI}").text)

    def test_small_counts_are_for_officers_of_the_place(self, page, living, signed_in):
        assert re.search(r"Orang</span>\s*<span[^>]*><span[^>]*>kurang dari 5", page.get(f"/kelurahan/{MELATI}").text)
        lurah = signed_in(living.lurah).get(f"/kelurahan/{MELATI}").text
        assert re.search(r"Orang</span>\s*<span[^>]*><b>1</b> orang", lurah)
        assert "Jangan disebarkan" in lurah
        citra = signed_in(living.citra).get(f"/kelurahan/{MELATI}").text
        assert re.search(r"Orang</span>\s*<span[^>]*><span[^>]*>kurang dari 5", citra)


class TestFacts:
    def test_they_tell_day_place_amount_and_post_but_no_person(self, page, living, clock):
        clock.pass_by(days=3)
        told = page.get(f"/kelurahan/{MELATI}/fakta?programme=gps").text
        assert told.count('scope="row"') == 3
        assert "16 Nov 2026" in told
        assert "RW 05" not in told
        assert "Menit: 15; Berat perkiraan: 3,5 kg; Kantong besar: 1<" in told
        assert "Lurah" in told
        assert "Budi" not in told
        assert len(rows_of(page.get(f"/kelurahan/{MELATI}/fakta.csv?programme=gps"))) == 4

    def test_what_is_too_recent_is_counted_but_not_listed(self, page, living):
        assert "1 aksi sudah dihitung, tetapi baru tampil" in page.get(f"/kelurahan/{MELATI}/fakta?programme=gps").text

    def test_there_is_a_way_to_older_ones_and_back(self, page, living, clock, monkeypatch):
        monkeypatch.setattr(facts, "PAGE_SIZE", 2)
        clock.pass_by(days=3)
        first = page.get(f"/kelurahan/{MELATI}/fakta?programme=gps").text
        older = re.search(r'rel="next" href="([^"]+)"', first)
        assert older is not None
        second = page.get(older[1].replace("&amp;", "&")).text
        assert second.count('scope="row"') == 1
        assert 'rel="prev"' in second

    def test_of_a_pupils_action_only_the_school_is_told(self, page, session, cast, clock):
        sent = body(on_behalf_of=str(cast.ani.uuid), fix=fix_at(IN_SEROJA), site=None)
        school = make_site(session, "SDN Seroja", IN_SEROJA, npsn="20219999", rw="02")
        guru = make_account(session, "guru.seroja", "teacher@npsn:20219999", f"lurah@{SEROJA}")
        session.flush()
        action = record(session, cast.guru, sent | {"site": None})
        assert action.kelurahan_id == cast.city.areas[SEROJA]
        assert school.id
        stamp(session, guru, action, note="dilihat")
        clock.pass_by(days=3)
        told = page.get(f"/kelurahan/{SEROJA}/fakta?programme=gps").text
        assert "Ani" not in told
        assert "RW 02" not in told


class TestRecap:
    def test_it_has_a_line_for_each_rw_a_total_and_room_for_two_names(self, page, living, signed_in):
        public = page.get(f"/kelurahan/{MELATI}/rekap").text
        assert "RW 05" not in public
        assert "Pak Lurah" not in public, "whoever prints it has no name put under it by us"
        assert "Nama, NIP, tanggal" in public
        rows = rows_of(page.get(f"/kelurahan/{MELATI}/rekap.csv"))
        assert {row[1] for row in rows if row[0] == "gps"} == {"RW lain atau tanpa RW"}
        told = signed_in(living.lurah).get(f"/kelurahan/{MELATI}/rekap").text
        assert re.search(r'>RW 05</th><td [^>]*data-label="Aksi">3</td>', told)
        assert re.search(r'<tfoot.*>Jumlah</th><td [^>]*data-label="Aksi">3</td>', told)
        assert "Pemerintah Kota Contoh" in told
        assert "<b>Pak Lurah</b>" in told
        assert "Jangan disebarkan" in told
        assert "Lurah Melati" in told
        assert "Ketua TP PKK Kelurahan Melati" in told
        assert "November 2026" in told
        assert 'rel="next"' not in told

    def test_numbers_of_people_stand_in_no_sheet_by_rw(self, page, living):
        names = {row[2] for row in rows_of(page.get(f"/kelurahan/{MELATI}/rekap.csv"))}
        assert "Orang" not in names
        assert "Lubang dibuat" in names


class TestProgrammes:
    def test_a_programme_tells_its_days_ladder_parties_and_versions(self, page, living):
        told = page.get("/program/gps").text
        for words in (
            "Setiap Senin, Rabu, dan Jumat.",
            "Hari program berikutnya: <strong>Senin, 16 November 2026</strong>",
            "strip pada 7, 13, 19",
            "Sponsor",
            "Versi 1, mulai Senin, 23 Juni 2014",
            "belum diketahui",
        ):
            assert words in told
        assert "Rp 170.000–280.000" in page.get("/program/biopori").text

    def test_the_method_has_a_place_for_every_number(self, page, living):
        told = page.get("/metode").text
        for code in ("gps-actions", "gps-kg_estimated", "biopori-holes", "biopori-people", "peringkat", "temuan", "rahasia"):
            assert f'id="{code}"' in told
