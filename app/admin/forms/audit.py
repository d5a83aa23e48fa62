"""Which lines of the audit log are asked for, read from the address."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from app.admin.queries.audit import account_named
from app.admin.rules.audit_kinds import AUDIT_KINDS
from app.audit.queries import LogQuestion
from app.core.errors import Invalid, invalid
from app.core.text import Text
from app.people.rules import MAX_SIGN_IN_NAME_LENGTH
from app.web.arguments import arguments, whole_number
from app.web.pages import reader_zone

EVERYTHING = "semua"
OPERATOR = "-"
"""Stands for the command line: no sign-in name is that short."""
COMINGS_AND_GOINGS = ("people.sign_in", "people.sign_out")
"""Left out unless they are asked for: they are most of the log and seldom what somebody looks for."""
NAMES = ("jenis", "pelaku", "dari", "sampai", "after", "tema")
MAX_LINE_NUMBER = 999_999_999


@dataclass(frozen=True, slots=True)
class LogFilter:
    """The question, and what of it the address said."""

    question: LogQuestion
    kind: str
    actor: str
    since: str
    until: str

    @property
    def told(self) -> dict[str, str]:
        """What was chosen, as the log keeps it."""
        chosen = {"jenis": self.kind, "pelaku": self.actor, "dari": self.since, "sampai": self.until}
        return {name: value for name, value in chosen.items() if value}


def log_question(session: Session) -> LogFilter:
    given = arguments(NAMES)
    kind, actor = given.get("jenis", ""), given.get("pelaku", "").strip()
    since, until = _day(given.get("dari", ""), "dari"), _day(given.get("sampai", ""), "sampai")
    if since and until and until < since:
        raise invalid("sampai", "before_first", Text("Hari terakhir harus setelah hari pertama."))
    if kind not in ("", EVERYTHING, *AUDIT_KINDS):
        raise invalid("jenis", "choice", Text("Jenis ini tidak dikenal."))
    question = LogQuestion(
        kind=kind if kind in AUDIT_KINDS else None,
        without=() if kind else COMINGS_AND_GOINGS,
        account_id=None if actor in ("", OPERATOR) else _account(session, actor),
        by_operator=actor == OPERATOR,
        since=_begin(since) if since else None,
        until=_begin(until + timedelta(days=1)) if until else None,
        after=whole_number(given, "after", minimum=1, maximum=MAX_LINE_NUMBER, default=0) or None,
    )
    return LogFilter(question, kind, actor, given.get("dari", ""), given.get("sampai", ""))


def _account(session: Session, name: str) -> int:
    found = account_named(session, name) if len(name) <= MAX_SIGN_IN_NAME_LENGTH and "\x00" not in name else None
    if found is None:
        raise invalid("pelaku", "unknown_account", Text("Tidak ada akun dengan nama pengguna ini."))
    return found


def _day(text: str, name: str) -> date | None:
    if not text:
        return None
    try:
        day = date.fromisoformat(text)
    except ValueError as error:
        raise _no_day(name) from error
    if not 2000 <= day.year <= 2199:
        raise _no_day(name)
    return day


def _no_day(name: str) -> Invalid:
    return invalid(name, "date", Text("Tulis tanggal seperti 2026-11-23."))


def _begin(day: date) -> datetime:
    """The first moment of the day where the reader is."""
    return datetime.combine(day, time(), ZoneInfo(reader_zone()))
