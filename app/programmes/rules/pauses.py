"""Weeks in which a place has no programme days: Ramadan, exams, a school's holidays. It ends no streak and changes no number."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from app.core.text import Text, says_something
from app.notices.rules import ramadan

MAX_PAUSE = timedelta(days=42)
MAX_PAUSE_AHEAD = timedelta(days=366)
MAX_PAUSE_LATE = timedelta(days=28)
"""How long after its last day a pause can still be declared."""
MAX_PAUSE_NAME = 60
A_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class ProposedPause:
    """A pause that the calendar proposes; without days where every place has its own."""

    key: str
    name: Text
    first: date | None = None
    last: date | None = None


def why_no_pause(name: str, first: date, last: date, today: date) -> tuple[str, Text] | None:
    """What is wrong with the pause: its field (name, first or last) and why; None: nothing."""
    if not says_something(name) or len(name) > MAX_PAUSE_NAME:
        return "name", Text("Tulis nama jeda, paling panjang %(most)s huruf.", most=MAX_PAUSE_NAME)
    if last < first:
        return "last", Text("Hari terakhir tidak boleh sebelum hari pertama.")
    if last - first >= MAX_PAUSE:
        return "last", Text("Jeda paling lama %(n)s hari.", n=MAX_PAUSE.days)
    if today - last > MAX_PAUSE_LATE:
        return "last", Text("Jeda paling lambat dinyatakan %(n)s hari sesudahnya.", n=MAX_PAUSE_LATE.days)
    if first - today > MAX_PAUSE_AHEAD:
        return "first", Text("Jeda dinyatakan paling cepat setahun sebelumnya.")
    return None


def proposed_pauses(today: date) -> tuple[ProposedPause, ...]:
    """The next Ramadan with its days, then what schools have at days of their own."""
    spans = _spans(ramadan(today.year) | ramadan(today.year + 1))
    coming = next(((first, last) for first, last in spans if last >= today), None)
    found = [ProposedPause("ramadan", Text("Ramadan"), *coming)] if coming and coming[0] - today <= MAX_PAUSE_AHEAD else []
    return (
        *found,
        ProposedPause("ujian", Text("Ujian")),
        ProposedPause("pesantren", Text("Pesantren kilat")),
        ProposedPause("libur", Text("Libur sekolah")),
    )


def _spans(days: Iterable[date]) -> list[tuple[date, date]]:
    """Days that follow each other as first and last of each run."""
    found: list[tuple[date, date]] = []
    for day in sorted(days):
        if found and day - found[-1][1] == A_DAY:
            found[-1] = (found[-1][0], day)
        else:
            found.append((day, day))
    return found


def days_between(spans: Iterable[tuple[date, date]]) -> frozenset[date]:
    """Every day of the spans, both ends included."""
    return frozenset(first + A_DAY * ahead for first, last in spans for ahead in range((last - first).days + 1))
