"""What may be said of an error outside: its kind, its place, what the house or the machine says of itself; never a value.

Values are people's. A database quotes the row that it could not store, a parser the text that it could not read.
"""

from __future__ import annotations

import sqlite3
import traceback
from collections.abc import Iterator
from itertools import pairwise

import psycopg
from sqlalchemy.exc import DBAPIError

_SPEAKS_OF_CODE = (
    RuntimeError, TypeError, AttributeError, NameError, ImportError, MemoryError, NotImplementedError, OSError, sqlite3.Error
)  # fmt: skip
"""Kinds whose messages name functions, files and columns. SQLite's name columns and constraints, no values."""
_BETWEEN = {
    True: "\nThe above exception was the direct cause of the following exception:\n\n",
    False: "\nDuring handling of the above exception, another exception occurred:\n\n",
}


def words_of(error: BaseException) -> str:
    """The error in a line, such as "psycopg.errors.UniqueViolation [23505] account uq_account_name"."""
    if isinstance(error, DBAPIError) and error.orig is not None:
        statement = f" in: {error.statement}" if error.statement else ""
        return f"{_name(error)}: {words_of(error.orig)}{statement}"
    if isinstance(error, psycopg.Error):
        return f"{_name(error)}: {_said_by_postgresql(error)}".rstrip(": ")
    if type(error) is LookupError or isinstance(error, _SPEAKS_OF_CODE):
        return f"{_name(error)}: {error}"
    return _name(error)


def _said_by_postgresql(error: psycopg.Error) -> str:
    if error.sqlstate is None:
        # Said by the driver, above all that nobody answers; the server has seen nothing that it could quote.
        return str(error).strip().partition("\n")[0] if isinstance(error, psycopg.OperationalError) else ""
    about = (error.diag.table_name, error.diag.column_name, error.diag.constraint_name)
    return " ".join([f"[{error.sqlstate}]", *(name for name in about if name)])


def _name(error: BaseException) -> str:
    kind = type(error)
    return kind.__qualname__ if kind.__module__ == "builtins" else f"{kind.__module__}.{kind.__qualname__}"


def trace_of(error: BaseException) -> str:
    """The error with its causes and the lines of code on its way, as Python prints it, the first cause first."""
    chain = list(reversed(list(_causes(error))))
    told = [_one(chain[0])]
    for before, after in pairwise(chain):
        told += [_BETWEEN[after.__cause__ is before], _one(after)]
    return "".join(told).rstrip("\n")


def _one(error: BaseException) -> str:
    return "".join(["Traceback (most recent call last):\n", *traceback.format_tb(error.__traceback__), words_of(error), "\n"])


def _causes(error: BaseException | None) -> Iterator[BaseException]:
    seen: set[int] = set()
    while error is not None and id(error) not in seen:
        seen.add(id(error))
        yield error
        error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
