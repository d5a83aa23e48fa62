"""What anybody may have made is decoded safely, and what is shown of it is upright, sRGB, small and says nothing of its maker."""

from __future__ import annotations

import errno
import io
from datetime import datetime
from functools import cache

import numpy
import pytest
from PIL import Image, ImageCms, ImageOps

from app.core.geo import Point
from app.media.rules import NEAR, Fault, ImageKind, difference, turned_looks
from app.media.rules.camera import Witness
from app.media.rules.layout import MAX_PROFILE_BYTES
from app.media.service import decoding
from app.media.service.decoding import DecodedPhoto, Unseen, look_at
from tests.media import pictures

GEDUNG_SATE = Point(107.61872, -6.90249)
TAKEN = datetime(2026, 11, 16, 7, 10, 30)  # noqa: DTZ001 - cameras know no zone


def seen(content: bytes, kind: ImageKind = ImageKind.JPEG) -> DecodedPhoto:
    found = look_at(io.BytesIO(content), kind)
    assert isinstance(found, DecodedPhoto), found
    return found


def fault_of(content: bytes, kind: ImageKind) -> Fault | None:
    found = look_at(io.BytesIO(content), kind)
    return found.fault if isinstance(found, Unseen) else None


def picture(found: DecodedPhoto, side: int = 1600) -> Image.Image:
    image = Image.open(io.BytesIO(found.derivatives[side]))
    image.load()
    return image


KINDS = [("JPEG", ImageKind.JPEG), ("PNG", ImageKind.PNG), ("WEBP", ImageKind.WEBP), ("HEIF", ImageKind.HEIC)]


@pytest.mark.parametrize(("written", "kind"), KINDS)
def test_every_kind_becomes_two_webp_of_which_none_is_larger_than_it_was(written, kind):
    found = seen(pictures.encoded(pictures.scene(size=(2000, 1000)), written), kind)
    assert (found.width, found.height) == (2000, 1000)
    assert [picture(found, side).size for side in (1600, 320)] == [(1600, 800), (320, 160)]
    assert picture(found).format == "WEBP"
    small = seen(pictures.encoded(pictures.scene(size=(300, 200)), written), kind)
    assert [picture(small, side).size for side in (1600, 320)] == [(300, 200), (300, 200)]


@pytest.mark.parametrize(("written", "kind"), KINDS)
def test_exif_is_read_and_stripped(written, kind):
    tags = pictures.exif(taken=TAKEN, offset="+07:00", point=GEDUNG_SATE)
    found = seen(pictures.encoded(pictures.scene(), written, exif=tags.tobytes()), kind)
    assert (found.witness.taken, found.witness.offset_minutes) == (TAKEN, 420)
    assert found.witness.lon == pytest.approx(GEDUNG_SATE.lon, abs=1e-6)
    assert found.witness.lat == pytest.approx(GEDUNG_SATE.lat, abs=1e-6)
    for side in (1600, 320):
        shown = picture(found, side)
        assert not shown.getexif()
        assert not {"exif", "xmp", "icc_profile", "comment"} & shown.info.keys()
        assert b"EXIF" not in found.derivatives[side]


@pytest.mark.parametrize("orientation", range(1, 9))
def test_every_orientation_comes_out_upright(orientation):
    content = pictures.jpeg(exif=pictures.exif(orientation=orientation).tobytes(), quality=95)
    upright = ImageOps.exif_transpose(Image.open(io.BytesIO(content)))
    shown = picture(seen(content))
    assert shown.size == upright.size
    apart = numpy.asarray(shown, dtype=int) - numpy.asarray(upright.convert("RGB"), dtype=int)
    assert numpy.abs(apart).mean() < 6


def test_wide_colours_are_turned_into_srgb():
    """Red of a wide space is not the red of sRGB: without the profile it would look dull."""
    lab = ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB"))
    assert lab is not None
    green = Image.new("RGB", (64, 64), (0, 200, 0))
    swapped = _profile_with_red_and_green_swapped()
    shown = picture(seen(pictures.encoded(green, icc_profile=swapped)))
    red, green_now, _ = shown.getpixel((32, 32))
    assert red > green_now


