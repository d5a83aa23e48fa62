"""Sessions of browsers: each its own row, so that one ends alone and a copied cookie with it."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from app.core.ids import new_secret
from app.people.models import Account, BrowserSession
from app.people.queries import token_digest

SESSION_TTL = timedelta(days=30)
MAX_SESSIONS = 30
"""Browsers in which one account is signed in; one more ends the oldest."""


def start_session(session: Session, account: Account, *, now: datetime) -> None:
    """The account is at work in a new session, in place of the one in which it was until now.

    To be called in the transaction that found the password right: whoever changes it meanwhile has ended this session too.
    """
    end_session(session, account)
    secret = new_secret()
    session.add(
        BrowserSession(
            digest=token_digest(secret),
            account_id=account.id,
            session_key=account.session_key,
            started_at=now,
            expires_at=now + SESSION_TTL,
        )
    )
    session.flush()
    account.session_secret = secret
    _forget(session, account, now)


def end_session(session: Session, account: Account) -> None:
    """The session in which the account is at work is over, in every browser that carries its cookies; others go on."""
    if account.session_secret:
        session.execute(delete(BrowserSession).where(BrowserSession.digest == token_digest(account.session_secret)))
        account.session_secret = ""


def forget_sessions(session: Session, *, now: datetime) -> None:
    """Sessions whose time is up are forgotten; pushing to their browsers ends with them."""
    session.execute(delete(BrowserSession).where(BrowserSession.expires_at <= now))


def _forget(session: Session, account: Account, now: datetime) -> None:
    """Rows of the account that open nothing any more, and those beyond the most that it may have."""
    mine = BrowserSession.account_id == account.id
    newest = (
        select(BrowserSession.digest)
        .where(mine, BrowserSession.session_key == account.session_key, BrowserSession.expires_at > now)
        .order_by(BrowserSession.started_at.desc(), BrowserSession.digest)
        .limit(MAX_SESSIONS)
    )
    kept = session.scalars(newest).all()
    session.execute(delete(BrowserSession).where(mine, BrowserSession.digest.not_in(kept)))
