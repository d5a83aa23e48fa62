"""How well a photograph sent again is recognised, by what was done to it, and how often different photographs are taken for one.

.venv/bin/python -m bench.likeness [--scenes 40]

Photographs of people are kept in no repository: scenes are made here, as rough as a real view is (power that
falls with the square of the frequency), with things lying about, and the demo city's drawings beside them.
"""

from __future__ import annotations

import argparse
import io
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy
from PIL import Image, ImageDraw, ImageEnhance

from app.demo.service.pictures import drawings
from app.media.rules import LOOK_BITS, NEAR, SIZES, difference, fitted, turned_looks
from app.media.service.decoding import look_of

WIDE = 64
"""The wide threshold that is switched off."""
SIZE = (960, 720)
WORLD = (1600, 1200)
"""A view as a whole, of which frames are parts."""
Change = Callable[[Image.Image], Image.Image]


def view(seed: int) -> Image.Image:
    """What somebody could stand in front of: soft large shapes under fine ones, walls, trunks and litter."""
    chance = numpy.random.default_rng(seed)
    down, across = numpy.fft.fftfreq(WORLD[1])[:, None], numpy.fft.fftfreq(WORLD[0])[None, :]
    strength = 1 / numpy.maximum(numpy.hypot(down, across), 1 / WORLD[0])
    layers = []
    for _ in range(3):
        waves = numpy.exp(2j * numpy.pi * chance.random((WORLD[1], WORLD[0]))) * strength
        field = numpy.real(numpy.fft.ifft2(waves))
        layers.append(128 + field * (45 / field.std()))
    image = Image.fromarray(numpy.stack(layers, axis=-1).clip(0, 255).astype(numpy.uint8))
    draw = ImageDraw.Draw(image)
    for _ in range(14):
        x, y, wide, high = (int(chance.integers(0, most)) for most in (WORLD[0], WORLD[1], 400, 300))
        draw.rectangle((x, y, x + wide, y + high), fill=tuple(int(value) for value in chance.integers(0, 255, 3)))
    return image


