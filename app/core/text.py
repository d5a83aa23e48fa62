"""Sentences that can be said in every language of the house, and numbers and dates as each of them writes.

A sentence is written in Indonesian; what other languages say for it stands in their catalogues (app/core/catalogue.py).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache

from babel.dates import format_date
from babel.numbers import format_decimal

from app.core.catalogue import ENGLISH, INDONESIAN, Language, translated
from app.core.periods import Period, PeriodKind


@dataclass(frozen=True, slots=True, init=False)
class Text:
    """One sentence: Indonesian, with its values named, to be said in any language of the house.

    `Text("%(place)s sudah ditutup.", place=site.name)`. A value named `n` counts something: where a language has a form for one
    and another for many, the catalogue has both. Numbers and Texts among the values are said in the language too; a number that
    is a name (a year, an identifier) is given as a str. `%%` is a per cent sign in a sentence with values.
    """

    message: str
    context: str
    """Parts sentences that are one in Indonesian and several elsewhere; empty for nearly all."""
    values: tuple[tuple[str, Value], ...]

    def __init__(self, message: str, /, **values: Value) -> None:
        self._set(message, "", values)

    @classmethod
    def pgettext(cls, context: str, message: str, /, **values: Value) -> Text:
        """A sentence whose meaning hangs on where it stands: `Text.pgettext("button", "Batal")`."""
        text = cls.__new__(cls)
        text._set(message, context, values)  # noqa: SLF001 - a constructor of its own class
        return text

    def said(self, language: Language) -> str:
        words = translated(self.message, language, context=self.context, count=counted(dict(self.values)))
        return words % {name: value_said(value, language) for name, value in self.values} if self.values else words

    def __bool__(self) -> bool:
        """Whether there is anything to say."""
        return bool(self.message or self.values)

    def given(self, **values: Value) -> Text:
        """The same sentence with these values, for sentences that stand in a table."""
        return Text.pgettext(self.context, self.message, **dict(self.values) | values)

    def _set(self, message: str, context: str, values: Mapping[str, Value]) -> None:
        for name, value in (("message", message), ("context", context), ("values", tuple(values.items()))):
            object.__setattr__(self, name, value)


class Multilingual(Text):
    """Words that bring their own translations, as a programme's file does; Indonesian for languages that it does not have."""

    __slots__ = ()

    def __init__(self, **by_language: str) -> None:
        self._set(by_language["id"], "", by_language)

    def said(self, language: Language) -> str:
        return str(dict(self.values).get(language, self.message))


class Recased(Text):
    """Words in another case: a name within a sentence, a word at its beginning."""

    __slots__ = ("_change",)

    _change: Callable[[str], str]

    def __init__(self, text: Text, change: Callable[[str], str]) -> None:
        self._set("", "", {"text": text})
        object.__setattr__(self, "_change", change)

    def said(self, language: Language) -> str:
        return self._change(value_said(dict(self.values)["text"], language))


class Verbatim(Text):
    """A name, a code, what somebody wrote: the same in every language."""

    __slots__ = ()

    def said(self, language: Language) -> str:
        return self.message


@dataclass(frozen=True, slots=True)
class Clock:
    """An hour of the day among the values of a sentence, kept as "07:05": "07.05" in Indonesian."""

    value: str

    def said(self, language: Language) -> str:
        return hour(self.value, language)


class Listing(Text):
    """Several things one after the other, in an order that no language changes: "Senin, Rabu, Jumat", "3,5 kg"."""

    __slots__ = ()

    def __init__(self, parts: Iterable[Value], *, separator: str = ", ") -> None:
        self._set(separator, "", {str(place): part for place, part in enumerate(parts)})

    def __bool__(self) -> bool:
        return bool(self.values)

    def said(self, language: Language) -> str:
        return self.message.join(value_said(part, language) for _, part in self.values)


@dataclass(frozen=True, slots=True)
class Number:
    """A number among the values of a sentence, with at most so many decimals."""

    value: int | float | Decimal
    decimals: int = 1

    def said(self, language: Language) -> str:
        return number(self.value, language, self.decimals)


@dataclass(frozen=True, slots=True)
class Day:
    """A day among the values of a sentence: "Senin, 23 November 2026"."""

    value: date

    def said(self, language: Language) -> str:
        return day(self.value, language)


class NearDay(Text):
    """A day so near that nobody asks for the year: "Rabu, 2 Desember"."""

    __slots__ = ("_day",)

    _day: date

    def __init__(self, value: date) -> None:
        self._set("", "", {"day": Day(value)})
        object.__setattr__(self, "_day", value)

    def said(self, language: Language) -> str:
        return near_day(self._day, language)


