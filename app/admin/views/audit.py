"""`/admin/riwayat`: who did what, when, to what."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from flask import Response, render_template, request
from flask.typing import ResponseReturnValue

from app.admin.forms.audit import EVERYTHING, log_question
from app.admin.queries.audit import LogLine, log
from app.admin.rules.audit_kinds import AUDIT_KINDS, kind_name
from app.admin.views.blueprint import blueprint
from app.admin.views.exports import exported
from app.core.clock import local_day, local_time, utc_now
from app.core.errors import Invalid
from app.core.text import Text
from app.database import db
from app.people.access import requires
from app.people.rules import Permission
from app.web.language import said
from app.web.pages import Paging, here_as_file, paging, reader_zone

_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
PAGE_SIZE = 50
MAX_FILE_ROWS = 20_000
NO_SIGN_INS = Text("Semua, kecuali masuk dan keluar")
ALL = Text("Semua")


@dataclass(frozen=True, slots=True)
class LogPage:
    lines: tuple[LogLine, ...]
    typed: Mapping[str, str]
    """What stands in the fields above the list."""
    is_narrowed: bool
    kinds: tuple[tuple[str, Text], ...]
    errors: tuple[tuple[str, Text], ...]
    paging: Paging
    csv: str


@blueprint.get("/admin/riwayat")
@requires(Permission.SEE_AUDIT)
def audit_log() -> ResponseReturnValue:
    """Fifty lines of the log, the newest first."""
    session = db.session()
    try:
        asked = log_question(session)
    except Invalid as error:
        errors = tuple((f"f-{each.field}", each.message) for each in error.errors)
        return render_template("admin/audit.html", page=_page((), errors)), 422
    lines, more = log(session, asked.question, today=local_day(utc_now(), reader_zone()), limit=PAGE_SIZE)
    shown = _page(lines, (), more=more, is_further=asked.question.after is not None)
    return render_template("admin/audit.html", page=shown)


def _page(
    lines: tuple[LogLine, ...], errors: tuple[tuple[str, Text], ...], *, more: int | None = None, is_further: bool = False
) -> LogPage:
    typed = {name: request.args.get(name, "") for name in ("jenis", "pelaku")}
    # A browser's field for a day holds days only.
    typed |= {name: day if _is_day(day := request.args.get(name, "")) else "" for name in ("dari", "sampai")}
    return LogPage(
        lines=lines,
        typed=typed,
        is_narrowed=any(typed.values()),
        kinds=_kinds(),
        errors=errors,
        paging=paging(is_further=is_further, more=more),
        csv=here_as_file("admin.audit_csv"),
    )


@blueprint.get("/admin/riwayat.csv")
@requires(Permission.SEE_AUDIT)
def audit_csv() -> Response:
    """The same as a file, the newest twenty thousand lines; that it was taken away is a line of the log itself."""
    session, now = db.session(), utc_now()
    asked = log_question(session)
    lines, _ = log(session, asked.question, today=local_day(now, reader_zone()), limit=MAX_FILE_ROWS)
    head = [said(Text("Waktu")), said(Text("Oleh")), said(Text("Jenis")), said(Text("Tentang")), said(Text("Kalimat"))]
    rows = [
        [
            local_time(line.at, reader_zone()).isoformat(timespec="seconds"),
            line.by,
            said(kind_name(line.kind)),
            line.subject,
            said(line.sentence),
        ]
        for line in lines
    ]
    return exported("audit.export", "riwayat", head, rows, chosen=asked.told)


def _is_day(text: str) -> bool:
    return _DAY.fullmatch(text) is not None


def _kinds() -> tuple[tuple[str, Text], ...]:
    named = sorted(AUDIT_KINDS.items(), key=lambda each: said(each[1]))
    return (("", NO_SIGN_INS), (EVERYTHING, ALL), *named)
