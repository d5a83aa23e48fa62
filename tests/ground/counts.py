"""What the stamps that stand add up to: tallies, belts, badges, boards, indicators, all counted from the first action on."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta
from decimal import ROUND_HALF_UP, Decimal
from functools import cached_property
from typing import Any

from tests.ground.record import Record, credits_of
from tests.ground.recount import STAMPING_POSTS, Book
from tests.ground.world import WIB, Person

STEPS = [
    *((t, "white", n) for n, t in enumerate((1, 7, 13, 19))),
    *((t, "green", n) for n, t in enumerate((25, 38, 50, 63))),
    *((t, "red", n) for n, t in enumerate((75, 106, 138, 169))),
    *((t, "black", n) for n, t in enumerate(range(200, 5200, 100))),
]
PROGRAMMES = ("gps", "biopori")
INDICATORS = {
    "gps": ["actions", "people", "minutes", "kg_weighed", "kg_estimated", "bags_small", "bags_large"],
    "biopori": ["holes", "holes_pkk", "holes_kb", "holes_dasawisma", "holes_volunteer", "actions", "people", "litres_filled"],
}
MEASURE = {"kg_weighed": "kg.weighed", "kg_estimated": "kg.estimated"} | {
    f"holes_{group}": f"holes.{group}" for group in ("pkk", "kb", "dasawisma", "volunteer")
}
ONE_DECIMAL = {"kg.weighed", "kg.estimated"}
OPTIONAL = {"kg.weighed", "kg.estimated", "bags_small", "bags_large", "litres_filled"}
TOLD = OPTIONAL | {"items"}
"""Told or not, and perhaps told as nothing."""
THOUSANDTHS = {"kg.weighed", "kg.estimated", "litres_filled"}
MIN_PEOPLE = 5
"""Of fewer people the public is told neither the number nor, on a kelurahan's board, the names."""


def day_of(instant: datetime) -> date:
    return (instant.astimezone(UTC) + WIB).date()


def periods(day: date) -> dict[str, date]:
    """The week, month, year and all time of the day, each with its last day."""
    year, week, weekday = day.isocalendar()
    month_end = (day.replace(day=1) + timedelta(days=32)).replace(day=1) - timedelta(days=1)
    return {
        f"{year}-W{week:02d}": day + timedelta(days=7 - weekday),
        f"{day.year}-{day.month:02d}": month_end,
        f"{day.year}": date(day.year, 12, 31),
        "all": date.max - timedelta(days=15),
    }


def told_from(record: Record) -> datetime:
    """From when on the public reads what the action adds to its places: of a child's only when the next local day has ended."""
    if record.person.adult:
        return record.stamp.at
    last = max(day_of(record.stamp.at), record.on) + timedelta(days=1)
    return datetime.combine(last + timedelta(days=1), time(), UTC) - WIB


