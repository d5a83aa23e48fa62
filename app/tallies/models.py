"""Counts kept beside the facts. Everything here can be computed again from the stamps (`sabuk rebuild`)."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import BigInteger, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from app.database import Base
from app.database.types import Serial, UtcTime, enum_column
from app.tallies.rules import Subject


class Tally(Base):
    """How much of a measure a subject has in a programme and period; whole numbers, decimals in thousandths."""

    __tablename__ = "tally"

    programme_id: Mapped[int] = mapped_column(ForeignKey("programme.id"), primary_key=True)
    subject: Mapped[Subject] = mapped_column(enum_column(Subject), primary_key=True)
    """Whose count it is."""
    subject_id: Mapped[int] = mapped_column(BigInteger, primary_key=True)
    """The person, site or area."""
    period: Mapped[str] = mapped_column(String(8), primary_key=True)
    measure: Mapped[str] = mapped_column(String(40), primary_key=True)
    """Actions, credit, minutes, people, ranked, or a measure of the programme such as kg.estimated."""
    value: Mapped[int] = mapped_column(BigInteger)
    """The count."""

    __table_args__ = {"sqlite_with_rowid": False}  # noqa: RUF012 - SQLAlchemy's own attribute


class TallyPending(Base):
    """A change of a site's or area's tally that the public sees only from a moment on. The stamp's transaction adds it.

    What is due is folded into `tally` later: whoever reads takes both together. Rows are added and folded, never changed.
    """

    __tablename__ = "tally_pending"

    id: Mapped[int] = mapped_column(Serial, primary_key=True)
    programme_id: Mapped[int] = mapped_column(ForeignKey("programme.id"))
    subject: Mapped[Subject] = mapped_column(enum_column(Subject))
    """A site or an area: what is a person's own waits for nobody."""
    subject_id: Mapped[int] = mapped_column(BigInteger)
    """Which one."""
    period: Mapped[str] = mapped_column(String(8))
    measure: Mapped[str] = mapped_column(String(40))
    """As in `tally`."""
    delta: Mapped[int] = mapped_column(BigInteger)
    """By how much the tally changes; a void adds the opposite."""
    public_at: Mapped[datetime] = mapped_column(UtcTime, index=True)
    """From when on the public sees it: the stamp's own moment."""

    __table_args__ = (Index("ix_tally_pending_key", "programme_id", "subject", "subject_id", "period", "measure"),)


class Presence(Base):
    """How many stamped actions a person has at a site or in an area in a period.

    `actions` counts them all; `ranked` only those stamped before the period's board was final.
    """

    __tablename__ = "presence"

    programme_id: Mapped[int] = mapped_column(ForeignKey("programme.id"), primary_key=True)
    scope: Mapped[Subject] = mapped_column(enum_column(Subject), primary_key=True)
    """A site or an area."""
    scope_id: Mapped[int] = mapped_column(BigInteger, primary_key=True)
    """Which one."""
    period: Mapped[str] = mapped_column(String(8), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)
    """Who was there."""
    actions: Mapped[int]
    """Stamped actions there in the period."""
    ranked: Mapped[int]
    """Those stamped before the board was final."""

    __table_args__ = (
        Index("ix_presence_board", "programme_id", "scope", "scope_id", "period", "ranked"),
        {"sqlite_with_rowid": False},
    )
