"""Photographs as phones send them, and bytes as nobody should: all made here."""

from __future__ import annotations

import hashlib
import io
import struct
import zlib
from datetime import datetime
from functools import cache
from typing import Any

import numpy
from PIL import ExifTags, Image

from app.core.geo import Point


@cache
def scene(seed: int = 1, size: tuple[int, int] = (480, 360)) -> Image.Image:
    """Something to look at: soft shapes that are others for every seed."""
    rough = numpy.random.default_rng(seed).integers(0, 255, (12, 16, 3), dtype=numpy.uint8)
    return Image.fromarray(rough).resize(size, Image.Resampling.BICUBIC)


def encoded(image: Image.Image, kind: str = "JPEG", **options: Any) -> bytes:
    out = io.BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()


def jpeg(seed: int = 1, size: tuple[int, int] = (480, 360), **options: Any) -> bytes:
    return encoded(scene(seed, size), **options)


def exif(
    *, taken: datetime | str | None = None, offset: str | None = None, point: Point | None = None, orientation: int | None = None
) -> Image.Exif:
    """The tags that a camera writes."""
    tags = Image.Exif()
    if orientation is not None:
        tags[ExifTags.Base.Orientation] = orientation
    inner = tags.get_ifd(ExifTags.IFD.Exif)
    if taken is not None:
        inner[ExifTags.Base.DateTimeOriginal] = taken if isinstance(taken, str) else f"{taken:%Y:%m:%d %H:%M:%S}"
    if offset is not None:
        inner[ExifTags.Base.OffsetTimeOriginal] = offset
    if point is not None:
        tags.get_ifd(ExifTags.IFD.GPSInfo).update(
            {
                ExifTags.GPS.GPSLatitudeRef: "N" if point.lat >= 0 else "S",
                ExifTags.GPS.GPSLatitude: _sexagesimal(point.lat),
                ExifTags.GPS.GPSLongitudeRef: "E" if point.lon >= 0 else "W",
                ExifTags.GPS.GPSLongitude: _sexagesimal(point.lon),
            }
        )
    return tags


def _sexagesimal(degrees: float) -> tuple[float, float, float]:
    whole, rest = divmod(abs(degrees), 1)
    minutes, rest = divmod(rest * 60, 1)
    return whole, minutes, round(rest * 60, 4)


def name_of(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def jpeg_of_many_scans(scans: int, size: tuple[int, int] = (480, 360)) -> bytes:
    """A progressive JPEG whose last scan, a few bytes, is said so many times more: each goes over the whole picture."""
    content = encoded(scene(size=size), progressive=True, quality=30)
    last = content[content.rindex(b"\xff\xda") : -2]
    return content[:-2] + last * scans + content[-2:]


def jpeg_of_many_segments(segments: int) -> bytes:
    """A JPEG with so many empty comments."""
    content = jpeg()
    return content[:2] + b"\xff\xfe\x00\x02" * segments + content[2:]


def png_of_many_chunks(chunks: int) -> bytes:
    """A PNG with so many empty pieces of its picture."""
    content = encoded(scene(), "PNG")
    place = content.index(b"IDAT") - 4
    return content[:place] + _chunk(b"IDAT", b"") * chunks + content[place:]


def exif_of_endless_values(entries: int, size: int) -> bytes:
    """EXIF in which so many entries each say that all of its bytes are theirs."""
    rows = b"".join(struct.pack("<HHII", tag + 0x8000, 7, size, 8) for tag in range(entries))
    return b"Exif\x00\x00II*\x00\x08\x00\x00\x00" + struct.pack("<H", entries) + rows + bytes(size)


def png_that_says(width: int, height: int) -> bytes:
    """A PNG whose header promises that many pixels, in a few bytes."""
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    rows = zlib.compress(b"\x00" * 64)
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(*part) for part in ((b"IHDR", header), (b"IDAT", rows), (b"IEND", b"")))


def _chunk(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))


def jpeg_that_says(width: int, height: int) -> bytes:
    """A small JPEG whose frame header was changed to promise that many pixels."""
    content = jpeg(size=(64, 48))
    frame = content.index(b"\xff\xc0")
    return content[: frame + 5] + struct.pack(">HH", height, width) + content[frame + 9 :]
