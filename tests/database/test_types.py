"""Column types mean the same on both databases; what a CHECK forbids, neither takes."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from typing import TypeVar

import pytest
import shapely
from shapely.geometry.base import BaseGeometry
from sqlalchemy import text, update
from sqlalchemy.exc import IntegrityError, StatementError
from sqlalchemy.orm import Session

from app.people.models import Person
from app.places.models import Area, AreaOutline
from app.places.rules.words import AreaLevel
from app.programmes.models import Programme, ProgrammeVersion

NOON = datetime(2026, 11, 23, 5, 0, 0, 123456, tzinfo=UTC)
SQUARE = shapely.box(107.6, -6.92, 107.62, -6.9)
HOLED = shapely.Polygon(SQUARE.exterior, [shapely.box(107.605, -6.915, 107.61, -6.91).exterior])

Row = TypeVar("Row")


def stored(session: Session, row: Row) -> Row:
    """The row as the database gives it back."""
    session.add(row)
    session.flush()
    session.refresh(row)
    return row


def area(code: str = "32.73.09.1003") -> Area:
    return Area(level=AreaLevel.KELURAHAN, code=code, name="Citarum", created_at=NOON)


def outline(session: Session, geometry: BaseGeometry) -> AreaOutline:
    where = stored(session, area())
    return AreaOutline(area_id=where.id, outline=geometry, area_km2=1.0, source="a test", valid_from=NOON)


@pytest.mark.parametrize("hours", [-11, 0, 7, 9, 14])
def test_an_instant_comes_back_in_utc_whatever_its_zone_was(session, hours):
    told = NOON.astimezone(timezone(timedelta(hours=hours)))
    person = stored(session, Person(name="Pak Budi", is_adult=True, created_at=told))
    assert person.created_at == NOON
    assert person.created_at.tzinfo is UTC


def test_an_instant_without_a_zone_is_refused(session):
    session.add(Person(name="Pak Budi", is_adult=True, created_at=datetime(2026, 11, 23, 7)))  # noqa: DTZ001 - the point
    with pytest.raises(StatementError, match="needs a zone"):
        session.flush()


@pytest.mark.parametrize(
    "geometry",
    [shapely.MultiPolygon([SQUARE]), shapely.MultiPolygon([HOLED, shapely.box(107.7, -6.92, 107.72, -6.9)])],
    ids=["one part", "two parts and a hole"],
)
def test_a_geometry_comes_back_to_the_last_bit(session, geometry):
    row = stored(session, outline(session, geometry))
    assert row.outline.equals_exact(geometry, 0)


@pytest.mark.postgis
@pytest.mark.parametrize("kind", ["postgis"], indirect=True)
def test_postgis_holds_a_geometry_that_other_programs_understand(session):
    row = stored(session, outline(session, shapely.MultiPolygon([SQUARE])))
    found = session.execute(
        text("SELECT ST_SRID(outline), GeometryType(outline), ST_IsValid(outline) FROM area_outline WHERE id = :id"),
        {"id": row.id},
    )
    assert found.one() == (4326, "MULTIPOLYGON", True)
    indexes = session.scalars(text("SELECT indexdef FROM pg_indexes WHERE tablename = 'area_outline'"))
    assert any("USING gist" in definition for definition in indexes)


def test_a_document_comes_back_as_it_went(session):
    document = {"days": ["monday"], "ladder": {"black": 200}, "none": None, "sentence": "Sampah — dipungut"}
    programme = stored(session, Programme(code="gps", created_at=NOON))
    version = ProgrammeVersion(
        programme_id=programme.id, version=1, effective_from=NOON.date(), document=document, digest="0" * 64, applied_at=NOON
    )
    assert stored(session, version).document == document


def test_rows_count_themselves(session):
    first, second = stored(session, area("1")), stored(session, area("2"))
    assert second.id == first.id + 1


def test_a_word_outside_the_enumeration_is_refused_before_it_is_sent(session):
    session.add(Area(level="planet", code="1", name="Mars", created_at=NOON))
    with pytest.raises(StatementError):
        session.flush()


def test_a_word_outside_the_enumeration_is_refused_by_the_database_itself(session):
    where = stored(session, area())
    with pytest.raises(IntegrityError, match="ck_area_arealevel"):
        session.execute(text("UPDATE area SET level = 'planet' WHERE id = :id"), {"id": where.id})


def test_foreign_keys_are_kept(session):
    with pytest.raises(IntegrityError):
        session.execute(update(Area).where(Area.id == stored(session, area()).id).values(parent_id=999_999))


def test_children_are_never_shown(session):
    session.add(Person(name="Ani", is_adult=False, shown=True, created_at=NOON))
    with pytest.raises(IntegrityError, match="children_are_never_shown"):
        session.flush()
