"""What the tests of pages of people share: who browses, what is written down, an invitation under way."""

from __future__ import annotations

from collections.abc import Callable

from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.audit.models import AuditLine
from app.database import Base
from app.people import service
from app.people.models import Account, Invitation
from app.people.rules import Post
from app.people.views.invitations import token_of
from tests.factories.actions import NOW
from tests.factories.cast import Cast
from tests.factories.city import MELATI
from tests.page_client import PageClient

Browser = Callable[[], PageClient]
BOTH = ("id", "en")


def audit_kinds(session: Session) -> list[str]:
    return list(session.scalars(select(AuditLine.kind).order_by(AuditLine.id)))


def rows(session: Session) -> dict[str, int]:
    return {name: session.scalar(select(func.count()).select_from(table)) or 0 for name, table in Base.metadata.tables.items()}


def cookies(answer_headers: list[str]) -> dict[str, str]:
    return {cookie.partition("=")[0]: cookie for cookie in answer_headers}


def invited(session: Session, cast: Cast, post: Post = Post.COORDINATOR, by: Account | None = None, place: str = MELATI) -> str:
    made = service.invite(session, by or cast.lurah, post, place, name="Ibu Ketua", now=NOW)
    session.flush()
    return made.uuid.hex


def link(app: Flask, session: Session) -> str:
    with app.app_context():
        return f"/undangan/{token_of(session.scalars(select(Invitation.uuid).order_by(Invitation.id.desc())).first())}"  # type: ignore[arg-type]
