"""Tables as files: what stands in a table of a page, as CSV that a spreadsheet opens without running anything in it."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Sequence
from decimal import Decimal

from flask import Response

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


def csv_answer(name: str, head: Sequence[str], rows: Iterable[Sequence[Cell]]) -> Response:
    """The table as the file `name`.csv; numbers stay numbers, what is not known stays empty."""
    response = Response(csv_text(head, rows), mimetype="text/csv")
    response.headers["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    return response


def csv_text(head: Sequence[str], rows: Iterable[Sequence[Cell]]) -> str:
    """The table in the form of RFC 4180."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow([_harmless(word) for word in head])
    writer.writerows([_harmless(cell) for cell in row] for row in rows)
    return out.getvalue()


def _harmless(cell: Cell) -> Cell:
    """Words that a spreadsheet would take for a formula begin with an apostrophe, wherever it might begin a cell."""
    if not isinstance(cell, str):
        return cell
    marked = _BEGINS_A_FORMULA.sub(r"\1'", cell)
    return f"'{marked}" if cell.startswith(_BEGINS_ODDLY) and not _BEGINS_A_FORMULA.match(cell) else marked
