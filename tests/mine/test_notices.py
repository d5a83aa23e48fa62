"""`/kabar`, and the wire by which a browser asks to be told."""

from __future__ import annotations

import base64
from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.channels.keys import FILE
from app.channels.new_keys import make_push_keys
from app.notices.models import Notice, PushSubscription
from app.people.models import Account
from tests.factories.actions import make_action, stamp
from tests.factories.browsing import sign_in, with_password
from tests.factories.cast import Cast
from tests.page_client import PageClient

SignedIn = Callable[[Account], PageClient]
KEY = base64.urlsafe_b64encode(b"\x04" + bytes(64)).rstrip(b"=").decode()
AUTH = base64.urlsafe_b64encode(bytes(16)).rstrip(b"=").decode()
PHONE: dict[str, Any] = {"endpoint": "https://fcm.googleapis.com/fcm/send/one", "keys": {"p256dh": KEY, "auth": AUTH}}


def test_notices_stand_on_my_page_until_i_have_read_them(page: PageClient, session: Session, cast: Cast) -> None:
    with_password(session, cast.budi)
    stamp(session, cast.lurah, make_action(session, cast.budi))
    session.commit()
    sign_in(page, cast.budi)
    assert "1 aksi Anda sudah dicap." in page.get("/saya").text
    shown = page.get("/kabar")
    assert shown.status_code == 200
    assert shown.text.count("data-new") == len(session.scalars(select(Notice)).all())
    newest = session.scalars(select(Notice.uuid).order_by(Notice.id.desc())).first()
    page.submit("/kabar", {"sampai": str(newest)}, to="/kabar/dibaca")
    assert "data-new" not in page.get("/kabar").text
    assert "1 aksi Anda sudah dicap." not in page.get("/saya").text


def test_whoever_is_told_nothing_reads_what_comes(page: PageClient, session: Session, cast: Cast) -> None:
    sign_in(page, with_password(session, cast.citra))
    assert "Belum ada pemberitahuan" in page.get("/kabar").text


def test_the_switch_is_there_once_the_keys_are(app: Flask, page: PageClient, session: Session, cast: Cast) -> None:
    sign_in(page, with_password(session, cast.citra))
    (app.config["SETTINGS"].instance / FILE).unlink(missing_ok=True)
    for path in ("/kabar", "/saya/akun"):
        assert "<push-switch" not in page.get(path).text
    make_push_keys(app.config["SETTINGS"].instance)
    for path in ("/kabar", "/saya/akun"):
        assert "<push-switch" in page.get(path).text


def test_a_browser_subscribes_and_ends_it(signed_in: SignedIn, session: Session, cast: Cast) -> None:
    for _ in range(2):
        answer = signed_in(cast.budi).put("/api/v1/me/push", json=PHONE)
        assert (answer.status_code, answer.json) == (200, {"pushing": True})
    session.expire_all()
    assert [row.account_id for row in session.scalars(select(PushSubscription))] == [cast.budi.id]
    answer = signed_in(cast.budi).delete("/api/v1/me/push", json={"endpoint": PHONE["endpoint"]})
    assert (answer.status_code, answer.json) == (200, {"pushing": False})
    session.expire_all()
    assert session.scalars(select(PushSubscription)).all() == []


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"endpoint": "https://127.0.0.1/x"}, "endpoint"),
        ({"endpoint": ""}, "endpoint"),
        ({"keys": {"p256dh": "x", "auth": AUTH}}, "keys.p256dh"),
        ({"keys": {"p256dh": KEY, "auth": KEY[:50]}}, "keys.auth"),
        ({"keys": {"p256dh": KEY}}, "keys.auth"),
        ({"expirationTime": None}, "expirationTime"),
    ],
)
def test_what_is_no_subscription_is_refused_by_name(
    signed_in: SignedIn, session: Session, cast: Cast, change: dict[str, Any], field: str
) -> None:
    answer = signed_in(cast.budi).put("/api/v1/me/push", json={**PHONE, **change}, status=422)
    assert [error["field"] for error in answer.json["errors"]] == [field]
    assert session.scalars(select(PushSubscription)).all() == []


def test_nobody_is_told_without_signing_in(page: PageClient) -> None:
    page.put("/api/v1/me/push", json=PHONE, status=401)
    page.get("/kabar", status=303)
