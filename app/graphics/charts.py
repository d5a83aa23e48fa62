"""Numbers as drawings: bars, a line through time, before - now - target, a range. SVG that bends to any width.

A value that is not known is None: it leaves a gap, never a zero. What cannot be below nothing is refused below nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import ceil, floor, isfinite, log10
from xml.sax.saxutils import escape

from app.core.catalogue import Language
from app.core.text import Number, Text, number
from app.graphics.palette import BRICK, EDGE, INK, INK_SOFT, LINE, SHADE, TONES

UNKNOWN = Text("belum diketahui")
NOTHING_YET = Text("Belum ada angka untuk digambar.")
MAX_LABEL_LENGTH = 34
"""Letters of a label that fit above a bar on a phone; the table beside the drawing has it whole."""


@dataclass(frozen=True, slots=True)
class ChartPoint:
    """One labelled number; None where it is not known."""

    label: str
    value: float | None


@dataclass(frozen=True, slots=True)
class Bars:
    """Things compared: one bar each."""

    title: str
    unit: str
    points: tuple[ChartPoint, ...]

    def __post_init__(self) -> None:
        _refuse_negative(self.points)


@dataclass(frozen=True, slots=True)
class TimeSeries:
    """One number through time; `aim` is where it should get to."""

    title: str
    unit: str
    points: tuple[ChartPoint, ...]
    aim: float | None = None

    def __post_init__(self) -> None:
        _refuse_negative((*self.points, ChartPoint("aim", self.aim)))


@dataclass(frozen=True, slots=True)
class Progress:
    """Where it was, where it is, where it should get to."""

    title: str
    unit: str
    before: float | None
    now: float | None
    target: float | None
    before_label: str = ""
    """When it was so: "sebelum program, 2015"."""

    def __post_init__(self) -> None:
        _refuse_negative([ChartPoint("before", self.before), ChartPoint("now", self.now), ChartPoint("target", self.target)])

    def points(self, language: Language) -> tuple[ChartPoint, ...]:
        before = self.before_label or Text("Sebelum").said(language)
        return (
            ChartPoint(before, self.before),
            ChartPoint(Text("Sekarang").said(language), self.now),
            ChartPoint(Text("Target").said(language), self.target),
        )


@dataclass(frozen=True, slots=True)
class Range:
    """An estimate: between low and high, most likely middle."""

    title: str
    unit: str
    low: float
    middle: float
    high: float

    def __post_init__(self) -> None:
        _refuse_negative([ChartPoint("low", self.low), ChartPoint("middle", self.middle), ChartPoint("high", self.high)])
        if not self.low <= self.middle <= self.high:
            raise ValueError(f"low, middle, high stand out of order: {self.low}, {self.middle}, {self.high}")

    def points(self, language: Language) -> tuple[ChartPoint, ...]:
        return (
            ChartPoint(Text("paling sedikit").said(language), self.low),
            ChartPoint(Text("kira-kira").said(language), self.middle),
            ChartPoint(Text("paling banyak").said(language), self.high),
        )


Chart = Bars | TimeSeries | Progress | Range


def drawn(chart: Chart, language: Language, tone: str = "") -> str:
    """The chart as SVG: as wide as its place, its letters always of the same size; `tone` is one of TONES."""
    points = points_of(chart, language)
    told = sentence(chart, language)
    if all(point.value is None for point in points):
        return _svg(chart.title, told, 32, [_word(0, 22, NOTHING_YET.said(language), kind="quiet")], tone)
    match chart:
        case Bars():
            height, parts = _bars(points, _top(points), language)
        case Progress():
            height, parts = _bars(points, _top(points), language, pale=0, aim=chart.target)
        case TimeSeries():
            height, parts = _line(chart, language)
        case Range():
            height, parts = _range(chart, language)
    return _svg(chart.title, told, height, parts, tone)


def points_of(chart: Chart, language: Language) -> tuple[ChartPoint, ...]:
    return chart.points if isinstance(chart, Bars | TimeSeries) else chart.points(language)


def rows(chart: Chart, language: Language) -> list[tuple[str, str]]:
    """The table beside the drawing: each label whole, each value with its decimals or the word for not known."""
    return [(point.label, _told(point.value, language)) for point in points_of(chart, language)]


def sentence(chart: Chart, language: Language) -> str:
    """What the drawing shows, for who cannot see it."""
    return "; ".join(f"{label}: {told}" for label, told in rows(chart, language)) + f" ({chart.unit})"


def steps_up_to(maximum: float) -> tuple[float, ...]:
    """From 0 in two to five round steps to at least `maximum`."""
    if maximum <= 0:
        return (0.0, 1.0)
    rough = maximum / 4
    power = 10.0 ** floor(log10(rough))
    step = next(power * nice for nice in (1, 2, 2.5, 5, 10) if power * nice >= rough * 0.999)
    return tuple(round(step * n, 10) for n in range(ceil(maximum / step * 0.9999) + 1))


def _refuse_negative(points: Sequence[ChartPoint]) -> None:
    for point in points:
        if point.value is not None and not (isfinite(point.value) and point.value >= 0):
            raise ValueError(f"{point.label}: {point.value} cannot be drawn; counts are 0 or more")


def _told(value: float | None, language: Language) -> str:
    return UNKNOWN.said(language) if value is None else number(value, language)


def _top(points: Sequence[ChartPoint]) -> float:
    return max((point.value for point in points if point.value is not None), default=0) or 1


_LOOKS = {
    "": f'fill="{INK}"',
    "quiet": f'class="quiet" fill="{INK_SOFT}"',
    "fill": 'class="fill" fill="currentColor"',
    "pale": f'class="pale" fill="{SHADE}" stroke="{EDGE}"',
    "line": 'class="line" stroke="currentColor"',
    "grid-line": f'class="grid-line" stroke="{LINE}"',
    "aim": f'class="aim" stroke="{BRICK}"',
}
"""How each part looks: its colour where no style sheet reaches, and the class by which a page gives it another."""


def _svg(title: str, told: str, height: int, parts: Sequence[str], tone: str) -> str:
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="100%" height="{height}" role="img" font-family="system-ui, sans-serif" '
        f'font-size="14" color="{TONES[tone]}"><title>{escape(title)}</title><desc>{escape(told)}</desc>{"".join(parts)}</svg>'
    )


def _word(x: float, y: float, words: str, *, anchor: str = "start", kind: str = "", bold: bool = False) -> str:
    weight = ' font-weight="700"' if bold else ""
    return f'<text x="{_percent(x)}" y="{y:g}" text-anchor="{anchor}" {_LOOKS[kind]}{weight}>{escape(words)}</text>'


def _percent(part: float) -> str:
    return f"{part * 100:.4g}%"


def _short(label: str) -> str:
    return label if len(label) <= MAX_LABEL_LENGTH else label[: MAX_LABEL_LENGTH - 1].rstrip() + "…"


def _bars(
    points: Sequence[ChartPoint], top: float, language: Language, *, pale: int | None = None, aim: float | None = None
) -> tuple[int, list[str]]:
    """A line of words above each bar, so that a long label has the whole width. The pale one was before."""
    parts = []
    for row, point in enumerate(points):
        y = row * 52
        known = point.value is not None
        parts.append(_word(0, y + 16, _short(point.label)))
        parts.append(_word(1, y + 16, _told(point.value, language), anchor="end", kind="" if known else "quiet", bold=known))
        if point.value is None:
            parts.append(f'<line {_LOOKS["grid-line"]} x1="0" x2="100%" y1="{y + 33}" y2="{y + 33}" stroke-dasharray="4 4"/>')
            continue
        look = "pale" if row == pale or (pale is not None and row == len(points) - 1) else "fill"
        breadth = _percent(max(point.value / top, 0.004) if point.value else 0)
        parts.append(f'<rect {_LOOKS[look]} x="0" y="{y + 23}" width="{breadth}" height="20" rx="3"/>')
        if aim is not None:
            at = _percent(min(aim / top, 1))
            parts.append(f'<line {_LOOKS["aim"]} x1="{at}" x2="{at}" y1="{y + 20}" y2="{y + 46}" stroke-width="3"/>')
    return len(points) * 52, parts


_PLOT, _ABOVE = 180, 22
"""Units of height of a line's field, and of the room over it."""


