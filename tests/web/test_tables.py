"""Tables as files."""

from __future__ import annotations

import csv
import io
from decimal import Decimal

import pytest

from app.web.tables import csv_text


@pytest.mark.parametrize("word", ["=1+1", "+62", "-5", "@SUM(A1)", "\tx", "\rx", "'quoted"])
def test_words_that_a_spreadsheet_would_run_begin_with_an_apostrophe(word):
    assert "'" + word in csv_text(["Nama"], [[word]])


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
    ((cell,),) = csv.reader(io.StringIO(csv_text([word], []), newline=""))
    assert cell == written


@pytest.mark.parametrize("separator", [",", ";", "\t", "|", ":"])
@pytest.mark.parametrize("formula", ["=1+1", "+1", "-1", "@A1", "\uff1d1+1"])
@pytest.mark.parametrize("between", ["", " ", '"', "\u200b"])
def test_no_program_that_takes_another_separator_finds_a_formula(separator, formula, between):
    rows = csv.reader(io.StringIO(csv_text(["a"], [[f"x{separator}{between}{formula}"]]), newline=""), delimiter=separator)
    bare = [cell.strip(' "\u200b') for row in rows for cell in row]
    assert not [cell for cell in bare if cell[:1] in "=+-@\uff1d" and cell]


def test_numbers_stay_numbers_and_what_is_not_known_stays_empty():
    assert csv_text(["a", "b", "c", "d"], [[-5, 2.5, Decimal("-1.25"), None]]) == "a,b,c,d\r\n-5,2.5,-1.25,\r\n"


def test_commas_and_quotes_stay_within_their_cell():
    assert csv_text(["a"], [['Jl. "Mawar", no. 1']]) == 'a\r\n"Jl. ""Mawar"", no. 1"\r\n'
