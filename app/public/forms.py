"""The questions that public pages answer, read from their addresses.

An argument that is not known is left alone: what people share grows marks of those who carry it. One that is known and wrong is
refused by its name.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from flask import request

from app.core.errors import FieldError, Invalid, invalid
from app.core.periods import ALL_TIME, Period, parse_period
from app.core.text import Text
from app.indicators.queries import FactsCursor
from app.leaderboard.rules import DEFAULT_PAGE_SIZE, MAX_PAGE_SIZE, WHY_NO_BOARD, Ranked, ScopeKind, not_within_school
from app.public.rules.sorting import CITY_COLUMNS, Sorting

PER_HEAD = "per-jiwa"
MAX_SEARCHED = 60


@dataclass(frozen=True, slots=True)
class BoardQuestion:
    programme: str | None
    scope: str
    period: Period | None
    """None: the month that the place is in."""
    subject: Ranked
    limit: int
    per_head: bool
    name: str
    """Whom to look for on a board of persons; empty: nobody."""


@dataclass(frozen=True, slots=True)
class CityQuestion:
    city: str | None
    """None: the first there is."""
    programme: str | None
    indicator: str | None
    period: Period
    sorting: Sorting
    name: str
    """What the names of the kelurahan in the table have in them; empty: all are shown."""
    is_whole: bool
    """The table with all its rows, however many."""


@dataclass(frozen=True, slots=True)
class FactsPageQuestion:
    programme: str | None
    period: Period
    after: FactsCursor | None


def board_question() -> BoardQuestion:
    scope, subject = _word("scope") or ScopeKind.CITY.value, _one_of("subject", list(Ranked))
    if scope.partition(":")[0] == ScopeKind.SCHOOL:
        # Within a school only the school itself can be asked for, so that is what a bare address means.
        refused = not_within_school(Ranked(subject)) if subject else None
        if refused is not None:
            raise Invalid([FieldError("subject", refused.value, WHY_NO_BOARD[refused])], WHY_NO_BOARD[refused])
        subject = Ranked.SCHOOL
    per_head = _one_of("urut", [PER_HEAD]) is not None
    limit = (
        MAX_PAGE_SIZE
        if _one_of("limit", [str(DEFAULT_PAGE_SIZE), str(MAX_PAGE_SIZE)]) == str(MAX_PAGE_SIZE)
        else DEFAULT_PAGE_SIZE
    )
    return BoardQuestion(_word("programme"), scope, _period(), Ranked(subject or Ranked.PERSON), limit, per_head, _searched())


def city_question() -> CityQuestion:
    by = _word("urut") or ""
    column, downwards = by.removeprefix("-"), by.startswith("-")
    if by and column not in CITY_COLUMNS:
        raise _choice("urut", CITY_COLUMNS)
    sorting = Sorting(column, downwards) if by else Sorting("nilai", downwards=True)
    return CityQuestion(
        _word("kota"),
        _word("programme"),
        _word("indicator"),
        _period() or ALL_TIME,
        sorting,
        _searched(),
        _one_of("limit", ["all"]) is not None,
    )


def period_asked() -> Period:
    """All time when nothing is asked for."""
    return _period() or ALL_TIME


def month_asked() -> Period | None:
    """The period asked for; None where none is."""
    return _period()


def facts_question() -> FactsPageQuestion:
    return FactsPageQuestion(_word("programme"), _period() or ALL_TIME, _cursor())


def _searched() -> str:
    return " ".join(request.args.get("cari", "").replace("\x00", "").split())[:MAX_SEARCHED]


def _word(name: str) -> str | None:
    return request.args.get(name, "").strip() or None


def _one_of(name: str, choices: Collection[str]) -> str | None:
    word = _word(name)
    if word is not None and word not in choices:
        raise _choice(name, choices)
    return word


def _choice(name: str, choices: Collection[str]) -> Invalid:
    listed = ", ".join(choices)
    return invalid(name, "choice", Text("Pilih salah satu: %(listed)s.", listed=listed))


def _period() -> Period | None:
    name = _word("period")
    period = parse_period(name) if name is not None else None
    if name is not None and period is None:
        raise invalid(
            "period",
            "malformed",
            Text("Isi dengan all, tahun (2026), bulan (2026-11) atau pekan (2026-W48)."),
        )
    return period


def _cursor() -> FactsCursor | None:
    text = _word("after")
    if text is None:
        return None
    try:
        return FactsCursor.parse(text)
    except ValueError as error:
        raise invalid(
            "after",
            "malformed",
            Text("Alamat halaman ini tidak lengkap; mulailah dari halaman pertama."),
        ) from error
