"""Reading plain rows. What every request asks is asked without the ORM's detour, which takes twice as long as the question."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeVarTuple

from sqlalchemy import CursorResult, Select
from sqlalchemy.orm import Session

Columns = TypeVarTuple("Columns")


def rows(session: Session, statement: Select[*Columns], values: Mapping[str, object]) -> CursorResult[*Columns]:
    """The rows of a statement on tables in the session's transaction; what the session still holds is written first."""
    session.flush()
    return session.connection().execute(statement, values)
