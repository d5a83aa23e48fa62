"""An invented small city: two kecamatan side by side, each with two kelurahan of about one square kilometre."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy.orm import Session

from app.core.geo import Point
from app.places import queries as places
from app.places import service as places_service
from app.places.models import Site, SiteKind
from app.places.service import ImportOptions
from app.programmes import service as programmes
from app.sites.service import facts
from tests.places.drawing import collection, feature, square

LONG_AGO = datetime(2014, 1, 1, tzinfo=UTC)
"""Before any action: the city, its sites and its people have been there."""

CITY, WEST, EAST = "32.99", "32.99.01", "32.99.02"
MELATI, KENANGA, TERATAI, SEROJA = "32.99.01.1001", "32.99.01.1002", "32.99.02.1001", "32.99.02.1002"
"""Kelurahan: Melati in the south-west, Kenanga north of it, Teratai in the south-east, Seroja north of that."""

_KELURAHAN = {
    MELATI: ("Melati", "Barat", 0, 0),
    KENANGA: ("Kenanga", "Barat", 0, 1),
    TERATAI: ("Teratai", "Timur", 1, 0),
    SEROJA: ("Seroja", "Timur", 1, 1),
}

IN_MELATI, IN_KENANGA = Point(107.605, -6.945), Point(107.605, -6.935)
IN_TERATAI, IN_SEROJA = Point(107.615, -6.945), Point(107.615, -6.935)
"""The middle of each kelurahan."""
AT_SEA = Point(107.605, -7.9)
"""On earth, outside every kelurahan."""


@dataclass(frozen=True, slots=True)
class City:
    """Number of each area by its code; ids of the programmes and of their first versions by code."""

    areas: dict[str, int]
    programmes: dict[str, int]
    versions: dict[str, int]


def make_city(session: Session) -> City:
    """The city with the programmes that ship, as `sabuk places import` and `sabuk programmes apply` would make it."""
    drawn = collection(
        *(
            feature(code, name, square(column, row), district=district, regency="Kota Contoh")
            for code, (name, district, column, row) in _KELURAHAN.items()
        ),
        source="invented for tests",
    )
    report = places_service.import_areas(session, drawn, ImportOptions(), now=LONG_AGO)
    assert report.is_applied, report
    applied = programmes.apply_bundled(session, now=LONG_AGO)
    index = places.areas(session)
    areas = {code: area.id for code in (CITY, WEST, EAST, *_KELURAHAN) if (area := index.by_code(code)) is not None}
    assert len(areas) == 7, areas
    return City(areas, {one.code: one.programme_id for one in applied}, {one.code: one.version_id for one in applied})


def make_site(
    session: Session,
    name: str,
    centre: Point,
    *,
    npsn: str | None = None,
    rw: str | None = None,
    radius_m: float | None = None,
    confirmed: bool = True,
) -> Site:
    """A school where it has an NPSN, else a workplace."""
    kind = SiteKind.SCHOOL if npsn else SiteKind.WORKPLACE
    site = facts.add_site(
        session, kind=kind, name=name, centre=centre, radius_m=radius_m, npsn=npsn, rw=rw, set_by=None, now=LONG_AGO
    )
    if confirmed:
        facts.confirm_site(session, site, by_account_id=1, now=LONG_AGO)
    return site
