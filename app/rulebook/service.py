"""A change of rules comes into force: the version, and the day on which belts and badges follow it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, time
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from app.awards.service import badges, belts
from app.core.errors import Conflict
from app.core.text import Text
from app.jobs.queue import enqueue
from app.places import queries as places
from app.programmes import queries as programmes
from app.programmes import service
from app.programmes.rules.reading import digest
from app.programmes.service import Applied
from app.tallies import queries as tallies

FOLLOW = "upkeep.follow_rules"
BATCH_SIZE = 500
"""How many persons' awards are written in one transaction."""


@dataclass(frozen=True, slots=True)
class ShownDiff:
    """What somebody was shown before they said yes."""

    digest: str
    """Of the file's content."""
    base: int
    """The newest version then; 0: there was none."""


def bring_in(session: Session, content: str | bytes, *, shown: ShownDiff, by_account_id: int, now: datetime) -> Applied:
    """Apply exactly what was shown. The same again changes nothing.

    Raises Conflict where the file is another than was shown, or a newer version came in between; Invalid where it is wrong.
    """
    document, definition = service.checked(content)
    if digest(document) != shown.digest:
        raise Conflict(
            Text("Berkas ini bukan lagi yang perbedaannya Anda baca. Baca perbedaannya lagi."),
            "file_changed",
        )
    if not programmes.is_applied(session, definition.code, shown.digest):
        newest = programmes.newest(session, definition.code)
        if (newest.version if newest else 0) != shown.base:
            raise Conflict(
                Text("Sementara itu sudah diterapkan versi yang lebih baru. Baca perbedaannya dengan versi itu."),
                "newer_version",
            )
    applied = service.apply(session, content, applied_by=by_account_id, now=now)
    if applied.is_new:
        follow_later(session, applied, now=now)
    return applied


def bring_in_at_once(session: Session, content: str | bytes, *, now: datetime) -> tuple[Applied, bool]:
    """Apply the operator's file, and whether it is in force: belts and badges follow at once then, else on its first day."""
    applied = service.apply(session, content, applied_by=None, now=now)
    current = programmes.current(session, applied.code, places.day_at(session, now))
    in_force = current is not None and current.version_id == applied.version_id
    if current is not None and in_force and applied.is_new:
        belts.rebuild(session, applied.programme_id, current.definition.ladder)
        badges.rebuild(session, applied.programme_id, current.definition.badges)
    elif applied.is_new:
        follow_later(session, applied, now=now)
    return applied, in_force


def follow_later(session: Session, applied: Applied, *, now: datetime) -> None:
    """Ask for belts and badges to follow the version from the first moment of its first day."""
    begins = datetime.combine(applied.effective_from, time(), ZoneInfo(places.home_zone(session)))
    key = f"{FOLLOW} {applied.version_id}"
    enqueue(session, FOLLOW, {"programme": applied.code}, now=now, run_after=max(now, begins), key=key)


def groups_to_follow(session: Session, code: str) -> Iterator[list[int]]:
    """Everybody who has a stamp in the programme, some hundreds at a time."""
    programme_id = programmes.programme_id(session, code)
    people = tallies.people_of(session, programme_id) if programme_id is not None else []
    return (people[start : start + BATCH_SIZE] for start in range(0, len(people), BATCH_SIZE))


def follow(session: Session, code: str, person_ids: list[int], *, now: datetime) -> None:
    """These persons' belts and badges are what their stamps say under the rules in force. Twice is as once."""
    current = programmes.current(session, code, places.day_at(session, now))
    if current is not None:
        belts.recount(session, current.programme_id, current.definition.ladder, person_ids)
        badges.recount(session, current.programme_id, current.definition.badges, person_ids)
