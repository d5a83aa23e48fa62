"""What officers do to sites, and the site that somebody names."""

from __future__ import annotations

import re
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core.clock import DEFAULT_ZONE, local_day
from app.core.errors import DomainError, NotAllowed, NotFound, invalid
from app.core.geo import Point
from app.core.text import Text
from app.people.models import Account
from app.people.queries import tenures_on
from app.people.rules import Deed, may_touch_circle
from app.places import queries as places_queries
from app.places import service as places
from app.places.models import Site

_SHORT_CODE = re.compile(r"([0-9a-f]{4})-([0-9a-f]{4})")


def site_code(uuid: UUID) -> str:
    """The short code of a site, as it stands on its poster: "3F9A-12BC"."""
    return f"{uuid.hex[:4]}-{uuid.hex[4:8]}".upper()


def find_site(session: Session, typed: str, *, field: str) -> Site:
    """The open site with that NPSN (8 digits), short code or site:UUID. Raises Invalid naming the field."""
    said = typed.strip().lower()
    if short := _SHORT_CODE.fullmatch(said):
        first = "".join(short.groups())
        within = Site.uuid.between(UUID(first + "0" * 24), UUID(first + "f" * 24))
        sites = session.scalars(select(Site).where(within)).all()
    else:
        sites = _named(session, f"npsn:{said}" if said.isdigit() else said)
    if len(sites) != 1 or sites[0].closed_at is not None:
        raise invalid(
            field,
            "unknown_site",
            "Tidak ada sekolah atau tempat dengan nomor ini. Periksa lagi, atau kosongkan dulu.",
            "There is no school or place with this number. Look again, or leave it empty for now.",
        )
    return sites[0]


def _named(session: Session, said: str) -> list[Site]:
    try:
        found = places_queries.find_place(session, said)
    except DomainError:
        return []
    site = places_queries.site_by_id(session, found.site_id) if found.site_id is not None else None
    return [site] if site is not None else []


def confirm_site(session: Session, uuid: UUID, *, by: Account, now: datetime) -> None:
    """An officer's or the principal's word that the site is real and lies there."""
    site = places_queries.site_by_uuid(session, uuid)
    if site is None:
        raise NotFound(Text("Tempat itu tidak ada.", "There is no such site."), "unknown_site")
    _ask(session, by, Deed.CONFIRM_SITE, site_id=site.id, kelurahan_id=site.kelurahan_id, now=now)
    places.confirm_site(session, site, by_account_id=by.id, now=now)


def move_site(session: Session, uuid: UUID, *, centre: Point, radius_m: float | None, by: Account, now: datetime) -> None:
    """The circle lies elsewhere from now on; deeds of before are judged by where it lay."""
    site = places_queries.site_by_uuid(session, uuid)
    if site is None:
        raise NotFound(Text("Tempat itu tidak ada.", "There is no such site."), "unknown_site")
    _ask(session, by, Deed.MOVE_SITE, site_id=site.id, kelurahan_id=site.kelurahan_id, now=now)
    places.move_site(session, site, centre=centre, radius_m=radius_m, by_account_id=by.id, now=now)


def _ask(session: Session, by: Account, deed: Deed, *, site_id: int, kelurahan_id: int | None, now: datetime) -> None:
    around: set[int] = set()
    if kelurahan_id is not None:
        above = places_queries.areas(session).ancestors(kelurahan_id)
        around = {kelurahan_id, *(area.id for area in above)}
    held = tenures_on(session, by.person_id, local_day(now, DEFAULT_ZONE))
    if not may_touch_circle(held, deed, site_id=site_id, site_areas=around):
        raise NotAllowed(
            Text(
                "Hanya petugas wilayah itu atau pimpinan tempatnya, dan bukan relawan yang beraksi di sana.",
                "Only an officer of that area or the head of the place, and no volunteer who acts there.",
            )
        )
