"""`/admin`: what there is, and what waits for me."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from flask import render_template
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from app.admin.queries import overview as queries
from app.admin.views.blueprint import blueprint, open_pages
from app.core.clock import utc_now
from app.core.text import Text
from app.database import db
from app.jobs.watch import LATE
from app.people.access import my_permissions, my_posts, requires
from app.people.rules import ADMINISTERING, Permission
from app.places import queries as places
from app.reviews import queries as reviews
from app.sites.queries import counted
from app.web.pages import clock, short_day


@dataclass(frozen=True, slots=True)
class Tile:
    """One number of the overview, with the page behind it."""

    name: Text
    value: int
    unit: Text
    about: Text | None
    tone: str
    """ "look" where something waits, "hold" where something is broken, else empty."""
    href: str


@blueprint.get("/admin")
@requires(*ADMINISTERING)
def overview() -> ResponseReturnValue:
    """A number of each page that I may open."""
    session, now = db.session(), utc_now()
    there = {page.address for page in open_pages()}
    return render_template("admin/overview.html", tiles=_tiles(session, now), there=there)


def _tiles(session: Session, now: datetime) -> list[Tile]:
    permissions = my_permissions(session)
    tiles = []
    if permissions & {Permission.CONFIRM_SITE, Permission.MOVE_SITE}:
        tiles += _sites(session)
    if Permission.SEE_AUDIT in permissions:
        tiles += [*_server_clock(session, now), _queue(session), _reviews(session), _jobs(session, now)]
    if Permission.APPLY_PROGRAMME in permissions:
        tiles.append(_programmes(session, now))
    if Permission.MANAGE_PEOPLE in permissions:
        tiles.append(_people(session))
    if Permission.IMPORT_PLACES in permissions:
        tiles.append(_areas(session))
    return tiles


def _sites(session: Session) -> list[Tile]:
    tenures = (*my_posts(session, Permission.CONFIRM_SITE), *my_posts(session, Permission.MOVE_SITE))
    sites = counted(session, tenures)
    unit = Text("tempat")
    return [
        Tile(
            Text("Menunggu dipastikan"),
            sites.unconfirmed,
            unit,
            Text("Aksi di sana perlu diperiksa dulu.") if sites.unconfirmed else None,
            "look" if sites.unconfirmed else "",
            "/admin/lokasi?keadaan=belum",
        ),
        Tile(Text("Tempat yang aktif"), sites.open, unit, None, "", "/admin/lokasi"),
    ]


def _server_clock(session: Session, now: datetime) -> list[Tile]:
    """Told for a day after phones have doubted the server's clock; else there is no such tile."""
    suspicion = queries.clock_suspicion(session, now=now)
    if suspicion is None:
        return []
    at, minutes = f"{short_day(suspicion.at)} {clock(suspicion.at)}", abs(suspicion.minutes)
    about = (
        Text(
            "%(at)s: HP mereka lebih cepat sekitar %(n)s menit. Periksa jam server; sementara itu jam HP yang dipakai.",
            at=at,
            n=minutes,
        )
        if suspicion.minutes > 0
        else Text(
            "%(at)s: HP mereka lebih lambat sekitar %(n)s menit. Periksa jam server; sementara itu jam HP yang dipakai.",
            at=at,
            n=minutes,
        )
    )
    return [Tile(Text("Jam server diragukan"), suspicion.accounts, Text("akun"), about, "hold", "")]


def _queue(session: Session) -> Tile:
    queue = queries.queue(session)
    about = None
    if queue.oldest is not None:
        oldest, where = short_day(queue.oldest), queue.oldest_where
        about = Text("Yang paling lama: sejak %(oldest)s.", oldest=oldest)
        if where:
            about = Text("Yang paling lama: sejak %(oldest)s, %(where)s.", oldest=oldest, where=where)
    return Tile(Text("Menunggu cap"), queue.open, Text("aksi"), about, "", "")


def _reviews(session: Session) -> Tile:
    count = reviews.count_open(session)
    return Tile(
        Text("Perlu ditinjau lagi"),
        count,
        Text("aksi"),
        None,
        "look" if count else "",
        "/admin/tinjauan",
    )


def _jobs(session: Session, now: datetime) -> Tile:
    jobs = queries.jobs_state(session, now=now)
    about, is_late = None, jobs.oldest_due is not None and now - jobs.oldest_due > LATE
    if is_late and jobs.oldest_due is not None:
        since = short_day(jobs.oldest_due)
        about = Text("Ada pekerjaan yang menunggu sejak %(since)s: apakah pelaksananya berhenti?", since=since)
    return Tile(
        Text("Pekerjaan yang gagal"),
        jobs.dead,
        Text("pekerjaan"),
        about,
        "hold" if jobs.dead or is_late else "",
        "/admin/pekerjaan",
    )


def _programmes(session: Session, now: datetime) -> Tile:
    coming = queries.coming(session, places.day_at(session, now))
    about = None
    if coming:
        said = ", ".join(f"{each.code} {each.version}: {short_day(each.effective_from)}" for each in coming[:3])
        about = Text("%(said)s.", said=said)
    return Tile(Text("Aturan yang akan berlaku"), len(coming), Text.pgettext("several", "versi"), about, "", "/admin/program")


def _people(session: Session) -> Tile:
    people = queries.people(session)
    about = None
    if people.closed:
        about = Text("%(n)s di antaranya ditutup.", n=people.closed)
    return Tile(Text("Punya akun"), people.accounts, Text("orang"), about, "", "/admin/orang")


def _areas(session: Session) -> Tile:
    areas = queries.areas(session)
    about = None
    if areas.without_population:
        about = Text("%(without_population)s belum diketahui jumlah penduduknya.", without_population=areas.without_population)
    return Tile(Text.pgettext("several", "Wilayah"), areas.kelurahan, Text("kelurahan"), about, "", "/admin/wilayah")
