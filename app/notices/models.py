"""What persons were told, and the browsers that asked to be told at once."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, Index, String, Uuid
from sqlalchemy.orm import Mapped, mapped_column

from app.core.ids import new_id
from app.database import Base
from app.database.types import Document, Serial, UtcTime, growing_enum_column
from app.notices.rules import NoticeKind


class Notice(Base):
    """Something that a person is told, on their page and, if they asked for it, on their phone."""

    __tablename__ = "notice"

    id: Mapped[int] = mapped_column(Serial, primary_key=True)
    uuid: Mapped[UUID] = mapped_column(Uuid, unique=True, default=new_id)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    kind: Mapped[NoticeKind] = mapped_column(growing_enum_column(NoticeKind))
    """What happened."""
    values: Mapped[dict[str, Any]] = mapped_column(Document)
    """What its sentence is made of."""
    link: Mapped[str] = mapped_column(String(200))
    """The address of the page that says more."""
    told_at: Mapped[datetime] = mapped_column(UtcTime, index=True)
    """When it happened."""
    read_at: Mapped[datetime | None] = mapped_column(UtcTime)
    """When the person said that they had read it; none: not yet."""

    __table_args__ = (
        Index("ix_notice_person", "person_id", "id"),
        Index("ix_notice_unread", "person_id", sqlite_where=read_at.is_(None), postgresql_where=read_at.is_(None)),
    )


class PushSubscription(Base):
    """A browser to which an account wants its notices pushed."""

    __tablename__ = "push_subscription"

    digest: Mapped[str] = mapped_column(String(64), primary_key=True)
    """SHA-256 of the address, in hexadecimal: a browser belongs to one account."""
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"), index=True)
    endpoint: Mapped[str] = mapped_column(String(1000))
    """The address at the browser's push service."""
    p256dh: Mapped[str] = mapped_column(String(100))
    """The browser's public key, base64url."""
    auth: Mapped[str] = mapped_column(String(50))
    """The secret shared with the browser, base64url."""
    session_key: Mapped[str | None] = mapped_column(String(64))
    """The account's sessions in which this was asked: once they are over, so is the pushing. None: asked before this was kept."""
    session_digest: Mapped[str | None] = mapped_column(String(64))
    """The browser session in which this was asked, and with which it ends. None: asked by a program, or before this was kept."""
    created_at: Mapped[datetime] = mapped_column(UtcTime)
