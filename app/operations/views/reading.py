"""What both the page for people and the text for programs are made of, asked with the settings of the running server."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from pathlib import Path

from flask import current_app
from sqlalchemy import make_url

from app.operations.queries import state as queries
from app.operations.rules.state import Disk
from app.operations.service import slow_statements
from app.operations.service.slow_statements import SlowStatement
from app.settings import Settings

DAY = timedelta(days=1)


def settings() -> Settings:
    found: Settings = current_app.config["SETTINGS"]
    return found


def disks() -> Sequence[Disk]:
    return queries.disks(_folders(settings()))


def slow_of_a_day(now: datetime) -> Sequence[SlowStatement]:
    return slow_statements.noted(settings().instance, since=now - DAY)


def _folders(known: Settings) -> Mapping[str, Path]:
    """Photographs, and the database where it is a file of this machine."""
    folders = {"photographs": known.instance / "photos"}
    file = make_url(known.database_url).database if known.is_embedded else None
    return folders | ({"database": Path(file).resolve().parent} if file and file != ":memory:" else {})
