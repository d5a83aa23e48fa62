"""Tables as files."""

from __future__ import annotations

import csv
import io
from decimal import Decimal

import pytest

from app.core.catalogue import ENGLISH, INDONESIAN
from app.web.tables import UTF8_MARK, csv_text
from tests.spreadsheet import cells


@pytest.mark.parametrize("word", ["=1+1", "+62", "-5", "@SUM(A1)", "\tx", "\rx", "'quoted"])
def test_words_that_a_spreadsheet_would_run_begin_with_an_apostrophe(word):
    assert "'" + word in csv_text(["Nama"], [[word]], ENGLISH)


@pytest.mark.parametrize(
    ("word", "written"),
    [
        ("x;=1+1", "x;'=1+1"),
        ("x;\t =1+1", "x;'\t' =1+1"),
        ("x,+62", "x,'+62"),
        ("x\t@SUM(A1)", "x\t'@SUM(A1)"),
        ("x|-5", "x|'-5"),
        ("x\n=1+1", "x\n'=1+1"),
        ('x;"=1+1"', 'x;\'"=1+1"'),
        ("\uff1d1+1", "'\uff1d1+1"),
        ("\uff0b62", "'\uff0b62"),
        ("\uff0d5", "'\uff0d5"),
        ("\uff20SUM(A1)", "'\uff20SUM(A1)"),
        ("x;\uff1d1+1", "x;'\uff1d1+1"),
        (" =1+1", "' =1+1"),
        ("\u00a0=1+1", "'\u00a0=1+1"),
        ("\ufeff=1+1", "'\ufeff=1+1"),
        ("'=1+1", "''=1+1"),
        ("Kantor; lantai 2", "Kantor; lantai 2"),
        ("a = b, c - d", "a = b, c - d"),
        ("pak-budi@kantor", "pak-budi@kantor"),
    ],
)
def test_no_separator_turns_words_into_a_formula(word, written):
    ((cell,),) = csv.reader(io.StringIO(csv_text([word], [], ENGLISH), newline=""))
    assert cell == written


@pytest.mark.parametrize("language", [INDONESIAN, ENGLISH])
@pytest.mark.parametrize("separator", [",", ";", "\t", "|", ":"])
@pytest.mark.parametrize("formula", ["=1+1", "+1", "-1", "@A1", "\uff1d1+1"])
@pytest.mark.parametrize("between", ["", " ", '"', "\u200b"])
def test_no_program_that_takes_another_separator_finds_a_formula(language, separator, formula, between):
    rows = csv.reader(
        io.StringIO(csv_text(["a"], [[f"x{separator}{between}{formula}"]], language), newline=""), delimiter=separator
    )
    bare = [cell.strip(' "\u200b') for row in rows for cell in row]
    assert not [cell for cell in bare if cell[:1] in "=+-@\uff1d" and cell]


NUMBERS = [-5, 1250, 2.5, Decimal("-1.25"), 12.0, Decimal("3.500"), 1e-07, None]


def test_numbers_stay_numbers_whole_ones_whole_and_what_is_not_known_empty():
    assert csv_text(["a"], [NUMBERS], INDONESIAN) == "a\r\n-5;1250;2,5;-1,25;12;3,5;0,0000001;\r\n"
    assert csv_text(["a"], [NUMBERS], ENGLISH) == "a\r\n-5,1250,2.5,-1.25,12,3.5,0.0000001,\r\n"


@pytest.mark.parametrize(
    "words",
    ["02", "007", "12.10", "12,5", "32.73.09", "1.250", "1.250.000", "1e5", "12E45678", "1/2", "05-12", "3" * 16],
)
def test_words_of_digits_stay_words(words):
    assert csv_text(["a"], [[words]], INDONESIAN) == f"a\r\n'{words}\r\n"


@pytest.mark.parametrize("words", ["RW 02", "32.73.09.1003", "20219345", "2026-11-16", "2026-11", "3F9A-12BC", "SDN 1"])
def test_what_a_spreadsheet_shows_as_it_is_stays_bare(words):
    assert csv_text([], [["x", words]], INDONESIAN).strip() == f"x;{words}"


def test_separators_and_quotes_stay_within_their_cell():
    for language in (INDONESIAN, ENGLISH):
        text = csv_text(["a", "b"], [['Jl. "Mawar", no. 1; lantai 2', "x"]], language)
        assert cells(UTF8_MARK + text, language)[1] == ['Jl. "Mawar", no. 1; lantai 2', "x"]
