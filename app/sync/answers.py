"""What phones are answered with."""

from __future__ import annotations

from typing_extensions import TypedDict

from app.actions.rules.findings import Level
from app.actions.rules.words import PhotoRole, Status
from app.media.rules import PhotoState
from app.web.described import CodeAndName, Moment, Uuid


class ReceiptSite(TypedDict):
    id: Uuid
    name: str
    distance_m: int | None


class ReceiptFinding(TypedDict):
    code: str
    level: Level
    sentence: str


class ReceiptPhoto(TypedDict):
    sha256: str
    role: PhotoRole | None
    state: PhotoState
    follows: bool
    """Its bytes have not come yet."""


class Receipt(TypedDict):
    """An action as it stands: `status` and `findings` may change after the first receipt, nothing else does."""

    id: Uuid
    status: Status
    received_at: Moment
    observed_at: Moment
    kelurahan: CodeAndName | None
    site: ReceiptSite | None
    findings: list[ReceiptFinding]
    photos: list[ReceiptPhoto]


class PhotoReceipt(TypedDict):
    sha256: str
    size: int
