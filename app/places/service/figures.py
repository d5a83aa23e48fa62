"""How many people live in an area, as somebody tells it with its source; and RW named many at once."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.audit.service import note
from app.core.errors import FieldError, Invalid, NotFound
from app.core.identity_numbers import NO_IDENTITY_NUMBER, has_identity_number
from app.core.text import Text
from app.places.models import Area
from app.places.rules.survey import MAX_PEOPLE
from app.places.service.importing import MAX_SOURCE_LENGTH
from app.places.service.revision import areas_changed
from app.places.service.wards import rw


def set_figures(
    session: Session,
    area_id: int,
    *,
    population: int | None,
    households: int | None,
    source: str,
    by_account_id: int,
    now: datetime,
) -> Area:
    """The area with these figures (None: not known), and who says so in the audit log. The same figures change nothing.

    Raises Invalid naming the fields, NotFound where there is no such area.
    """
    said = " ".join(source.split())
    errors = [*_figure_errors("population", population), *_figure_errors("households", households)]
    if population is not None and households is not None and households > population:
        errors.append(
            _error(
                "households",
                Text("Rumah tangga tidak boleh lebih banyak daripada penduduk."),
            )
        )
    if not 3 <= len(said) <= MAX_SOURCE_LENGTH:
        errors.append(
            _error(
                "source",
                Text("Tulis sumbernya, 3 sampai %(max_source_length)s huruf.", max_source_length=MAX_SOURCE_LENGTH),
            )
        )
    if has_identity_number(said):
        errors.append(FieldError("source", "identity_number", NO_IDENTITY_NUMBER))
    if errors:
        raise Invalid(errors)
    area = session.scalar(select(Area).where(Area.id == area_id, Area.closed_at.is_(None)).with_for_update())
    if area is None:
        raise NotFound
    if (area.population, area.households) == (population, households):
        return area
    note(
        session,
        "places.figures",
        f"area:{area.id}",
        account_id=by_account_id,
        now=now,
        population=population,
        households=households,
        before={"population": area.population, "households": area.households},
        source=said,
    )
    area.population, area.households = population, households
    session.flush()
    areas_changed(session)
    return area


def add_rws(session: Session, kelurahan_id: int, names: Sequence[str], *, by_account_id: int, now: datetime) -> list[str]:
    """The RW of these names below the kelurahan, those made that were not there; their names as they are kept."""
    known = set(session.scalars(select(Area.id).where(Area.parent_id == kelurahan_id)))
    areas = [rw(session, kelurahan_id, name, now=now) for name in names]
    made = sorted({area.name for area in areas if area.id not in known})
    if made:
        note(session, "places.rw", f"area:{kelurahan_id}", account_id=by_account_id, now=now, names=made)
        session.flush()
    return made


def _figure_errors(field: str, value: int | None) -> list[FieldError]:
    if value is None or 0 <= value <= MAX_PEOPLE:
        return []
    return [_error(field, Text("Isi dengan bilangan bulat, paling sedikit 0."))]


def _error(field: str, message: Text) -> FieldError:
    return FieldError(field, "malformed", message)
