"""The clock that tests set, and the cast in its city."""

from __future__ import annotations

import sys
from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from sqlalchemy.orm import Session

from app.core import clock as real_clock
from app.people.models import Account
from tests.factories.cast import Cast, make_cast, make_token
from tests.factories.deeds import NOW
from tests.page_client import PageClient


class Clock:
    """The time that every edge of the application is told."""

    def __init__(self, now: datetime) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now

    def pass_by(self, **span: float) -> None:
        self.now += timedelta(**span)


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """Monday 15.40 in Bandung, until the test says otherwise."""
    made = Clock(NOW)
    asks = real_clock.utc_now
    for name, module in list(sys.modules.items()):
        if name.startswith("app.") and getattr(module, "utc_now", None) is asks:
            monkeypatch.setattr(module, "utc_now", made)
    return made


@pytest.fixture
def cast(session: Session) -> Cast:
    return make_cast(session)


@pytest.fixture
def signed_in(page: PageClient, session: Session, clock: Clock) -> Callable[[Account], PageClient]:
    """The client of somebody's program; the clock stands."""
    tokens: dict[int, str] = {}

    def client(account: Account) -> PageClient:
        if account.id not in tokens:
            tokens[account.id] = make_token(session, account)
        return page.as_bearer(tokens[account.id])

    return client
