"""Names, codes and places as people write them."""

from __future__ import annotations

from uuid import UUID

import pytest

from app.places.rules import (
    AreaLevel,
    PlaceWords,
    level_of,
    normal_code,
    npsn,
    parent_code,
    parse_place,
    rt_name,
    rw_name,
    zone_of,
)
from app.places.rules.codes import bps_level, bps_parent, joined_code
from app.places.rules.names import area_name, clean_name, is_better_spelling, same_name
from app.places.rules.words import levels_above


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("5", "05"),
        ("05", "05"),
        ("005", "05"),
        ("RW 5", "05"),
        ("rw05", "05"),
        ("RW. 12", "12"),
        (" 7 ", "07"),
        ("123", "123"),
        ("0", None),
        ("00", None),
        ("1000", None),
        ("RW", None),
        ("", None),
        ("5A", None),
        ("lima", None),
        ("-5", None),
        ("٥", None),
        ("0" * 30 + "5", None),
    ],
)
def test_an_rw_is_a_number_of_at_least_two_digits(written, name):
    assert rw_name(written) == name
    assert rt_name(written.replace("RW", "RT").replace("rw", "rt")) == name


def test_an_rw_is_not_an_rt():
    assert rw_name("RT 5") is None
    assert rt_name("RW 5") is None


@pytest.mark.parametrize(("written", "number"), [("12345678", "12345678"), (" 12345678 ", "12345678"), ("1234567", None),
                                                 ("123456789", None), ("1234567a", None), ("١٢٣٤٥٦٧٨", None)])  # fmt: skip
def test_an_npsn_has_eight_digits(written, number):
    assert npsn(written) == number


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("32.73.09.1003", "32.73.09.1003"),
        ("3273091003", "32.73.09.1003"),
        (3273091003, "32.73.09.1003"),
        (3273091003.0, "32.73.09.1003"),
        (" 32.73.09 ", "32.73.09"),
        ("327309", "32.73.09"),
        ("3273", "32.73"),
        ("32", None),
        ("32.73.9", None),
        ("32.73.09.103", None),
        ("32-73-09", None),
        ("32.73.09.1003.1", None),
        ("٣٢٧٣", None),
        (True, None),
        (None, None),
        (32.73, None),
        ([], None),
        ("", None),
    ],
)
def test_a_code_gets_its_dots(written, code):
    assert normal_code(written) == code


@pytest.mark.parametrize(
    ("code", "level", "parent"),
    [
        ("32.73", AreaLevel.CITY, None),
        ("32.73.09", AreaLevel.KECAMATAN, "32.73"),
        ("32.73.09.1003", AreaLevel.KELURAHAN, "32.73.09"),
        ("32.73.09.1003/05", AreaLevel.RW, "32.73.09.1003"),
    ],
)
def test_a_code_tells_its_level_and_its_parent(code, level, parent):
    assert level_of(code) is level
    assert parent_code(code) == parent


@pytest.mark.parametrize(
    ("parent", "serial", "code"),
    [
        ("32.73.09", "1003", "32.73.09.1003"),
        ("32.73.09", 1003, "32.73.09.1003"),
        ("32.73", "9", "32.73.09"),
        ("32.73", "109", None),
        ("32.73.09.1003", "1", None),
        ("32.73.09", "", None),
        ("32.73.09", "x", None),
    ],
)
def test_a_serial_below_its_parent_makes_a_code(parent, serial, code):
    assert joined_code(parent, serial) == code


@pytest.mark.parametrize(
    ("code", "level", "parent"),
    [
        ("3273", AreaLevel.CITY, None),
        ("3273010", AreaLevel.KECAMATAN, "3273"),
        ("3273010001", AreaLevel.KELURAHAN, "3273010"),
        ("32", None, None),
        ("32.73.010", None, None),
    ],
)
def test_the_statistics_office_counts_kecamatan_with_three_digits(code, level, parent):
    assert bps_level(code) is level
    assert level is None or bps_parent(code) == parent


