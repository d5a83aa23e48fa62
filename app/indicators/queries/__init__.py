"""Reading the published numbers and the facts behind them."""

from app.indicators.queries.facts import Fact, FactsCursor, Page, facts, newest_public_day
from app.indicators.queries.numbers import (
    BaselineView,
    IndicatorNumber,
    OtherVersion,
    Sheet,
    TargetView,
    begun_on,
    readings,
    sheet,
)
from app.indicators.queries.rws import rws_told

__all__ = [
    "BaselineView",
    "Fact",
    "FactsCursor",
    "IndicatorNumber",
    "OtherVersion",
    "Page",
    "Sheet",
    "TargetView",
    "begun_on",
    "facts",
    "newest_public_day",
    "readings",
    "rws_told",
    "sheet",
]
