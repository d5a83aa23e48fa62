"""The board as people see it."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest

from app.leaderboard.service import set_visibility
from app.places.models import Area
from app.places.service.revision import areas_changed
from app.sites.service.facts import count_pupils
from tests import spreadsheet
from tests.factories.actions import MONDAY, NOW, action_days, at, body, fix_at, record, stamp
from tests.factories.cast import NPSN, make_account
from tests.factories.city import IN_TERATAI, KENANGA, MELATI, TERATAI, WEST, make_site


@pytest.fixture
def action(session, cast, clock):
    """Somebody's stamped action on a day, by Pak Lurah."""

    def done(account, day=MONDAY):
        action = record(session, account, body(captured_at=at(day, 7, 5), sent_at=at(MONDAY, 15, 40)))
        stamp(session, cast.lurah, action, note="dilihat")

    return done


@pytest.fixture
def neighbours(session, cast, action):
    """Three of Pak Budi's office: one with as many actions as he, one with fewer, one who is hidden."""
    made = [
        make_account(session, name, f"volunteer@site:{cast.office.uuid}", full_name=name.title())
        for name in ("dewi", "eko", "fitri")
    ]
    dewi, eko, fitri = made
    fitri.person.shown = False
    session.flush()
    for day in action_days(2):
        for account in (cast.budi, dewi, fitri):
            action(account, day)
    action(eko)
    return made


def rows_of(page, path: str) -> list[list[str]]:
    return spreadsheet.rows_of(page.get(path))[1:]


def test_equal_scores_share_a_rank_and_the_hidden_take_none(page, neighbours):
    rows = rows_of(page, "/peringkat.csv?period=2026")
    assert [(row[0], row[1], row[3]) for row in rows] == [("1", "Dewi", "2"), ("1", "Pak Budi", "2"), ("3", "Eko", "1")]
    told = page.get("/peringkat?period=2026").text
    assert "Fitri" not in told
    assert "Nilai yang sama mendapat peringkat yang sama" in told


def test_you_and_your_neighbours_come_first(page, cast, neighbours, signed_in):
    told = signed_in(cast.budi).get("/peringkat").text
    assert "Anda dan tetangga bulan ini" in told
    assert re.search(r"<tr data-mine>.*?Pak Budi.*?Anda", told)
    assert told.index("Anda dan tetangga") < told.index('id="papan"')
    assert "Anda dan tetangga" not in page.get("/peringkat").text


def test_whoever_has_no_stamp_is_told_how_to_get_a_rank(cast, neighbours, signed_in):
    assert "Belum ada aksi Anda yang dicap di sini" in signed_in(cast.citra).get("/peringkat").text


def test_the_way_to_ones_own_kelurahan_is_offered(cast, neighbours, signed_in):
    told = signed_in(cast.budi).get("/peringkat").text
    assert f"scope=kelurahan%3A{MELATI}" in told
    assert "Papan peringkat kelurahan saya, Melati" in told


def test_a_board_is_provisional_and_then_final(page, neighbours, clock):
    assert "Peringkat ini final mulai Selasa, 15 Desember 2026" in page.get("/peringkat?period=2026-11").text
    assert rows_of(page, "/peringkat.csv?period=2026-11")[0][-1] == "sementara"
    clock.now = NOW + timedelta(days=40)
    told = page.get("/peringkat?period=2026-11").text
    assert "Final</strong> sejak Selasa, 15 Desember 2026" in told
    assert rows_of(page, "/peringkat.csv?period=2026-11")[0][-1] == "tetap"
    assert "terus berubah" in page.get("/peringkat?period=all").text


def test_children_are_on_no_board(page, session, cast, clock):
    action = record(session, cast.guru, body(on_behalf_of=str(cast.ani.uuid), fix=fix_at(IN_TERATAI)))
    guru = make_account(session, "guru.lain", f"teacher@npsn:{NPSN}")
    stamp(session, guru, action, note="dilihat")
    assert "SDN Teratai 1" not in page.get("/peringkat?subject=school").text
    clock.pass_by(days=2)
    for path in ("/peringkat", f"/peringkat?scope=school:{NPSN}", "/peringkat?subject=school", "/peringkat.csv?period=all"):
        assert "Ani" not in page.get(path).text.replace("Anda", "").replace("Animasi", "")
    assert "SDN Teratai 1" in page.get("/peringkat?subject=school").text


