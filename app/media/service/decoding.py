"""From bytes that anybody may have made to two pictures that may be shown, and what can be told of them.

Only the job runner loads this module: web workers do without the decoders.
"""

from __future__ import annotations

import hashlib
import io
import logging
import warnings
from dataclasses import dataclass
from typing import IO

import numpy
from PIL import ExifTags, Image, ImageCms, JpegImagePlugin, PngImagePlugin, WebPImagePlugin
from pillow_heif import register_heif_opener

from app.core.faults import is_of_the_machine
from app.media.rules import LOOK_BITS, SIZES, Fault, ImageKind, fitted, may_be_decoded
from app.media.rules.camera import Witness, witness
from app.media.rules.layout import END_MARK, MAX_EXIF_BYTES, MAX_PROFILE_BYTES, is_too_intricate, layout

register_heif_opener(thumbnails=False)
Image.MAX_IMAGE_PIXELS = 40_000_000
_FORMATS = {
    ImageKind.JPEG: JpegImagePlugin.JpegImageFile.format,
    ImageKind.PNG: PngImagePlugin.PngImageFile.format,
    ImageKind.WEBP: WebPImagePlugin.WebPImageFile.format,
    ImageKind.HEIC: "HEIF",
}
_SRGB = ImageCms.createProfile("sRGB")
_QUALITY = 80
_METHOD = 2
"""Of WebP: 4 makes files 2 % smaller in twice the time."""
STRIP = 256
"""Rows hashed at a time."""

log = logging.getLogger("sabuk.media")


@dataclass(frozen=True, slots=True)
class DecodedPhoto:
    """What looking at a photograph has given."""

    width: int
    height: int
    pixels: str
    look: int | None
    witness: Witness
    derivatives: dict[int, bytes]
    """Long side -> WebP."""


@dataclass(frozen=True, slots=True)
class Unseen:
    """Why nothing can be shown."""

    fault: Fault
    width: int | None = None
    height: int | None = None


def look_at(file: IO[bytes], kind: ImageKind) -> DecodedPhoto | Unseen:
    """Decode the photograph, the header first; whatever is wrong with the bytes makes it Unseen, never an error.

    The file is read, not its name: what else was appended to it is not carried on. What fails because of the machine is an
    error (app.core.faults) and no word about the photograph.
    """
    content = file.read()
    built = layout(kind, content)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        # Other warnings are about odd metadata of honest phones; this one is about memory.
        warnings.simplefilter("error", Image.DecompressionBombWarning)
        try:
            if is_too_intricate(built, 0, 0):
                return Unseen(Fault.TOO_LARGE)
            with Image.open(io.BytesIO(content), formats=[str(_FORMATS[kind])]) as image:
                width, height = image.size
                if not may_be_decoded(kind, width, height) or is_too_intricate(built, width, height):
                    return Unseen(Fault.TOO_LARGE, width, height)
                if built.has_end:
                    return _seen(image)
            return _seen_without_end(content)
        except (Image.DecompressionBombError, Image.DecompressionBombWarning):
            return Unseen(Fault.TOO_LARGE)
        except Exception as error:
            if _is_of_the_machine(error):
                raise
            # Decoders answer broken bytes with errors of every kind.
            log.info("a photograph cannot be read: %s", type(error).__name__)
            return Unseen(Fault.UNREADABLE)


def _is_of_the_machine(error: Exception) -> bool:
    """Decoders tell of missing memory in words; but "security limit" is what libheif calls a picture that asks for too much."""
    said = str(error).lower()
    return is_of_the_machine(error) or ("memory" in said and "out of" in said) or ("allocat" in said and "security" not in said)


def _seen_without_end(content: bytes) -> DecodedPhoto:
    """A JPEG that lacks its end mark alone is whole: nothing of it hangs on what is put between its last byte and the mark.

    Raises OSError where more is missing.
    """
    whole = content.rstrip(b"\xff")
    images = []
    for filling in (b"", _FILLING):
        image = Image.open(io.BytesIO(whole + filling + END_MARK), formats=[str(_FORMATS[ImageKind.JPEG])])
        image.draft(image.mode, fitted(*image.size, SIZES[0]))
        image.load()
        images.append(image)
    if images[0].tobytes() != images[1].tobytes():
        raise OSError("the picture is cut off")
    return _seen(images[0])


_FILLING = b"\x55" * 64
"""Bits that would show in a picture that is not over yet."""


def _seen(image: Image.Image) -> DecodedPhoto:
    width, height = image.size
    said, turn = _witness(image)
    # JPEG decodes straight to a half, quarter or eighth; the size asked for must have the photograph's own aspect.
    image.draft(image.mode, fitted(width, height, SIZES[0]))
    image.load()
    pixels = _hash(image)
    upright = _turned(_to_srgb(_flat(image)), turn)
    derivatives, smaller = {}, upright
    for side in SIZES:
        smaller = _fit(smaller, side)
        derivatives[side] = _webp(smaller)
    return DecodedPhoto(width, height, pixels, look_of(smaller), said, derivatives)