def _profile_with_red_and_green_swapped() -> bytes:
    """sRGB whose tags for red and green name each other's place."""
    profile = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    red, green = profile.index(b"rXYZ"), profile.index(b"gXYZ")
    profile[red : red + 4], profile[green : green + 4] = b"gXYZ", b"rXYZ"
    return bytes(profile)


@pytest.mark.parametrize(
    ("mode", "written", "kind"),
    [
        ("L", "JPEG", ImageKind.JPEG),
        ("CMYK", "JPEG", ImageKind.JPEG),
        ("1", "PNG", ImageKind.PNG),
        ("P", "PNG", ImageKind.PNG),
        ("LA", "PNG", ImageKind.PNG),
        ("RGBA", "PNG", ImageKind.PNG),
        ("RGBA", "WEBP", ImageKind.WEBP),
    ],
)
def test_every_way_to_hold_colours_is_shown(mode, written, kind):
    assert picture(seen(pictures.encoded(pictures.scene().convert(mode), written), kind)).mode == "RGB"


def test_sixteen_bits_of_grey_keep_their_shades():
    levels = numpy.linspace(0, 65535, 256).astype(numpy.uint16)
    content = pictures.encoded(Image.fromarray(numpy.tile(levels, (64, 1))), "PNG")
    shown = picture(seen(content, ImageKind.PNG))
    assert shown.getpixel((8, 32))[0] < 40
    assert 100 < shown.getpixel((128, 32))[0] < 156
    assert shown.getpixel((248, 32))[0] > 215


def test_what_is_transparent_stands_on_white():
    shown = picture(seen(pictures.encoded(Image.new("RGBA", (64, 64), (0, 0, 0, 0)), "PNG"), ImageKind.PNG))
    assert min(shown.getpixel((32, 32))) > 250


def test_a_profile_that_cannot_be_read_is_left_aside():
    assert picture(seen(pictures.jpeg(icc_profile=b"no profile at all"))).mode == "RGB"


def test_broken_exif_says_nothing_and_breaks_nothing():
    tags = pictures.exif(taken=TAKEN, point=GEDUNG_SATE).tobytes()
    for cut in range(8, len(tags), 7):
        found = seen(pictures.jpeg(exif=tags[:cut]))
        assert found.witness.taken in (None, TAKEN)


