"""Tables that people send, as XLSX or CSV: a head and its rows, all as words, within bounds."""

from __future__ import annotations

import csv
import io
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from xml.etree.ElementTree import ParseError

from app.core.errors import Invalid, invalid
from app.core.text import Text

MAX_ROWS = 5000
MAX_COLUMNS = 60
MAX_CELL_LENGTH = 400
MAX_BYTES = 8 * 1024 * 1024
MAX_UNPACKED_BYTES = 24 * 1024 * 1024
"""What an XLSX unfolds to: its reader takes about a second for 4 MB, and a small file may hold hundreds."""
MAX_MEMBERS = 500


@dataclass(frozen=True, slots=True)
class SheetRow:
    number: int
    """As a spreadsheet counts: the head is 1 as a rule."""
    cells: Mapping[str, str]
    """Folded head -> what stands there; "" for nothing."""

    def said(self, *names: str) -> str:
        """What stands in the first of these columns that says something."""
        return next((found for name in names if (found := self.cells.get(name, ""))), "")


@dataclass(frozen=True, slots=True)
class SheetTable:
    head: tuple[str, ...]
    rows: tuple[SheetRow, ...]

    def lacks(self, *names: str) -> bool:
        """Whether none of these columns is there."""
        return not {folded(each) for each in self.head}.intersection(names)


def read_sheet(content: bytes) -> SheetTable:
    """The first table of the file. Raises Invalid (field `file`) with the reason; empty rows are left out."""
    if len(content) > MAX_BYTES:
        raise _unreadable("too_large", Text("Berkas ini lebih dari %(most)s MB.", most=MAX_BYTES // 2**20))
    lines = _xlsx(content) if content.startswith(b"PK") else _csv(content)
    return _sheet(islice(lines, MAX_ROWS + 51))


def folded(head: str) -> str:
    """A column's name without capitals, spaces and signs."""
    return "".join(letter for letter in head.casefold() if letter.isalnum())


def _sheet(lines: Iterable[Sequence[str]]) -> SheetTable:
    head: tuple[str, ...] = ()
    rows: list[SheetRow] = []
    for number, line in enumerate(lines, start=1):
        if not any(line):
            continue
        if not head:
            # A title may stand above the head; it fills one cell.
            head = tuple(line) if sum(map(bool, line)) > 1 else ()
            continue
        if len(rows) == MAX_ROWS:
            raise _unreadable("too_large", Text("Tabel ini lebih dari %(most)s baris. Bagilah.", most=MAX_ROWS))
        cells: dict[str, str] = {}
        for name, value in zip(head, line, strict=False):
            if name:
                cells.setdefault(folded(name), value)
        rows.append(SheetRow(number, cells))
    if not rows:
        raise _unreadable("empty", Text("Tabel ini kosong: baris pertama berisi nama kolom, lalu satu baris untuk tiap isian."))
    return SheetTable(tuple(filter(None, head)), tuple(rows))


def _csv(content: bytes) -> Iterator[list[str]]:
    if content.startswith(b"\xd0\xcf\x11\xe0"):
        raise _unreadable("format", Text("Berkas .xls lama tidak dibaca. Simpan sebagai .xlsx atau .csv."))
    if b"\0" in content:
        raise _unreadable("format", Text("Berkas ini bukan XLSX atau CSV."))
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("cp1252", errors="replace")
    first = next((line for line in text.splitlines() if line.strip()), "")
    parted_by = max(";,\t", key=first.count)
    try:
        for line in csv.reader(io.StringIO(text, newline=""), delimiter=parted_by):
            yield [_cell(value) for value in line[:MAX_COLUMNS]]
    except csv.Error as error:
        raise _unreadable("malformed", Text("CSV ini rusak: %(why)s.", why=str(error)[:120])) from error


_STUMBLES = (
    KeyError, ValueError, TypeError, IndexError, AttributeError, EOFError, OSError, RuntimeError,
    NotImplementedError, ParseError, zipfile.BadZipFile, zlib.error,
)  # fmt: skip
"""What a file that is no workbook makes its reader raise."""


def _xlsx(content: bytes) -> Iterator[list[str]]:
    import openpyxl
    from openpyxl.utils.exceptions import InvalidFileException

    _check_size(content)
    try:
        book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=True, keep_links=False)
        for line in book.worksheets[0].iter_rows(max_row=MAX_ROWS + 51, max_col=MAX_COLUMNS, values_only=True):
            yield [_cell(value) for value in line]
    except (*_STUMBLES, InvalidFileException) as error:
        raise _unreadable("malformed", Text("Berkas ini bukan XLSX yang utuh.")) from error


def _check_size(content: bytes) -> None:
    """Before anything is unfolded; what inflates to more than its directory says is cut there."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            members = archive.infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError) as error:
        raise _unreadable("malformed", Text("Berkas ini bukan XLSX yang utuh.")) from error
    if len(members) > MAX_MEMBERS or sum(member.file_size for member in members) > MAX_UNPACKED_BYTES:
        raise _unreadable("too_large", Text("Isi berkas ini terlalu besar. Simpan tabelnya saja, sebagai .xlsx baru atau .csv."))


def _cell(value: object) -> str:
    """As people read it: a whole number has no decimals."""
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        value = int(value)
    return " ".join(str(value).split())[:MAX_CELL_LENGTH]


def _unreadable(code: str, message: Text) -> Invalid:
    return invalid("file", code, message)
