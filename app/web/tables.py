"""Tables as files: what stands in a table of a page, as CSV that the reader's spreadsheet opens as it was meant.

A spreadsheet splits at the sign and reads numbers in the way of the language that it is set to, takes what looks like a number or
a day for one, and runs what looks like a formula.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Sequence
from decimal import Decimal

from babel.numbers import get_decimal_symbol
from flask import Response

from app.core.catalogue import Language
from app.web.language import language

Cell = str | int | float | Decimal | None
_BEGINS_A_FORMULA = re.compile(
    r"""
    (^ | [,;:|\t\r\n])                        # where a cell begins, also for whoever takes another separator than ours
    (?= [\s"'\u200b-\u200f\u2060\ufeff]*      # what programs leave out before they look
        [=+\-@\uff1d\uff0b\uff0d\uff20] )       # plain and full-width
    """,
    re.VERBOSE,
)
_BEGINS_ODDLY = ("'", "\t", "\r")
_READS_AS_ANOTHER = re.compile(
    r"""
    0\d+ | \d{16,}                              # loses its zeros, or its last digits
    | \d+[eE]\d+                               # a power of ten
    | \d+ ( [.,] \d+ ){1,2}                     # "12.10" becomes 12.1, "32.73.09" a day
    | \d{1,3} ( [.,] \d{3} )+                  # thousands
    | \d{1,2} [-/] \d{1,4} ( [-/] \d{1,4} )?    # a day
    """,
    re.VERBOSE,
)
"""Words of digits that a spreadsheet would show as something else: not a whole number, nor a day like 2026-11-16."""
UTF8_MARK = "\ufeff"
"""At the beginning of a file it tells spreadsheets that letters are in UTF-8."""


def csv_answer(name: str, head: Sequence[str], rows: Iterable[Sequence[Cell]]) -> Response:
    """The table as the file `name`.csv, in the reader's language; numbers stay numbers, what is not known stays empty."""
    response = Response(UTF8_MARK + csv_text(head, rows, language()), mimetype="text/csv")
    response.headers["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    return response


def csv_text(head: Sequence[str], rows: Iterable[Sequence[Cell]], language: Language) -> str:
    """The table in the form of RFC 4180; where the language writes 2,5, cells are parted by semicolons as its spreadsheets do."""
    point = get_decimal_symbol(language)
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";" if point == "," else ",")
    writer.writerow([_harmless(word) for word in head])
    writer.writerows([_harmless(cell) if isinstance(cell, str) else _figures(cell, point) for cell in row] for row in rows)
    return out.getvalue()


def _figures(cell: float | Decimal | None, point: str) -> str:
    """The number with as many decimals as it has, whole ones with none: 12 for 12.0; nothing where it is not known."""
    if cell is None:
        return ""
    written = format(Decimal(str(cell)), "f")
    return written.rstrip("0").rstrip(".").replace(".", point) if "." in written else written


def _harmless(cell: str) -> str:
    """With an apostrophe before what a spreadsheet would take for a number, or for a formula wherever it might begin a cell."""
    marked = _BEGINS_A_FORMULA.sub(r"\1'", cell)
    if _READS_AS_ANOTHER.fullmatch(cell):
        return f"'{cell}"
    return f"'{marked}" if cell.startswith(_BEGINS_ODDLY) and not _BEGINS_A_FORMULA.match(cell) else marked