@cache
def hostile() -> dict[str, tuple[bytes, ImageKind, Fault]]:
    """What is sent to harm, and what becomes of it."""
    whole, progressive = pictures.jpeg(), pictures.jpeg(progressive=True)
    many = pictures.encoded(Image.new("RGB", (5001, 4000)), "PNG")
    huge_webp = pictures.encoded(Image.new("L", (16_000, 1500)).convert("RGB"), "WEBP", quality=1, method=0)
    return {
        "a bomb by its header": (pictures.png_that_says(60_000, 60_000), ImageKind.PNG, Fault.TOO_LARGE),
        "a PNG just over the limit": (many, ImageKind.PNG, Fault.TOO_LARGE),
        "a WebP just over the limit": (huge_webp, ImageKind.WEBP, Fault.TOO_LARGE),
        "a JPEG over 40 megapixels": (pictures.jpeg_that_says(8000, 5001), ImageKind.JPEG, Fault.TOO_LARGE),
        "a JPEG of 4 gigapixels": (pictures.jpeg_that_says(65_000, 65_000), ImageKind.JPEG, Fault.TOO_LARGE),
        "a header that promises more than there is": (pictures.png_that_says(4000, 4000), ImageKind.PNG, Fault.UNREADABLE),
        "a scan said 400 times": (pictures.jpeg_of_many_scans(400), ImageKind.JPEG, Fault.TOO_LARGE),
        "a JPEG in a million pieces": (pictures.jpeg_of_many_segments(1_000_000), ImageKind.JPEG, Fault.TOO_LARGE),
        "a PNG in a million pieces": (pictures.png_of_many_chunks(500_000), ImageKind.PNG, Fault.TOO_LARGE),
        "a JPEG without its last rows": (whole[:-300], ImageKind.JPEG, Fault.UNREADABLE),
        "half a progressive JPEG": (progressive[: len(progressive) // 2], ImageKind.JPEG, Fault.UNREADABLE),
        "half a JPEG": (whole[: len(whole) // 2], ImageKind.JPEG, Fault.UNREADABLE),
        "the head of a JPEG": (whole[:20], ImageKind.JPEG, Fault.UNREADABLE),
        "three bytes": (b"\xff\xd8\xff", ImageKind.JPEG, Fault.UNREADABLE),
        "half a PNG": (pictures.encoded(pictures.scene(), "PNG")[:3000], ImageKind.PNG, Fault.UNREADABLE),
        "half a WebP": (pictures.encoded(pictures.scene(), "WEBP")[:900], ImageKind.WEBP, Fault.UNREADABLE),
        "half a HEIC": (pictures.encoded(pictures.scene(), "HEIF")[:900], ImageKind.HEIC, Fault.UNREADABLE),
        "a PNG that calls itself JPEG": (pictures.encoded(pictures.scene(), "PNG"), ImageKind.JPEG, Fault.UNREADABLE),
        "a page that begins like a JPEG": (b"\xff\xd8\xff<script>alert(1)</script>", ImageKind.JPEG, Fault.UNREADABLE),
        "noise that begins like a HEIC": (b"\x00\x00\x00\x18ftypheic" + b"\x07" * 4000, ImageKind.HEIC, Fault.UNREADABLE),
        "noise that begins like a WebP": (b"RIFF\xff\xff\xff\xffWEBPVP8L" + b"\x07" * 4000, ImageKind.WEBP, Fault.UNREADABLE),
    }


@pytest.mark.parametrize("name", hostile())
def test_hostile_bytes_are_told_and_harm_nobody(name):
    content, kind, fault = hostile()[name]
    assert fault_of(content, kind) is fault


def test_a_jpeg_that_lacks_its_end_mark_alone_is_whole():
    """It opens on every phone."""
    for options in (
        {},
        {"progressive": True},
        {"quality": 95, "subsampling": 0},
        {"exif": pictures.exif(orientation=6).tobytes()},
    ):
        whole = pictures.jpeg(size=(487, 361), **options)
        for cut in (1, 2):
            assert seen(whole[:-cut]).pixels == seen(whole).pixels


@pytest.mark.parametrize("written", ["PNG", "WEBP"])
def test_values_without_end_in_exif_are_not_read(written):
    """Each of some thousand entries points at all of it: read, they would be 5 GB."""
    content = pictures.encoded(pictures.scene(), written, exif=pictures.exif_of_endless_values(5000, 1_000_000))
    assert seen(content, ImageKind[written]).witness == Witness()


def test_the_profile_of_a_camera_is_small_and_a_huge_one_left_aside():
    huge = _profile_with_red_and_green_swapped() + bytes(MAX_PROFILE_BYTES)
    red, green, _ = picture(seen(pictures.jpeg(icc_profile=huge, quality=95))).getpixel((100, 100))
    expected = pictures.scene().getpixel((100, 100))
    assert abs(red - expected[0]) + abs(green - expected[1]) < 60


class Says(OSError):
    """As Pillow tells of what its decoder says: without a number."""


@pytest.mark.parametrize(
    ("trouble", "is_of_the_machine"),
    [
        (MemoryError(), True),
        (OSError(errno.EIO, "Input/output error"), True),
        (Says("out of memory when reading image file"), True),
        (RuntimeError("Memory allocation error: Unspecified"), True),
        (RuntimeError("Memory allocation error: Security limit exceeded"), False),
        (Says("image file is truncated (3 bytes not processed)"), False),
        (SyntaxError("not a JPEG file"), False),
    ],
    ids=str,
)
def test_only_the_picture_s_own_bytes_condemn_it(monkeypatch, trouble, is_of_the_machine):
    def fails(*_: object) -> None:
        raise trouble

    monkeypatch.setattr("PIL.ImageFile.ImageFile.load", fails)
    if is_of_the_machine:
        with pytest.raises(type(trouble)):
            look_at(io.BytesIO(pictures.jpeg()), ImageKind.JPEG)
    else:
        assert fault_of(pictures.jpeg(), ImageKind.JPEG) is Fault.UNREADABLE


def test_a_bomb_is_refused_before_it_is_decoded(monkeypatch):
    def decodes(*_: object) -> None:
        raise AssertionError("it was decoded")

    monkeypatch.setattr("PIL.ImageFile.ImageFile.load", decodes)
    for content, kind in (
        (pictures.png_that_says(5001, 4000), ImageKind.PNG),
        (pictures.jpeg_that_says(8000, 5001), ImageKind.JPEG),
        (pictures.jpeg_of_many_scans(400), ImageKind.JPEG),
    ):
        assert fault_of(content, kind) is Fault.TOO_LARGE


def test_what_was_appended_is_not_carried_on():
    smuggled = b"PK\x03\x04<script>alert(document.cookie)</script>"
    found = seen(pictures.jpeg(comment=smuggled) + smuggled)
    assert all(smuggled not in derivative for derivative in found.derivatives.values())


def test_of_what_moves_the_first_frame_is_shown():
    frames = [Image.new("RGB", (64, 64), colour) for colour in ("red", "blue", "lime")]
    for written, kind in (("WEBP", ImageKind.WEBP), ("PNG", ImageKind.PNG)):
        content = pictures.encoded(frames[0], written, save_all=True, append_images=frames[1:], duration=100)
        red, green, blue = picture(seen(content, kind)).getpixel((32, 32))
        assert red > 200 > 80 > max(green, blue)


def test_a_second_picture_behind_the_first_is_left_aside():
    """Phones append gain maps and depth: such a JPEG is an MPO."""
    content = pictures.encoded(pictures.scene(), "MPO", save_all=True, append_images=[pictures.scene(2)])
    assert content.startswith(b"\xff\xd8\xff")
    assert picture(seen(content)).size == (480, 360)


def test_only_metadata_may_differ_between_equal_pixels():
    plain, tagged = pictures.jpeg(), pictures.jpeg(exif=pictures.exif(taken=TAKEN, orientation=6).tobytes())
    assert plain != tagged
    assert seen(plain).pixels == seen(tagged).pixels
    assert seen(plain).pixels != seen(pictures.jpeg(quality=60)).pixels
    assert seen(plain).pixels != seen(pictures.jpeg(2)).pixels


def look(content: bytes) -> int:
    found = seen(content).look
    assert found is not None
    return found


@pytest.mark.parametrize(
    "again",
    [
        {"quality": 40},
        {"size": (1600, 1200)},
        {"size": (320, 240), "quality": 60},
    ],
)
def test_a_photograph_saved_again_looks_the_same(again):
    assert difference(look(pictures.jpeg()), look(pictures.jpeg(**again))) <= NEAR


def test_every_way_to_turn_it_is_recognised():
    ways = turned_looks(look(pictures.jpeg()))
    for turn in (*Image.Transpose, None):
        image = pictures.scene() if turn is None else pictures.scene().transpose(turn)
        assert min(difference(look(pictures.encoded(image)), way) for way in ways) <= NEAR


def test_other_photographs_look_different():
    looks = [look(pictures.jpeg(seed)) for seed in range(1, 25)]
    ways = [turned_looks(each) for each in looks]
    nearest = min(
        difference(way, other) for n, turned in enumerate(ways) for m, other in enumerate(looks) if n != m for way in turned
    )
    assert nearest > 2 * NEAR


def test_a_plain_surface_has_no_look():
    assert seen(pictures.encoded(Image.new("RGB", (400, 300), "gray"))).look is None
    assert decoding.look_of(Image.linear_gradient("L")) is not None
