"""Photographs of the demo city: drawn by this program, and signed as drawings. Nothing in them was ever in front of a camera."""

from __future__ import annotations

import io
import random
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PIL.ImageDraw import ImageDraw

WIDTH, HEIGHT = 960, 720
SIGNATURE = "GAMBAR PERAGAAN"
_QUALITY = 82

PAPER, INK, SKY, DUSK = "#fbf7ef", "#1f2a24", "#cfe3ea", "#f0d9b8"
LEAF, GRASS, WATER, MUD = "#1e6b45", "#7fae6b", "#6fb0c4", "#8a7a55"
SOIL, CLAY, STONE, ROAD = "#7a4e2d", "#b98257", "#b9b4a6", "#8b8d88"
LITTER = ("#e8a317", "#b3362b", "#2b3a8c", "#fdfdf5", "#1f6f8b", "#d98fb0")

Points = list[tuple[float, float]]


def drawings() -> Iterator[tuple[str, bytes, bytes]]:
    """Name of each scene with its photograph before and after, as JPEG. The same each time."""
    for name, draw in SCENES.items():
        yield name, _picture(name, draw, is_after=False), _picture(name, draw, is_after=True)


def _picture(name: str, scene: Scene, *, is_after: bool) -> bytes:
    from PIL import Image, ImageDraw, ImageFont

    image = Image.new("RGB", (WIDTH, HEIGHT), PAPER)
    draw = ImageDraw.Draw(image)
    scene(draw, random.Random(name), is_after)  # noqa: S311 - a drawing needs no secret chance
    draw.rectangle((0, HEIGHT - 44, WIDTH, HEIGHT), fill=INK)
    draw.text((20, HEIGHT - 36), SIGNATURE, fill=PAPER, font=ImageFont.load_default(26))
    out = io.BytesIO()
    image.save(out, "JPEG", quality=_QUALITY)
    return out.getvalue()


def _litter(draw: ImageDraw, chance: random.Random, box: tuple[int, int, int, int], pieces: int) -> None:
    """Bottles, bags and cups, as crooked squares."""
    left, top, right, bottom = box
    for _ in range(pieces):
        x, y, size = chance.uniform(left, right), chance.uniform(top, bottom), chance.uniform(12, 30)
        corners: Points = [
            (x + dx * size * chance.uniform(0.6, 1.2), y + dy * size * chance.uniform(0.4, 0.9))
            for dx, dy in ((-1, -1), (1, -0.8), (0.9, 1), (-1, 0.8))
        ]
        draw.polygon(corners, fill=chance.choice(LITTER), outline=INK)


def _sack(draw: ImageDraw, x: int, y: int, size: int) -> None:
    """A full bag, tied."""
    ears: Points = [(x - size * 0.5, y - size * 1.5), (x, y - size * 1.15), (x + size * 0.5, y - size * 1.5), (x, y - size * 0.7)]
    draw.polygon(ears, fill="#2d8057", outline=INK)
    draw.rounded_rectangle((x - size, y - size * 0.95, x + size, y + size), radius=size * 0.6, fill=LEAF, outline=INK, width=4)
    draw.line([(x - size * 0.4, y - size * 0.5), (x - size * 0.55, y + size * 0.5)], fill="#2d8057", width=6)