def test_within_a_school_there_is_no_board_of_persons(page, cast, clock):
    told = page.get(f"/peringkat?scope=school:{NPSN}&subject=person", status=422).text
    assert "anak tidak dibandingkan satu sama lain" in told


def test_kelurahan_are_ranked_per_head_where_residents_are_known(page, session, cast, neighbours):
    session.get_one(Area, cast.city.areas[MELATI]).population = 4000
    session.flush()
    areas_changed(session)
    rows = rows_of(page, "/peringkat.csv?subject=kelurahan&period=2026")
    assert [row[:5] for row in rows] == [["1", "Melati", MELATI, "7", "1,75"]]
    told = page.get("/peringkat?subject=kelurahan&period=2026&urut=per-jiwa").text
    assert "1,75" in told
    assert "urutkan menurut jumlah aksi" in told


def test_schools_are_ranked_per_head_where_pupils_are_known(page, session, cast, clock):
    schools = {
        code: make_site(session, name, IN_TERATAI, npsn=code) for name, code in (("SDN A", "20210001"), ("SDN B", "20210002"))
    }
    unknown = make_site(session, "SDN C", IN_TERATAI, npsn="20210003")
    count_pupils(session, schools["20210001"], 400, by_account_id=None, now=NOW)
    count_pupils(session, schools["20210002"], 100, by_account_id=None, now=NOW)
    officer = make_account(session, "petugas.teratai", f"officer@{TERATAI}")
    for site, actions in ((schools["20210001"], 3), (schools["20210002"], 1), (unknown, 2)):
        doer = make_account(session, f"relawan.{site.npsn}", f"volunteer@npsn:{site.npsn}")
        for day in action_days(actions):
            sent = body(captured_at=at(day, 7, 5), sent_at=at(MONDAY, 15, 40), fix=fix_at(IN_TERATAI))
            stamp(session, officer, record(session, doer, sent), note="dilihat")
    by_number = rows_of(page, "/peringkat.csv?subject=school&period=2026")
    assert [row[:5] for row in by_number] == [
        ["1", "SDN A", "20210001", "3", "0,75"],
        ["2", "SDN C", "20210003", "2", ""],
        ["3", "SDN B", "20210002", "1", "1"],
    ]
    by_head = rows_of(page, "/peringkat.csv?subject=school&period=2026&urut=per-jiwa")
    assert [(row[0], row[1]) for row in by_head] == [("1", "SDN B"), ("2", "SDN A"), ("", "SDN C")]
    told = page.get("/peringkat?subject=school&period=2026").text
    assert "Per 100 siswa" in told
    assert "urutkan menurut per 100 siswa" in told


def test_whoever_hides_is_gone_from_page_file_and_wire_at_once(page, session, cast, neighbours, action):
    action(make_account(session, "gita", f"volunteer@site:{cast.office.uuid}", full_name="Gita"))
    papers = ("/peringkat?period=2026", "/peringkat.csv?period=2026", "/api/v1/programmes/gps/leaderboard?period=2026")
    asked = [f"{paper}&scope={scope}" for paper in papers for scope in ("city:32.99", f"kecamatan:{WEST}", f"kelurahan:{MELATI}")]
    for path in asked:
        answer = page.get(path)
        assert "Dewi" in answer.text
        assert answer.headers["Cache-Control"] in ("no-store", "no-cache"), path
    set_visibility(session, neighbours[0].person_id, shown=False, account_id=None, now=NOW)
    for path in asked:
        assert "Dewi" not in page.get(path).text
    ranks = [row[:2] for row in rows_of(page, "/peringkat.csv?period=2026")]
    assert ranks == [["1", "Pak Budi"], ["2", "Eko"], ["2", "Gita"]]


