"""The clock that tests set, and the cast in its city."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from app.core import clock as real_clock
from app.database import db
from app.people.models import Account
from app.places.models import PlaceRevision
from tests.factories.actions import NOW
from tests.factories.cast import Cast, make_cast, make_token
from tests.factories.kept import Kept, Made, keep
from tests.factories.stage import Stage, set_stage
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


def kept_once(app: Flask, make: Callable[[Session], Made]) -> Kept[Made]:
    """Made in the empty database before any test; nothing of it stays there."""
    with app.app_context():
        session = db.session()
        session.add(PlaceRevision(id=1, revision=1))
        kept = keep(session, make)
        db.session.remove()
    return kept


@pytest.fixture(scope="session")
def kept_cast(app: Flask) -> Kept[Cast]:
    return kept_once(app, make_cast)


@pytest.fixture
def cast(kept_cast: Kept[Cast], session: Session) -> Cast:
    return kept_cast.again(session)


@pytest.fixture(scope="session")
def kept_stage(app: Flask) -> Kept[Stage]:
    return kept_once(app, set_stage)


@pytest.fixture
def stage(kept_stage: Kept[Stage], session: Session) -> Stage:
    return replace(kept_stage.again(session), session=session, people=[*kept_stage.made.people])


@pytest.fixture
def signed_in(page: PageClient, session: Session, clock: Clock) -> Callable[[Account], PageClient]:
    """The client of somebody's program; the clock stands."""
    tokens: dict[int, str] = {}

    def client(account: Account) -> PageClient:
        if account.id not in tokens:
            tokens[account.id] = make_token(session, account)
        return page.as_bearer(tokens[account.id])

    return client
