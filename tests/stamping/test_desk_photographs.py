"""The photographs on the officer's desk."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from sqlalchemy import event, select
from sqlalchemy.orm import Session

from app.actions.models import Action, Stamp
from app.database import db
from app.people.models import Account
from app.stamping.views import desk as desk_page
from tests.factories.actions import NOW, action_days, at, make_action
from tests.factories.cast import Cast
from tests.media.pictures import jpeg
from tests.media.shelf import do_jobs, send
from tests.page_client import PageClient

SignedIn = Callable[[Account], PageClient]


def with_photographs(session: Session, account: Account, **contents: bytes) -> Action:
    """An action that shows these, each under its role."""
    links = [{"sha256": send(session, account, content), "role": role} for role, content in contents.items()]
    return make_action(session, account, photos=links)


@contextmanager
def counted() -> Iterator[list[str]]:
    """Every statement that is sent to the database."""
    sent: list[str] = []

    def heard(*told: object) -> None:
        sent.append(str(told[2]))

    event.listen(db.engine, "before_cursor_execute", heard)
    try:
        yield sent
    finally:
        event.remove(db.engine, "before_cursor_execute", heard)


def test_a_card_shows_its_photographs_small_with_what_they_show(session: Session, cast: Cast, signed_in: SignedIn) -> None:
    action = with_photographs(session, cast.budi, before=jpeg(61), after=jpeg(62))
    session.commit()
    do_jobs(NOW)
    desk = signed_in(cast.lurah).get("/meja").text
    for number in (1, 2):
        assert f'<a class="frame" href="/aksi/{action.id}/foto/{number}?ukuran=1600">' in desk
        assert f'<img src="/aksi/{action.id}/foto/{number}?ukuran=320"' in desk
    assert desk.count('width="320" height="240" loading="lazy"') == 2
    assert desk.index("Sebelum") < desk.index("Sesudah")


@pytest.mark.parametrize(
    ("content", "words"), [(jpeg(63)[:2500], "foto rusak: isinya tidak terbaca"), (jpeg(64), "foto sedang diperiksa")]
)
def test_what_cannot_be_shown_is_said(session: Session, cast: Cast, signed_in: SignedIn, content: bytes, words: str) -> None:
    action = with_photographs(session, cast.budi, before=content)
    session.commit()
    if "rusak" in words:
        do_jobs(NOW)
    desk = " ".join(signed_in(cast.lurah).get("/meja").text.split())
    assert words.replace("rusak: ", "rusak:</span> ") in desk or words in desk
    assert f"/aksi/{action.id}/foto/1?ukuran=320" not in desk


def test_what_is_still_checked_is_stamped_by_itself_and_the_desk_says_so(
    session: Session, cast: Cast, signed_in: SignedIn
) -> None:
    action = with_photographs(session, cast.budi, before=jpeg(65))
    desk = signed_in(cast.lurah)
    shown = desk.get("/meja").text
    assert "hanya dapat dicap satu per satu" in shown
    assert f'name="aksi" value="{action.id}"' not in shown
    assert f'name="satu" value="{action.id}"' in shown
    desk.submit("/meja", {"satu": str(action.id)}, to="/meja/cap")
    assert session.scalars(select(Stamp.action_id)).all() == [action.id]


def test_a_desk_of_many_photographs_asks_as_often_as_one_of_few(
    session: Session, cast: Cast, signed_in: SignedIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(desk_page, "MAX_PER_PERSON", 21)
    asked = []
    lurah = signed_in(cast.lurah)
    for days in (action_days(20)[:2], action_days(20)[2:]):
        for day in days:
            content = jpeg(day.toordinal())
            make_action(
                session,
                cast.budi,
                captured_at=at(day, 7, 5),
                photos=[{"sha256": send(session, cast.budi, content), "role": None}],
            )
        lurah.get("/meja")
        with counted() as sent:
            shown = lurah.get("/meja").text
        asked.append(len(sent))
    assert shown.count("<figure>") == 20
    assert asked[0] == asked[1]
