"""Boards as they go over the wire."""

from __future__ import annotations

from typing import Literal, NotRequired

from typing_extensions import TypedDict

from app.leaderboard.rules import Ranked, ScopeKind
from app.web.described import Day


class BoardScope(TypedDict):
    kind: ScopeKind
    code: str
    name: str


class BoardPeriod(TypedDict):
    """`provisional` until `final_on`; then the board stands."""

    name: str
    first: Day | None
    last: Day | None
    provisional: bool
    final_on: Day | None


class BoardRow(TypedDict):
    """A kelurahan or school has a `code`, and as `heads` its residents or pupils where they are known; a person `is_me`."""

    rank: int
    name: str
    score: int
    code: NotRequired[str]
    heads: NotRequired[int | None]
    is_me: NotRequired[bool]


class BoardMine(TypedDict):
    rank: int | None
    score: int


class Leaderboard(TypedDict):
    """With a `reason` the board has no rows: so few people were in the kelurahan that a name would point at one."""

    programme: str
    programme_name: str
    scope: BoardScope
    period: BoardPeriod
    subject: Ranked
    unit: str
    rows: list[BoardRow]
    me: BoardMine | None
    total: int
    reason: Literal["fewer_than_5"] | None
    why: str | None