def _line(chart: TimeSeries, language: Language) -> tuple[int, list[str]]:
    known = [point.value for point in chart.points if point.value is not None]
    scale = steps_up_to(max([*known, chart.aim or 0]))
    top = scale[-1]

    def height_of(value: float) -> float:
        return round(_ABOVE + _PLOT * (1 - value / top), 1)

    parts = list(_grid(scale, height_of, language))
    if chart.aim is not None:
        y = height_of(chart.aim)
        parts.append(f'<line {_LOOKS["aim"]} x1="9%" x2="100%" y1="{y:g}" y2="{y:g}" stroke-width="2" stroke-dasharray="5 4"/>')
        parts.append(_word(1, y - 5, Text("target %(amount)s", amount=Number(chart.aim)).said(language), anchor="end"))
    step = 0.88 / max(len(chart.points) - 1, 1)
    places = [0.1 + step * n if len(chart.points) > 1 else 0.5 for n in range(len(chart.points))]
    spots = [
        (x, height_of(point.value) if point.value is not None else None) for x, point in zip(places, chart.points, strict=True)
    ]
    for (x1, y1), (x2, y2) in pairwise(spots):
        if y1 is not None and y2 is not None:
            parts.append(
                f'<line {_LOOKS["line"]} x1="{_percent(x1)}" x2="{_percent(x2)}" y1="{y1:g}" y2="{y2:g}" '
                'stroke-width="3" stroke-linecap="round"/>'
            )
    parts += [f'<circle {_LOOKS["fill"]} cx="{_percent(x)}" cy="{y:g}" r="4"/>' for x, y in spots if y is not None]
    last = max(n for n, point in enumerate(chart.points) if point.value is not None)
    parts.append(_last_word(chart, last, places[last], height_of, language))
    parts += _below(chart.points, places)
    return _ABOVE + _PLOT + 26, parts


