"""app/core/text: both languages write their own numbers, days and hours."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest

from app.core import catalogue
from app.core.catalogue import ENGLISH, INDONESIAN
from app.core.text import Day, Listing, Number, Text, Verbatim, clock_time, column_number, day, number, says_something

ID, EN = INDONESIAN, ENGLISH


PO = """
msgid ""
msgstr ""
"Plural-Forms: nplurals=2; plural=(n != 1);\\n"
"Content-Type: text/plain; charset=utf-8\\n"

msgid "Sampah dipungut."
msgstr "Litter was picked."

msgctxt "stamp"
msgid "Batal"
msgstr "Void"

msgid "Batal"
msgstr "Cancel"

msgid "%(n)s aksi di %(place)s"
msgid_plural "%(n)s aksi di %(place)s"
msgstr[0] "%(n)s action at %(place)s"
msgstr[1] "%(n)s actions at %(place)s"

msgctxt "all"
msgid "%(n)s lubang"
msgid_plural "%(n)s lubang"
msgstr[0] "the only hole"
msgstr[1] "all %(n)s holes"

msgid "Pada %(when)s: %(far)s, %(share)s %%, %(who)s"
msgstr "%(who)s on %(when)s: %(far)s, %(share)s %%"

#, fuzzy
msgid "Hanya tebakan."
msgstr "Only a guess."
"""


@pytest.fixture
def said(tmp_path, monkeypatch):
    """The house with an English catalogue of its own."""
    (tmp_path / "en" / "LC_MESSAGES").mkdir(parents=True)
    (tmp_path / "en" / "LC_MESSAGES" / "messages.po").write_text(PO)
    monkeypatch.setattr(catalogue, "FOLDER", tmp_path)
    catalogue.forget()
    yield lambda text: (text.said(ID), text.said(EN))
    catalogue.forget()


WHEN = date(2026, 11, 23)
SAID = [
    (Text("Sampah dipungut."), "Sampah dipungut.", "Litter was picked."),
    (Text("Batal"), "Batal", "Cancel"),
    (Text.pgettext("stamp", "Batal"), "Batal", "Void"),
    (Text("%(n)s aksi di %(place)s", n=1, place="Melati"), "1 aksi di Melati", "1 action at Melati"),
    (Text("%(n)s aksi di %(place)s", n=1234, place="100%"), "1.234 aksi di 100%", "1,234 actions at 100%"),
    (Text("%(n)s aksi di %(place)s", n=Number(1), place="Melati"), "1 aksi di Melati", "1 action at Melati"),
    (Text.pgettext("all", "%(n)s lubang", n=0), "0 lubang", "all 0 holes"),
    (Text.pgettext("all", "%(n)s lubang", n=1), "1 lubang", "the only hole"),
    (
        Text("Pada %(when)s: %(far)s, %(share)s %%, %(who)s", when=Day(WHEN), far=Number(1.25, 2), share=7, who=Text("Batal")),
        "Pada Senin, 23 November 2026: 1,25, 7 %, Batal",
        "Cancel on Monday, 23 November 2026: 1.25, 7 %",
    ),
    (Text("Hanya tebakan."), "Hanya tebakan.", "Hanya tebakan."),
    (Text("Tidak ada dalam katalog."), "Tidak ada dalam katalog.", "Tidak ada dalam katalog."),
    (Text(""), "", ""),
    (Listing(()), "", ""),
    (Verbatim("Batal"), "Batal", "Batal"),
    (Text("Batal", who=Listing(("a", Text("Batal")))), "Batal", "Cancel"),
]


@pytest.mark.parametrize(("text", "indonesian", "english"), SAID)
def test_a_sentence_is_said_in_the_language_asked_for(said, text, indonesian, english):
    assert said(text) == (indonesian, english)


def test_several_things_are_said_one_after_the_other(said):
    assert Listing(("a", Text("Batal"), Number(1.5))).said(EN) == "a, Cancel, 1.5"


def test_equal_sentences_are_equal():
    assert Text("a", n=1) == Text("a", n=1)
    assert len({Text("a"), Text("a"), Text.pgettext("b", "a"), Text("a", n=1), Verbatim("a")}) == 4


@pytest.mark.parametrize(
    ("value", "decimals", "indonesian", "english"),
    [
        (1234.5, 1, "1.234,5", "1,234.5"),
        (12, 1, "12", "12"),
        (Decimal("3.50"), 2, "3,5", "3.5"),
        (2591763, 0, "2.591.763", "2,591,763"),
        (0.04, 1, "0", "0"),
        (-7.25, 2, "-7,25", "-7.25"),
    ],
)
def test_numbers_are_written_as_each_language_writes_them(value, decimals, indonesian, english):
    assert number(value, ID, decimals) == indonesian
    assert number(value, EN, decimals) == english


def test_days_carry_their_names():
    assert day(date(2026, 11, 23), ID) == "Senin, 23 November 2026"
    assert day(date(2026, 11, 23), EN) == "Monday, 23 November 2026"


@pytest.mark.parametrize(("zone", "name"), [("Asia/Jakarta", "WIB"), ("Asia/Makassar", "WITA"), ("Asia/Jayapura", "WIT")])
def test_the_hour_names_its_zone(zone, name):
    hour = datetime(2026, 11, 23, 7, 5, tzinfo=ZoneInfo(zone))
    assert clock_time(hour, ID) == f"07.05 {name}"
    assert clock_time(hour, EN) == f"07:05 {name}"


def test_a_zone_elsewhere_keeps_its_own_name():
    assert clock_time(datetime(2026, 11, 23, 7, 5, tzinfo=UTC), EN) == "07:05 UTC"


@pytest.mark.parametrize(("value", "indonesian", "english"), [(0.8, "0,80", "0.80"), (1234, "1.234,00", "1,234.00")])
def test_numbers_below_each_other_have_the_same_decimals(value, indonesian, english):
    assert (column_number(value, ID, 2), column_number(value, EN, 2)) == (indonesian, english)


@pytest.mark.parametrize("text", ["Saya lihat.", "ok", "7", "看", "…ya"])
def test_what_can_be_read_says_something(text: str) -> None:
    assert says_something(text)


@pytest.mark.parametrize("text", ["", " \n", "\u200b", "\u2060\ufeff", "\u00ad", "\u3164", "\u2800", "\u115f\u1160", "...", "-"])
def test_what_no_eye_sees_and_marks_alone_say_nothing(text: str) -> None:
    assert not says_something(text)


@pytest.mark.parametrize(
    ("text", "says"), [(Text("a"), True), (Text(""), False), (Listing(()), False), (Listing(("a",)), True), (Verbatim(""), False)]
)
def test_a_text_without_words_is_false(text, says):
    assert bool(text) is says
