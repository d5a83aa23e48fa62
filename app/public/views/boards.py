"""The leaderboard: you and your neighbours first, then the board, then the common goal."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Response, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user
from sqlalchemy.orm import Session

from app.core.clock import local_day, utc_now
from app.core.periods import ALL_TIME, Period, month_of, week_of, year_of
from app.core.text import Text
from app.database import db
from app.leaderboard import queries as leaderboard
from app.leaderboard.rules import MAX_PAGE_SIZE, Ranked, ScopeKind
from app.people import queries as people
from app.places.queries import AreaEntry, AreaLevel
from app.public.forms import PER_HEAD, BoardQuestion, board_question
from app.public.queries.boards import BoardPage, board_page, first_scope
from app.public.queries.city import chosen_programme
from app.public.rules.spans import following, offered, previous
from app.public.views.blueprint import blueprint
from app.public.views.choices import Choice, choice, kept_arguments
from app.web.language import said
from app.web.pages import here_with
from app.web.pages import period as period_words
from app.web.tables import csv_answer

Links = tuple[tuple[str, str], ...]
"""Addresses with their words."""


@dataclass(frozen=True, slots=True)
class BoardView:
    told: BoardPage
    place: str
    subjects: Choice
    programmes: Choice
    periods: Choice
    earlier: tuple[str, str]
    """Address and words of the period before; empty where there is none."""
    later: tuple[str, str]
    above: Links
    below: Links
    below_is: str
    """What lies below: the kecamatan of a city, the kelurahan of a kecamatan."""
    own: Links
    by_head: str
    """Address of the same board per head, or back; empty where nobody knows how many there are."""
    heads: str
    """What the column per head is called; empty where there is none."""
    more: str
    csv: str
    kept: Links
    """Names and values of what else is asked for, as a search keeps them."""


@blueprint.get("/peringkat")
def board() -> ResponseReturnValue:
    """Who stands where, by place, period, programme and subject."""
    asked, session = board_question(), db.session()
    told = _told(session, asked)
    if told is None:
        return render_template("public/board_none.html")
    return render_template("public/board.html", page=_view(told))


@blueprint.get("/peringkat.csv")
def board_csv() -> Response:
    """The board's rows as a file."""
    asked, session = board_question(), db.session()
    told = _told(session, asked)
    head = [
        said(Text.pgettext("place in a list", "Peringkat")),
        said(Text("Nama")),
        said(Text("Kode")),
        said(Text("Aksi yang dicap")),
    ]
    head += [_heads_said(asked.subject), said(Text("Periode")), said(Text("Tempat")), said(Text("Status"))]
    if told is None:
        return csv_answer("peringkat", head, [])
    state = said(Text.pgettext("leaderboard", "tetap")) if told.is_final else said(Text("sementara"))
    place = _place_said(told)
    rows = [[row.rank, row.name, row.code or "", row.score, row.per_head, told.period.name, place, state] for row in told.rows]
    return csv_answer(f"peringkat-{told.current.definition.code}-{told.subject.value}-{told.period.name}", head, rows)


def _told(session: Session, asked: BoardQuestion) -> BoardPage | None:
    """The board asked for; None while there is no city to have one."""
    person_id = current_user.person_id if current_user.is_authenticated else None
    residence_id = current_user.residence_id if current_user.is_authenticated else None
    words = first_scope(session) if asked.scope == ScopeKind.CITY else asked.scope
    if words is None:
        return None
    scope = leaderboard.find_scope(session, words, person_id=person_id)
    now = utc_now()
    today = local_day(now, scope.timezone)
    in_force, current = chosen_programme(session, asked.programme, today)
    posts = people.tenures_on(session, person_id, today) if person_id is not None else ()

    def told(period: Period) -> BoardPage:
        return board_page(
            session,
            in_force,
            current,
            scope,
            period,
            asked.subject,
            limit=asked.limit,
            per_head=asked.per_head,
            person_id=person_id,
            own_area_id=people.own_kelurahan(session, posts, residence_id=residence_id),
            is_bare=asked.scope == ScopeKind.CITY and asked.period is None,
            name=asked.name,
            now=now,
        )

    found = told(asked.period or month_of(today))
    before = previous(found.period)
    # On the first days of a month nobody stands on its board: the one before is told, and says its name.
    return found if found.total or found.is_withheld or asked.period or asked.name or before is None else told(before)


def _view(told: BoardPage) -> BoardView:
    today, period = told.today, told.period
    earlier, later = previous(period), following(period, today)
    spans = offered((week_of(today), month_of(today), year_of(today), ALL_TIME), period)
    below = told.places.below
    return BoardView(
        told=told,
        place=_place_said(told),
        subjects=_subjects(told),
        programmes=choice(
            (
                here_with(programme="" if each is told.programmes[0] else each.definition.code),
                said(each.definition.name.text),
                each is told.current,
            )
            for each in told.programmes
        ),
        periods=choice((here_with(period=each.name), _span_said(each, told), each == period) for each in spans),
        earlier=(here_with(period=earlier.name), period_words(earlier)) if earlier else ("", ""),
        later=(here_with(period=later.name), period_words(later)) if later else ("", ""),
        above=tuple((_scoped(area), area.name) for area in told.places.above),
        below=tuple((_scoped(area), area.name) for area in below),
        below_is=said(Text("Kecamatan") if below and below[0].level is AreaLevel.KECAMATAN else Text("Kelurahan")),
        own=((_scoped(told.places.own), told.places.own.name),) if told.places.own else (),
        by_head=_by_head(told),
        heads=_heads_said(told.subject) if told.knows_heads else "",
        more=here_with(limit=str(MAX_PAGE_SIZE)) if len(told.rows) < min(told.total, MAX_PAGE_SIZE) else "",
        csv=here_with().replace(url_for("public.board"), url_for("public.board_csv"), 1),
        kept=kept_arguments(),
    )


def _subjects(told: BoardPage) -> Choice:
    if told.scope.kind is ScopeKind.SCHOOL:
        return choice(())
    words = {
        Ranked.PERSON: said(Text("Orang")),
        Ranked.SCHOOL: said(Text.pgettext("several", "Sekolah")),
        Ranked.KELURAHAN: said(Text("Kelurahan")),
    }
    return choice(
        (here_with(subject="" if each is Ranked.PERSON else each.value, urut="", limit=""), word, each is told.subject)
        for each, word in words.items()
    )


def _by_head(told: BoardPage) -> str:
    return here_with(urut="" if told.per_head else PER_HEAD) if told.knows_heads else ""


def _heads_said(subject: Ranked) -> str:
    if subject is Ranked.SCHOOL:
        return said(Text("Per 100 siswa"))
    return said(Text("Per 1.000 penduduk"))


def _scoped(area: AreaEntry) -> str:
    return here_with(scope=f"{area.level.value}:{area.code}", limit="")


def _place_said(told: BoardPage) -> str:
    scope = told.scope
    if scope.kind is ScopeKind.KECAMATAN:
        return said(Text("Kecamatan %(name)s", name=scope.name))
    return said(Text("Kelurahan %(name)s", name=scope.name)) if scope.kind is ScopeKind.KELURAHAN else scope.name


def _span_said(period: Period, told: BoardPage) -> str:
    today = told.today
    near = {
        week_of(today).name: said(Text("Pekan ini")),
        month_of(today).name: said(Text("Bulan ini")),
        year_of(today).name: said(Text("Tahun ini")),
        ALL_TIME.name: said(Text("Semua waktu")),
    }
    return near.get(period.name) or period_words(period)
