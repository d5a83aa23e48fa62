"""People before a browser: passwords, and the forms that they fill in."""

from __future__ import annotations

import re
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from app.people.models import Account
from app.people.service import PasswordHash, hash_password, start_session
from tests.factories.actions import NOW
from tests.page_client import PageClient

PASSWORD = "kucing-makan-rendang"
"""Everybody's, long enough for every post."""
_TOKEN = re.compile(r'name="csrf_token"[^>]*value="([^"]+)"')


@cache
def make_hash(password: str = PASSWORD) -> PasswordHash:
    return hash_password(password, names=[], posts=[])


def with_password(session: Session, account: Account, password: str = PASSWORD) -> Account:
    account.password_hash = make_hash(password)
    session.flush()
    return account


def open_session(session: Session, account: Account, *, now: datetime = NOW) -> str:
    """The secret that a browser's cookies carry once the account has signed in."""
    start_session(session, account, now=now)
    secret, account.session_secret = account.session_secret, ""
    return secret


def fill_in(page: PageClient, path: str, *, status: int = 303, to: str | None = None, **fields: Any) -> TestResponse:
    """Open the page, fill in its form, send it; `to` is where the form is sent when not to its own page."""
    shown = page.get(path)
    token = _TOKEN.search(shown.text)
    assert token, f"{path} holds no form"
    return page.post(to or path, status=status, data={"csrf_token": token[1], **fields})


def sign_in(page: PageClient, account: Account, password: str = PASSWORD, **fields: Any) -> PageClient:
    """The client, with the account's session."""
    fill_in(page, "/masuk", name=account.name, password=password, **fields)
    return page
