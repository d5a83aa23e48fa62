"""The belt and the stamp, drawn. The same on a page, in a document and on a card to share: SVG without ids, scripts or styles."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from math import cos, degrees, radians, sin
from xml.sax.saxutils import escape

STAMP_INK = "#2B3A8C"


@dataclass(frozen=True, slots=True)
class Cloth:
    """What a belt is woven of."""

    ground: str
    edge: str
    """Seen on light paper and on dark."""
    weave: str
    shadow: str
    stripe: str
    """The colour of the belt that comes next: what the stripes are sewn of."""


CLOTHS = {
    "white": Cloth("#F6F0E2", "#A8977A", "#E6DAC3", "#D9CBB0", "#1E6B45"),
    "green": Cloth("#1E6B45", "#4E9E74", "#2A7A52", "#155236", "#C9473A"),
    "red": Cloth("#A83228", "#D66A5C", "#B6453A", "#84241C", "#23282A"),
    "black": Cloth("#23282A", "#76807D", "#343B3D", "#14181A", "#E8A317"),
}
"""Colours of belts; each is legible on paper and in the dark, a white one by its edge."""

MAX_RIM_LENGTH = 34
"""Letters that a stamp's rim has room for."""
MAX_STRIPES = 3
"""Stripes that are drawn one by one; more are written as a number."""

_XMLNS = 'xmlns="http://www.w3.org/2000/svg"'
_SANS = 'font-family="system-ui, sans-serif"'
_ROW, _CELL = 4, 6


def belt(colour: str, stripes: int, label: str, description: str = "", width: int | None = None) -> str:
    """A belt across all the room there is, tied in the middle; with a width, of that many units.

    A colour without cloth ("none") gives the outline of the belt to come. The label is its name for who cannot see it.
    """
    across = f'viewBox="0 0 {width} 104" width="{width}"' if width else 'width="100%"'
    cloth = CLOTHS.get(colour)
    band = "".join(_band(cloth, 16, 40)) if cloth else _OUTLINE
    return (
        f'<svg {_XMLNS} class="belt" {across} height="104" role="img">{_words(label, description)}'
        f'{band}<svg x="50%" y="0" overflow="visible">{"".join(_knot(cloth, stripes, 36))}</svg></svg>'
    )


def knot(colour: str, stripes: int, label: str, description: str = "") -> str:
    """Only the knot with its two ends, to hang from a band that is already there."""
    return (
        f'<svg {_XMLNS} class="knot" viewBox="-64 0 128 112" width="128" height="112" role="img">'
        f"{_words(label, description)}{''.join(_knot(CLOTHS.get(colour), stripes, 34))}</svg>"
    )


_OUTLINE = '<rect x="-4" y="16" width="102%" height="40" fill="none" stroke="#8A8370" stroke-width="2" stroke-dasharray="8 6"/>'


def _words(label: str, description: str) -> str:
    return f"<title>{escape(label)}</title>" + (f"<desc>{escape(description)}</desc>" if description else "")


