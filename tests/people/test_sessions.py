"""A browser's session is over on the server, whoever else carries its cookies."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask_login import encode_cookie
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.people import jobs, queries, service
from app.people.models import Account, BrowserSession
from app.people.service.sessions import MAX_SESSIONS, SESSION_TTL
from tests.factories.actions import NOW
from tests.factories.browsing import PASSWORD, fill_in, make_hash, open_session, sign_in, with_password
from tests.factories.cast import Cast, grant
from tests.factories.city import TERATAI
from tests.factories.fixtures import Clock
from tests.page_client import PageClient
from tests.people.browsing import Browser


def opens(session: Session, secret: str, *, later: timedelta = timedelta()) -> Account | None:
    return queries.account_by_session(session, secret, now=NOW + later)


def test_a_session_ends_alone_and_all_end_together(session: Session, cast: Cast) -> None:
    phone, desk = open_session(session, cast.budi), open_session(session, cast.budi)
    assert opens(session, phone) is cast.budi
    service.signed_out(session, cast.budi, now=NOW)
    assert opens(session, phone) is None
    assert opens(session, phone) is None, "asked twice, it is still over"
    assert opens(session, desk) is cast.budi
    service.sign_out_everywhere(session, cast.budi, now=NOW)
    assert opens(session, desk) is None


def test_only_the_digest_of_a_session_is_kept(session: Session, cast: Cast) -> None:
    secret = open_session(session, cast.budi)
    row = session.scalars(select(BrowserSession)).one()
    assert secret not in (row.digest, row.session_key)
    assert opens(session, row.digest) is opens(session, row.session_key) is opens(session, "") is None


def test_a_session_lasts_thirty_days(session: Session, cast: Cast) -> None:
    secret = open_session(session, cast.budi)
    assert opens(session, secret, later=SESSION_TTL - timedelta(seconds=1)) is cast.budi
    assert opens(session, secret, later=SESSION_TTL) is None


def test_what_ends_every_session(session: Session, cast: Cast) -> None:
    for end in (
        lambda: service.set_password(session, cast.budi, make_hash(), by=cast.budi.id, now=NOW),
        lambda: grant(session, cast.budi.person_id, "lurah", TERATAI),
        lambda: service.end_sessions(session, cast.budi),
    ):
        secret = open_session(session, cast.budi)
        end()
        session.flush()
        assert opens(session, secret) is None


def test_a_password_changed_while_another_signs_in_lets_nobody_in_with_the_old_one(session: Session, cast: Cast) -> None:
    with_password(session, cast.budi)
    found = service.recognise(session, "pak.budi", PASSWORD, now=NOW)
    service.set_password(session, cast.budi, make_hash("batu-hujan-padi"), by=cast.budi.id, now=NOW)
    with pytest.raises(service.WrongPassword):
        service.let_in(session, found, "pak.budi", "203.0.113.7", now=NOW)
    assert session.scalars(select(BrowserSession)).all() == []


def test_an_account_is_signed_in_in_so_many_browsers_and_what_is_over_is_swept(session: Session, cast: Cast) -> None:
    first = open_session(session, cast.budi, now=NOW - timedelta(minutes=1))
    others = open_session(session, cast.citra)
    for _ in range(MAX_SESSIONS):
        last = open_session(session, cast.budi)
    assert opens(session, first) is None
    assert opens(session, last) is cast.budi
    assert opens(session, others) is cast.citra
    open_session(session, cast.budi, now=NOW + SESSION_TTL)
    mine = select(func.count()).where(BrowserSession.account_id == cast.budi.id)
    assert session.scalar(mine) == 1


def test_sessions_whose_time_is_up_are_forgotten(session: Session, cast: Cast) -> None:
    open_session(session, cast.budi, now=NOW - SESSION_TTL)
    open_session(session, cast.citra)
    session.commit()
    jobs.sweep({}, NOW)
    assert session.scalars(select(BrowserSession.account_id)).all() == [cast.citra.id]


def test_a_copied_cookie_is_over_with_the_sign_out(
    page: PageClient, browser: Browser, session: Session, cast: Cast, clock: Clock
) -> None:
    with_password(session, cast.budi)
    sign_in(page, cast.budi, remember="y")
    other = sign_in(browser(), cast.budi)
    with page.cookie() as kept:
        secret = kept["_user_id"]
    thief, remembered = browser(), browser()
    with thief.cookie() as copied:
        copied["_user_id"], copied["_fresh"] = secret, True
    remembered.set_cookie("sabuk_remember", encode_cookie(secret))
    for carrier in (thief, remembered):
        carrier.get("/api/v1/me")
    fill_in(page, "/saya/akun", to="/keluar")
    for carrier in (thief, remembered):
        carrier.get("/api/v1/me", status=401)
        carrier.get("/saya/akun", status=303)
    other.get("/saya/akun")


def test_signing_in_anew_in_a_browser_ends_the_session_it_had(
    page: PageClient, session: Session, cast: Cast, clock: Clock
) -> None:
    with_password(session, cast.budi)
    sign_in(page, cast.budi)
    fill_in(page, "/saya/sandi", current=PASSWORD, password="batu-hujan-padi", again="batu-hujan-padi")
    assert session.scalar(select(func.count()).select_from(BrowserSession)) == 1
    page.get("/saya/akun")