@dataclass(frozen=True, slots=True)
class ShortDay:
    """A day among the values of a sentence: "23 Nov 2026"."""

    value: date

    def said(self, language: Language) -> str:
        return short_day(self.value, language)


Value = str | int | float | Decimal | Text | Number | Day | ShortDay | Clock
"""What a sentence can name."""


def counted(values: Mapping[str, Value]) -> int | None:
    """How many a sentence with these values counts; None where it counts nothing."""
    count = values.get("n")
    count = count.value if isinstance(count, Number) else count
    return int(count) if isinstance(count, int | float | Decimal) else None


def value_said(value: Value, language: Language) -> str:
    """A value of a sentence in the language: numbers as it writes them, texts as it says them, words as they are."""
    if isinstance(value, str):
        return value
    if isinstance(value, int | float | Decimal):
        return number(value, language, 3)
    return value.said(language)


_UNSEEN_LETTERS = frozenset("\u115f\u1160\u3164\uffa0")
"""Letters of which nothing is to be seen (fillers of Hangul)."""


def says_something(text: str) -> bool:
    """Whether there is a letter or digit to be read: neither blanks, nor what no eye sees, nor marks alone."""
    return any(letter.isalnum() and letter not in _UNSEEN_LETTERS for letter in text)


@lru_cache(maxsize=4096)
def number(value: int | float | Decimal, language: Language, decimals: int = 1) -> str:
    """1234.5 as "1.234,5" in Indonesian and "1,234.5" in English; no trailing zeros."""
    pattern = "#,##0." + "#" * decimals if decimals else "#,##0"
    return format_decimal(value, format=pattern, locale=language)


def column_number(value: int | float | Decimal, language: Language, decimals: int) -> str:
    """1.5 as "1,50" where two decimals are told: numbers below each other end alike."""
    return format_decimal(value, format="#,##0." + "0" * decimals, locale=language)


@lru_cache(maxsize=4096)
def day(value: date, language: Language) -> str:
    """ "Senin, 23 November 2026" or "Monday, 23 November 2026"."""
    return format_date(value, format="EEEE, d MMMM y", locale=language)


@lru_cache(maxsize=4096)
def short_day(value: date, language: Language) -> str:
    """ "23 Nov 2026"."""
    return format_date(value, format="d MMM y", locale=language)


@lru_cache(maxsize=4096)
def near_day(value: date, language: Language) -> str:
    """ "Rabu, 2 Desember": of a day so near that nobody asks for the year."""
    return format_date(value, format="EEEE, d MMMM", locale=language)


@lru_cache(maxsize=64)
def weekday(value: date, language: Language) -> str:
    """ "Rab" or "Wed"."""
    return format_date(value, format="EEE", locale=language)


def period_name(period: Period, language: Language) -> str:
    """ "November 2026", "Minggu 48, 2026", "2026", "semua waktu"."""
    match period.kind:
        case PeriodKind.WEEK:
            year, week = period.name.split("-W")
            return Text("Pekan %(week)s, %(year)s", week=int(week), year=year).said(language)
        case PeriodKind.MONTH if period.first is not None:
            return format_date(period.first, format="MMMM y", locale=language)
        case PeriodKind.ALL:
            return Text("semua waktu").said(language)
        case _:
            return period.name


def hour(value: str, language: Language) -> str:
    """ "07:05" as "07.05" in Indonesian and "07:05" in English."""
    hours, minutes = value.split(":")
    return Text("%(hours)s.%(minutes)s", hours=hours, minutes=minutes).said(language)


_ZONE_NAMES = {"Asia/Jakarta": "WIB", "Asia/Pontianak": "WIB", "Asia/Makassar": "WITA", "Asia/Jayapura": "WIT"}


def clock_time(value: datetime, language: Language) -> str:
    """ "07.05 WIB" or "07:05 WIB"; the zone is named where it is one of the three of Indonesia."""
    zone = _ZONE_NAMES.get(str(value.tzinfo), value.tzname() or "")
    return f"{hour(f'{value:%H:%M}', language)} {zone}".rstrip()


def language_name(language: Language) -> str:
    """What the language calls itself: "Bahasa Indonesia", "English"."""
    return Text.pgettext("what the language calls itself", "Bahasa Indonesia").said(language)


def in_english_and_indonesian(text: Text) -> str:
    """For whoever works at a terminal, and has told no language: "Not found. (Tidak ditemukan.)"."""
    return f"{text.said(ENGLISH)} ({text.said(INDONESIAN)})"
