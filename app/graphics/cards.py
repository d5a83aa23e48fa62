"""A card to share, as a picture: belt, how many stamped actions, which city. What it says is handed in; it knows nobody."""

from __future__ import annotations

from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING

from app.graphics.palette import BRICK, EDGE, INK, INK_SOFT, LEAF, MARIGOLD, PAPER, SHEET

if TYPE_CHECKING:
    from PIL import ImageDraw

WIDTH, HEIGHT = 1200, 630
"""As networks of people show pictures of links."""
MARGIN = 80
CLOTH = {"white": SHEET, "green": LEAF, "red": BRICK, "black": INK}
BELT_TOP, BELT_HEIGHT = 405, 70
STRIPE_WIDTH, STRIPE_GAP = 16, 34


@dataclass(frozen=True, slots=True)
class ShareCard:
    """The words of a card, in the reader's language, and its belt."""

    title: str
    count: str
    lines: tuple[str, ...]
    """Programme, city, and a name where its owner wants it there."""
    belt: str
    stripes: int


def drawn(card: ShareCard) -> bytes:
    """The card as PNG, 1200 by 630 pixels; what is too long for a line is set smaller."""
    from PIL import Image, ImageDraw

    image = Image.new("RGB", (WIDTH, HEIGHT), PAPER)
    pen = ImageDraw.Draw(image)
    pen.rectangle((0, 0, WIDTH - 1, HEIGHT - 1), outline=LEAF, width=12)
    _write(pen, card.title, 70, 72, INK)
    _write(pen, card.count, 175, 56, LEAF)
    for place, line in enumerate(card.lines):
        _write(pen, line, 260 + 46 * place, 34, INK_SOFT)
    _belt(pen, card)
    _write(pen, "Sabuk Hijau", 530, 40, LEAF)
    file = BytesIO()
    # Few colours are enough for flat ones, and weigh a third.
    image.quantize(64).save(file, "PNG", optimize=True)
    return file.getvalue()


def _write(pen: ImageDraw.ImageDraw, words: str, top: int, size: int, colour: str) -> None:
    from PIL import ImageFont

    font = ImageFont.load_default(size)
    too_wide = pen.textlength(words, font=font) / (WIDTH - 2 * MARGIN)
    if too_wide > 1:
        font = ImageFont.load_default(size / too_wide)
    pen.text((MARGIN, top), words, font=font, fill=colour)


def _belt(pen: ImageDraw.ImageDraw, card: ShareCard) -> None:
    bottom = BELT_TOP + BELT_HEIGHT
    pen.rectangle((MARGIN, BELT_TOP, WIDTH - MARGIN, bottom), fill=CLOTH.get(card.belt, SHEET), outline=EDGE, width=3)
    for stripe in range(card.stripes):
        right = WIDTH - MARGIN - 40 - stripe * STRIPE_GAP
        pen.rectangle((right - STRIPE_WIDTH, BELT_TOP, right, bottom), fill=MARIGOLD)
