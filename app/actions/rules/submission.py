"""What a device sends, before anybody judges it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from uuid import UUID

from app.actions.rules.words import PhotoRole, Source
from app.core.geo import Point


@dataclass(frozen=True, slots=True)
class Fix:
    """One position: from the device with its stated error (95 % radius, metres), pinned on a map, or from a photograph."""

    point: Point
    source: Source
    accuracy_m: float | None
    fixed_at: datetime | None
    """The positioning system's own time."""


@dataclass(frozen=True, slots=True)
class PhotoLink:
    sha256: str
    role: PhotoRole | None
    taken_at: datetime | None = None
    """When the phone says it was taken: a picture made smaller there has no EXIF left to say it."""
    point: Point | None = None
    """Where the phone says it was taken."""
    follows: bool = False
    """Whether its bytes may come after the action. That is how it is sent, no content: no part of the digest."""


@dataclass(frozen=True, slots=True)
class Submission:
    id: UUID
    programme: str
    captured_at: datetime
    sent_at: datetime
    minutes: int | None
    fix: Fix
    site: UUID | None
    rt: str | None
    rw: str | None
    measures: Mapping[str, object]
    photos: tuple[PhotoLink, ...]
    on_behalf_of: UUID | None
    note: str


def digest(submission: Submission) -> str:
    """SHA-256 that is equal for the same content and different for other content.

    Equal are equal parsed values: instants as UTC, 12 and 12.0, a missing optional field and its default; photographs in
    their order. `sent_at` is no content: it changes with every attempt. The sender is no content either.
    """
    fix = submission.fix
    content = {
        "id": submission.id.hex,
        "programme": submission.programme,
        "captured_at": _instant(submission.captured_at),
        "minutes": submission.minutes,
        "lon": _plain(fix.point.lon),
        "lat": _plain(fix.point.lat),
        "source": fix.source.value,
        "accuracy_m": _plain(fix.accuracy_m),
        "fixed_at": _instant(fix.fixed_at),
        "site": submission.site and submission.site.hex,
        "rt": submission.rt,
        "rw": submission.rw,
        "measures": {name: _plain(value) for name, value in submission.measures.items() if value is not None},
        "photos": [_photo(photo) for photo in submission.photos],
        "on_behalf_of": submission.on_behalf_of and submission.on_behalf_of.hex,
        "note": submission.note,
    }
    return hashlib.sha256(json.dumps(content, sort_keys=True, separators=(",", ":")).encode()).hexdigest()


def _photo(photo: PhotoLink) -> list[object]:
    """What is not told stands for nothing, so that the digests of before the phone told it still hold."""
    said: list[object] = [photo.sha256, photo.role and photo.role.value]
    if photo.taken_at is None and photo.point is None:
        return said
    lon, lat = (None, None) if photo.point is None else (photo.point.lon, photo.point.lat)
    return [*said, _instant(photo.taken_at), _plain(lon), _plain(lat)]


def _instant(value: datetime | None) -> str | None:
    return value.astimezone(UTC).isoformat(timespec="microseconds") if value else None


def _plain(value: object) -> object:
    """Numbers as their shortest decimal text, the same for 12, 12.0 and 1.2e1."""
    if isinstance(value, bool) or not isinstance(value, int | float | Decimal):
        return value
    number = Decimal(str(value))
    return format(number.normalize(), "f") if number else "0"
