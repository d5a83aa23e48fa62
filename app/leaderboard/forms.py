"""The question that a board answers, read from the address."""

from __future__ import annotations

from dataclasses import dataclass

from app.core.errors import FieldError, Invalid, invalid
from app.core.periods import Period, parse_period
from app.core.text import Text
from app.leaderboard.rules import DEFAULT_PAGE_SIZE, MAX_PAGE_SIZE, WHY_NO_BOARD, Ranked, ScopeKind, not_within_school
from app.web.arguments import arguments, one_of, whole_number

KNOWN = ("scope", "period", "subject", "limit", "around")


@dataclass(frozen=True, slots=True)
class Question:
    scope: str
    period: Period | None
    """None: the month that the city is in."""
    subject: Ranked
    limit: int
    around_me: bool


def question() -> Question:
    """What the address asks for. Raises Invalid naming each argument that is wrong."""
    given = arguments(KNOWN)
    period = parse_period(given["period"]) if "period" in given else None
    if "period" in given and period is None:
        raise invalid(
            "period",
            "malformed",
            Text("Isi dengan all, tahun (2026), bulan (2026-11) atau pekan (2026-W48)."),
        )
    scope, subject = given.get("scope", ScopeKind.CITY.value), one_of(given, "subject", list(Ranked), default=Ranked.PERSON)
    is_school = scope.partition(":")[0] == ScopeKind.SCHOOL
    refused = not_within_school(Ranked(subject)) if is_school else None
    if refused is not None:
        raise Invalid([FieldError("subject", refused.value, WHY_NO_BOARD[refused])], WHY_NO_BOARD[refused])
    around_me = one_of(given, "around", ["me"], default="") if "around" in given else ""
    return Question(
        scope=scope,
        period=period,
        subject=Ranked(subject),
        limit=whole_number(given, "limit", minimum=1, maximum=MAX_PAGE_SIZE, default=DEFAULT_PAGE_SIZE),
        around_me=bool(around_me),
    )
