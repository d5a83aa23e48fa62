"""`/admin/wilayah`: city, kecamatan, kelurahan and RW; one area through time, its figures and its RW."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from flask import Response, flash, make_response, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from app.admin.forms.areas import AddRwsForm, FiguresForm, RenameAreaForm
from app.admin.forms.questions import words_asked
from app.admin.queries import areas as queries
from app.admin.queries.areas import CodeThen, OutlineThen
from app.admin.queries.history import HistoryLine, history
from app.admin.rules.outcome_names import LEVEL_NAMES
from app.admin.rules.rw_lists import read_rws
from app.admin.views.blueprint import blueprint
from app.admin.views.exports import exported
from app.core.clock import utc_now
from app.core.errors import Conflict, Invalid, NotAllowed, NotFound
from app.core.text import Text
from app.database import db
from app.database.transaction import write_transaction
from app.people import queries as people
from app.people.access import me, my_posts, requires
from app.people.rules import Permission, reach_of
from app.places import queries as places
from app.places import service
from app.places.queries import AreaEntry, AreaLevel
from app.places.rules import rw_code
from app.web.language import said

AREAS = Text.pgettext("several", "Wilayah")


@dataclass(frozen=True, slots=True)
class AreaPage:
    area: AreaEntry
    name: str
    """ "Kelurahan Melati"."""
    level: Text
    above: tuple[AreaEntry, ...]
    """The nearest last."""
    below: tuple[AreaEntry, ...]
    below_level: Text | None
    outlines: Sequence[OutlineThen]
    codes: Sequence[CodeThen]
    sites: int
    lines: Sequence[HistoryLine]
    may_change: bool


@blueprint.get("/admin/wilayah")
@requires(Permission.IMPORT_PLACES)
def areas() -> ResponseReturnValue:
    """All areas down to the kelurahan, or those of a name or code."""
    words = words_asked("cari")
    return render_template("admin/areas.html", cities=queries.tree(db.session(), words), words=words)


@blueprint.get("/admin/wilayah.csv")
@requires(Permission.IMPORT_PLACES)
def areas_csv() -> Response:
    """All areas, the RW too, as a file; and a line in the audit log."""
    index = places.areas(db.session())
    head = [
        said(Text("Kode")),
        said(Text("Tingkat")),
        said(Text("Nama")),
        said(Text("Kode induk")),
        said(Text("Penduduk")),
        said(Text("Rumah tangga")),
        "km2",
    ]
    listed = sorted((area for level in AreaLevel for area in index.of_level(level)), key=lambda area: area.code)
    rows = [
        [
            area.code,
            said(LEVEL_NAMES[area.level]),
            said(Text("RW %(number)s", number=area.name)) if area.level is AreaLevel.RW else area.name,
            index.by_id[area.parent_id].code if area.parent_id is not None else None,
            area.population,
            area.households,
            round(area.area_km2, 4) if area.area_km2 is not None else None,
        ]
        for area in listed
    ]
    return exported("places.export", "wilayah", head, rows)


@blueprint.get("/admin/wilayah/<code>")
@requires(Permission.IMPORT_PLACES)
def area(code: str) -> ResponseReturnValue:
    """An area as it stands and as it was; a code that it had leads to the one it has."""
    session = db.session()
    found = area_named(session, code)
    if found.code != code:
        return redirect(url_for("admin.area", code=found.code), 303)
    index = places.areas(session)
    below = index.children(found.id)
    shown = AreaPage(
        area=found,
        name=people.place_name(session, found.id, None),
        level=LEVEL_NAMES[found.level],
        above=index.ancestors(found.id)[::-1],
        below=below,
        below_level=LEVEL_NAMES[below[0].level] if below else None,
        outlines=queries.outlines(session, found.id),
        codes=queries.codes(session, found.id),
        sites=queries.open_sites(session, found.id),
        lines=history(session, people.place_name(session, found.id, None), [f"area:{found.id}"]),
        may_change=_may_change(session, found),
    )
    return render_template("admin/area.html", page=shown)


def area_named(session: Session, code: str) -> AreaEntry:
    """The area above the RW that has the code."""
    found = places.areas(session).by_code(code)
    if found is None or found.level is AreaLevel.RW:
        raise NotFound
    return found


def _may_change(session: Session, found: AreaEntry) -> bool:
    reach = reach_of(my_posts(session, Permission.IMPORT_PLACES))
    return reach.has_area(places.areas(session).with_ancestors(found.id))


def _crumbs(session: Session, found: AreaEntry, here: Text) -> list[tuple[str, Text | str]]:
    page = found if found.level is not AreaLevel.RW else places.areas(session).ancestors(found.id)[0]
    return [
        (url_for("admin.areas"), AREAS),
        (url_for("admin.area", code=page.code), people.place_name(session, page.id, None)),
        ("", here),
    ]


@blueprint.route("/admin/wilayah/<code>/angka", methods=["GET", "POST"])
@requires(Permission.IMPORT_PLACES)
def area_figures(code: str) -> ResponseReturnValue:
    """How many people and households live in the area, with the source."""
    return _figures(area_named(db.session(), code))


@blueprint.route("/admin/wilayah/<code>/rw/<name>/angka", methods=["GET", "POST"])
@requires(Permission.IMPORT_PLACES)
def rw_figures(code: str, name: str) -> ResponseReturnValue:
    """The same of an RW."""
    session = db.session()
    found = places.areas(session).by_code(rw_code(area_named(session, code).code, name))
    if found is None:
        raise NotFound
    return _figures(found)


def _figures(found: AreaEntry) -> ResponseReturnValue:
    session, by = db.session(), me()
    if not _may_change(session, found):
        raise NotAllowed
    form = FiguresForm(data={"population": found.population, "households": found.households})
    crumbs = _crumbs(session, found, Text("Penduduk dan rumah tangga"))
    name = people.place_name(session, found.id, None)
    if form.validate_on_submit():
        try:
            with write_transaction(session):
                service.set_figures(
                    session,
                    found.id,
                    population=form.population.data,
                    households=form.households.data,
                    source=form.source.data,
                    by_account_id=by.id,
                    now=utc_now(),
                )
        except (Invalid, Conflict) as error:
            form.take(error)
        else:
            flash(said(Text("Angka %(name)s disimpan.", name=name)), "ok")
            return redirect(crumbs[1][0], 303)
    page = render_template("admin/figures.html", form=form, name=name, crumbs=crumbs)
    return make_response(page, 422 if form.is_submitted() else 200)


@blueprint.route("/admin/wilayah/<code>/nama", methods=["GET", "POST"])
@requires(Permission.IMPORT_PLACES)
def rename_area(code: str) -> ResponseReturnValue:
    """The area under another name, with the source."""
    session, by = db.session(), me()
    found = area_named(session, code)
    if not _may_change(session, found):
        raise NotAllowed
    form = RenameAreaForm(data={"name": found.name})
    if form.validate_on_submit():
        try:
            with write_transaction(session):
                service.rename_area(
                    session, found.id, form.name.data, source=form.source.data, by_account_id=by.id, now=utc_now()
                )
        except Invalid as error:
            form.take(error)
        else:
            flash(said(Text("Nama wilayah disimpan.")), "ok")
            return redirect(url_for("admin.area", code=found.code), 303)
    name = people.place_name(session, found.id, None)
    crumbs = _crumbs(session, found, Text("Ubah nama wilayah"))
    page = render_template("admin/rename_area.html", form=form, name=name, crumbs=crumbs)
    return make_response(page, 422 if form.is_submitted() else 200)


@blueprint.route("/admin/wilayah/<code>/rw", methods=["GET", "POST"])
@requires(Permission.IMPORT_PLACES)
def add_rws(code: str) -> ResponseReturnValue:
    """RW named below a kelurahan, several at once."""
    session, by, form = db.session(), me(), AddRwsForm()
    found = area_named(session, code)
    if found.level is not AreaLevel.KELURAHAN:
        raise NotFound
    if not _may_change(session, found):
        raise NotAllowed
    crumbs = _crumbs(session, found, Text("Tambah RW"))
    if form.validate_on_submit():
        names = [str(number) for number in read_rws(form.rw.data) or ()]
        with write_transaction(session):
            made = service.add_rws(session, found.id, names, by_account_id=by.id, now=utc_now())
        told = Text("%(made)s RW ditambahkan.", made=len(made))
        flash(said(told if made else Text("Semua RW itu sudah ada.")), "ok" if made else "note")
        return redirect(crumbs[1][0], 303)
    page = render_template("admin/add_rws.html", form=form, name=people.place_name(session, found.id, None), crumbs=crumbs)
    return make_response(page, 422 if form.is_submitted() else 200)
