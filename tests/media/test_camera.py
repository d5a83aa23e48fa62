"""The server believes a camera by the table that the phone is held to as well (tests/browser/test_camera_words.py)."""

from __future__ import annotations

import io

import pytest

from app.media.rules import ImageKind
from app.media.rules.camera import believed
from app.media.service.decoding import DecodedPhoto, look_at
from tests.media import pictures
from tests.media.camera_words import CASES, NOW, said, tags

PLAIN = pictures.scene(size=(32, 24))


@pytest.mark.parametrize("name", CASES)
def test_the_server_believes_what_the_table_says(name: str) -> None:
    found = look_at(io.BytesIO(pictures.encoded(PLAIN, exif=tags(CASES[name]))), ImageKind.JPEG)
    assert isinstance(found, DecodedPhoto)
    witness = believed(found.witness, NOW)
    taken, offset, lon, lat = said(CASES[name])
    assert (None if witness.taken is None else witness.taken.isoformat(), witness.offset_minutes) == (taken, offset)
    assert (witness.lon, witness.lat) == ((None, None) if lon is None else pytest.approx((lon, lat), abs=1e-6))


@pytest.mark.parametrize(("written", "kind"), [("PNG", ImageKind.PNG), ("WEBP", ImageKind.WEBP), ("HEIF", ImageKind.HEIC)])
def test_it_is_read_from_each_kind(written: str, kind: ImageKind) -> None:
    case = CASES["time, zone and place"]
    found = look_at(io.BytesIO(pictures.encoded(PLAIN, written, exif=tags(case))), kind)
    assert isinstance(found, DecodedPhoto)
    assert (str(found.witness.taken), found.witness.offset_minutes) == ("2026-11-16 07:10:30", 420)
    assert (found.witness.lon, found.witness.lat) == pytest.approx((107.61872, -6.90249), abs=1e-6)
