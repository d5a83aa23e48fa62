"""How a picture is put together, by its markers or chunks alone: endless work is seen before any decoder starts."""

from __future__ import annotations

import re
from dataclasses import dataclass

from app.media.rules import MAX_PIXELS, ImageKind

MAX_PARTS = 5000
"""Segments of a JPEG or chunks of a PNG; a phone writes some hundreds, of 12 MB in pieces of 8 kB there are 1,500."""
MAX_SCANS = 100
"""Times that a progressive JPEG goes over its picture; encoders write about 10."""
MAX_SCANNED = 20 * MAX_PIXELS[ImageKind.JPEG]
"""Pixels of all scans together."""
MAX_PROFILE_BYTES = 2 * 1024 * 1024
"""Of a colour profile; those of cameras have some kilobytes."""
MAX_EXIF_BYTES = 256 * 1024
"""A segment of a JPEG holds 64 kB."""

_MARKER = re.compile(rb"\xff+([\x01-\xcf\xd8-\xfe])")
"""A marker of a JPEG (ITU-T T.81, B.1.1.3); zeros are stuffed behind 0xff in what is coded, restarts are part of it."""
_ALONE = frozenset({0x01, 0xD8})
_END, _SCAN = 0xD9, 0xDA
END_MARK = b"\xff\xd9"


@dataclass(frozen=True, slots=True)
class Layout:
    parts: int
    scans: int = 1
    has_end: bool = True
    """Of a JPEG: whether its end mark is there."""


def layout(kind: ImageKind, content: bytes) -> Layout:
    """How the picture is put together; nothing more is counted from MAX_PARTS on."""
    if kind is ImageKind.JPEG:
        return _of_jpeg(content)
    return Layout(_chunks(content) if kind is ImageKind.PNG else 1)


def is_too_intricate(found: Layout, width: int, height: int) -> bool:
    """Whether decoding would cost more than its pixels tell: too many parts, scans, or scans times pixels."""
    return found.parts > MAX_PARTS or found.scans > MAX_SCANS or found.scans * width * height > MAX_SCANNED


def _of_jpeg(content: bytes) -> Layout:
    parts = scans = at = 0
    while parts <= MAX_PARTS and (found := _MARKER.search(content, at)):
        parts, marker, at = parts + 1, found[1][0], found.end()
        if marker == _END:
            return Layout(parts, scans)
        if marker == _SCAN:
            scans += 1
        if marker not in _ALONE:
            at += int.from_bytes(content[at : at + 2], "big")
    return Layout(parts, scans, has_end=False)


def _chunks(content: bytes) -> int:
    """Chunks of a PNG (its specification, 5.3): length, name, content, checksum."""
    chunks, at = 0, 8
    while at < len(content) and chunks <= MAX_PARTS:
        chunks, at = chunks + 1, at + 12 + int.from_bytes(content[at : at + 4], "big")
    return chunks
