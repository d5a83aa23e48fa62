"""What is asked of the numbers, read from the address."""

from __future__ import annotations

from dataclasses import dataclass

from app.core.errors import invalid
from app.core.periods import ALL_TIME, Period, parse_period
from app.core.text import Text
from app.indicators.queries import FactsCursor
from app.web.arguments import arguments, whole_number

MAX_PAGE_SIZE = 200
DEFAULT_PAGE_SIZE = 50


@dataclass(frozen=True, slots=True)
class NumbersQuestion:
    programme: str | None
    """None: every programme."""
    period: Period


@dataclass(frozen=True, slots=True)
class MapQuestion:
    indicator: str
    programme: str | None
    period: Period


@dataclass(frozen=True, slots=True)
class FactsQuestion:
    programme: str
    period: Period
    after: FactsCursor | None
    limit: int


def numbers_question() -> NumbersQuestion:
    given = arguments(("programme", "period"))
    return NumbersQuestion(given.get("programme"), _period(given.get("period")))


def map_question() -> MapQuestion:
    given = arguments(("indicator", "programme", "period"))
    if "indicator" not in given:
        raise invalid("indicator", "missing", Text("Sebutkan indikatornya, misalnya actions."))
    return MapQuestion(given["indicator"], given.get("programme"), _period(given.get("period")))


def facts_question() -> FactsQuestion:
    given = arguments(("programme", "period", "after", "limit"))
    if "programme" not in given:
        raise invalid("programme", "missing", Text("Sebutkan programnya, misalnya gps."))
    limit = whole_number(given, "limit", minimum=1, maximum=MAX_PAGE_SIZE, default=DEFAULT_PAGE_SIZE)
    return FactsQuestion(given["programme"], _period(given.get("period")), _cursor(given.get("after")), limit)


def no_question() -> None:
    """Refuses every argument: the address has none."""
    arguments(())


def _cursor(text: str | None) -> FactsCursor | None:
    if text is None:
        return None
    try:
        return FactsCursor.parse(text)
    except ValueError as error:
        raise invalid(
            "after",
            "malformed",
            Text("Isi dengan nilai `next` dari halaman sebelumnya."),
        ) from error


def _period(name: str | None) -> Period:
    """All time when nothing is asked for: what was made since recording began."""
    period = parse_period(name) if name is not None else ALL_TIME
    if period is None:
        raise invalid(
            "period",
            "malformed",
            Text("Isi dengan all, tahun (2026), bulan (2026-11) atau pekan (2026-W48)."),
        )
    return period
