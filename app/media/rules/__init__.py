"""What a photograph is, by its first bytes; how large one may be; how alike two of them look."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

MAX_FILE_BYTES = 12 * 1024 * 1024
HEAD_BYTES = 64
"""What is enough to tell the kind."""
SIZES = (1600, 320)
"""The long sides of the derivatives, in pixels."""

MAX_UNNAMED = 60
"""Photographs that an account may have sent within a day and no action has named."""
MAX_UNNAMED_BYTES = 200 * 1024 * 1024
"""Their bytes together."""
UNNAMED_SPAN = timedelta(days=1)
MAX_PHOTOS = 240
"""Photographs that an account may send within an hour, named by an action or not: forty actions of six."""
MAX_PHOTO_BYTES = 500 * 1024 * 1024
"""Their bytes together."""
PHOTOS_SPAN = timedelta(hours=1)

UPLOAD_TTL = timedelta(days=40)
"""How long a photograph waits for its action."""
ORIGINAL_TTL = timedelta(days=7)
"""How long what was sent is kept after it was looked at, so that it can be looked at again."""
ORPHAN_TTL = timedelta(hours=24)
"""How long a file without a row is left alone: its row may be about to be written."""


class ImageKind(StrEnum):
    JPEG = "jpeg"
    PNG = "png"
    WEBP = "webp"
    HEIC = "heic"


class PhotoState(StrEnum):
    """Not looked at yet; derivatives are there; it cannot be shown."""

    PENDING = "pending"
    READY = "ready"
    BROKEN = "broken"


class Fault(StrEnum):
    """Why a photograph cannot be shown."""

    UNREADABLE = "unreadable"
    TOO_LARGE = "too_large"
    GAVE_UP = "gave_up"
    """Nobody could look at it yet; it will be tried again."""

    @property
    def is_final(self) -> bool:
        """Whether it is the picture's own bytes that say so."""
        return self is not Fault.GAVE_UP


MAX_PIXELS = {
    ImageKind.JPEG: 40_000_000,
    ImageKind.HEIC: 40_000_000,
    ImageKind.PNG: 20_000_000,
    ImageKind.WEBP: 20_000_000,
}
"""A few kilobytes of PNG or WebP can hold endless pixels of one colour."""

_HEIC_BRANDS = frozenset({b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx"})


def kind_of(head: bytes) -> ImageKind | None:
    """The kind that the first bytes tell; None where it is none that we take."""
    if head.startswith(b"\xff\xd8\xff"):
        return ImageKind.JPEG
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return ImageKind.PNG
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return ImageKind.WEBP
    return ImageKind.HEIC if _is_heic(head) else None


def _is_heic(head: bytes) -> bool:
    """ISO 14496-12 `ftyp` box: size, type, major brand, version, compatible brands."""
    if head[4:8] != b"ftyp":
        return False
    major, size = head[8:12], min(int.from_bytes(head[:4], "big"), len(head))
    compatible = {head[place : place + 4] for place in range(16, size - 3, 4)}
    return major in _HEIC_BRANDS or (major in (b"mif1", b"msf1") and bool(compatible & _HEIC_BRANDS))


@dataclass(frozen=True, slots=True)
class PhotosSent:
    """What an account has sent within some time."""

    photos: int
    size: int
    """Bytes of all of them."""
    oldest: datetime | None
    """When the first of them was sent."""


def wait_for_room(unnamed: PhotosSent, size: int, now: datetime) -> timedelta | None:
    """How long until a photograph of that size may be tried again, where no action has named those of a day; None: at once."""
    return _wait(unnamed, size, now, (MAX_UNNAMED, MAX_UNNAMED_BYTES, UNNAMED_SPAN))


def wait_for_turn(lately: PhotosSent, size: int, now: datetime) -> timedelta | None:
    """How long until a photograph of that size may be tried again, of all that were sent within an hour; None: at once."""
    return _wait(lately, size, now, (MAX_PHOTOS, MAX_PHOTO_BYTES, PHOTOS_SPAN))


def _wait(sent: PhotosSent, size: int, now: datetime, limit: tuple[int, int, timedelta]) -> timedelta | None:
    photos, size_of_all, span = limit
    if sent.oldest is None or (sent.photos < photos and sent.size + size <= size_of_all):
        return None
    return max(sent.oldest + span - now, timedelta(seconds=1))


def may_be_decoded(kind: ImageKind, width: int, height: int) -> bool:
    """Whether so many pixels, width by height, are taken of that kind."""
    return 0 < width * height <= MAX_PIXELS[kind]


def fitted(width: int, height: int, side: int) -> tuple[int, int]:
    """The size with the same aspect whose long side is at most `side`; never larger than it was."""
    scale = min(1.0, side / max(width, height))
    return max(1, round(width * scale)), max(1, round(height * scale))


LOOK_BITS = 256
BANDS = 16
BAND_BITS = LOOK_BITS // BANDS
NEAR = 31
"""Two photographs whose looks differ in at most this many of 256 bits show the same."""


def difference(a: int, b: int) -> int:
    """In how many bits two looks differ."""
    return (a ^ b).bit_count()


def bands(look: int) -> tuple[int, ...]:
    """The look cut into 16 numbers of 16 bits, each with its place in front, so that one column finds them."""
    mask = (1 << BAND_BITS) - 1
    return tuple((place << BAND_BITS) | (look >> (place * BAND_BITS) & mask) for place in range(BANDS))


def near_bands(look: int) -> tuple[int, ...]:
    """Every band that a look within 31 bits has at least one of.

    31 differing bits spread over 16 bands leave at least one band with at most one: 16 bands, each as it is and with one bit
    changed, are 272 numbers.
    """
    return tuple(changed for band in bands(look) for changed in (band, *(band ^ (1 << bit) for bit in range(BAND_BITS))))


def turned_looks(look: int) -> frozenset[int]:
    """The look as it is, mirrored and turned by quarters: eight ways to hold one picture.

    A look holds the signs of frequencies 1 to 16 in both directions, row by row from its highest bit. Mirroring changes the sign
    of the odd frequencies in one direction; turning also swaps the two directions.
    """
    swapped = _swapped(look)
    return frozenset(turn ^ mirror for turn in (look, swapped) for mirror in (0, _ODD_ACROSS, _ODD_DOWN, _ODD_ACROSS ^ _ODD_DOWN))


_SIDE = 16


def _mask(is_set: Callable[[int, int], bool]) -> int:
    return sum(1 << _bit(row, column) for row in range(_SIDE) for column in range(_SIDE) if is_set(row, column))


def _bit(row: int, column: int) -> int:
    return LOOK_BITS - 1 - (row * _SIDE + column)


def _swapped(look: int) -> int:
    return _mask(lambda row, column: bool(look >> _bit(column, row) & 1))


# The first row and column hold frequency 1: those that are even here are odd frequencies.
_ODD_ACROSS = _mask(lambda _row, column: column % 2 == 0)
_ODD_DOWN = _mask(lambda row, _column: row % 2 == 0)
