"""Files that wait between being looked at and being carried out: kept for a day, for the account that sent them alone."""

from __future__ import annotations

import hashlib
import os
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path

from app.core.errors import Invalid, invalid
from app.core.text import Text

UPLOAD_TTL = timedelta(days=1)
MAX_BYTES = 8 * 1024 * 1024


def keep(folder: Path, account_id: int, content: bytes, *, now: datetime) -> str:
    """The SHA-256 by which the account finds the file again. Files of days before are swept."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    sweep(folder, now=now)
    digest = hashlib.sha256(content).hexdigest()
    draft = folder / f"{account_id}-{digest}.{os.getpid()}"
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as out:
        out.write(content)
    draft.replace(_file(folder, account_id, digest))
    return digest


def kept(folder: Path, account_id: int, digest: str) -> bytes:
    """What the account sent. Raises Invalid (field `file`) where it waits no longer."""
    try:
        return _file(folder, account_id, digest).read_bytes()
    except FileNotFoundError as error:
        raise gone() from error


def forget(folder: Path, account_id: int, digest: str) -> None:
    """What the account sent is no longer kept; nothing where it is not."""
    _file(folder, account_id, digest).unlink(missing_ok=True)


def sweep(folder: Path, *, now: datetime) -> None:
    """Files that waited for longer than a day are gone."""
    oldest = (now - UPLOAD_TTL).timestamp()
    for file in folder.iterdir():
        with suppress(FileNotFoundError):
            if file.stat().st_mtime < oldest:
                file.unlink()


def gone() -> Invalid:
    """That the file has to be uploaded again, for whoever raises it."""
    return invalid(
        "file",
        "gone",
        Text("Berkasnya sudah tidak tersimpan di sini. Unggah sekali lagi."),
    )


def _file(folder: Path, account_id: int, digest: str) -> Path:
    return folder / f"{account_id}-{digest}.geojson"
