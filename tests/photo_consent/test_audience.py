"""Who gets which photograph, by which address, at each point of its way to the public."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from uuid import uuid4

import pytest
from sqlalchemy.orm import Session

from app.actions import queries as actions
from app.actions.models import Action
from app.people.models import Account
from app.photo_consent import service as photo_consent
from app.stamping import service as stamping
from tests.factories.actions import NOW, stamp
from tests.factories.cast import Cast, make_account
from tests.factories.city import TERATAI
from tests.factories.fixtures import Clock
from tests.page_client import PageClient
from tests.photo_consent.steps import make_pair, public_addresses

SignedIn = Callable[[Account], PageClient]
DAY = timedelta(days=1)


def consent(session: Session, action: Action, cast: Cast) -> None:
    photo_consent.consent(session, action.id, 1, cast.budi, now=NOW)


def clear(session: Session, action: Action, cast: Cast) -> None:
    stamping.look_at_photographs(session, action.id, 1, cast.lurah, declines=None, now=NOW)


def decline(session: Session, action: Action, cast: Cast) -> None:
    stamping.look_at_photographs(session, action.id, 1, cast.lurah, declines="Ada wajah.", now=NOW)


def take_back(session: Session, action: Action, cast: Cast) -> None:
    photo_consent.take_back(session, action.id, 1, cast.budi, now=NOW)


def void(session: Session, action: Action, cast: Cast) -> None:
    standing = actions.valid_stamps(session, [action.id])[action.id]
    stamping.void(session, standing.id, cast.lurah, reason="Keliru.", now=NOW)


def stamp_again(session: Session, action: Action, cast: Cast) -> None:
    stamp(session, cast.lurah, action)


WAYS = {
    "stamped": ([], False),
    "consented": ([consent], False),
    "released": ([consent, clear], True),
    "declined": ([consent, decline], False),
    "declined, then cleared": ([consent, decline, clear], True),
    "cleared, then taken down": ([consent, clear, decline], False),
    "consent withdrawn": ([consent, clear, take_back], False),
    "consent given once more": ([consent, clear, take_back, consent], False),
    "consent given once more, then cleared": ([consent, clear, take_back, consent, clear], True),
    "stamp voided": ([consent, clear, void], False),
    "stamped again": ([consent, clear, void, stamp_again], True),
}


@pytest.mark.parametrize(("steps", "is_public"), WAYS.values(), ids=WAYS)
def test_who_gets_the_photograph(
    session: Session,
    cast: Cast,
    signed_in: SignedIn,
    page: PageClient,
    clock: Clock,
    steps: list[Callable[[Session, Action, Cast], None]],
    is_public: bool,
) -> None:
    action = make_pair(session, cast.budi)
    stamp(session, cast.lurah, action)
    for step in steps:
        step(session, action, cast)
        session.flush()
    elsewhere = make_account(session, "petugas.teratai", f"officer@{TERATAI}")
    clock.pass_by(days=2)
    for number in (1, 2):
        private = f"/aksi/{action.id}/foto/{number}?ukuran=320"
        for reader in (cast.budi, cast.lurah):
            assert signed_in(reader).get(private).mimetype == "image/webp"
        for reader in (cast.citra, cast.kader, elsewhere):
            signed_in(reader).get(private, status=404)
        page.get(private, status=404)
    addresses = public_addresses(session, action) or [f"/foto/{uuid4()}"]
    for address in addresses:
        for reader in (page, signed_in(cast.citra), signed_in(elsewhere)):
            answer = reader.get(f"{address}/320", status=200 if is_public else 404)
            assert (answer.mimetype == "image/webp") is is_public
            assert "no-store" in answer.headers["Cache-Control"] or not is_public
    assert (f'src="{addresses[0]}/320"' in page.get("/").text) is is_public


def test_the_public_sees_nothing_before_the_day_is_over(session: Session, cast: Cast, page: PageClient, clock: Clock) -> None:
    action = make_pair(session, cast.budi)
    stamp(session, cast.lurah, action)
    consent(session, action, cast)
    clear(session, action, cast)
    (address, _) = public_addresses(session, action)
    page.get(f"{address}/320", status=404)
    clock.pass_by(days=1)
    page.get(f"{address}/320")
    page.get(f"{address}/1600")
    page.get(f"{address}/640", status=404)
    page.get(f"/foto/{action.id}/320", status=404)
