"""Areas as values: found by id or code, walked up and down."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from app.core.clock import DEFAULT_ZONE
from app.places.rules import AreaLevel, normal_code


@dataclass(frozen=True, slots=True)
class AreaAt:
    """The kelurahan under a point, and what lies above it."""

    kelurahan_id: int
    kelurahan_code: str
    kelurahan_name: str
    kecamatan_id: int | None
    city_id: int | None
    timezone: str


@dataclass(frozen=True, slots=True)
class AreaEntry:
    """An area as it stands; population and households are None where they are not known."""

    id: int
    level: AreaLevel
    code: str
    name: str
    parent_id: int | None
    timezone: str
    population: int | None
    households: int | None
    area_km2: float | None = None
    is_demo: bool = False


class AreaIndex:
    """All areas. Closed ones are found by id only."""

    def __init__(
        self, entries: Iterable[AreaEntry], closed: Collection[int] = (), other_codes: Iterable[tuple[str, int]] = ()
    ) -> None:
        entries = sorted(entries, key=lambda entry: entry.code)
        self.by_id: Mapping[int, AreaEntry] = MappingProxyType({entry.id: entry for entry in entries})
        self._by_code = {entry.code: entry for entry in entries if entry.id not in closed}
        children: dict[int, list[AreaEntry]] = defaultdict(list)
        levels: dict[AreaLevel, list[AreaEntry]] = defaultdict(list)
        for entry in self._by_code.values():
            levels[entry.level].append(entry)
            if entry.parent_id is not None:
                children[entry.parent_id].append(entry)
        self._children = {area_id: tuple(below) for area_id, below in children.items()}
        self._levels = {level: tuple(of_level) for level, of_level in levels.items()}
        self.zones = frozenset(entry.timezone for entry in entries)
        """The zones of all areas."""
        self.home_zone = _home_zone(self.of_level(AreaLevel.CITY) or entries)
        """The zone of what has no place."""
        self._others: dict[str, set[int]] = defaultdict(set)
        for code, area_id in other_codes:
            if area_id not in closed:
                self._others[code].add(area_id)

    def by_code(self, code: str) -> AreaEntry | None:
        """The area that has the code, with or without its dots; else the only one that had it or has it in another register."""
        current = self._by_code.get(code) or self._by_code.get(normal_code(code) or "")
        if current is not None:
            return current
        others = self._others.get(code, set()) | self._others.get(normal_code(code) or "", set())
        return self.by_id[next(iter(others))] if len(others) == 1 else None

    def zone(self, area_id: int | None) -> str:
        """The zone whose days count in the area; that of the house where there is none."""
        entry = self.by_id.get(area_id) if area_id is not None else None
        return entry.timezone if entry is not None else self.home_zone

    def children(self, area_id: int) -> tuple[AreaEntry, ...]:
        """The areas directly below, by code."""
        return self._children.get(area_id, ())

    def ancestors(self, area_id: int) -> tuple[AreaEntry, ...]:
        """The areas above, nearest first."""
        above: list[AreaEntry] = []
        entry = self.by_id.get(area_id)
        while entry is not None and entry.parent_id is not None:
            entry = self.by_id[entry.parent_id]
            above.append(entry)
        return tuple(above)

    def with_ancestors(self, area_id: int) -> frozenset[int]:
        """The area itself and all above it."""
        return frozenset({area_id, *(entry.id for entry in self.ancestors(area_id))})

    def of_level(self, level: AreaLevel) -> tuple[AreaEntry, ...]:
        """All areas of the level, by code."""
        return self._levels.get(level, ())

    def covers(self, outer_id: int, inner_id: int) -> bool:
        """The outer area is the inner one or lies above it."""
        return outer_id == inner_id or any(entry.id == outer_id for entry in self.ancestors(inner_id))

    def kelurahan_of(self, area_id: int) -> int | None:
        """The kelurahan that the area is or lies in; None above the kelurahan."""
        entry = self.by_id.get(area_id)
        if entry is not None and entry.level is AreaLevel.RW:
            return entry.parent_id
        return entry.id if entry is not None and entry.level is AreaLevel.KELURAHAN else None

    def kelurahan_within(self, area_id: int) -> frozenset[int]:
        """The kelurahan that lie in the area, that it is, or in which it lies."""
        own = self.kelurahan_of(area_id)
        if own is not None:
            return frozenset({own})
        below = (self.kelurahan_within(child.id) for child in self.children(area_id))
        return frozenset(kelurahan_id for ids in below for kelurahan_id in ids)


def _home_zone(areas: Sequence[AreaEntry]) -> str:
    """The zone of most of them, of equally many the one with the lowest code; invented ones speak where there are no others."""
    real = [area for area in areas if not area.is_demo] or areas
    counted = Counter(area.timezone for area in real)
    return counted.most_common(1)[0][0] if counted else DEFAULT_ZONE
