"""What the cast does: the bodies that phones send, and actions recorded from them in the way of the wire."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from uuid import UUID, uuid4
from zlib import crc32
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from app.actions.models import Action
from app.core.geo import Point
from app.people.models import Account
from app.stamping import service as stamping
from app.stamping.service import BulkResult
from app.sync import service as sync
from app.sync.forms import ActionForm
from app.web.wire import parse
from tests.factories.city import IN_MELATI

WIB = ZoneInfo("Asia/Jakarta")
MONDAY = date(2026, 11, 16)
NOW = datetime(2026, 11, 16, 8, 40, 5, tzinfo=UTC)
"""Monday 15.40 in Bandung: what was sent then arrives with a clock that is right."""
METRE = 1 / 111_320
"""Of latitude, in degrees."""


def at(day: date, hour: int, minute: int = 0) -> str:
    """The instant in Bandung, as it goes over the wire."""
    return datetime.combine(day, time(hour, minute), WIB).isoformat()


def fix_at(point: Point, *, north_m: float = 0, accuracy_m: float = 12.0) -> dict[str, Any]:
    return {"lon": point.lon, "lat": point.lat + north_m * METRE, "accuracy_m": accuracy_m, "source": "device"}


def body(**change: Any) -> dict[str, Any]:
    """Pak Budi, Monday 07.05, fifteen minutes 60 m north of his office. `...` as a value leaves the field out."""
    plain = {
        "programme": "gps",
        "captured_at": at(MONDAY, 7, 5),
        "sent_at": "2026-11-16T15:40:02+07:00",
        "minutes": 15,
        "fix": fix_at(IN_MELATI, north_m=60),
        "site": None,
        "rt": None,
        "rw": None,
        "measures": {"bags_large": 1, "kg": 3.5, "kg_method": "estimated"},
        "photos": [],
        "on_behalf_of": None,
        "note": "",
    }
    told = plain | change
    if "fix" not in change:
        told["fix"] = measured(told["fix"], told["captured_at"])
    return {name: value for name, value in told.items() if value is not ...}


def measured(fix: dict[str, Any], captured_at: object) -> dict[str, Any]:
    """As a device measures: within a metre, and never the same point at two times."""
    try:
        minute = int(datetime.fromisoformat(str(captured_at)).timestamp()) // 60
    except ValueError:
        return fix
    return fix | {"lon": fix["lon"] + crc32(str(minute).encode()) % 83 * 1e-7}


def holes(count: int = 3, **change: Any) -> dict[str, Any]:
    """Biopore holes in the middle of Melati."""
    fix = measured(fix_at(IN_MELATI), change.get("captured_at"))
    return body(**{"programme": "biopori", "minutes": ..., "fix": fix, "measures": {"holes": count}} | change)


def record(
    session: Session, account: Account, sent: dict[str, Any], *, action_id: UUID | None = None, now: datetime = NOW
) -> Action:
    """The action, received at `now` as the wire receives it."""
    submission = parse(ActionForm, json.dumps(sent).encode()).submission(action_id or uuid4())
    known = sync.known(session, submission, account)
    if known is not None:
        return known
    action, _ = sync.receive(session, sync.prepare(session, submission, account, now=now), now=now)
    return session.get_one(Action, action.id)


def make_action(session: Session, account: Account, *, now: datetime = NOW, **change: Any) -> Action:
    """The plain action, changed where the test needs it."""
    return record(session, account, body(**change), now=now)


def action_days(count: int, *, until: date = MONDAY) -> list[date]:
    """The latest programme days of GPS up to that one, the latest first."""
    days = (until - timedelta(days=back) for back in range(count * 3))
    return [day for day in days if day.weekday() in (0, 2, 4)][:count]


def stamp(session: Session, officer: Account, *actions: Action, note: str = "", now: datetime = NOW) -> list[BulkResult]:
    """The officer's word under the actions."""
    results = stamping.stamp(session, [action.id for action in actions], officer, note=note, now=now)
    session.flush()
    return results
