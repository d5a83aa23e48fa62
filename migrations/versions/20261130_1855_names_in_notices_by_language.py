"""names in notices by their language, posts in two languages, whoever handed a code once

A pair of Indonesian and English becomes {"id": ..., "en": ...}, in notices and in jobs that will make some.
Small, in both directions, schema apart from data. The previous version of the program cannot say these notices: stop it first.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import sqlalchemy as sa
from alembic import op

from app.database.types import Document

revision = "e7b2d0a4c816"
down_revision = "d4a7c19e5b30"
branch_labels = None
depends_on = None

NAMES = ("belt", "programme", "badge", "post")
OPERATOR = ("Pengelola server", "The operator of the server")
AT_ONCE = 1000

notice = sa.table("notice", sa.column("id", sa.Integer), sa.column("values", Document))
job = sa.table("job", sa.column("id", sa.Integer), sa.column("kind", sa.String), sa.column("payload", Document))


def upgrade() -> None:
    _each(notice, notice.c["values"], _by_language, sa.true())
    _each(job, job.c.payload, lambda payload: payload | {"values": _by_language(payload["values"])}, job.c.kind == "people.news")


def downgrade() -> None:
    _each(notice, notice.c["values"], _paired, sa.true())
    _each(job, job.c.payload, lambda payload: payload | {"values": _paired(payload["values"])}, job.c.kind == "people.news")


def _each(
    table: sa.TableClause,
    column: sa.ColumnClause[Any],
    change: Callable[[dict[str, Any]], dict[str, Any]],
    which: sa.ColumnElement[bool],
) -> None:
    """Change the document of each row, a thousand rows at a time."""
    bind, after = op.get_bind(), 0
    while found := bind.execute(
        sa.select(table.c.id, column).where(which, table.c.id > after).order_by(table.c.id).limit(AT_ONCE)
    ).all():
        for row_id, kept in found:
            if (changed := change(kept)) != kept:
                bind.execute(sa.update(table).where(table.c.id == row_id).values({column.name: changed}))
        after = found[-1][0]


def _by_language(values: dict[str, Any]) -> dict[str, Any]:
    changed = dict(values)
    for name in NAMES:
        if isinstance(changed.get(name), list):
            changed[name] = dict(zip(("id", "en"), changed[name], strict=True))
    if "by_en" in changed:
        by = (changed["by"], changed.pop("by_en"))
        changed["by"] = None if by == OPERATOR else by[0]
    return changed


def _paired(values: dict[str, Any]) -> dict[str, Any]:
    changed = dict(values)
    for name in NAMES:
        if isinstance(changed.get(name), dict):
            kept = changed[name]
            changed[name] = [kept["id"], kept.get("en", kept["id"])] if "id" in kept else [f"{kept['post']}, {kept['place']}"] * 2
    if "by" in changed:
        by = changed["by"]
        changed["by"], changed["by_en"] = OPERATOR if by is None else (by, by)
    return changed
