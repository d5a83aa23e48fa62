"""Tables as files."""

from __future__ import annotations

from decimal import Decimal

import pytest

from app.web.tables import csv_text


@pytest.mark.parametrize("word", ["=1+1", "+62", "-5", "@SUM(A1)", "\tx", "\rx", "'quoted"])
def test_words_that_a_spreadsheet_would_run_begin_with_an_apostrophe(word):
    assert "'" + word in csv_text(["Nama"], [[word]])


def test_numbers_stay_numbers_and_what_is_not_known_stays_empty():
    assert csv_text(["a", "b", "c", "d"], [[-5, 2.5, Decimal("-1.25"), None]]) == "a,b,c,d\r\n-5,2.5,-1.25,\r\n"


def test_commas_and_quotes_stay_within_their_cell():
    assert csv_text(["a"], [['Jl. "Mawar", no. 1']]) == 'a\r\n"Jl. ""Mawar"", no. 1"\r\n'