@pytest.mark.parametrize(
    ("code", "zone"),
    [
        ("32.73.09.1003", "Asia/Jakarta"),
        ("61.71", "Asia/Jakarta"),
        ("62.71", "Asia/Jakarta"),
        ("51.71", "Asia/Makassar"),
        ("64.72", "Asia/Makassar"),
        ("73.71", "Asia/Makassar"),
        ("81.71", "Asia/Jayapura"),
        ("91.71", "Asia/Jayapura"),
        ("96.71", "Asia/Jayapura"),
        ("99.01", "Asia/Jakarta"),
    ],
)
def test_the_province_tells_the_time_zone(code, zone):
    assert zone_of(code) == zone


SITE = UUID("6f6f0a57-6c1f-4f6c-8a53-1f9f5f7f6a01")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("32.73.09.1003", PlaceWords(code="32.73.09.1003")),
        ("3273091003", PlaceWords(code="32.73.09.1003")),
        (" 32.73 ", PlaceWords(code="32.73")),
        ("32.73.09.1003/05", PlaceWords(code="32.73.09.1003", rw="05")),
        ("32.73.09.1003/RW 5", PlaceWords(code="32.73.09.1003", rw="05")),
        ("3273010", PlaceWords(code="3273010")),
        ("npsn:12345678", PlaceWords(npsn="12345678")),
        (f"site:{SITE}", PlaceWords(site=SITE)),
        ("32.73.09/05", None),
        ("3273010/05", None),
        ("32.73.09.1003/", None),
        ("32.73.09.1003/5A", None),
        ("32.73.09.1003/05/01", None),
        ("npsn:1234", None),
        ("npsn:", None),
        ("site:citarum", None),
        ("Citarum", None),
        ("32", None),
        ("", None),
    ],
)
def test_a_place_is_named_by_code_npsn_or_uuid(text, words):
    assert parse_place(text) == words


@pytest.mark.parametrize(
    ("a", "b", "same"),
    [
        ("Citarum", "CITARUM", True),
        ("Kb. Gedang", "KB GEDANG", True),
        ("Babakan  Ciamis", "babakan ciamis ", True),
        ("Citarum", "Ciateul", False),
    ],
)
def test_names_are_the_same_but_for_capitals_spaces_and_stops(a, b, same):
    assert same_name(a, b) is same


@pytest.mark.parametrize(
    ("new", "old", "better"),
    [("Citarum", "CITARUM", True), ("CITARUM", "Citarum", False), ("Citarum", "Citarum", False), ("Tamansari", "Citarum", True)],
)
def test_a_file_in_capitals_renames_nothing(new, old, better):
    assert is_better_spelling(new, old) is better


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("  Babakan   Ciamis ", "Babakan Ciamis"),
        ("", None),
        ("   ", None),
        ("Cita\x00rum", None),
        ("\u202eabc", None),
        ("\u3164", None),
        ("عين", "عين"),
    ],
)
def test_a_name_is_cleaned(text, name):
    assert clean_name(text) == name


def test_the_levels_above_begin_with_the_nearest():
    assert levels_above(AreaLevel.KELURAHAN) == (AreaLevel.KECAMATAN, AreaLevel.CITY)
    assert levels_above(AreaLevel.CITY) == ()


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Kelurahan Citarum", "Citarum"),
        ("KEL.  Citarum", "Citarum"),
        ("Kec. Bandung Wetan", "Bandung Wetan"),
        ("kecamatan Coblong", "Coblong"),
        ("Kelapa Gading", "Kelapa Gading"),
        ("Kel Merak", "Kel Merak"),
        ("Kota Bandung", "Kota Bandung"),
        ("Kelurahan", "Kelurahan"),
        (" ", None),
    ],
)
def test_an_areas_name_is_kept_without_the_word_for_its_level(text: str, name: str | None) -> None:
    assert area_name(text) == name
