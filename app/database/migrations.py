"""Bringing the schema up to date, and telling whether it is."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory

FOLDER = Path(__file__).resolve().parent.parent.parent / "migrations"


def config(database_url: str) -> Config:
    made = Config()
    made.set_main_option("script_location", str(FOLDER))
    made.set_main_option("file_template", "%%(year)d%%(month).2d%%(day).2d_%%(hour).2d%%(minute).2d_%%(slug)s")
    made.set_main_option("timezone", "UTC")
    made.set_main_option("path_separator", "os")
    made.attributes["database_url"] = database_url
    return made


@cache
def newest_revision() -> str | None:
    return ScriptDirectory(str(FOLDER)).get_current_head()


def upgrade(database_url: str, revision: str = "head") -> None:
    command.upgrade(config(database_url), revision)


def downgrade(database_url: str, revision: str) -> None:
    command.downgrade(config(database_url), revision)


def check(database_url: str) -> None:
    """Raises alembic's CommandError when the models say something that the migrations do not."""
    command.check(config(database_url))
