"""Column types that mean the same on SQLite and on PostgreSQL with PostGIS.

Only this folder and the migrations ask which of the two it is.
"""

from __future__ import annotations

from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

import shapely
from geoalchemy2 import Geometry as PostgisGeometry
from geoalchemy2.shape import from_shape, to_shape
from shapely.geometry.base import BaseGeometry
from sqlalchemy import JSON, BigInteger, DateTime, Dialect, Enum, Integer, LargeBinary, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.types import TypeDecorator, TypeEngine

WGS84 = 4326

Document = JSON().with_variant(JSONB(), "postgresql")
"""A JSON document."""

Serial = BigInteger().with_variant(Integer(), "sqlite")
"""A row's own number; SQLite counts only in a column that says INTEGER."""


class UtcTime(TypeDecorator[datetime]):
    """An instant. Naive ones are refused; what is read is UTC, on SQLite too, which forgets zones."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("an instant needs a zone")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Geometry(TypeDecorator[BaseGeometry]):
    """A shapely geometry in WGS84: plain WKB in SQLite, geometry(KIND, 4326) in PostGIS.

    Models declare its GiST index, for programs such as QGIS; no query of ours needs it.
    """

    impl = PostgisGeometry
    cache_ok = True

    def __init__(self, kind: str) -> None:
        self.kind = kind
        super().__init__(geometry_type=kind, srid=WGS84, spatial_index=False)

    def load_dialect_impl(self, dialect: Dialect | None) -> TypeEngine[Any]:
        # GeoAlchemy2 asks once without a dialect.
        if dialect is not None and dialect.name == "sqlite":
            return dialect.type_descriptor(LargeBinary())
        return PostgisGeometry(geometry_type=self.kind, srid=WGS84, spatial_index=False)

    def process_bind_param(self, value: BaseGeometry | None, dialect: Dialect) -> Any:  # noqa: ANN401 - the driver's own type
        if value is None:
            return None
        if dialect.name == "sqlite":
            return shapely.to_wkb(value)
        return from_shape(value, srid=WGS84, extended=True)

    def process_result_value(self, value: Any, dialect: Dialect) -> BaseGeometry | None:  # noqa: ANN401 - the driver's own type
        if value is None:
            return None
        return shapely.from_wkb(value) if dialect.name == "sqlite" else to_shape(value)


def enum_column(states: type[StrEnum]) -> Enum:
    """A column that stores the words of an enumeration, held to them by a CHECK."""
    return _words(states, is_checked=True)


def growing_enum_column(states: type[StrEnum]) -> Enum:
    """A column that stores the words of an enumeration to which others come; the program alone holds it to them."""
    return _words(states, is_checked=False)


def _words(states: type[StrEnum], *, is_checked: bool) -> Enum:
    return Enum(
        states,
        native_enum=False,
        create_constraint=is_checked,
        name=states.__name__.lower(),
        length=max(24, *(len(state) for state in states)),
        values_callable=lambda enumeration: [state.value for state in enumeration],
    )


def only_where(condition: str) -> dict[str, Any]:
    """What makes an index hold only rows of which the condition (SQL) is true, on both databases."""
    return {"sqlite_where": text(condition), "postgresql_where": text(condition)}
