"""What a photograph is by its head, how large it may be, what EXIF testifies, how alike two look."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from app.media.rules import (
    MAX_PHOTO_BYTES,
    MAX_PHOTOS,
    MAX_UNNAMED,
    MAX_UNNAMED_BYTES,
    ImageKind,
    PhotosSent,
    bands,
    difference,
    fitted,
    kind_of,
    may_be_decoded,
    near_bands,
    turned_looks,
    wait_for_room,
    wait_for_turn,
)
from app.media.rules.camera import Witness, believed
from app.media.rules.layout import MAX_PARTS, MAX_SCANS, Layout, is_too_intricate, layout

HEADS = {
    "jpeg": (b"\xff\xd8\xff\xe0\x00\x10JFIF", ImageKind.JPEG),
    "png": (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", ImageKind.PNG),
    "webp": (b"RIFF\x24\x00\x00\x00WEBPVP8 ", ImageKind.WEBP),
    "heic of iphones": (b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic", ImageKind.HEIC),
    "heic that says mif1 first": (b"\x00\x00\x00\x18ftypmif1\x00\x00\x00\x00mif1heic", ImageKind.HEIC),
    "avif": (b"\x00\x00\x00\x1cftypavif\x00\x00\x00\x00avifmif1miaf", None),
    "avif that says mif1 first": (b"\x00\x00\x00\x18ftypmif1\x00\x00\x00\x00mif1avif", None),
    "a film": (b"\x00\x00\x00\x18ftypmp42\x00\x00\x00\x00mp42isom", None),
    "gif": (b"GIF89a\x01\x00\x01\x00", None),
    "tiff": (b"II*\x00\x08\x00\x00\x00", None),
    "bmp": (b"BM6\x00\x00\x00", None),
    "wave": (b"RIFF\x24\x00\x00\x00WAVEfmt ", None),
    "svg": (b"<svg xmlns='http://www.w3.org/2000/svg'>", None),
    "html": (b"<!doctype html><script>", None),
    "pdf": (b"%PDF-1.7\n", None),
    "zip": (b"PK\x03\x04", None),
    "postscript": (b"%!PS-Adobe-3.0 EPSF-3.0", None),
    "a jpeg behind a space": (b" \xff\xd8\xff\xe0", None),
    "half a png": (b"\x89PNG\r\n", None),
    "nothing": (b"", None),
    "an empty box": (b"\x00\x00\x00\x08ftyp", None),
    "a box larger than what is there": (b"\xff\xff\xff\xffftypmif1\x00\x00\x00\x00", None),
}


@pytest.mark.parametrize(("head", "kind"), HEADS.values(), ids=HEADS)
def test_the_kind_is_told_by_the_first_bytes(head, kind):
    assert kind_of(head) is kind


@pytest.mark.parametrize(
    ("kind", "width", "height", "allowed"),
    [
        (ImageKind.JPEG, 8000, 5000, True),
        (ImageKind.JPEG, 8001, 5000, False),
        (ImageKind.HEIC, 8000, 5000, True),
        (ImageKind.HEIC, 50_000, 1000, False),
        (ImageKind.PNG, 5000, 4000, True),
        (ImageKind.PNG, 5001, 4000, False),
        (ImageKind.WEBP, 16_383, 16_383, False),
        (ImageKind.JPEG, 0, 100, False),
    ],
)
def test_pixels_are_bounded_by_kind(kind, width, height, allowed):
    assert may_be_decoded(kind, width, height) is allowed


@pytest.mark.parametrize(
    ("size", "side", "fits"),
    [
        ((4000, 3000), 1600, (1600, 1200)),
        ((3000, 4000), 1600, (1200, 1600)),
        ((4000, 3000), 320, (320, 240)),
        ((800, 600), 1600, (800, 600)),
        ((10_000, 3), 320, (320, 1)),
    ],
)
def test_derivatives_keep_the_aspect_and_never_grow(size, side, fits):
    assert fitted(*size, side) == fits


TAKEN = datetime(2026, 11, 16, 7, 10, 30)  # noqa: DTZ001 - cameras know no zone


def test_no_photograph_was_taken_after_it_arrived() -> None:
    arrived = datetime(2026, 11, 16, 0, 10, tzinfo=UTC)
    said = Witness(TAKEN, 420, 107.6, -6.9)
    assert believed(said, arrived) == said, "seven hours ahead is a zone"
    assert believed(said, arrived - timedelta(hours=18)) == Witness(None, None, 107.6, -6.9)


LAYOUTS = {
    "ten scans of 12 megapixels": (Layout(40, 10), 4000, 3000, False),
    "ten scans of 40 megapixels": (Layout(40, 10), 8000, 5000, False),
    "thirty scans of 40 megapixels": (Layout(40, 30), 8000, 5000, True),
    "many scans of a small picture": (Layout(200, MAX_SCANS), 480, 360, False),
    "too many scans of a small picture": (Layout(200, MAX_SCANS + 1), 480, 360, True),
    "as many pieces as there may be": (Layout(MAX_PARTS), 480, 360, False),
    "a piece too many": (Layout(MAX_PARTS + 1), 480, 360, True),
}


@pytest.mark.parametrize(("built", "width", "height", "intricate"), LAYOUTS.values(), ids=LAYOUTS)
def test_what_asks_for_endless_work_is_seen_before_it_is_decoded(built, width, height, intricate):
    assert is_too_intricate(built, width, height) is intricate


HEAD, SCAN = b"\xff\xd8\xff\xe0\x00\x04ab", b"\xff\xda\x00\x04\x01\x02"
MARKERS = {
    "whole": (HEAD + SCAN + b"\x12\x34\xff\xd9", Layout(4, 1)),
    "stuffed zeros and restarts are part of the scan": (
        HEAD + SCAN + b"\xff\x00\xff\xd3\xff\xda"[:-2] + b"\xff\xd9",
        Layout(4, 1),
    ),
    "a second scan": (HEAD + SCAN + b"\x12" + SCAN + b"\x34\xff\xd9", Layout(5, 2)),
    "a mark within a segment is none": (b"\xff\xd8\xff\xe0\x00\x06\xff\xda\xff\xd9" + SCAN + b"\x12\xff\xd9", Layout(4, 1)),
    "what was appended is not counted": (HEAD + SCAN + b"\x12\xff\xd9" + HEAD + SCAN, Layout(4, 1)),
    "no end": (HEAD + SCAN + b"\x12\x34", Layout(3, 1, has_end=False)),
    "half an end": (HEAD + SCAN + b"\x12\x34\xff", Layout(3, 1, has_end=False)),
    "a segment that is cut off": (HEAD[:-1], Layout(2, 0, has_end=False)),
}


@pytest.mark.parametrize(("content", "built"), MARKERS.values(), ids=MARKERS)
def test_a_jpeg_is_read_by_its_markers(content, built):
    assert layout(ImageKind.JPEG, content) == built


LOOK = int.from_bytes(bytes(range(32)), "big")


def test_looks_within_31_bits_share_a_near_band():
    """The worst case for 16 bands: two bits differ in 15 of them, one in the last."""
    other = LOOK
    for band in range(16):
        other ^= (0b1 if band == 0 else 0b1000_0000_0000_0001) << (16 * band)
    assert difference(LOOK, other) == 31
    assert set(bands(other)) & set(near_bands(LOOK))
    assert len(set(near_bands(LOOK))) == 16 * 17


def test_each_band_knows_its_place():
    assert len(set(bands(0))) == 16
    assert max(bands((1 << 256) - 1)) < 2**20


def test_turning_has_eight_ways_and_comes_back():
    turned = turned_looks(LOOK)
    assert LOOK in turned
    assert len(turned) == 8
    assert all(turned_looks(each) == turned for each in turned)


NOON = datetime(2026, 11, 16, 12, tzinfo=UTC)
MEGABYTE = 1024 * 1024
ROOM = {
    "nothing sent": (0, 0, None, 12 * MEGABYTE, None),
    "one less than the limit": (MAX_UNNAMED - 1, 0, NOON, MEGABYTE, None),
    "as many as the limit": (MAX_UNNAMED, 0, NOON - timedelta(hours=1), MEGABYTE, timedelta(hours=23)),
    "exactly as many bytes": (1, MAX_UNNAMED_BYTES - MEGABYTE, NOON, MEGABYTE, None),
    "a byte too many": (1, MAX_UNNAMED_BYTES - MEGABYTE, NOON - timedelta(hours=2), MEGABYTE + 1, timedelta(hours=22)),
    "the day is just over": (MAX_UNNAMED, 0, NOON - timedelta(days=1), 1, timedelta(seconds=1)),
}


@pytest.mark.parametrize(("photos", "size", "oldest", "asked", "wait"), ROOM.values(), ids=ROOM)
def test_who_has_sent_much_waits_until_the_first_of_it_is_a_day_old(
    photos: int, size: int, oldest: datetime | None, asked: int, wait: timedelta | None
) -> None:
    assert wait_for_room(PhotosSent(photos, size, oldest), asked, NOON) == wait


TURN = {
    "nothing sent": (0, 0, None, 12 * MEGABYTE, None),
    "one less than the limit": (MAX_PHOTOS - 1, 0, NOON, MEGABYTE, None),
    "as many as the limit": (MAX_PHOTOS, 0, NOON - timedelta(minutes=20), MEGABYTE, timedelta(minutes=40)),
    "exactly as many bytes": (1, MAX_PHOTO_BYTES - MEGABYTE, NOON, MEGABYTE, None),
    "a byte too many": (1, MAX_PHOTO_BYTES - MEGABYTE, NOON - timedelta(minutes=59), MEGABYTE + 1, timedelta(minutes=1)),
}


@pytest.mark.parametrize(("photos", "size", "oldest", "asked", "wait"), TURN.values(), ids=TURN)
def test_who_sends_fast_waits_until_the_first_of_it_is_an_hour_old(
    photos: int, size: int, oldest: datetime | None, asked: int, wait: timedelta | None
) -> None:
    assert wait_for_turn(PhotosSent(photos, size, oldest), asked, NOON) == wait
