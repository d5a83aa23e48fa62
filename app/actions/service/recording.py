"""An action is stored once, with what was found."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

import h3
import shapely
from sqlalchemy import insert
from sqlalchemy.orm import Session

from app.actions.models import Action, ActionPhoto
from app.actions.rules.findings import (
    Finding,
    Level,
    gravest,
    leads_to,
)
from app.actions.rules.submission import PhotoLink, Submission
from app.actions.rules.timing import Timing, skew_minutes
from app.actions.rules.words import Capacity
from app.core.geo import PUBLIC_CELL_RESOLUTION, Point
from app.core.identity_numbers import hide_identity_numbers
from app.database import Base
from app.database.upsert import insert_if_new

ACTION = Base.metadata.tables[Action.__tablename__]
_ATTENTION = {Level.OK: 0, Level.LOOK: 1, Level.HOLD: 2}


@dataclass(frozen=True, slots=True)
class ActionContext:
    """Where and as whom somebody acted, looked up before the write."""

    programme_id: int
    version_id: int
    person_id: int
    recorded_by: int
    capacity: Capacity
    movement: str | None
    observed_on: date
    site_id: int | None
    circle_id: int | None
    distance_m: int | None
    kelurahan_id: int | None
    kecamatan_id: int | None
    city_id: int | None
    rw_id: int | None
    rw_proposed: str | None
    digest: str


def cell_of(point: Point) -> int:
    """The h3 cell of resolution 9 around the point, as a signed 64-bit number."""
    return int(h3.str_to_int(h3.latlng_to_cell(point.lat, point.lon, PUBLIC_CELL_RESOLUTION)))


def record(session: Session, row: Mapping[str, Any], photos: Sequence[PhotoLink], coming: Collection[str] = ()) -> Action | None:
    """Store the action, and give it as stored; None when its id is taken. `coming`: SHA-256 of photographs that follow it."""
    if session.connection().execute(insert_if_new(session, ACTION), row).first() is None:
        return None
    if photos:
        session.execute(
            insert(ActionPhoto),
            [
                {
                    "action_id": row["id"],
                    "place": place,
                    "sha256": photo.sha256,
                    "role": photo.role,
                    "taken_at": photo.taken_at.astimezone(UTC) if photo.taken_at else None,
                    "lon": photo.point.lon if photo.point else None,
                    "lat": photo.point.lat if photo.point else None,
                    "awaited_since": row["received_at"] if photo.sha256 in coming else None,
                }
                for place, photo in enumerate(photos)
            ],
        )
    return Action(**row)


def action_row(
    submission: Submission, setting: ActionContext, timing: Timing, findings: Sequence[Finding], *, now: datetime
) -> dict[str, Any]:
    """The action as a row of its table, each value as it is read again; its measures are those held against the programme."""
    fixed_at = submission.fix.fixed_at
    return {
        "id": submission.id,
        "programme_id": setting.programme_id,
        "version_id": setting.version_id,
        "person_id": setting.person_id,
        "recorded_by": setting.recorded_by,
        "capacity": setting.capacity,
        "movement": setting.movement,
        "status": leads_to(findings),
        "captured_at": submission.captured_at.astimezone(UTC),
        "sent_at": submission.sent_at.astimezone(UTC),
        "received_at": now.astimezone(UTC),
        "skew_minutes": skew_minutes(submission.sent_at, now),
        "observed_at": timing.observed_at.astimezone(UTC),
        "observed_on": setting.observed_on,
        "minutes": submission.minutes,
        "position": shapely.Point(submission.fix.point.lon, submission.fix.point.lat),
        "source": submission.fix.source,
        "accuracy_m": submission.fix.accuracy_m,
        "fixed_at": fixed_at.astimezone(UTC) if fixed_at else None,
        "cell": cell_of(submission.fix.point),
        "site_id": setting.site_id,
        "circle_id": setting.circle_id,
        "distance_m": setting.distance_m,
        "kelurahan_id": setting.kelurahan_id,
        "kecamatan_id": setting.kecamatan_id,
        "city_id": setting.city_id,
        "rw_id": setting.rw_id,
        "rw_proposed": setting.rw_proposed,
        "rt": submission.rt,
        "measures": storable(submission.measures),
        "findings": [finding.stored() for finding in findings],
        "attention": attention(findings),
        "note": hide_identity_numbers(submission.note),
        "digest": setting.digest,
    }


def attention(findings: Sequence[Finding]) -> int:
    """Where the action stands in the queue by its gravest finding: 0 clean, 1 to be looked at, 2 held."""
    return _ATTENTION[gravest(findings)]


def storable(measures: Mapping[str, object]) -> dict[str, object]:
    """Decimals as text, so that no digit is lost in JSON."""
    return {name: value if isinstance(value, int | str) else format(value, "f") for name, value in measures.items()}
