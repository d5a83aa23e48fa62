"""The place that somebody names at the command line or in a form."""

from __future__ import annotations

import re
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core.errors import DomainError, NotFound, invalid
from app.core.text import Text
from app.places.models import Site
from app.places.queries.areas import AreaEntry
from app.places.queries.sites import site_by_npsn, site_by_uuid
from app.places.queries.snapshot import snapshot
from app.places.rules import AreaLevel, PlaceWords, parse_place, rw_code

_SHORT_CODE = re.compile(r"([0-9a-f]{4})-([0-9a-f]{4})")


@dataclass(frozen=True, slots=True)
class PlaceRef:
    """An area or a site."""

    area_id: int | None
    site_id: int | None
    name: str


def find_place(session: Session, text: str) -> PlaceRef:
    """The area or site that the words name. Raises Invalid (field `place`) when they name none, NotFound when we have it not."""
    # First as it stands: another register's codes have shapes of their own.
    area = snapshot(session).areas.by_code(text.strip())
    if area is not None:
        return area_ref(session, area)
    words = place_words(text)
    if words.code is None:
        return _site_named(session, words)
    outer, rw = find_area_and_rw(session, words)
    if words.rw and rw is None:
        raise NotFound(Text("RW %(rw)s belum tercatat di %(name)s.", rw=words.rw, name=outer.name))
    return area_ref(session, rw or outer)


def area_ref(session: Session, area: AreaEntry) -> PlaceRef:
    """The area by the name that people would say: an RW with its kelurahan."""
    if area.level is not AreaLevel.RW:
        return PlaceRef(area.id, None, area.name)
    return PlaceRef(area.id, None, f"RW {area.name} {snapshot(session).areas.ancestors(area.id)[0].name}")


def place_words(text: str) -> PlaceWords:
    """What the words say; raises Invalid when they say nothing."""
    words = parse_place(text)
    if words is None:
        raise invalid(
            "place",
            "malformed",
            Text("Tempat ditulis sebagai kode wilayah (32.73.09.1003 atau 32.73.09.1003/05), npsn:12345678, atau site:UUID."),
        )
    return words


def find_area_and_rw(session: Session, words: PlaceWords) -> tuple[AreaEntry, AreaEntry | None]:
    """The area with the code and the RW named below it, None where that is not recorded; raises NotFound for the area."""
    areas = snapshot(session).areas
    area = areas.by_code(words.code or "")
    if area is None:
        raise NotFound(Text("Tidak ada wilayah dengan kode %(code)s.", code=words.code or ""))
    return area, areas.by_code(rw_code(area.code, words.rw)) if words.rw else None


def _site_named(session: Session, words: PlaceWords) -> PlaceRef:
    site: Site | None = None
    if words.npsn:
        site = site_by_npsn(session, words.npsn)
        missing = Text("Tidak ada sekolah dengan NPSN %(npsn)s.", npsn=words.npsn)
    elif words.site:
        site = site_by_uuid(session, words.site)
        missing = Text("Tidak ada tempat dengan nomor %(site)s.", site=str(words.site))
    if site is None:
        raise NotFound(missing)
    return PlaceRef(None, site.id, site.name)


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
            Text("Tidak ada sekolah atau tempat dengan nomor ini. Periksa lagi, atau kosongkan dulu."),
        )
    return sites[0]


def _named(session: Session, said: str) -> list[Site]:
    try:
        found = find_place(session, said)
    except DomainError:
        return []
    site = session.get(Site, found.site_id) if found.site_id is not None else None
    return [site] if site is not None else []
