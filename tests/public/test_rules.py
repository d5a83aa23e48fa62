"""What public pages say, from values alone."""

from __future__ import annotations

from datetime import date

import pytest

from app.actions.rules import photo_sentences, sentences
from app.actions.rules.findings import FIRST_WORD, RETURNED
from app.core.catalogue import ENGLISH, INDONESIAN
from app.core.periods import ALL_TIME, month_of, parse_period, week_of, year_of
from app.programmes.rules.said import badge_said, counted_days_said, days_said, money_said, rules_said, stampers_said
from app.public.rules import method_words, spans
from app.public.rules.sorting import Sorting, ordered
from tests.programmes.files import make_definition

DAY = date(2026, 11, 16)
RULES = (method_words.NUMBER_RULES, method_words.BOARD_RULES, method_words.PRIVACY_RULES)


@pytest.mark.parametrize(
    ("period", "before"),
    [
        ("2026-11", "2026-10"),
        ("2026-01", "2025-12"),
        ("2026-W01", "2025-W52"),
        ("2026", "2025"),
        ("all", None),
    ],
)
def test_each_period_follows_one_of_its_kind(period, before):
    found = spans.previous(parse_period(period))
    assert (found.name if found else None) == before


@pytest.mark.parametrize(("period", "after"), [("2026-10", "2026-11"), ("2026-11", None), ("2025", "2026"), ("all", None)])
def test_no_period_follows_that_has_not_begun(period, after):
    found = spans.following(parse_period(period), DAY)
    assert (found.name if found else None) == after


def test_the_last_months_end_with_the_one_of_the_day():
    names = [month.name for month in spans.months_until(DAY, 12)]
    assert names[0] == "2025-12"
    assert names[-1] == "2026-11"
    assert len(names) == 12


@pytest.mark.parametrize(
    ("day", "month"),
    [
        (date(2026, 12, 1), "2026-11"),
        (date(2026, 12, 7), "2026-11"),
        (date(2026, 12, 8), "2026-12"),
        (date(2027, 1, 3), "2026-12"),
        (date(2026, 11, 30), "2026-11"),
    ],
)
def test_a_months_first_week_tells_the_month_before(day, month):
    assert spans.told_month(day).name == month


def test_a_period_that_is_not_usual_is_offered_beside_the_usual_ones():
    usual = spans.usual(DAY)
    assert spans.offered(usual, month_of(DAY)) == [ALL_TIME, year_of(DAY), month_of(DAY), month_of(date(2026, 10, 1))]
    assert spans.offered(usual, week_of(DAY))[-1] == week_of(DAY)


def test_what_is_not_known_comes_last_either_way():
    rows = [("b", 2), ("a", 2), ("c", None), ("d", 5)]

    def names(*, downwards: bool) -> str:
        return "".join(row[0] for row in ordered(rows, lambda row: row[1], lambda row: row[0], downwards=downwards))

    assert names(downwards=True) == "dabc"
    assert names(downwards=False) == "abdc"


def test_the_head_of_a_column_turns_its_own_order_round():
    by = Sorting("nilai", downwards=True)
    assert by.toggled("nilai", downwards_first=True) == "nilai"
    assert by.toggled("nama", downwards_first=False) == "nama"
    assert by.toggled("per-jiwa", downwards_first=True) == "-per-jiwa"
    assert (by.direction("nilai"), by.direction("nama")) == ("down", "")


def test_the_rules_of_gps_are_said_as_people_say_them():
    gps = make_definition("gps")
    assert days_said(gps).said(INDONESIAN) == "Setiap Senin, Rabu, dan Jumat"
    assert days_said(gps).said(ENGLISH) == "Every Monday, Wednesday and Friday"
    told = [rule.said(INDONESIAN) for rule in rules_said(gps)]
    assert "Paling jauh 200 m dari sekolah atau tempat kerja Anda; tiap tempat dapat menetapkan 100–300 m." in told
    assert "Paling banyak 3 aksi sehari dan 1 di tempat yang sama, berselang 30 menit." in told
    assert "10–30 menit. Lebih lama dihitung 30 menit; di bawah 10 menit diperiksa petugas dulu." in told


def test_the_days_that_count_are_said_where_not_all_do():
    counted = counted_days_said(make_definition("gps"))
    assert counted is not None
    assert counted.said(INDONESIAN) == "Hari yang dihitung: Senin, Rabu, Jumat."
    assert counted.said(ENGLISH) == "Days that count: Monday, Wednesday, Friday."
    assert counted_days_said(make_definition("gps", credit={"programme_days_only": False})) is None
    assert counted_days_said(make_definition("biopori")) is None


def test_the_rules_of_biopori_speak_of_holes():
    biopori = make_definition("biopori")
    told = [rule.said(INDONESIAN) for rule in rules_said(biopori)]
    assert days_said(biopori).said(INDONESIAN) == "Setiap hari"
    assert "Yang dihitung untuk sabuk: lubang dibuat, paling banyak 5 per aksi." in told
    assert "Lubang dibuat: lebih dari 20 sehari diperiksa petugas dulu." in told
    assert "Sertakan 1 foto." in told


def test_every_rule_is_said_in_both_languages_and_ends():
    for definition in (make_definition("gps"), make_definition("biopori")):
        for rule in rules_said(definition):
            assert rule.said(INDONESIAN).endswith(".")
            assert rule.said(ENGLISH).endswith(".")
            assert rule.said(INDONESIAN) != rule.said(ENGLISH)


def test_who_stamps_whom_reads_as_a_sentence():
    told = {who.said(INDONESIAN): by.said(INDONESIAN) for who, by in stampers_said(make_definition("gps"))}
    assert told["Siswa"] == "guru sekolah itu atau kepala sekolah"
    assert told["Kader"] == "pengurus TP PKK kelurahan, petugas kelurahan, atau lurah"
    english = {who.said(ENGLISH): by.said(ENGLISH) for who, by in stampers_said(make_definition("gps"))}
    assert english["Cadre"] == "a PKK leader of the kelurahan, an officer of the kelurahan or the lurah"


def test_badges_tell_how_they_are_earned():
    gps = make_definition("gps")
    told = {badge.code: badge_said(badge, gps).said(INDONESIAN) for badge in gps.badges}
    assert told["four_weeks"] == "4 pekan berturut-turut dengan aksi yang dicap"
    assert told["ten_large_bags"] == "kantong besar: 10"


def test_money_is_a_range_or_not_known():
    costs = make_definition("biopori").frame.costs
    assert money_said(costs[0], INDONESIAN) == "Rp 170.000–280.000"
    assert money_said(make_definition("gps").frame.costs[0], INDONESIAN) is None


def test_every_finding_is_explained_once():
    explained = [code for each in method_words.FINDINGS for code in each.codes]
    assert sorted(explained) == sorted({*sentences.CODES, RETURNED, FIRST_WORD, *photo_sentences.SENTENCES})


def test_the_method_is_told_in_both_languages():
    for text in (text for rules in RULES for text in rules):
        assert text.said(INDONESIAN).endswith(".")
        assert text.said(ENGLISH).endswith(".")