def _tree(draw: ImageDraw, x: int, y: int, size: int) -> None:
    draw.rectangle((x - size // 8, y, x + size // 8, y + size), fill=SOIL)
    for dx, dy in ((-0.5, 0), (0.5, 0), (0, -0.5)):
        middle_x, middle_y, reach = x + dx * size, y + dy * size, size * 0.62
        draw.ellipse((middle_x - reach, middle_y - reach, middle_x + reach, middle_y + reach), fill=LEAF)


def _street(draw: ImageDraw, chance: random.Random, is_after: bool) -> None:  # noqa: FBT001 - every scene has this shape
    """Houses in a row, a pavement, a road."""
    draw.rectangle((0, 0, WIDTH, 330), fill=SKY)
    for number, colour in enumerate((CLAY, PAPER, DUSK, STONE)):
        left = number * 240
        draw.rectangle((left + 10, 150, left + 230, 380), fill=colour, outline=INK, width=3)
        draw.polygon([(left, 155), (left + 120, 60), (left + 240, 155)], fill="#a4442f", outline=INK)
        draw.rectangle((left + 90, 250, left + 150, 380), fill=SOIL)
        draw.rectangle((left + 30, 200, left + 75, 250), fill=WATER, outline=INK)
    draw.rectangle((0, 380, WIDTH, 470), fill=STONE)
    draw.rectangle((0, 470, WIDTH, HEIGHT), fill=ROAD)
    for left in range(20, WIDTH, 180):
        draw.rectangle((left, 580, left + 90, 594), fill=PAPER)
    if is_after:
        _sack(draw, 820, 420, 46)
        _sack(draw, 730, 436, 34)
    else:
        _litter(draw, chance, (40, 400, 920, 540), 46)


def _drain(draw: ImageDraw, chance: random.Random, is_after: bool) -> None:  # noqa: FBT001 - every scene has this shape
    """A drain that runs away from the one who looks."""
    draw.rectangle((0, 0, WIDTH, HEIGHT), fill=GRASS)
    draw.rectangle((0, 0, WIDTH, 120), fill=DUSK)
    draw.polygon([(0, HEIGHT), (420, 120), (470, 120), (330, HEIGHT)], fill=STONE)
    draw.polygon([(630, HEIGHT), (490, 120), (540, 120), (WIDTH, HEIGHT)], fill=STONE)
    draw.polygon([(330, HEIGHT), (470, 120), (490, 120), (630, HEIGHT)], fill=WATER if is_after else MUD, outline=INK)
    _tree(draw, 160, 160, 110)
    if is_after:
        for y in range(220, 660, 70):
            draw.line([(480 - (y - 120) * 0.14, y), (480 + (y - 120) * 0.14, y + 10)], fill=PAPER, width=5)
        _sack(draw, 850, 300, 60)
    else:
        for y in range(180, 640, 60):
            reach = round((y - 120) * 0.2) + 12
            _litter(draw, chance, (480 - reach, y, 480 + reach, y + 50), 7)


def _hole(draw: ImageDraw, chance: random.Random, is_after: bool) -> None:  # noqa: FBT001 - every scene has this shape
    """A yard from above: a stick where the hole is to be, then the hole with its collar and leaves."""
    draw.rectangle((0, 0, WIDTH, HEIGHT), fill=CLAY)
    for _ in range(420):
        x, y = chance.uniform(0, WIDTH), chance.uniform(0, HEIGHT)
        draw.line([(x, y), (x + chance.uniform(-8, 8), y - chance.uniform(8, 26))], fill=LEAF, width=3)
    draw.polygon([(0, 0), (WIDTH, 0), (WIDTH, 90), (0, 170)], fill=STONE, outline=INK)
    if is_after:
        draw.ellipse((270, 190, 690, 610), fill=SOIL)
        draw.ellipse((340, 260, 620, 540), fill=STONE, outline=INK, width=10)
        draw.ellipse((380, 300, 580, 500), fill=INK)
        for _ in range(26):
            x, y = chance.uniform(400, 540), chance.uniform(330, 460)
            draw.ellipse((x, y, x + 34, y + 18), fill=chance.choice((LEAF, GRASS, "#e8a317")))
    else:
        draw.line([(480, 260), (480, 520)], fill=SOIL, width=16)
        draw.polygon([(488, 265), (600, 300), (488, 340)], fill="#b3362b", outline=INK)


def _market(draw: ImageDraw, chance: random.Random, is_after: bool) -> None:  # noqa: FBT001 - every scene has this shape
    """Two large stalls with striped awnings under a dark roof."""
    draw.rectangle((0, 0, WIDTH, HEIGHT), fill="#57594f")
    draw.rectangle((0, 430, WIDTH, HEIGHT), fill="#d8cfb9")
    for left, colour in ((40, "#b3362b"), (510, "#2b3a8c")):
        for stripe in range(6):
            x = left + stripe * 68
            draw.polygon([(x, 190), (x + 68, 190), (x + 84, 70), (x + 16, 70)], fill=colour if stripe % 2 else PAPER, outline=INK)
        draw.rectangle((left + 10, 330, left + 400, 470), fill=SOIL, outline=INK, width=4)
        for fruit in range(9):
            x = left + 30 + fruit * 41
            draw.ellipse((x, 290, x + 42, 332), fill=LITTER[0] if fruit % 3 else LEAF, outline=INK)
    if is_after:
        for x in (160, 480, 800):
            draw.rectangle((x - 45, 540, x + 45, 660), fill=LEAF, outline=INK, width=4)
            draw.rectangle((x - 55, 522, x + 55, 544), fill=INK)
    else:
        _litter(draw, chance, (30, 500, 930, 660), 60)


def _river(draw: ImageDraw, chance: random.Random, is_after: bool) -> None:  # noqa: FBT001 - every scene has this shape
    """A bend of the river, its bank in front."""
    draw.rectangle((0, 0, WIDTH, HEIGHT), fill=SKY)
    draw.polygon([(0, 230), (300, 150), (640, 210), (WIDTH, 120), (WIDTH, 330), (0, 330)], fill=LEAF)
    draw.polygon([(WIDTH, 290), (560, 300), (260, 400), (120, 560), (0, 600), (0, 310), (WIDTH, 240)], fill=WATER)
    draw.polygon([(0, 600), (120, 560), (260, 400), (560, 300), (WIDTH, 290), (WIDTH, HEIGHT), (0, HEIGHT)], fill=GRASS)
    for x, y in ((720, 300), (880, 400)):
        _tree(draw, x, y, 90)
    if is_after:
        draw.rectangle((360, 470, 380, 640), fill=SOIL)
        draw.rectangle((300, 440, 500, 520), fill=PAPER, outline=INK, width=5)
        draw.line([(330, 470), (470, 470)], fill=LEAF, width=8)
        draw.line([(330, 495), (440, 495)], fill=LEAF, width=8)
    else:
        _litter(draw, chance, (240, 440, 700, 650), 52)


def _paving(draw: ImageDraw, chance: random.Random, is_after: bool) -> None:  # noqa: FBT001 - every scene has this shape
    """A paved alley that stands under water; then with a row of holes, dry."""
    draw.rectangle((0, 0, WIDTH, HEIGHT), fill=DUSK)
    for row, y in enumerate(range(200, HEIGHT, 65)):
        for x in range(-60 * (row % 2), WIDTH, 120):
            draw.rectangle((x, y, x + 118, y + 62), fill=chance.choice((CLAY, "#c9977a", "#a66f4a")), outline=SOIL, width=3)
    draw.rectangle((0, 0, 210, 470), fill=PAPER, outline=INK, width=4)
    draw.rectangle((760, 0, WIDTH, 330), fill=STONE, outline=INK, width=4)
    if is_after:
        for number in range(4):
            x, y = 330 + number * 150, 400 + (number % 2) * 110
            draw.ellipse((x - 48, y - 30, x + 48, y + 30), fill=STONE, outline=INK, width=5)
            draw.ellipse((x - 30, y - 18, x + 30, y + 18), fill=INK)
    else:
        draw.ellipse((230, 330, 900, 640), fill=WATER, outline=PAPER, width=6)
        draw.ellipse((360, 400, 520, 440), fill=SKY)


Scene = Callable[["ImageDraw", random.Random, bool], None]
SCENES: dict[str, Scene] = {
    "street": _street, "drain": _drain, "hole": _hole, "market": _market, "river": _river, "paving": _paving,
}  # fmt: skip
"""Those of holes are `hole` and `paving`; the others are of litter."""
