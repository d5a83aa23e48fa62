"""The smaller tables of the administration as files; those of places leave a line in the audit log."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from flask import Response

from app.admin.queries import areas as area_queries
from app.admin.rules.job_words import job_name
from app.admin.rules.outcome_names import LEVEL_NAMES
from app.admin.views.areas import area_named
from app.admin.views.blueprint import blueprint
from app.admin.views.exports import exported
from app.admin.views.programmes import today_here
from app.admin.views.site import TOUCHES, circles_of, site_in_reach
from app.core.clock import local_day, local_time, utc_now
from app.core.text import Text
from app.database import db
from app.jobs import queries as jobs
from app.people.access import reader_zone, requires
from app.people.rules import Permission
from app.places import queries as places
from app.places.queries import AreaLevel
from app.rulebook import queries as rulebook
from app.web.language import said
from app.web.tables import Cell, csv_answer

SINCE, UNTIL = Text.pgettext("since", "Mulai"), Text("Sampai")


def _day(at: datetime | None) -> str | None:
    return local_day(at, reader_zone()).isoformat() if at is not None else None


def _moment(at: datetime | None) -> str | None:
    return local_time(at, reader_zone()).isoformat(timespec="seconds") if at is not None else None


@blueprint.get("/admin/wilayah/<code>/bawah.csv")
@requires(Permission.IMPORT_PLACES)
def areas_below_csv(code: str) -> Response:
    """What lies directly below the area."""
    found = area_named(db.session(), code)
    head = [said(word) for word in (Text("Kode"), Text("Tingkat"), Text("Nama"), Text("Penduduk"), Text("Rumah tangga"))]
    rows = [
        [
            each.code,
            said(LEVEL_NAMES[each.level]),
            said(Text("RW %(number)s", number=each.name)) if each.level is AreaLevel.RW else each.name,
            each.population,
            each.households,
        ]
        for each in places.areas(db.session()).children(found.id)
    ]
    return exported("places.export", f"wilayah-{found.code}", head, rows, chosen={"wilayah": found.code})


@blueprint.get("/admin/wilayah/<code>/batas.csv")
@requires(Permission.IMPORT_PLACES)
def outlines_csv(code: str) -> Response:
    """The area's outlines through time."""
    found = area_named(db.session(), code)
    head = [said(SINCE), said(UNTIL), "km2", said(Text("Sumber"))]
    rows = [
        [_day(each.valid_from), _day(each.valid_until), round(each.area_km2, 4), each.source]
        for each in area_queries.outlines(db.session(), found.id)
    ]
    return exported("places.export", f"batas-{found.code}", head, rows, chosen={"wilayah": found.code})


@blueprint.get("/admin/wilayah/<code>/kode.csv")
@requires(Permission.IMPORT_PLACES)
def codes_csv(code: str) -> Response:
    """The area's codes through time."""
    found = area_named(db.session(), code)
    head = [said(Text("Kode")), said(Text("Daftar kode")), said(SINCE), said(UNTIL)]
    rows = [
        [each.code, each.register, _day(each.valid_from), _day(each.valid_until)]
        for each in area_queries.codes(db.session(), found.id)
    ]
    return exported("places.export", f"kode-{found.code}", head, rows, chosen={"wilayah": found.code})


@blueprint.get("/admin/lokasi/<uuid:uuid>/lingkaran.csv")
@requires(*TOUCHES)
def circles_csv(uuid: UUID) -> Response:
    """The circles of a site within my reach through time."""
    session, found = db.session(), site_in_reach(uuid)
    head = [said(SINCE), said(UNTIL), "lat", "lon", said(Text("Radius (meter)")), said(Text("Oleh"))]
    rows = [
        [
            _moment(each.valid_from),
            _moment(each.valid_until),
            each.centre.lat,
            each.centre.lon,
            each.radius_m,
            each.set_by or said(Text("perintah di server")),
        ]
        for each in circles_of(session, found, utc_now())
    ]
    return exported("site.export", f"lingkaran-{places.site_code(uuid)}", head, rows, chosen={"lokasi": places.site_code(uuid)})


@blueprint.get("/admin/pekerjaan.csv")
@requires(Permission.SEE_AUDIT)
def job_kinds_csv() -> Response:
    """The queue by kind and state."""
    told = (Text("Jenis"), Text("Menunggu"), Text("Berjalan"), Text("Gagal"), Text("Selesai (30 hari)"))
    kinds = jobs.counts_by_kind(db.session(), now=utc_now())
    rows: list[list[Cell]] = [[said(job_name(kind.kind)), kind.waiting, kind.running, kind.dead, kind.done] for kind in kinds]
    return csv_answer("pekerjaan", [said(word) for word in told], rows)


@blueprint.get("/admin/pekerjaan/harian.csv")
@requires(Permission.SEE_AUDIT)
def daily_jobs_csv() -> Response:
    """The work of each day."""
    head = [said(Text("Jenis")), said(Text("Terakhir selesai")), said(Text("Berikutnya"))]
    rows: list[list[Cell]] = [
        [said(job_name(run.kind)), *(_moment(at) for at in (run.last_done_at, run.next_at))] for run in jobs.daily(db.session())
    ]
    return csv_answer("pekerjaan-harian", head, rows)


@blueprint.get("/admin/program/<code>/versi/<int:number>/jenjang.csv")
@requires(Permission.APPLY_PROGRAMME)
def ladder_csv(code: str, number: int) -> Response:
    """The belts of a version and what they begin with."""
    read = rulebook.version(db.session(), code, number, today=today_here())
    head = [said(Text("Sabuk")), said(Text("Mulai dari")), said(Text("Strip pada"))]
    rows: list[list[Cell]] = [
        [said(rung.name.text), rung.threshold, " ".join(map(str, rung.stripes)) or None] for rung in read.definition.ladder.rungs
    ]
    return csv_answer(f"jenjang-{code}-{number}", head, rows)
