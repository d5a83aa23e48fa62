"""Tables as people send them: XLSX and CSV of every separator and encoding; too much is refused before it is read."""

from __future__ import annotations

import io
import time
import zipfile
from contextlib import suppress

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.catalogue import INDONESIAN
from app.core.errors import Invalid
from app.core.spreadsheets import MAX_BYTES, MAX_COLUMNS, MAX_ROWS, MAX_UNPACKED_BYTES, read_sheet


def xlsx(*lines: list[object]) -> bytes:
    book = openpyxl.Workbook()
    for line in lines:
        book.active.append(line)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


@pytest.mark.parametrize("content", [
    b"Nama Sekolah,NPSN,Lintang\nSDN 1,20219345,-6.9\n",
    b"\xef\xbb\xbfNama Sekolah;NPSN;Lintang\r\nSDN 1;20219345;-6.9\r\n\r\n",
    b"Nama Sekolah\tNPSN\tLintang\nSDN 1\t20219345\t-6.9",
    xlsx(["Nama Sekolah", "NPSN", "Lintang"], ["SDN 1", 20219345, -6.9]),
    xlsx(["Daftar sekolah"], [], ["Nama Sekolah", "NPSN", "Lintang"], ["SDN  1", 20219345.0, "-6.9"], [None, None, None]),
])  # fmt: skip
def test_a_table_is_read_whatever_wrote_it(content):
    (row,) = read_sheet(content).rows
    assert row.cells == {"namasekolah": "SDN 1", "npsn": "20219345", "lintang": "-6.9"}
    assert row.said("nama", "namasekolah") == "SDN 1"


def test_letters_of_windows_are_read():
    assert read_sheet("nama;tempat\nAndré;x\n".encode("cp1252")).rows[0].said("nama") == "André"


def test_the_first_of_two_columns_of_one_name_holds():
    assert read_sheet(b"nama,Nama,x\nA,B,1\n").rows[0].said("nama") == "A"


def test_rows_are_numbered_as_the_spreadsheet_does():
    assert [row.number for row in read_sheet(b"\nnama,x\nA,1\n\nB,2\n").rows] == [3, 5]


def bomb() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", b" " * (MAX_UNPACKED_BYTES + 1))
    return out.getvalue()


BAD = {
    "empty": (b"", "empty"),
    "a head alone": (b"nama,npsn\n", "empty"),
    "old Excel": (b"\xd0\xcf\x11\xe0\xa1\xb1", "format"),
    "a picture": (b"\x89PNG\r\n\x1a\n\x00\x00", "format"),
    "a broken ZIP": (b"PK\x03\x04 and so on", "malformed"),
    "a ZIP of something else": (zipfile.ZipFile(out := io.BytesIO(), "w").close() or out.getvalue(), "malformed"),
    "a bomb": (bomb(), "too_large"),
    "too many bytes": (b"x" * (MAX_BYTES + 1), "too_large"),
    "too many rows": (b"a,b\n" + b"1,2\n" * (MAX_ROWS + 1), "too_large"),
}


@pytest.mark.parametrize(("content", "code"), BAD.values(), ids=BAD.keys())
def test_what_is_no_table_is_refused_with_a_sentence(content, code):
    with pytest.raises(Invalid) as caught:
        read_sheet(content)
    (error,) = caught.value.errors
    assert (error.field, error.code) == ("file", code)
    assert error.message.said(INDONESIAN)


def test_a_cell_far_away_costs_nothing():
    book = openpyxl.Workbook()
    book.active.append(["nama", "x"])
    book.active.append(["A", 1])
    book.active["XFD1048576"] = "far"
    out = io.BytesIO()
    book.save(out)
    began = time.process_time()
    sheet = read_sheet(out.getvalue())
    assert [row.said("nama") for row in sheet.rows] == ["A"]
    assert len(sheet.head) <= MAX_COLUMNS
    assert time.process_time() - began < 5


@given(st.binary(max_size=300), st.booleans())
def test_no_bytes_break_the_reader(content, is_zip):
    with suppress(Invalid):
        read_sheet((b"PK" if is_zip else b"") + content)


def test_a_damaged_workbook_is_a_sentence_wherever_it_is_damaged():
    whole = xlsx(["nama", "x"], ["A", 1])
    for place in range(4, len(whole), 97):
        with suppress(Invalid):
            read_sheet(whole[:place] + b"\xff\xfe" + whole[place + 2 :])
