"""Bringing the schema up to date, and telling whether it is.

Alembic is imported when it is needed: importing it takes longer than everything else that a start has to do with the schema.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from sqlalchemy import create_engine, make_url, text
from sqlalchemy.pool import NullPool

from app.database.mutex import Unreachable, mutex, reaching
from app.database.schema import FOLDER

if TYPE_CHECKING:
    from alembic.config import Config


# Its account of every plugin is no news for whoever upgrades.
logging.getLogger("alembic").setLevel(logging.WARNING)


class SchemaProblem(Exception):
    """The schema is not what the models say, or cannot be changed as asked; says which."""


def config(database_url: str) -> Config:
    from alembic.config import Config

    made = Config()
    made.set_main_option("script_location", str(FOLDER).replace("%", "%%"))
    made.set_main_option("file_template", "%%(year)d%%(month).2d%%(day).2d_%%(hour).2d%%(minute).2d_%%(slug)s")
    made.set_main_option("timezone", "UTC")
    made.set_main_option("path_separator", "os")
    made.attributes["database_url"] = database_url
    return made


def upgrade(database_url: str, revision: str = "head") -> None:
    """One transaction per migration: what was interrupted can be run again."""
    from alembic import command

    with _problems_named(), mutex(database_url, "schema"):
        _ask_for_postgis(database_url)
        command.upgrade(config(database_url), revision)


def _ask_for_postgis(database_url: str) -> None:
    """Raises SchemaProblem where PostgreSQL lacks its extension: making it belongs to who operates the database."""
    url = make_url(database_url)
    if url.get_backend_name() != "postgresql":
        return
    with create_engine(url, poolclass=NullPool).connect() as connection:
        if not connection.scalar(text("SELECT EXISTS (SELECT 1 FROM pg_extension WHERE extname = 'postgis')")):
            raise SchemaProblem(
                f"PostGIS is missing in the database {url.database}: its owner says once "
                f"`psql {url.database} -c 'CREATE EXTENSION postgis'`; where that finds no such extension, install PostGIS "
                "for this PostgreSQL first (Debian: apt install postgresql-postgis)."
            )


def downgrade(database_url: str, revision: str) -> None:
    from alembic import command

    with _problems_named(), mutex(database_url, "schema"):
        command.downgrade(config(database_url), revision)


def check(database_url: str) -> None:
    """Raises SchemaProblem when the models say something that the database does not, or it is not of the newest version."""
    from alembic import command

    with _problems_named():
        command.check(config(database_url))


@contextmanager
def _problems_named() -> Iterator[None]:
    from alembic.util import CommandError

    try:
        with reaching():
            yield
    except (CommandError, Unreachable) as error:
        raise SchemaProblem(str(error)) from error
