"""Photographs as files: whole or not there, named by content, in two levels of folders."""

from __future__ import annotations

import fcntl
import hashlib
import os
import secrets
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from app.core.errors import Invalid, invalid
from app.core.text import Text
from app.media.rules import HEAD_BYTES, SIZES, ImageKind, kind_of

ORIGINAL = "original"
INCOMING = "incoming"


@dataclass(frozen=True, slots=True)
class Arrived:
    """Bytes that have come in whole and are an image by their head."""

    sha256: str
    size: int
    kind: ImageKind


@dataclass(frozen=True, slots=True)
class Store:
    """The folder of all photographs."""

    folder: Path

    def original(self, sha256: str) -> Path:
        return self._folder_of(sha256) / f"{sha256}.{ORIGINAL}"

    def derivative(self, sha256: str, side: int) -> Path:
        return self._folder_of(sha256) / f"{sha256}.{side}.webp"

    def _folder_of(self, sha256: str) -> Path:
        return self.folder / sha256[:2] / sha256[2:4]

    def lacks(self, sha256: str) -> bool:
        """Whether a derivative is not there."""
        return not all(self.derivative(sha256, side).exists() for side in SIZES)

    def write(self, file: Path, content: bytes) -> None:
        """The file with this content, whole even if the power goes."""
        with self._draft() as (draft, out):
            out.write(content)
            _settle(out, draft, file)

    @contextmanager
    def _draft(self) -> Iterator[tuple[Path, IO[bytes]]]:
        """A file of nobody else's that is gone when the block ends, unless it was settled."""
        folder = self.folder / INCOMING
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        draft = folder / secrets.token_hex(16)
        try:
            with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as out:
                yield draft, out
        finally:
            draft.unlink(missing_ok=True)

    @contextmanager
    def arriving(self, chunks: Iterable[bytes], *, expected: str | None = None) -> Iterator[Arrived]:
        """Take the bytes in. Within the block their file is there, and no sweep takes it: write the row and commit.

        Invalid where the bytes are no image that we take, or not those of the expected SHA-256.
        """
        with self._draft() as (draft, out):
            arrived = _take_in(chunks, out, expected)
            with self._lock(fcntl.LOCK_SH):
                _settle(out, draft, self.original(arrived.sha256))
                yield arrived

    @contextmanager
    def sweeping(self) -> Iterator[None]:
        """No file arrives meanwhile."""
        with self._lock(fcntl.LOCK_EX):
            yield

    @contextmanager
    def _lock(self, how: int) -> Iterator[None]:
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        with (self.folder / ".lock").open("a") as file:
            fcntl.flock(file, how)
            yield


def passing(chunks: Iterable[bytes], *, expected: str) -> Arrived:
    """Bytes that are here already, looked at as if they were new, and not kept."""
    with Path(os.devnull).open("wb") as nowhere:
        return _take_in(chunks, nowhere, expected)


def store_in(instance: Path) -> Store:
    """The store of photographs below the instance folder."""
    return Store(instance / "photos")


def _take_in(chunks: Iterable[bytes], out: IO[bytes], expected: str | None) -> Arrived:
    digest, size, head, kind = hashlib.sha256(), 0, b"", None
    for chunk in chunks:
        if len(head) < HEAD_BYTES:
            head += chunk[: HEAD_BYTES - len(head)]
            kind = kind_of(head)
        digest.update(chunk)
        size += len(chunk)
        # What is no image is read to its end all the same: whoever sends only listens when all is sent.
        if kind is not None or len(head) < HEAD_BYTES:
            out.write(chunk)
    found = digest.hexdigest()
    if expected is not None and found != expected:
        raise _other_digest()
    if kind is None:
        raise _no_image()
    return Arrived(found, size, kind)


def _settle(out: IO[bytes], draft: Path, file: Path) -> None:
    """The draft becomes the file: content, then name, then the folders that hold the name are on the disk."""
    out.flush()
    os.fsync(out.fileno())
    for folder in (file.parent.parent, file.parent):
        if not folder.is_dir():
            folder.mkdir(mode=0o700, exist_ok=True)
            _on_disk(folder.parent)
    draft.rename(file)
    _on_disk(file.parent)


def _on_disk(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _other_digest() -> Invalid:
    return invalid(
        "sha256",
        "digest_differs",
        Text("Isinya tidak cocok dengan namanya; mungkin rusak saat dikirim. Kirim lagi."),
    )


def _no_image() -> Invalid:
    return invalid(
        "",
        "no_image",
        Text("Ini bukan foto yang kami terima. Kirim JPEG, PNG, WebP, atau HEIC."),
    )
