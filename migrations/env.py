"""How a migration meets a database: one history for SQLite and for PostgreSQL with PostGIS.

Revisions are generated against PostGIS, the only one of the two that can tell one kind of geometry from another.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

from alembic import context
from sqlalchemy import JSON, BigInteger, Connection, Index, create_engine
from sqlalchemy.pool import NullPool

import app.models  # noqa: F401 - the tables
from app.database import Base
from app.database.engine import IMMEDIATE, engine_options, prepare_engine
from app.database.types import Document, Geometry, Serial, UtcTime

if TYPE_CHECKING:
    from alembic.autogenerate.api import AutogenContext

TYPES = "from app.database import types"


def render_item(kind: str, item: Any, autogen: AutogenContext) -> str | Literal[False]:  # noqa: ANN401 - alembic hands over anything
    """Write the house's own types by their names."""
    if kind != "type":
        return False
    own = _own_name(item)
    if own is None:
        return False
    autogen.imports.add(TYPES)
    return f"types.{own}"


def _own_name(item: Any) -> str | None:  # noqa: ANN401 - any column type
    if isinstance(item, Geometry):
        return f"Geometry({item.kind!r})"
    if isinstance(item, UtcTime):
        return "UtcTime"
    if isinstance(item, JSON) and item._variant_mapping.keys() == Document._variant_mapping.keys():  # noqa: SLF001 - no public name
        return "Document"
    if isinstance(item, BigInteger) and item._variant_mapping.keys() == Serial._variant_mapping.keys():  # noqa: SLF001
        return "Serial"
    return None


def include_object(item: Any, name: str | None, kind: str, reflected: bool, _compared: Any) -> bool:  # noqa: ANN401, FBT001 - alembic's hook
    """Everything but PostGIS's own table and, off PostgreSQL, the GiST indexes that only exist there."""
    if kind == "table" and reflected and name == "spatial_ref_sys":
        return False
    off_postgresql = context.get_context().dialect.name != "postgresql"
    return not (off_postgresql and isinstance(item, Index) and item.dialect_kwargs.get("postgresql_using") == "gist")


def run(connection: Connection) -> None:
    """Each migration is a transaction of its own: one that is interrupted leaves nothing behind."""
    context.configure(
        connection=connection.execution_options(**{IMMEDIATE: True}),
        target_metadata=Base.metadata,
        transaction_per_migration=True,
        # On SQLite too: our connections begin their transactions themselves.
        transactional_ddl=True,
        compare_type=True,
        render_item=render_item,
        include_object=include_object,
    )
    with context.begin_transaction():
        context.run_migrations()


def run_online() -> None:
    given = context.config.attributes.get("connection")
    if given is not None:
        run(given)
        return
    url = context.config.attributes["database_url"]
    engine = create_engine(url, poolclass=NullPool, connect_args=engine_options(url)["connect_args"])
    prepare_engine(engine)
    with engine.connect() as connection:
        run(connection)


if context.is_offline_mode():
    raise SystemExit("migrations look at the database while they run; use `sabuk db upgrade` with the database there")
run_online()
