"""The folder of photographs, and the jobs on them, as tests use both."""

from __future__ import annotations

import os
from datetime import datetime, timedelta
from pathlib import Path

from flask import current_app
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.jobs import runner
from app.jobs.models import Job
from app.media import service as media
from app.media.models import Photo
from app.media.service import Store
from app.people.models import Account
from app.work import WORK
from tests.factories.actions import NOW
from tests.media.pictures import name_of


def store() -> Store:
    return media.store_in(current_app.config["SETTINGS"].instance)


def send(session: Session, account: Account, content: bytes, *, now: datetime = NOW) -> str:
    """The bytes as the account sends them; their name."""
    with store().arriving([content], expected=name_of(content)) as arrived:
        media.keep(session, arrived, account.id, now=now)
        session.commit()
    return arrived.sha256


def photo(session: Session, sha256: str) -> Photo:
    return session.scalars(select(Photo).where(Photo.sha256 == sha256).execution_options(populate_existing=True)).one()


def do_jobs(now: datetime = NOW) -> int:
    """Everything that is due at that time."""
    return runner.run_due(WORK, lambda: now)


def jobs(session: Session, kind: str) -> list[Job]:
    asked = select(Job).where(Job.kind == kind).order_by(Job.id).execution_options(populate_existing=True)
    return list(session.scalars(asked))


def files() -> set[str]:
    """The names of all files of photographs."""
    return {file.name for file in store().folder.rglob("*") if file.is_file() and file.name != ".lock"}


def written(file: Path, at: datetime) -> None:
    """Let the file look as if it had been written then."""
    os.utime(file, (at.timestamp(), at.timestamp()))


DAY = timedelta(days=1)
