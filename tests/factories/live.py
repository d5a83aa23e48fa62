"""The cast before a real server: people whose requests meet each other."""

from __future__ import annotations

import json
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from http.client import HTTPException
from threading import Barrier
from typing import Any, TypeVar
from uuid import UUID

from flask import Flask
from sqlalchemy.orm import Session

from app.database import db
from app.database.transaction import write_transaction
from tests.canaries import watch, watch_secret
from tests.factories.actions import WIB, action_days, at, body
from tests.factories.cast import Cast, make_cast, make_token

T = TypeVar("T")


def past_days(count: int) -> list[date]:
    """The latest programme days that are over in Bandung, the latest first."""
    yesterday = datetime.now(WIB).date() - timedelta(days=1)
    return action_days(count, until=yesterday)


def fresh(day: date | None = None, hour: int = 7, **change: Any) -> dict[str, Any]:
    """The plain action, sent now by a phone whose clock is right."""
    when = {"captured_at": at(day or past_days(1)[0], hour, 5), "sent_at": datetime.now(UTC).isoformat()}
    return body(**(when | change))


@dataclass(frozen=True, slots=True)
class Live:
    """A server's address, the application on the same database, and who signs in."""

    url: str
    app: Flask
    tokens: dict[str, str]
    ids: dict[str, Any]

    @contextmanager
    def session(self) -> Iterator[Session]:
        """A look, or a hand, into the database behind the server's back; in turn with the server, which writes too."""
        with self.app.app_context(), write_transaction(db.session()) as session:
            yield session

    def send(self, method: str, path: str, who: str, sent: object = None) -> tuple[int, Any]:
        """Status and JSON of the answer. OSError where there was none."""
        watch(sent)
        watch_secret(self.tokens[who])
        raw = None if sent is None else json.dumps(sent).encode()
        request = urllib.request.Request(self.url + path, raw, method=method)  # noqa: S310 - our own server
        request.add_header("Authorization", f"Bearer {self.tokens[who]}")
        request.add_header("Content-Type", "application/json")
        try:
            with urllib.request.urlopen(request, timeout=30) as answer:  # noqa: S310 - the same
                return answer.status, json.load(answer)
        except urllib.error.HTTPError as error:
            with error:
                return error.code, json.load(error)
        except (HTTPException, ValueError) as error:
            raise OSError("the answer broke off") from error

    def put(self, action_id: UUID, who: str, sent: object) -> tuple[int, Any]:
        return self.send("PUT", f"/api/v1/actions/{action_id}", who, sent)


def stage(app: Flask) -> tuple[dict[str, str], dict[str, Any]]:
    """The cast committed into the database: a token for each of those who sign in, and whose number is which."""
    with app.app_context():
        cast: Cast = make_cast(db.session())
        accounts = {account.name: account for account in (cast.budi, cast.guru, cast.kader, cast.lurah, cast.citra)}
        tokens = {name: make_token(db.session(), account) for name, account in accounts.items()}
        ids = {name: account.person_id for name, account in accounts.items()}
        ids |= {"office": cast.office.uuid} | cast.city.areas | cast.city.programmes
        db.session.commit()
    return tokens, ids


def at_once(calls: Sequence[Callable[[], T]]) -> list[T]:
    """What each gives, all begun in the same moment."""
    gate = Barrier(len(calls))

    def run(call: Callable[[], T]) -> T:
        gate.wait()
        return call()

    with ThreadPoolExecutor(len(calls)) as pool:
        return list(pool.map(run, calls))