class Counts:
    """The stamped actions of a book, counted: all of them, or those of which the public is told by that instant."""

    def __init__(self, book: Book, told_by: datetime | None = None) -> None:
        self.world = book.world
        stamped = [record for record in book.records.values() if record.stamp]
        self.stamped = [record for record in stamped if told_by is None or told_from(record) <= told_by]
        self.credits = {record.id: credits_of(record) for record in self.stamped}
        self.people: dict[tuple[str, str, str], set[int]] = defaultdict(set)
        """Programme, area or site, period -> who has a stamped action there."""
        self.sums: Counter[tuple[str, str, str, str]] = Counter()
        """Programme, subject, period, measure -> sum, decimals as they are."""
        self.scores: Counter[tuple[str, str, str, int]] = Counter()
        """Programme, area, period, person -> actions stamped before the board was final."""
        for record in self.stamped:
            self._count(record)

    def _count(self, record: Record) -> None:
        places = [*self.world.ground.over(record.kelurahan), *([record.rw] if record.rw else [])]
        sites = [f"site {record.site.number}"] if record.site else []
        for period, last in periods(record.on).items():
            in_time = day_of(record.stamp.at) <= last + timedelta(days=14)
            for subject in (f"person {record.person.number}", *places, *sites):
                for measure, value in self.credits[record.id].items():
                    self.sums[record.programme, subject, period, measure] += value
                    if value == 0 and measure in TOLD:
                        self.sums[record.programme, subject, period, f"{measure}.zero"] += 1
            for subject in (*places, *sites):
                self.people[record.programme, subject, period].add(record.person.number)
                if in_time:
                    self.sums[record.programme, subject, period, "ranked"] += 1
                    self.scores[record.programme, subject, period, record.person.number] += 1

    def tallies(self) -> dict[tuple[str, str, str, str], int]:
        """Every tally that is not zero as a whole number, decimals in thousandths."""
        found = {
            key: int(value * 1000) if key[3] in THOUSANDTHS else int(value) for key, value in self.sums.items() if value != 0
        }
        return found | {(*key, "people"): len(who) for key, who in self.people.items()}

    def presences(self) -> dict[tuple[str, str, str, int], tuple[int, int]]:
        found: Counter[tuple[str, str, str, int]] = Counter()
        for record in self.stamped:
            sites = [f"site {record.site.number}"] if record.site else []
            for period in periods(record.on):
                for place in (*self.world.ground.over(record.kelurahan), *([record.rw] if record.rw else []), *sites):
                    found[record.programme, place, period, record.person.number] += 1
        return {key: (many, self.scores[key]) for key, many in found.items()}

    def histogram(self) -> dict[tuple[str, str, str, int], int]:
        found: Counter[tuple[str, str, str, int]] = Counter()
        for (programme, place, period, person), score in self.scores.items():
            if self._by_number(person).shown and not place.startswith("site"):
                found[programme, place, period, score] += 1
        return dict(found)

    def _by_number(self, number: int) -> Person:
        return list(self.world.people.values())[number]

    # What one person has reached.

    def standing(self, person: Person, programme: str) -> dict[str, Any]:
        total = self.sums[programme, f"person {person.number}", "all", "credit"]
        reached = [step for step in STEPS if step[0] <= total]
        threshold, belt, stripes = next(step for step in STEPS if step[0] > total)
        return {
            "programme": programme,
            "stamped": self.sums[programme, f"person {person.number}", "all", "actions"],
            "credit": total,
            "belt": reached[-1][1] if reached else None,
            "stripes": reached[-1][2] if reached else 0,
            "next": {"belt": belt, "stripes": stripes, "threshold": threshold, "missing": threshold - total},
        }

    def booklets(self) -> dict[tuple[int, str], list[Record]]:
        """Person and programme -> the stamped actions in the order of their stamps."""
        found: dict[tuple[int, str], list[Record]] = defaultdict(list)
        for record in sorted(self.stamped, key=lambda record: record.stamp.at):
            found[record.person.number, record.programme].append(record)
        return found

    def awards(self) -> dict[tuple[int, str, int], tuple[str, int, datetime]]:
        """Person, programme, threshold -> belt, stripes, and the instant of the stamp that reached it."""
        found = {}
        for (person, programme), records in self.booklets().items():
            total = 0
            for record in records:
                before, total = total, total + self.credits[record.id]["credit"]
                for threshold, belt, stripes in STEPS:
                    if before < threshold <= total:
                        found[person, programme, threshold] = belt, stripes, record.stamp.at
        return found

    def badges(self) -> set[tuple[int, str, str]]:
        found = set()
        for (person, programme), records in self.booklets().items():
            sums = {name: sum(self.credits[r.id].get(name, 0) for r in records) for name in ("bags_large", "holes")}
            earned = {
                "gps": {
                    "first_pick": True,
                    "four_weeks": _longest_run(records) >= 4,
                    "ten_large_bags": sums["bags_large"] >= 10,
                    "three_places": len({r.place for r in records} - {"outside"}) >= 3,
                },
                "biopori": {
                    "first_hole": True,
                    "thirty_holes": sums["holes"] >= 30,
                    "four_weeks": _longest_run(records) >= 4,
                },
            }
            found |= {(person, programme, badge) for badge, has in earned[programme].items() if has}
        return found

    # Boards.

    def persons(self, programme: str, area: str, period: str) -> list[tuple[int, Person]]:
        """Shown adults with their scores, the highest first; of equals whoever joined last."""
        people = list(self.world.people.values())
        found = [(self.scores[programme, area, period, person.number], person) for person in people if person.shown]
        return sorted([one for one in found if one[0]], key=lambda one: (-one[0], -one[1].number))

    def names_nobody(self, programme: str, area: str, period: str, reader: Person | None = None, day: date = date.max) -> bool:
        """Whether so few were in the kelurahan that a name would point at one; whoever stamps in all of it reads the names."""
        there = self.people.get((programme, area, period), ())
        if area not in self.world.ground.kelurahan or len(there) >= MIN_PEOPLE or not self.persons(programme, area, period):
            return False
        posts = reader.posts_on(day) if reader else []
        return not any(post.post in STAMPING_POSTS and post.area in self.world.ground.over(area) for post in posts)

    def person_board(self, programme: str, area: str, period: str, limit: int) -> list[tuple[int, str, int]]:
        """What everybody reads: rank, name, score; equals share a rank and stand by name."""
        if self.names_nobody(programme, area, period):
            return []
        found = self.persons(programme, area, period)
        page = sorted(found[:limit], key=lambda one: (-one[0], one[1].name))
        return [(_rank(score, [s for s, _ in found]), person.name, score) for score, person in page]

    def around(
        self, programme: str, area: str, period: str, me: Person, day: date
    ) -> tuple[list[tuple[int, str, int]], int | None, int]:
        """Five above, oneself, five below as I read them that day; my rank and score. The hidden see where they would stand."""
        found = self.persons(programme, area, period)
        score, scores = self.scores[programme, area, period, me.number], [s for s, _ in found]
        above = [one for one in found if (one[0], one[1].number) > (score, me.number)][-5:]
        below = [one for one in found if (one[0], one[1].number) < (score, me.number)][:5]
        page = [*above, *([(score, me)] if score else []), *below]
        rows = [(_rank(s, scores), person.name, s) for s, person in sorted(page, key=lambda one: (-one[0], one[1].name))]
        is_withheld = self.names_nobody(programme, area, period, me, day)
        return [] if is_withheld else rows, _rank(score, scores) if score else None, score

    def place_board(self, programme: str, area: str, period: str, subject: str) -> list[tuple[int, str, int, str]]:
        """Rank, name, score, code of the schools or kelurahan of an area."""
        found = []
        if subject == "school":
            for site in self.world.sites:
                score = self.sums[programme, f"site {site.number}", period, "ranked"]
                if site.kind == "school" and score and area in self.world.ground.over(self.world.kelurahan_of(site)):
                    found.append((score, site.name, site.npsn))
        else:
            for code, kelurahan in self.world.ground.kelurahan.items():
                score = self.sums[programme, code, period, "ranked"]
                if score and area in self.world.ground.over(code):
                    found.append((score, kelurahan.name, code))
        found.sort(key=lambda one: (-one[0], one[1]))
        return [(_rank(score, [s for s, _, _ in found]), name, score, code) for score, name, code in found]

    # What the public reads.

    def rws_told(self, programme: str, kelurahan: str) -> set[str]:
        """RWs told by themselves: at least 5 people ever acted in each, and surely in what is left over, if it hides fewer."""
        people = {rw: len(self.people.get((programme, rw, "all"), ())) for rw in self.world.rws_of(kelurahan)}
        whole = len(self.people.get((programme, kelurahan, "all"), ()))
        if all(count >= MIN_PEOPLE or count == 0 for count in people.values()):
            return set(people)
        large = sorted((rw for rw in people if people[rw] >= MIN_PEOPLE), key=lambda rw: (-people[rw], rw))
        for many in range(len(large), 0, -1):
            told = large[:many]
            left = max(people[rw] for rw in people if rw not in told)
            if max(left, whole - sum(people[rw] for rw in told)) >= MIN_PEOPLE:
                return set(told)
        return set()

    # Indicators.

    def indicator(self, programme: str, kelurahan: str, period: str, code: str) -> int | float | None:
        """The published number to somebody who may see small counts; None where nobody told the measure."""
        measure = MEASURE.get(code, code)
        if measure == "people":
            return len(self.people.get((programme, kelurahan, period), ()))
        key = programme, kelurahan, period, measure
        if measure in OPTIONAL and key not in self.sums and self.sums[programme, kelurahan, period, "actions"]:
            return None
        value = self.sums.get(key, 0)
        if measure in ONE_DECIMAL:
            return float(Decimal(value).quantize(Decimal("0.1"), ROUND_HALF_UP))
        return int(Decimal(value).quantize(Decimal(1), ROUND_HALF_UP))

    @cached_property
    def since(self) -> dict[tuple[str, str | None], date]:
        """Programme and kelurahan -> the day of the first stamped action."""
        found: dict[tuple[str, str | None], date] = {}
        for record in self.stamped:
            key = record.programme, record.kelurahan
            found[key] = min(record.on, found.get(key, record.on))
        return found


def _rank(score: int, scores: Iterable[int]) -> int:
    return 1 + sum(other > score for other in scores)


def _longest_run(records: list[Record]) -> int:
    """Weeks from Monday to Sunday in a row."""
    mondays = sorted({record.on - timedelta(days=record.on.weekday()) for record in records})
    longest = run = 0
    for place, monday in enumerate(mondays):
        run = run + 1 if place and monday - mondays[place - 1] == timedelta(days=7) else 1
        longest = max(longest, run)
    return longest