def test_the_board_of_a_kelurahan_names_nobody_where_few_were(page, session, cast, neighbours, action, signed_in):
    """Four people: Fitri, who is hidden, is one of them."""
    path = f"/peringkat?period=2026&scope=kelurahan:{MELATI}"
    wire = f"/api/v1/programmes/gps/leaderboard?period=2026&scope=kelurahan:{MELATI}"
    told = page.get(path).text
    assert "namanya tidak ditampilkan" in told
    assert "Dewi" not in told
    assert rows_of(page, path.replace("?", ".csv?")) == []
    answer = page.get(wire).json
    assert (answer["rows"], answer["total"], answer["reason"], bool(answer["why"])) == ([], 0, "fewer_than_5", True)
    assert "Dewi" not in page.get(wire + "&around=me", headers={}, status=401).text
    mine = signed_in(cast.budi)
    assert "Dewi" not in mine.get(path).text
    answer = mine.get(wire + "&around=me").json
    assert (answer["rows"], answer["me"]) == ([], {"rank": 1, "score": 2})
    lurah = signed_in(cast.lurah).get(path).text
    assert "Dewi" in lurah
    assert "Jangan disebarkan" in lurah
    action(make_account(session, "gita", f"volunteer@site:{cast.office.uuid}", full_name="Gita"))
    assert "Dewi" in page.get(path).text
    assert page.get(wire).json["reason"] is None


def test_the_hidden_are_told_that_they_stand_nowhere(session, cast, neighbours, signed_in):
    told = signed_in(neighbours[2]).get("/peringkat?period=2026").text
    assert "Anda memilih tidak ditampilkan" in told
    assert "Fitri" not in told.partition('id="anda"')[2].partition("</main>")[0]


def test_the_common_goal_is_to_equal_the_month_before(page, cast, action, clock):
    for day in action_days(3):
        action(cast.budi, day)
    clock.now = NOW + timedelta(days=20)
    told = page.get("/peringkat?period=2026-12").text
    zero, three = '<strong class="figures">0</strong>', '<strong class="figures">3</strong>'
    assert f"{zero} dari {three} aksi yang dicap untuk menyamai November 2026" in told
    assert f"Tinggal {three} lagi" in told


def test_while_nobody_stands_on_the_months_board_the_one_before_is_told(page, cast, action, clock):
    for day in action_days(3):
        action(cast.budi, day)
    clock.now = NOW + timedelta(days=20)
    told = page.get("/peringkat").text
    assert "November 2026" in told.partition("<main")[2].partition("</h1>")[2]
    assert "Budi" in told
    assert "period=2026-12" in told
    assert "Budi" not in page.get("/peringkat?period=2026-12").text


def test_wider_and_narrower_places_are_plain_links(page, neighbours):
    assert f"scope=kecamatan%3A{WEST}" in page.get("/peringkat").text
    told = page.get(f"/peringkat?scope=kecamatan:{WEST}").text
    assert f"scope=kelurahan%3A{KENANGA}" in told
    assert "scope=city%3A32.99" in told


def test_ones_own_kelurahan_this_week_stands_first(cast, neighbours, signed_in, page):
    told = signed_in(cast.budi).get("/peringkat").text
    assert told.index("Pekan ini di Kelurahan Melati") < told.index("Anda dan tetangga bulan ini")
    assert "Pekan ini di Kelurahan" not in signed_in(cast.budi).get("/peringkat?period=2026").text
    assert "Pekan ini di Kelurahan" not in page.get("/peringkat").text


@pytest.mark.parametrize(
    ("name", "found"), [("dewi", "Dewi"), ("FIT", None), ("de", None), ("%%%", None), ("budi", "Pak Budi"), ("Ani", None)]
)
def test_a_name_is_found_where_its_owner_is_shown(page, neighbours, name, found):
    told = (
        page.get(f"/peringkat?period=2026&cari={name.replace('%', '%25')}").text.split('id="ditemukan"')[1].split("</section>")[0]
    )
    assert (found in told) if found else ("Tidak ada nama itu" in told)


def test_many_who_share_the_first_places_stand_on_no_podium(session, cast, page, neighbours, action):
    assert 'data-rank="1"' in page.get("/peringkat?period=2026").text
    for name in ("gita", "hana"):
        account = make_account(session, name, f"volunteer@site:{cast.office.uuid}", full_name=name.title())
        for day in action_days(2):
            action(account, day)
    assert "data-rank" not in page.get("/peringkat?period=2026").text


def test_a_persons_line_has_their_badges(page, neighbours):
    told = page.get("/peringkat?period=2026").text
    assert re.search(r"Pak Budi<br><span[^>]*>Aksi Pertama", told)
