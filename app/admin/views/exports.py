"""Files that staff take away: each leaves a line in the audit log."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from flask import Response

from app.admin.forms.questions import filter_told
from app.audit import service as audit
from app.core.clock import utc_now
from app.database import db
from app.database.transaction import write_transaction
from app.people.access import me
from app.web.tables import Cell, csv_answer


def exported(
    kind: str, name: str, head: Sequence[str], rows: Sequence[Sequence[Cell]], *, chosen: Mapping[str, str] | None = None
) -> Response:
    """The rows as the file `name`.csv, once it is written down who took them, by which filter, how many."""
    by, told = me().id, filter_told() if chosen is None else dict(chosen)
    with write_transaction(db.session()) as session:
        audit.note(session, kind, f"export:{name}", account_id=by, now=utc_now(), filter=told, rows=len(rows))
    response = csv_answer(name, head, rows)
    response.headers["Cache-Control"] = "no-store, private"
    return response