def frame(world: Image.Image, across: float, down: float, zoom: float, seed: int) -> Image.Image:
    """A photograph of a part of the view, as somebody takes another one: moved aside, closer, other things lying there."""
    wide, high = int(SIZE[0] * zoom), int(SIZE[1] * zoom)
    left, top = int((WORLD[0] - wide) * across), int((WORLD[1] - high) * down)
    image = world.crop((left, top, left + wide, top + high)).resize(SIZE, Image.Resampling.LANCZOS)
    chance, draw = numpy.random.default_rng(seed), ImageDraw.Draw(image)
    for _ in range(12):
        x, y, size = (int(value) for value in chance.integers((0, SIZE[1] // 2, 15), (SIZE[0], SIZE[1], 60)))
        draw.ellipse((x, y, x + size, y + size), fill=tuple(int(value) for value in chance.integers(0, 255, 3)))
    return image


def look(image: Image.Image, quality: int = 82) -> int:
    """The bits that the job computes of it, once it has been a JPEG."""
    out = io.BytesIO()
    image.convert("RGB").save(out, "JPEG", quality=quality)
    again = Image.open(out)
    found = look_of(again.resize(fitted(*again.size, SIZES[1]), Image.Resampling.LANCZOS, reducing_gap=3.0))
    if found is None:
        raise ValueError("a plain surface has no look")
    return found


def distance(a: int, b: int) -> int:
    """Bits that differ where one of them is turned as it suits best, which is how the system compares."""
    return min(difference(way, b) for way in turned_looks(a))


def _cropped(share: float) -> Change:
    """That share of width and of height is gone at each edge."""
    return lambda image: image.crop(
        tuple(
            round(edge)
            for edge in (image.width * share, image.height * share, image.width * (1 - share), image.height * (1 - share))
        )
    )


def _cropped_at_one_side(image: Image.Image) -> Image.Image:
    return image.crop((0, 0, round(image.width * 0.9), image.height))


def _bars(share: float) -> Change:
    """As a screenshot: bars above and below, each that share of the picture's height, with letters in them."""

    def change(image: Image.Image) -> Image.Image:
        bar = round(image.height * share)
        shot = Image.new("RGB", (image.width, image.height + 2 * bar), "#111111")
        shot.paste(image, (0, bar))
        draw = ImageDraw.Draw(shot)
        for x in range(20, image.width, 160):
            draw.rectangle((x, bar // 3, x + 60, bar // 2), fill="white")
        return shot

    return change


def _lettered(image: Image.Image) -> Image.Image:
    changed = image.copy()
    ImageDraw.Draw(changed).rectangle((0, 0, image.width * 0.4, image.height * 0.08), fill="white")
    return changed


def _small_turn(degrees: float) -> Change:
    return lambda image: image.rotate(degrees, resample=Image.Resampling.BICUBIC, fillcolor="black")


CHANGES: dict[str, Change] = {
    "saved again with quality 40": lambda image: _again(image, 40),
    "half as large": lambda image: image.resize((image.width // 2, image.height // 2), Image.Resampling.LANCZOS),
    "a quarter brighter": lambda image: ImageEnhance.Brightness(image).enhance(1.25),
    "a quarter darker": lambda image: ImageEnhance.Brightness(image).enhance(0.75),
    "more contrast": lambda image: ImageEnhance.Contrast(image).enhance(1.4),
    "grey": lambda image: image.convert("L"),
    "mirrored": lambda image: image.transpose(Image.Transpose.FLIP_LEFT_RIGHT),
    "turned by 90 degrees": lambda image: image.transpose(Image.Transpose.ROTATE_90),
    "turned by 1 degree": _small_turn(1),
    "turned by 3 degrees": _small_turn(3),
    "a label in a corner": _lettered,
    "cropped by 1 % at each edge": _cropped(0.01),
    "cropped by 3 % at each edge": _cropped(0.03),
    "cropped by 5 % at each edge": _cropped(0.05),
    "cropped by 10 % at each edge": _cropped(0.10),
    "a tenth cropped at one side": _cropped_at_one_side,
    "a screenshot, bars of 5 %": _bars(0.05),
    "a screenshot, bars of 12 %": _bars(0.12),
}


def _again(image: Image.Image, quality: int) -> Image.Image:
    out = io.BytesIO()
    image.save(out, "JPEG", quality=quality)
    return Image.open(out)


FRAMES: dict[str, tuple[float, float, float]] = {
    "moved aside by 2 %": (0.53, 0.5, 1.0),
    "moved aside by 5 %": (0.575, 0.5, 1.0),
    "moved aside by 15 %": (0.725, 0.5, 1.0),
    "a step closer": (0.5, 0.5, 0.85),
    "a step back and aside": (0.6, 0.6, 1.15),
}
"""What another photograph of the same view differs in: place of its left and upper edge in the view, and zoom."""


@dataclass(frozen=True, slots=True)
class Counted:
    """Distances of pairs of photographs."""

    name: str
    distances: tuple[int, ...]

    def within(self, most: int) -> int:
        return sum(1 for each in self.distances if each <= most)

    def row(self) -> str:
        count = len(self.distances)
        shares = " | ".join(f"{self.within(most)} of {count}" for most in (NEAR, WIDE))
        return f"| {self.name} | {shares} | {int(numpy.median(self.distances))} | {min(self.distances)} |"


def photographs(scenes: int) -> list[Image.Image]:
    """The first photograph of each view, and the demo's drawings before anything was done."""
    made = [frame(view(seed), 0.5, 0.5, 1.0, seed) for seed in range(scenes)]
    return made + [Image.open(io.BytesIO(before)).convert("RGB") for _, before, _ in drawings()]


def recognised(originals: list[Image.Image]) -> Iterator[Counted]:
    """How far each changed photograph is from its original."""
    looks = [look(image) for image in originals]
    for name, change in CHANGES.items():
        changed = [look(change(image)) for image in originals]
        yield Counted(name, tuple(distance(a, b) for a, b in zip(looks, changed, strict=True)))


def _other_frames(seed: int) -> list[int]:
    world = view(seed)
    return [look(frame(world, *where, 10_000 + seed)) for where in FRAMES.values()]


def taken_for_one(scenes: int, originals: list[Image.Image]) -> Iterator[Counted]:
    """How far photographs are apart that are different ones: another frame of the same view, and other views."""
    firsts = [look(image) for image in originals[:scenes]]
    others = [_other_frames(seed) for seed in range(scenes)]
    for place, name in enumerate(FRAMES):
        yield Counted(f"the same view, {name}", tuple(distance(a, b[place]) for a, b in zip(firsts, others, strict=True)))
    pairs = [look(Image.open(io.BytesIO(after))) for _, _, after in drawings()]
    drawn = [look(image) for image in originals[scenes:]]
    yield Counted("a drawing before and after", tuple(distance(a, b) for a, b in zip(drawn, pairs, strict=True)))
    every = [look(image) for image in originals]
    apart = tuple(distance(a, b) for place, a in enumerate(every) for b in every[:place])
    yield Counted("other views", apart)


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--scenes", type=int, default=40, help="views beside the demo's drawings")
    scenes = options.parse_args().scenes
    originals = photographs(scenes)
    head = f"within {NEAR} of {LOOK_BITS} bits | within {WIDE} | median | nearest |\n|---|--:|--:|--:|--:|"
    print(f"| the same photograph | {head}")
    for counted in recognised(originals):
        print(counted.row())
    print(f"\n| different photographs | {head}")
    for counted in taken_for_one(scenes, originals):
        print(counted.row())


if __name__ == "__main__":
    main()
