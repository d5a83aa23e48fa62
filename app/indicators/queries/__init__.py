"""Reading the published numbers and the facts behind them."""

from app.indicators.queries.facts import Cursor, Fact, Page, facts, newest_public_day
from app.indicators.queries.numbers import Aim, Before, Number, OtherVersion, Sheet, begun_on, readings, sheet
from app.indicators.queries.rws import rws_told

__all__ = [
    "Aim",
    "Before",
    "Cursor",
    "Fact",
    "Number",
    "OtherVersion",
    "Page",
    "Sheet",
    "begun_on",
    "facts",
    "newest_public_day",
    "readings",
    "rws_told",
    "sheet",
]
