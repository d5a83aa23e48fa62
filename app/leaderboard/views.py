"""Who stands where, for programs."""

from __future__ import annotations

from datetime import date
from typing import Any

from flask import Response, abort, jsonify
from flask_login import current_user

from app.core.clock import local_day, utc_now
from app.core.errors import NotFound
from app.core.periods import Period, month_of
from app.core.text import Text
from app.database import db
from app.leaderboard import queries
from app.leaderboard.answers import Leaderboard
from app.leaderboard.forms import question
from app.leaderboard.queries import Board, Scope
from app.leaderboard.rules import DEFAULT_PAGE_SIZE, FEWER_THAN_5, MAX_PAGE_SIZE, UNIT, WHY_WITHHELD, Ranked
from app.programmes import queries as programmes
from app.web.described import SignIn, choice, count, described, period, string_param
from app.web.language import language, said
from app.web.surfaces import Surface, SurfaceBlueprint

blueprint = SurfaceBlueprint("leaderboard", __name__, Surface.WIRE, url_prefix="/api/v1/programmes")


@blueprint.get("/<code>/leaderboard")
@described(
    {200: Leaderboard},
    arguments=[
        string_param(
            "scope", "city, city:CODE, kecamatan:CODE, kelurahan:CODE or school:NPSN", example="kelurahan:32.73.09.1003"
        ),
        period("this month"),
        choice("subject", "who is ranked; never people within a school, never minors", list(Ranked), default=Ranked.PERSON),
        count("limit", "how many rows", maximum=MAX_PAGE_SIZE, default=DEFAULT_PAGE_SIZE),
        choice("around", "one's own neighbours; needs a sign-in", ["me"]),
    ],
    refuses=[401],
    sign_in=SignIn.WELCOME,
)
def leaderboard(code: str) -> Response:
    """A board of stamped actions: `scope` (the city when left out), `period` (this month when left out: a board that everybody
    can still climb), `subject` person, school or kelurahan, `limit` 1-100 (20), `around=me` for one's own neighbours.
    """
    asked = question()
    session = db.session()
    person_id = current_user.person_id if current_user.is_authenticated else None
    if asked.around_me and person_id is None:
        abort(401)
    scope = queries.find_scope(session, asked.scope, person_id=person_id)
    now = utc_now()
    today = local_day(now, scope.timezone)
    programme = programmes.current(session, code, today)
    if programme is None:
        raise NotFound(Text("Program ini tidak ada."))
    period = asked.period or month_of(today)
    board = queries.board(
        session,
        programme.programme_id,
        scope,
        period.name,
        asked.subject,
        limit=asked.limit,
        audience=queries.audience_of(session, scope, person_id, now=now),
        person_id=person_id,
        around=asked.around_me,
    )
    heading = {"programme": code, "programme_name": said(programme.definition.name.text)}
    return jsonify(heading | board_json(board, scope, period, asked.subject, today))


def board_json(board: Board, scope: Scope, period: Period, subject: Ranked, today: date) -> dict[str, Any]:
    """The board as it goes over the wire."""
    return {
        "scope": {"kind": scope.kind.value, "code": scope.code, "name": scope.name},
        "period": period_json(period, today),
        "subject": subject.value,
        "unit": UNIT.said(language()),
        "rows": [
            {"rank": row.rank, "name": row.name, "score": row.score}
            | ({"code": row.code, "heads": row.heads} if row.code is not None else {"is_me": row.is_me})
            for row in board.rows
        ],
        "me": {"rank": board.me.rank, "score": board.me.score} if board.me else None,
        "total": board.total,
        "reason": FEWER_THAN_5 if board.is_withheld else None,
        "why": said(WHY_WITHHELD) if board.is_withheld else None,
    }


def period_json(period: Period, today: date) -> dict[str, Any]:
    """A board is provisional until day 14 after the period's last day; that of all time always is."""
    final_on = period.final_on()
    return {
        "name": period.name,
        "first": period.first.isoformat() if period.first else None,
        "last": period.last.isoformat() if period.last else None,
        "provisional": final_on is None or today < final_on,
        "final_on": final_on.isoformat() if final_on else None,
    }