def _witness(image: Image.Image) -> tuple[Witness, Image.Transpose | None]:
    """What the camera said, and how to turn the picture; broken EXIF says nothing."""
    try:
        if len(image.info.get("exif", b"")) > MAX_EXIF_BYTES:
            return Witness(), None
        exif = image.getexif()
        inner, gps = exif.get_ifd(ExifTags.IFD.Exif), exif.get_ifd(ExifTags.IFD.GPSInfo)
        return witness(inner, gps), _TURNS.get(exif.get(ExifTags.Base.Orientation, 1))
    except Exception as error:
        log.info("EXIF cannot be read: %s", type(error).__name__)
        return Witness(), None


_TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
"""EXIF's orientation -> what makes the picture upright."""


def _hash(image: Image.Image) -> str:
    """SHA-256 of the pixels as they were decoded, not turned: only metadata may differ between equals."""
    digest = hashlib.sha256(f"{image.mode} {image.width} {image.height}\n".encode())
    for top in range(0, image.height, STRIP):
        digest.update(image.crop((0, top, image.width, min(top + STRIP, image.height))).tobytes())
    return digest.hexdigest()


def _flat(image: Image.Image) -> Image.Image:
    """In colours or grey, at most as large as the first derivative, on white where it was transparent."""
    if image.mode.startswith("I;16") or image.mode == "I":
        image = _from_16_bits(image)
    if image.has_transparency_data:
        image = _fit(image.convert("RGBA"), SIZES[0])
        white = Image.new("RGB", image.size, "white")
        white.paste(image, mask=image.getchannel("A"))
        white.info = dict(image.info)
        return white
    if image.mode not in ("RGB", "L", "CMYK"):
        image = image.convert("RGB")
    return _fit(image, SIZES[0])


def _from_16_bits(image: Image.Image) -> Image.Image:
    grey = numpy.asarray(image).astype(numpy.int64) >> 8
    return Image.fromarray(grey.clip(0, 255).astype(numpy.uint8))


def _to_srgb(image: Image.Image) -> Image.Image:
    """In sRGB: phones photograph in wider colours and say so in a profile; a profile that cannot be read is left aside."""
    profile = image.info.get("icc_profile")
    if profile and len(profile) <= MAX_PROFILE_BYTES:
        try:
            converted = ImageCms.profileToProfile(image, ImageCms.ImageCmsProfile(io.BytesIO(profile)), _SRGB, outputMode="RGB")
            return converted or image
        except (ImageCms.PyCMSError, OSError, ValueError, TypeError) as error:
            log.info("a colour profile cannot be read: %s", type(error).__name__)
    return image if image.mode == "RGB" else image.convert("RGB")


def _turned(image: Image.Image, turn: Image.Transpose | None) -> Image.Image:
    return image if turn is None else image.transpose(turn)


def _fit(image: Image.Image, side: int) -> Image.Image:
    size = fitted(image.width, image.height, side)
    return image if size == image.size else image.resize(size, Image.Resampling.LANCZOS, reducing_gap=3.0)


def _webp(image: Image.Image) -> bytes:
    """The picture without a word about who took it when and where."""
    image.info.clear()
    out = io.BytesIO()
    image.save(out, "WEBP", quality=_QUALITY, method=_METHOD)
    return out.getvalue()


_SIDE, _KEPT = 64, 16
_STEP = numpy.pi / (2 * _SIDE)
_COSINES = numpy.cos(numpy.outer(numpy.arange(1, _KEPT + 1), 2 * numpy.arange(_SIDE) + 1) * _STEP)
"""Rows 1 to 16 of the discrete cosine transform of 64 values; row 0 would only tell the brightness."""
PLAIN = 3.0
"""Grey levels (standard deviation) below which a picture shows too little to be told from others."""


def look_of(image: Image.Image) -> int | None:
    """256 bits of what the picture shows: the signs of its 16 x 16 lowest frequencies; None for a plain surface.

    After PDQ (Facebook, 2019), from the 64 x 64 grey levels of the small derivative. PDQ compares with the median; signs are
    close to that, and from them the looks of the turned picture can be computed (media.rules.turned_looks).
    """
    return look_of_levels(levels(image))


def levels(image: Image.Image) -> numpy.ndarray:
    """64 x 64 grey levels."""
    return numpy.asarray(image.convert("L").resize((_SIDE, _SIDE), Image.Resampling.BOX), dtype=numpy.float64)


def look_of_levels(grey: numpy.ndarray) -> int | None:
    """The 256 bits of `look_of`, from 64 x 64 grey levels of 0 to 255, rows by columns; None for a plain surface."""
    if float(grey.std()) < PLAIN:
        return None
    frequencies = _COSINES @ grey @ _COSINES.T
    bits = (frequencies > 0).ravel()
    return int.from_bytes(numpy.packbits(bits).tobytes(), "big") if bits.size == LOOK_BITS else None
