"""The values of a programme that cities change most: where they stand in the file, what they are now, and which have moved."""

from __future__ import annotations

from collections.abc import Iterator

from app.programmes.rules.definition import Circle, Definition
from app.programmes.rules.editing import Path, Value
from app.programmes.rules.setting import Weekday

HOURS: tuple[Path, ...] = (("hours", "start"), ("hours", "end"))
MINUTES: tuple[Path, ...] = (("minutes", "shortest"), ("minutes", "longest"))
CIRCLE: tuple[Path, ...] = (("place", "radius_m"), ("place", "smallest_radius_m"), ("place", "largest_radius_m"))
OWN_AREA: tuple[Path, ...] = (("place", "border_m"),)
CAPS: tuple[Path, ...] = (("caps", "actions_per_day"), ("caps", "actions_per_place_and_day"), ("caps", "minutes_apart"))
DAYS: Path = ("days",)
FURTHER: Path = ("ladder", "further")


def paths(definition: Definition) -> tuple[Path, ...]:
    """Where they stand in this programme's file, in the order in which people are asked."""
    place = CIRCLE if isinstance(definition.place, Circle) else OWN_AREA
    return (DAYS, *HOURS, *MINUTES, *place, *CAPS, *amount_paths(definition), *rung_paths(definition), FURTHER)


def amount_paths(definition: Definition) -> tuple[Path, ...]:
    """Caps on amounts, of the measures that have one."""
    return tuple(("caps", "amount_per_day", code) for code in definition.caps.amount_per_day)


def rung_paths(definition: Definition) -> tuple[Path, ...]:
    """The thresholds of the ladder; belts and their names stay."""
    places = range(len(definition.ladder.rungs))
    return tuple(("ladder", "rungs", place, key) for place in places for key in ("threshold", "stripes"))


def dotted(path: Path) -> str:
    """As errors name it: ladder.rungs[0].threshold."""
    return "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in path).removeprefix(".")


def value_at(definition: Definition, path: Path) -> Value:
    """What holds there, as the file would say it: days in the order of the week, lists as tuples, None where nothing is said."""
    found: object = definition
    for step in path:
        if found is None:
            return None
        if isinstance(step, int) and isinstance(found, tuple):
            found = found[step]
        else:
            found = found.get(step) if isinstance(found, dict) else getattr(found, str(step))
    if path == DAYS:
        return tuple(day.value for day in Weekday if day in definition.days)
    return found  # type: ignore[return-value]  # what stands at these paths is plain


def moved(before: Definition, after: dict[Path, Value]) -> dict[Path, Value]:
    """Those of the values that differ from what holds; of a pair of which nothing is left (hours, minutes) the pair itself."""
    differing = {path: value for path, value in after.items() if value != value_at(before, path)}
    for pair in (HOURS, MINUTES):
        if all(path in differing and differing[path] is None for path in pair):
            differing = {path: value for path, value in differing.items() if path not in pair} | {pair[0][:1]: None}
    return differing


def values_of(definition: Definition) -> Iterator[tuple[Path, Value]]:
    """Each with what holds."""
    return ((path, value_at(definition, path)) for path in paths(definition))