def _band(cloth: Cloth, top: int, height: int) -> Iterator[str]:
    """Threads over and under each other: rows of dashes, every second row half a step on."""
    yield f'<rect y="{top}" width="100%" height="{height}" fill="{cloth.ground}"/>'
    for row in range(1, height // _ROW):
        y = top + row * _ROW
        yield (
            f'<line x1="0" x2="100%" y1="{y}" y2="{y}" stroke="{cloth.weave}" stroke-width="{_ROW - 1}" '
            f'stroke-dasharray="{_CELL} {_CELL}" stroke-dashoffset="{_CELL * (row % 2)}"/>'
        )
    for y in (top + 1, top + height - 1):
        yield f'<line x1="0" x2="100%" y1="{y}" y2="{y}" stroke="{cloth.edge}" stroke-width="2"/>'


def _knot(cloth: Cloth | None, stripes: int, middle: int) -> Iterator[str]:
    """Two ends that fall from the knot, stripes sewn on the right one, the knot over both."""
    for side in (-1, 1):
        yield f'<g transform="translate({side * 5} {middle + 6}) rotate({side * -24})">'
        yield from _end(cloth, stripes if side == 1 else 0)
        yield "</g>"
    ground, edge = (cloth.ground, cloth.edge) if cloth else ("none", "#8A8370")
    dash = "" if cloth else ' stroke-dasharray="5 4"'
    shape = "M-19 -21Q0 -26 19 -21Q24 -20 25 -14L27 12Q27 20 20 21Q0 26 -20 21Q-27 20 -27 12L-25 -14Q-24 -20 -19 -21Z"
    yield f'<g transform="translate(0 {middle})"><path d="{shape}" fill="{ground}" stroke="{edge}" stroke-width="2"{dash}/>'
    if cloth:
        for line in ("M-17 -13Q0 -17 17 -13", "M-19 -5Q0 -9 19 -5", "M-20 3Q0 -1 20 3", "M-19 11Q0 7 19 11"):
            yield f'<path d="{line}" fill="none" stroke="{cloth.weave}" stroke-width="4" stroke-dasharray="6 6"/>'
        yield f'<path d="M-25 9Q0 21 26 10" fill="none" stroke="{cloth.shadow}" stroke-width="4" opacity=".7"/>'
        yield f'<path d="M-26 12Q0 24 26 13M-25 -12Q-14 -19 -4 -23" fill="none" stroke="{cloth.edge}" stroke-width="1.5"/>'
    yield "</g>"


def _end(cloth: Cloth | None, stripes: int) -> Iterator[str]:
    """One end of the belt, hanging from its origin: 26 wide, 58 long."""
    if cloth is None:
        yield '<path d="M-13 0V58H13V0" fill="none" stroke="#8A8370" stroke-width="2" stroke-dasharray="5 4"/>'
        return
    yield f'<path d="M-13 0V58H13V0Z" fill="{cloth.ground}" stroke="{cloth.edge}" stroke-width="2"/>'
    for row in range(-2, 3):
        yield (
            f'<path d="M{row * 5} 2V56" stroke="{cloth.weave}" stroke-width="4" '
            f'stroke-dasharray="6 6" stroke-dashoffset="{6 * (row % 2)}"/>'
        )
    yield f'<path d="M-12 4H12" stroke="{cloth.shadow}" stroke-width="8" opacity=".5"/>'
    if stripes > MAX_STRIPES:
        yield f'<path d="M-13 42H13" stroke="{cloth.stripe}" stroke-width="20"/>'
        yield (
            f'<text y="47.5" text-anchor="middle" font-size="15" font-weight="700" {_SANS} fill="{cloth.ground}">{stripes}</text>'
        )
        return
    for stripe in range(stripes):
        yield f'<path d="M-13 {50 - 10 * stripe}H13" stroke="{cloth.stripe}" stroke-width="6"/>'


def stamp(*, place: str, day: str, post: str, serial: str, code: str, label: str, voided: str = "") -> str:
    """A round ink stamp: the place round its upper rim, the post round its lower, day and code across, turned by its serial.

    `code` in groups, "7K3Q-X9M2-B4TAC": the last has a line of its own where there are more than two. `voided` is the word of one
    that was taken back ("BATAL"); it is struck through. The ink is the text's colour around it.
    """
    chance = sha256(serial.encode()).digest()
    turn = round(chance[0] / 255 * 22 - 11, 1)
    gaps = " ".join(f"{40 + chance[n] % 60} {0.6 + chance[n + 1] % 5 * 0.5:.1f}" for n in range(1, 9, 2))
    words, mark, ink = _words(label, ""), ' data-voided=""' if voided else "", ' opacity=".45"' if voided else ""
    parts = [
        f'<svg {_XMLNS} class="stamp" viewBox="-100 -100 200 200" role="img" color="{STAMP_INK}"{mark}>{words}',
        f'<g transform="rotate({turn})" fill="currentColor" {_SANS} font-weight="700"{ink}>',
        '<g fill="none" stroke="currentColor">',
        f'<circle r="92" stroke-width="5" stroke-dasharray="{gaps}"/><circle r="85" stroke-width="1.5"/>',
        f'<circle r="57" stroke-width="2" stroke-dasharray="{gaps}"/></g>',
        _round_the_rim(place.upper(), upper=True),
        _round_the_rim(post.upper(), upper=False),
        *(f'<path d="M{x} -5{_STAR}"/>' for x in (-71, 71) if _fits_between_stars(place)),
        '<text y="-24" text-anchor="middle" font-size="10.5" letter-spacing=".5">SABUK HIJAU</text>',
        '<path d="M-42 -15H42M-42 14H42" stroke="currentColor" stroke-width="1.5"/>',
        f'<text y="7" text-anchor="middle" font-size="18"{_squeezed(day, 18, 100)}>{escape(day)}</text>',
        *_code_lines(code),
        "</g>",
    ]
    if voided:
        parts.append(
            '<g class="stamp-void" color="#B3362B" transform="rotate(-18)">'
            '<path d="M-96 0H96" stroke="currentColor" stroke-width="26" opacity=".12"/>'
            '<path d="M-98 -15H98M-98 15H98" stroke="currentColor" stroke-width="3"/>'
            f'<text y="9" text-anchor="middle" font-size="26" font-weight="800" letter-spacing="6" {_SANS} '
            f'fill="currentColor">{escape(voided.upper())}</text></g>'
        )
    return "".join(parts) + "</svg>"


def _code_lines(code: str) -> Iterator[str]:
    *groups, last = code.split("-")
    lines = ["-".join(groups), last] if len(groups) > 1 else [code]
    for y, line in zip((30, 44), lines, strict=False):
        yield f'<text y="{y}" text-anchor="middle" font-size="12.5" letter-spacing=".5">{escape(line)}</text>'


_STAR = "l1.6 3.3 3.6.5-2.6 2.5.6 3.6-3.2-1.7-3.2 1.7.6-3.6-2.6-2.5 3.6-.5z"
_BREADTHS = {
    **dict.fromkeys("IJ.,:;'|!()[]/ ", 0.4),
    **dict.fromkeys("MW@", 0.98),
    **dict.fromkeys("OQGCDUNH&", 0.8),
    **dict.fromkeys("0123456789-", 0.64),
    **dict.fromkeys("abcdefghijklmnopqrstuvwxyz", 0.58),
}
"""How broad a letter roughly is, in parts of its size: the system's letters cannot be measured here."""


def _fits_between_stars(words: str) -> bool:
    return sum(_breadth(letter) for letter in words.upper()) * 14 < radians(150) * 66


def _breadth(letter: str) -> float:
    return _BREADTHS.get(letter, 0.72)


def _squeezed(words: str, size: float, room: float) -> str:
    """The attributes that press words into the room, where they would not fit."""
    breadth = sum(_breadth(letter) for letter in words) * size
    return f' textLength="{room}" lengthAdjust="spacingAndGlyphs"' if breadth > room else ""


def _round_the_rim(words: str, *, upper: bool) -> str:
    """Letters set one by one round the rim, so that no path with an id is needed."""
    radius, room = (66.0, radians(215)) if upper else (76.0, radians(118))
    words = words if len(words) <= MAX_RIM_LENGTH else words[: MAX_RIM_LENGTH - 1] + "…"
    breadths = [_breadth(letter) for letter in words]
    size = min(14.0, room * radius / max(sum(breadths), 1))
    angle = -sum(breadths) * size / radius / 2
    places: list[tuple[str, str, str]] = []
    for breadth in breadths:
        lean = angle + breadth * size / radius / 2
        foot = -radius * cos(angle) if upper else radius * cos(angle)
        places.append((f"{radius * sin(angle):.1f}", f"{foot:.1f}", f"{degrees(lean if upper else -lean):.0f}"))
        angle += breadth * size / radius
    xs, ys, leans = (" ".join(column) for column in zip(*places, strict=True)) if places else ("", "", "")
    return f'<text font-size="{size:.1f}" x="{xs}" y="{ys}" rotate="{leans}">{escape(words)}</text>'
