"""Many at the same moment: tries are counted one by one, an invitation and a code open once."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from flask import Flask

from app.core.catalogue import ENGLISH
from app.core.errors import DomainError
from app.database import db
from app.database.transaction import write_transaction
from app.people import service
from app.people.models import Account
from app.people.rules import Post
from tests.factories.actions import NOW
from tests.factories.browsing import make_hash
from tests.factories.cast import make_cast
from tests.factories.city import MELATI
from tests.factories.live import at_once

MANY = 8


def outcomes(app: Flask, act: Callable[[int], object]) -> list[str]:
    """What became of the act, done by as many threads in the same moment."""

    def run(number: int) -> str:
        with app.app_context():
            try:
                with write_transaction(db.session()):
                    act(number)
            except DomainError as error:
                return error.code
            return "done"

    return sorted(at_once([lambda number=number: run(number) for number in range(MANY)]))


def test_what_may_happen_once_happens_once_however_many_ask(live_app: Flask) -> None:
    with live_app.app_context():
        with write_transaction(db.session()) as session:
            cast = make_cast(session)
            uuid: UUID = service.invite(session, cast.lurah, Post.COORDINATOR, MELATI, name="Ibu", now=NOW).uuid
            code, hashed = service.generate_code()
            service.hand_code(session, cast.budi, hashed, by=None, now=NOW)
            budi: int = cast.budi.id
        by = service.Typed("pak.budi", code, "203.0.113.1")
        with write_transaction(db.session()) as session:
            code_id = service.count_code(session, by, now=NOW)
    assert code_id is not None

    def join(number: int) -> None:
        service.accept_as_new(
            db.session(), uuid, f"tamu.{number}", full_name="Tamu", hashed=make_hash(), language=ENGLISH, now=NOW
        )

    def rehand(_: int) -> None:
        service.hand_code(db.session(), db.session().get_one(Account, budi), hashed, by=None, now=NOW)

    assert outcomes(live_app, lambda _: service.count_sign_in(db.session(), "nobody", "203.0.113.9", now=NOW)) == ["done"] * 5 + [
        "paused"
    ] * (MANY - 5)
    assert outcomes(live_app, join) == ["done"] + ["invitation_closed"] * (MANY - 1)
    assert outcomes(live_app, lambda _: service.use_code(db.session(), code_id, make_hash(), by, now=NOW)) == ["done"] + [
        "wrong_code"
    ] * (MANY - 1)
    assert outcomes(live_app, rehand) == ["done"] * MANY
