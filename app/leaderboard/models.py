"""How many shown persons have which score on which board, so that a rank is a sum over few rows. Derived from the stamps."""

from __future__ import annotations

from sqlalchemy import BigInteger, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from app.database import Base


class Histogram(Base):
    """Of one board of persons (programme, area, period): the number of shown persons who have exactly this score."""

    __tablename__ = "histogram"

    programme_id: Mapped[int] = mapped_column(ForeignKey("programme.id"), primary_key=True)
    area_id: Mapped[int] = mapped_column(BigInteger, primary_key=True)
    """The area of the board."""
    period: Mapped[str] = mapped_column(String(8), primary_key=True)
    score: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    """Stamped actions, those of provisional boards."""
    people: Mapped[int]
    """How many shown persons have exactly that score."""

    __table_args__ = {"sqlite_with_rowid": False}  # noqa: RUF012 - SQLAlchemy's own attribute
