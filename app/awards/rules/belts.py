"""The belt that a count of credits earns, and what another ladder would change."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import count as count_from
from itertools import takewhile

from app.programmes.rules.definition import Ladder


@dataclass(frozen=True, slots=True)
class BeltStep:
    """One rung or stripe of the ladder: with `threshold` credits one wears this belt with so many stripes."""

    threshold: int
    belt: str
    stripes: int


@dataclass(frozen=True, slots=True)
class NextBelt:
    """What comes next, and how much is missing until then."""

    belt: str
    stripes: int
    threshold: int
    missing: int


@dataclass(frozen=True, slots=True)
class BeltStanding:
    """Where a count stands on the ladder; `reached` is the threshold of the step it stands on."""

    belt: str
    stripes: int
    reached: int
    next: NextBelt | None


def steps(ladder: Ladder, upto: int) -> tuple[BeltStep, ...]:
    """Every step that a count of `upto` has reached, from the lowest."""
    return tuple(takewhile(lambda step: step.threshold <= upto, _all_steps(ladder)))


def belt_for(count: int, ladder: Ladder) -> BeltStanding | None:
    """The highest belt whose threshold the count has reached; None below the first."""
    taken = steps(ladder, count)
    if not taken:
        return None
    highest = taken[-1]
    return BeltStanding(highest.belt, highest.stripes, highest.threshold, next_step(count, ladder))


def next_step(count: int, ladder: Ladder) -> NextBelt | None:
    """The lowest step that the count has not reached; None where the ladder has an end and it was reached."""
    ahead = next((step for step in _all_steps(ladder) if step.threshold > count), None)
    return NextBelt(ahead.belt, ahead.stripes, ahead.threshold, ahead.threshold - count) if ahead else None


def climbed(ladder: Ladder, credited: Iterable[tuple[datetime, int]]) -> list[tuple[BeltStep, datetime]]:
    """Each step reached by these credits, in their order, with the instant of the credit that reached it."""
    taken: list[tuple[BeltStep, datetime]] = []
    ahead = _all_steps(ladder)
    step = next(ahead, None)
    total = 0
    for instant, credit in credited:
        total += credit
        while step is not None and step.threshold <= total:
            taken.append((step, instant))
            step = next(ahead, None)
    return taken


def _all_steps(ladder: Ladder) -> Iterator[BeltStep]:
    """Belts and stripes in order; where the ladder says `further`, stripes without end after the last."""
    step = BeltStep(0, "", 0)
    for rung in ladder.rungs:
        for stripes, threshold in enumerate((rung.threshold, *rung.stripes)):
            step = BeltStep(threshold, rung.belt, stripes)
            yield step
    if ladder.further is not None:
        for more in count_from(1):
            yield BeltStep(step.threshold + more * ladder.further, step.belt, step.stripes + more)


@dataclass(frozen=True, slots=True)
class BeltCount:
    """How many people wear a belt by the old ladder and by the new; the belt is None for those below the first."""

    belt: str | None
    before: int
    after: int


@dataclass(frozen=True, slots=True)
class LadderDifference:
    """What another ladder would change for people with these counts."""

    belts: tuple[BeltCount, ...]
    """In the order of the new ladder, then those that only the old one has."""
    rise: int
    fall: int
    otherwise: int
    """People who keep their height and get other stripes, or the same height under another name."""

    @property
    def people(self) -> int:
        return sum(belt.before for belt in self.belts)


def ladder_difference(old: Ladder, new: Ladder, people: Mapping[int, int]) -> LadderDifference:
    """Who would wear what; `people` tells for each count how many persons have it."""
    heights = {rung.belt: rung.threshold for rung in (*old.rungs, *new.rungs)}
    before: Counter[str | None] = Counter()
    after: Counter[str | None] = Counter()
    moved: Counter[str] = Counter()
    for count, persons in people.items():
        then, now = _worn(count, old), _worn(count, new)
        before[then[0]] += persons
        after[now[0]] += persons
        moved[_movement(then, now, heights)] += persons
    order: dict[str | None, None] = dict.fromkeys([None, *(rung.belt for rung in (*new.rungs, *old.rungs))])
    rows = tuple(BeltCount(belt, before[belt], after[belt]) for belt in order)
    return LadderDifference(rows, moved["rise"], moved["fall"], moved["otherwise"])


def _worn(count: int, ladder: Ladder) -> tuple[str | None, int]:
    standing = belt_for(count, ladder)
    return (standing.belt, standing.stripes) if standing else (None, 0)


def _movement(then: tuple[str | None, int], now: tuple[str | None, int], heights: Mapping[str, int]) -> str:
    """Belts are as high as their threshold; on the new ladder, where they stand on both."""
    if then == now:
        return "stays"
    low, high = (heights[belt] if belt else 0 for belt in (then[0], now[0]))
    if low == high:
        return "otherwise"
    return "rise" if high > low else "fall"
