"""The demo city has something to see, and says that it is drawn."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.actions.models import Action, ActionPhoto
from app.actions.rules.words import Status
from app.demo.service.load import load
from app.demo.service.photographs import PLANS, Wish
from app.demo.service.pictures import drawings
from app.media.models import Photo
from app.media.rules import PhotoState
from app.people import queries as people
from app.photo_consent import queries as photo_consent
from app.stamping import queries as stamping
from tests.factories.actions import NOW
from tests.media.shelf import do_jobs, store

pytestmark = pytest.mark.long_on_postgis

FEW = 300_000
"""Bytes of a photograph."""


def test_drawings_are_few_small_and_the_same_each_time() -> None:
    contents = [content for _, *pair in drawings() for content in pair]
    assert len(contents) == 2 * len(PLANS) <= 12
    assert len(set(contents)) == len(contents)
    assert all(len(content) < FEW for content in contents)
    assert contents == [content for _, *pair in drawings() for content in pair]


def test_every_page_of_the_demo_has_a_photograph_to_show(session: Session, tmp_path: Path) -> None:
    signs = tmp_path / "sign-ins.txt"
    load(session, count=10, actions=120, seed=1, sign_ins=signs, now=NOW, advance=lambda _: None, store=store())
    session.commit()
    do_jobs(NOW)
    assert set(session.scalars(select(Photo.state))) == {PhotoState.READY}
    shown = session.scalars(select(Action).where(Action.id.in_(select(ActionPhoto.action_id)))).all()
    assert {action.status for action in shown} <= {Status.WAITING, Status.STAMPED}
    assert session.scalar(select(func.count()).select_from(ActionPhoto)) == 2 * len(shown)
    public = photo_consent.public_pairs(session, limit=12, now=NOW)
    assert len(public) == sum(plan.wish is Wish.SHOWN for plan in PLANS)
    lurah = people.account_by_name(session, "pak.lurah")
    assert lurah is not None
    assert len(stamping.pairs_asked(session, lurah, limit=12, now=NOW)) == 1
    page, _ = stamping.queue(session, lurah.person_id, limit=50, after=None, now=NOW)
    assert {action.id for action in page} & {action.id for action in shown}


def test_without_a_store_nothing_is_drawn(session: Session, tmp_path: Path) -> None:
    load(session, count=4, actions=40, seed=1, sign_ins=tmp_path / "sign-ins.txt", now=NOW, advance=lambda _: None)
    assert session.scalars(select(Photo)).all() == []
