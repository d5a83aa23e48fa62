"""`/admin/lokasi/{uuid}`: one site with its circle through time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from flask import render_template, url_for
from flask.typing import ResponseReturnValue
from markupsafe import Markup
from sqlalchemy.orm import Session

from app.admin.forms.sites import KIND_NAMES
from app.admin.queries import sites as queries
from app.admin.queries.history import HistoryLine, history
from app.admin.queries.people import names_of
from app.admin.views.blueprint import blueprint
from app.admin.views.sites import my_site_posts
from app.core.clock import utc_now
from app.core.errors import NotFound
from app.core.geo import Point
from app.core.text import Text
from app.database import db
from app.graphics import circle_maps
from app.graphics.circle_maps import Ring
from app.people import queries as people
from app.people.access import me, requires
from app.people.rules import POST_NAMES, Permission
from app.places import queries as places
from app.places.queries import SiteKind
from app.sites import queries as sites
from app.sites import service
from app.web.language import said

if TYPE_CHECKING:
    from app.places.models import Site, SiteCircle

TOUCHES = (Permission.CONFIRM_SITE, Permission.MOVE_SITE)


@dataclass(frozen=True, slots=True)
class CircleThen:
    """Where the circle lay during a span of time."""

    centre: Point
    radius_m: float
    is_own_radius: bool
    valid_from: datetime
    valid_until: datetime | None
    set_by: str | None


@dataclass(frozen=True, slots=True)
class SitePage:
    uuid: UUID
    name: str
    kind: Text
    code: str
    npsn: str | None
    is_school: bool
    pupils: int | None
    where: str
    """ "RT 02 RW 05, Kelurahan Melati"; empty outside every kelurahan."""
    confirmed_at: datetime | None
    confirmed_by: str | None
    closed_at: datetime | None
    circles: tuple[CircleThen, ...]
    """The latest first."""
    drawing: Markup | None
    waiting: int
    members_said: str
    """ "Relawan 12, Guru 3"; empty where there are none."""
    may_confirm: bool
    may_count: bool
    """Whether I may say how many pupils it has."""
    may_move: bool
    lines: Sequence[HistoryLine]


def site_in_reach(uuid: UUID) -> Site:
    """The site, when one of my posts reaches it; else it is not there."""
    session = db.session()
    found = queries.in_reach(session, my_site_posts(session), uuid)
    if found is None:
        raise NotFound
    return found


@blueprint.get("/admin/lokasi/<uuid:uuid>")
@requires(*TOUCHES)
def site(uuid: UUID) -> ResponseReturnValue:
    """A site within my reach."""
    session, now, mine, found = db.session(), utc_now(), me(), site_in_reach(uuid)
    circles = circles_of(session, found, now)
    names = names_of(session, {found.confirmed_by} if found.confirmed_by is not None else ())
    may_confirm = found.closed_at is None and service.may_touch(session, found, Permission.CONFIRM_SITE, by=mine, now=now)
    shown = SitePage(
        uuid=uuid,
        name=found.name,
        kind=KIND_NAMES[found.kind],
        code=places.site_code(uuid),
        npsn=found.npsn,
        is_school=found.kind is SiteKind.SCHOOL,
        pupils=found.pupils,
        where=_where(session, found),
        confirmed_at=found.confirmed_at,
        confirmed_by=names.get(found.confirmed_by or 0),
        closed_at=found.closed_at,
        circles=circles,
        drawing=drawing(session, found, circles),
        waiting=queries.waiting_at(session, found.id),
        members_said=_members(session, found.id, now),
        may_confirm=may_confirm and found.confirmed_at is None,
        may_count=may_confirm and found.kind is SiteKind.SCHOOL,
        may_move=found.closed_at is None and service.may_touch(session, found, Permission.MOVE_SITE, by=mine, now=now),
        lines=history(session, found.name, [f"site:{uuid}"]),
    )
    return render_template("admin/site.html", page=shown)


def circles_of(session: Session, found: Site, now: datetime) -> tuple[CircleThen, ...]:
    circles = queries.circles(session, found.id)
    names = names_of(session, {circle.set_by for circle in circles if circle.set_by is not None})
    usual = sites.default_radius_m(session, places.day_at(session, now))
    return tuple(_circle(circle, usual, names) for circle in circles)


def _circle(circle: SiteCircle, usual_m: float, names: dict[int, str]) -> CircleThen:
    return CircleThen(
        centre=circle.point,
        radius_m=circle.radius_m or usual_m,
        is_own_radius=circle.radius_m is not None,
        valid_from=circle.valid_from,
        valid_until=circle.valid_until,
        set_by=names.get(circle.set_by or 0),
    )


def _where(session: Session, found: Site) -> str:
    if found.kelurahan_id is None:
        return ""
    rw = places.areas(session).by_id.get(found.rw_id) if found.rw_id is not None else None
    near = " ".join(part for part in (f"RT {found.rt}" if found.rt else "", f"RW {rw.name}" if rw else "") if part)
    kelurahan = people.place_name(session, found.kelurahan_id, None)
    return f"{near}, {kelurahan}" if near else kelurahan


def _members(session: Session, site_id: int, now: datetime) -> str:
    counted = queries.members(session, site_id, places.day_at(session, now, site_id=site_id))
    return ", ".join(f"{said(name)} {counted[post]}" for post, name in POST_NAMES.items() if post in counted)


def drawing(session: Session, found: Site, circles: Sequence[CircleThen], then: Ring | None = None) -> Markup | None:
    """The circle as it lies, with the one before or the one to come."""
    rings = [Ring(circle.centre, circle.radius_m, "now" if circle.valid_until is None else "was") for circle in circles[:2]]
    if then is not None:
        rings = [*rings[:1], then]
    if not rings:
        return None
    title = said(Text("Lingkaran %(name)s di peta kelurahannya", name=found.name))
    told = said(Text("Utara di atas, menurut skala."))
    outline = queries.outline_geojson(session, found)
    words = "{metres} m"
    return Markup(circle_maps.drawn(outline, rings, title=title, told=told, bar_words=words))  # noqa: S704 - it escapes its words


def crumbs(found: Site, here: Text) -> list[tuple[str, Text | str]]:
    return [
        (url_for("admin.sites"), Text.pgettext("sites", "Tempat")),
        (url_for("admin.site", uuid=found.uuid), found.name),
        ("", here),
    ]