def _last_word(chart: TimeSeries, last: int, x: float, height_of: Callable[[float], float], language: Language) -> str:
    """The newest known value at its point: above it, or below where the aim's own words stand above."""
    value = chart.points[last].value or 0.0
    y = height_of(value)
    is_crowded = chart.aim is not None and -6 < y - height_of(chart.aim) < 34
    return _word(x, y + 22 if is_crowded else y - 10, number(value, language), anchor="end" if last else "middle", bold=True)


def _grid(scale: Sequence[float], height_of: Callable[[float], float], language: Language) -> Iterator[str]:
    for value in scale:
        y = height_of(value)
        yield f'<line {_LOOKS["grid-line"]} x1="0" x2="100%" y1="{y:g}" y2="{y:g}"/>'
        yield _word(0, y - 4, number(value, language), kind="quiet")


def _below(points: Sequence[ChartPoint], places: Sequence[float]) -> Iterator[str]:
    """Labels of the first and the last point, and of the middle one where there is room for three."""
    shown = {0, len(points) - 1} | ({len(points) // 2} if len(points) > 4 else set())
    for n in sorted(shown):
        anchor = "middle" if len(points) == 1 or 0 < n < len(points) - 1 else "end" if n else "start"
        at = places[n] if anchor == "middle" else 1.0 if n else 0.0
        words = points[n].label
        yield _word(at, _ABOVE + _PLOT + 20, words if len(words) <= 16 else words[:15] + "…", anchor=anchor, kind="quiet")


def _range(chart: Range, language: Language) -> tuple[int, list[str]]:
    """A band from low to high with a mark at the middle, on a scale from 0."""
    scale = steps_up_to(chart.high)
    top = scale[-1]
    low, middle, high = (value / top for value in (chart.low, chart.middle, chart.high))
    breadth = _percent(max(high - low, 0.006))
    parts = [
        _word(0, 16, f"{number(chart.low, language)} - {number(chart.high, language)}".replace(" - ", "–"), bold=True),
        _word(1, 16, Text("kira-kira %(amount)s", amount=Number(chart.middle)).said(language), anchor="end"),
        f'<line {_LOOKS["grid-line"]} x1="0" x2="100%" y1="45" y2="45"/>',
        f'<rect {_LOOKS["fill"]} opacity=".35" x="{_percent(low)}" y="27" width="{breadth}" height="18" rx="3"/>',
        f'<rect {_LOOKS["fill"]} x="{_percent(max(middle - 0.004, 0))}" y="23" width="0.8%" height="26" rx="1"/>',
    ]
    for value in (scale[0], top):
        parts.append(_word(value / top, 64, number(value, language), anchor="end" if value else "start", kind="quiet"))
    return 70, parts
