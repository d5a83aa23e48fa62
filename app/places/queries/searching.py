"""Sites as somebody looks for their own: by name, number or code, or near a position that is not kept."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.core.errors import Invalid
from app.core.geo import Point, distance_m
from app.places.models import Site, SiteKind
from app.places.queries.place import find_site
from app.places.queries.sites import open_sites
from app.places.queries.snapshot import snapshot

MAX_WORDS = 6
NEAR_M = 3_000.0
"""As far as somebody walks to their school or workplace, and a little more."""


@dataclass(frozen=True, slots=True)
class FoundSite:
    """A site as somebody chooses it."""

    uuid: UUID
    name: str
    kind: SiteKind
    npsn: str | None
    kelurahan: str
    """Empty outside every kelurahan."""
    away_m: float | None = None
    """Metres from where somebody stands, where they looked around."""


def search_sites(session: Session, words: str, *, limit: int) -> list[FoundSite]:
    """Open sites whose names hold all of the words, by name; for an NPSN or the code of a poster that one site."""
    try:
        return _found(session, [find_site(session, words, field="")])
    except Invalid:
        pass
    pieces = words.casefold().split()[:MAX_WORDS]
    if not pieces:
        return []
    asked = select(Site).where(
        Site.closed_at.is_(None), *(func.lower(Site.name).contains(piece, autoescape=True) for piece in pieces)
    )
    return _found(session, session.scalars(asked.order_by(func.lower(Site.name), Site.id).limit(limit)))


def sites_near(session: Session, point: Point, instant: datetime, *, limit: int) -> list[FoundSite]:
    """The open sites within NEAR_M of the point, the nearest first. The point is kept nowhere."""
    away = ((distance_m(site.centre, point), site) for site in open_sites(session, instant))
    near = sorted(((metres, site) for metres, site in away if metres <= NEAR_M), key=lambda each: (each[0], each[1].site_id))
    return [
        FoundSite(site.uuid, site.name, site.kind, site.npsn, _kelurahan(session, site.kelurahan_id), metres)
        for metres, site in near[:limit]
    ]


def _found(session: Session, sites: Iterable[Site]) -> list[FoundSite]:
    return [FoundSite(site.uuid, site.name, site.kind, site.npsn, _kelurahan(session, site.kelurahan_id)) for site in sites]


def _kelurahan(session: Session, kelurahan_id: int | None) -> str:
    area = snapshot(session).areas.by_id.get(kelurahan_id or 0)
    return area.name if area is not None else ""
