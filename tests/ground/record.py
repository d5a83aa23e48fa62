"""One action as it must stand, and what its stamp counts for."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from tests.ground.world import Person, Site

SOFT = {
    "radius_outside", "area_outside", "minutes_short", "cap_day", "spacing_short", "overlap", "clock_wrong", "clock_other_day",
    "future", "very_late",
}  # fmt: skip
"""What holds for 14 days only."""
GRAVITY = {"ok": 0, "look": 1, "hold": 2}


@dataclass
class Record:
    """An action as it must stand."""

    id: str
    programme: str
    person: Person
    sender: Person
    body: dict[str, Any]
    received_at: datetime
    observed_at: datetime
    on: date
    kelurahan: str | None
    rw: str | None
    site: Site | None
    distance_m: float | None
    capacity: str
    movement: str | None
    own: list[tuple[str, str]]
    """What is found of it alone."""
    beside: list[tuple[str, str]] = field(default_factory=list)
    """What the person's other actions say of it."""
    first_word: Person | None = None
    """The first of two officers who have to speak about what is from before the semester."""
    returned: bool = False
    """Given back to the queue after 14 days."""
    withdrawn: bool = False
    refused: bool = False
    stamps: list[Stamp] = field(default_factory=list)

    @property
    def minutes(self) -> int | None:
        return self.body.get("minutes")

    @property
    def measures(self) -> dict[str, Any]:
        return self.body.get("measures", {})

    @property
    def findings(self) -> list[tuple[str, str]]:
        return self.own + self.beside + [("first_word", "look")] * (self.first_word is not None) + self._back

    @property
    def _back(self) -> list[tuple[str, str]]:
        return [("returned", "look")] * self.returned

    @property
    def has_a_hold(self) -> bool:
        return any(level == "hold" for _, level in self.findings)

    def give_back(self, now: datetime) -> None:
        """Held for nothing but odd circumstances, and for 14 days: it waits again."""
        holds = {code for code, level in self.findings if level == "hold"}
        before = now - timedelta(days=14)
        is_long_held = self.received_at <= before and all(stamp.voided_at <= before for stamp in self.stamps if stamp.void)
        if self.status == "held" and is_long_held and holds <= SOFT:
            self.returned = True

    @property
    def point(self) -> tuple[float, float]:
        return self.body["fix"]["lon"], self.body["fix"]["lat"]

    @property
    def accuracy(self) -> float:
        return self.body["fix"].get("accuracy_m") or 0.0

    @property
    def gravest(self) -> int:
        levels = ["look" if self.returned and level == "hold" and code in SOFT else level for code, level in self.findings]
        return max((GRAVITY[level] for level in levels), default=0)

    @property
    def stamp(self) -> Stamp | None:
        return next((stamp for stamp in self.stamps if not stamp.void), None)

    @property
    def status(self) -> str:
        if self.withdrawn or self.refused:
            return "withdrawn" if self.withdrawn else "refused"
        if self.stamp:
            return "stamped"
        return "held" if self.gravest == 2 else "waiting"

    @property
    def ends_at(self) -> datetime:
        """An action takes at least a minute."""
        return self.observed_at + timedelta(minutes=max(self.minutes or 1, 1))

    @property
    def place(self) -> object:
        return self.site.number if self.site else self.kelurahan or "outside"


@dataclass
class Stamp:
    id: str
    officer: Person
    at: datetime
    voided_at: datetime | None = None

    @property
    def void(self) -> bool:
        return self.voided_at is not None


def credits_of(record: Record) -> dict[str, Decimal | int]:
    """What its stamp counts for; a measure that was not told is not there."""
    told = record.measures
    if record.programme == "biopori":
        by = record.movement or "volunteer"
        counted = {"actions": 1, "credit": min(told["holes"], 5), "holes": told["holes"], f"holes.{by}": told["holes"]}
        if told.get("litres_filled") is not None:
            counted["litres_filled"] = Decimal(str(told["litres_filled"]))
        return counted | ({"minutes": record.minutes} if record.minutes is not None else {})
    on_day = ("day_other", "ok") not in record.findings
    counted = {"actions": 1, "credit": int(on_day), "minutes": min(record.minutes, 30)}
    counted |= {name: told[name] for name in ("bags_small", "bags_large", "items") if told.get(name) is not None}
    if told.get("kg") is not None:
        counted[f"kg.{told.get('kg_method') or 'estimated'}"] = Decimal(str(told["kg"]))
    return counted
