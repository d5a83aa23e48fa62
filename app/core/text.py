"""Sentences in both languages of the house, and numbers and dates as each of them writes.

A sentence stands in Indonesian and English side by side, so neither can be forgotten.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from functools import lru_cache

from babel.dates import format_date
from babel.numbers import format_decimal

from app.core.periods import Period, PeriodKind


class Language(StrEnum):
    INDONESIAN = "id"
    ENGLISH = "en"


@dataclass(frozen=True, slots=True)
class Text:
    """One sentence, said in both languages."""

    id: str
    en: str

    def said(self, language: Language) -> str:
        return self.id if language is Language.INDONESIAN else self.en


_UNSEEN_LETTERS = frozenset("\u115f\u1160\u3164\uffa0")
"""Letters of which nothing is to be seen (fillers of Hangul)."""


def says_something(text: str) -> bool:
    """Whether there is a letter or digit to be read: neither blanks, nor what no eye sees, nor marks alone."""
    return any(letter.isalnum() and letter not in _UNSEEN_LETTERS for letter in text)


@lru_cache(maxsize=4096)
def number(value: int | float | Decimal, language: Language, decimals: int = 1) -> str:
    """1234.5 as "1.234,5" in Indonesian and "1,234.5" in English; no trailing zeros."""
    pattern = "#,##0." + "#" * decimals if decimals else "#,##0"
    return format_decimal(value, format=pattern, locale=language.value)


def column_number(value: int | float | Decimal, language: Language, decimals: int) -> str:
    """1.5 as "1,50" where two decimals are told: numbers below each other end alike."""
    return format_decimal(value, format="#,##0." + "0" * decimals, locale=language.value)


@lru_cache(maxsize=4096)
def day(value: date, language: Language) -> str:
    """ "Senin, 23 November 2026" or "Monday, 23 November 2026"."""
    return format_date(value, format="EEEE, d MMMM y", locale=language.value)


@lru_cache(maxsize=4096)
def short_day(value: date, language: Language) -> str:
    """ "23 Nov 2026"."""
    return format_date(value, format="d MMM y", locale=language.value)


def period_name(period: Period, language: Language) -> str:
    """ "November 2026", "Minggu 48, 2026", "2026", "semua waktu"."""
    match period.kind:
        case PeriodKind.WEEK:
            year, week = period.name.split("-W")
            return Text(f"Pekan {int(week)}, {year}", f"Week {int(week)}, {year}").said(language)
        case PeriodKind.MONTH if period.first is not None:
            return format_date(period.first, format="MMMM y", locale=language.value)
        case PeriodKind.ALL:
            return Text("semua waktu", "all time").said(language)
        case _:
            return period.name


_ZONE_NAMES = {"Asia/Jakarta": "WIB", "Asia/Pontianak": "WIB", "Asia/Makassar": "WITA", "Asia/Jayapura": "WIT"}


def clock_time(value: datetime, language: Language) -> str:
    """ "07.05 WIB" or "07:05 WIB"; the zone is named where it is one of the three of Indonesia."""
    separator = "." if language is Language.INDONESIAN else ":"
    zone = _ZONE_NAMES.get(str(value.tzinfo), value.tzname() or "")
    return f"{value:%H}{separator}{value:%M} {zone}".rstrip()
