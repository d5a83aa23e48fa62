"""`/admin/orang`: everybody who has an account, found by name, post and place."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from flask import Response, render_template
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from app.admin.forms.questions import people_question
from app.admin.queries import people as queries
from app.admin.queries.people import AccountState, Listed, PeopleQuestion
from app.admin.views.blueprint import blueprint
from app.admin.views.exports import exported
from app.admin.views.filters import Filter, area_filter, filters_of
from app.core.clock import local_day, utc_now
from app.core.text import Text
from app.database import db
from app.people.access import requires
from app.people.rules import POST_NAMES, Permission, Post
from app.web.language import said
from app.web.pages import Paging, here_as_file, paging, reader_zone

PAGE_SIZE = 50
MAX_FILE_ROWS = 50_000

STATES: dict[AccountState, Text] = {
    AccountState.OPEN: Text("Bisa masuk"),
    AccountState.WITHOUT_PASSWORD: Text("Belum punya kata sandi"),
    AccountState.CLOSED: Text("Ditutup"),
}


@dataclass(frozen=True, slots=True)
class PeoplePage:
    found: Sequence[Listed]
    asked: PeopleQuestion
    filters: tuple[Filter, ...]
    paging: Paging
    csv: str


@blueprint.get("/admin/orang")
@requires(Permission.MANAGE_PEOPLE)
def people() -> ResponseReturnValue:
    """Those who fit, fifty on a page."""
    session = db.session()
    asked = people_question(session)
    found, more = queries.listed(session, asked, today=local_day(utc_now(), reader_zone()), limit=PAGE_SIZE)
    shown = PeoplePage(
        found=found,
        asked=asked,
        filters=_filters(session),
        paging=paging(is_further=bool(asked.after), more=more),
        csv=here_as_file("admin.people_csv"),
    )
    return render_template("admin/people.html", page=shown, states=STATES)


@blueprint.get("/admin/orang.csv")
@requires(Permission.MANAGE_PEOPLE)
def people_csv() -> Response:
    """The same as a file, and a line in the audit log."""
    session, now = db.session(), utc_now()
    asked = people_question(session)
    found, _ = queries.listed(session, asked, today=local_day(now, reader_zone()), limit=MAX_FILE_ROWS)
    head = [
        said(Text("Nama")),
        said(Text("Nama pengguna")),
        said(Text.pgettext("several", "Jabatan")),
        said(Text("Akun sejak")),
        said(Text("Status")),
    ]
    rows = [
        [
            each.name,
            each.sign_in_name,
            "; ".join(said(post) for post in each.posts),
            local_day(each.created_at, reader_zone()).isoformat(),
            said(STATES[state_of(each)]),
        ]
        for each in found
    ]
    return exported("people.export", "orang", head, rows)


def state_of(each: Listed) -> AccountState:
    if each.is_closed:
        return AccountState.CLOSED
    return AccountState.OPEN if each.has_password else AccountState.WITHOUT_PASSWORD


def _filters(session: Session) -> tuple[Filter, ...]:
    return filters_of(
        ("jabatan", Text("Jabatan"), [(post.value, POST_NAMES[post]) for post in Post]),
        area_filter(session),
        ("keadaan", Text("Status akun"), [(state.value, name) for state, name in STATES.items()]),
    )
