"""The two thousand actions that phones will send: when, by whom, for whom, where, and what is out of the ordinary with each."""

from __future__ import annotations

import random
from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any
from uuid import UUID

from tests.ground.plainground import Degrees, away, metres
from tests.ground.recount import MEMBERS
from tests.ground.spoil import WAYS, spoil
from tests.ground.world import FIRST_DAY, KNOWN_PLACES, LAST_DAY, SEED, Person, Site, World, at, somewhere_in

ACTIONS = 2000
MALFORMED = 120
JOINT_LEAVE = date(2026, 5, 15)

STORIES = {
    "plain": 40, "edge": 8, "perhaps": 5, "outside": 7, "beyond_perhaps": 3, "coarse": 4, "pin": 3, "photo": 2,
    "few_days_late": 4, "late": 4, "very_late": 3, "future": 2, "skewed": 4, "wrong_clock": 2, "told_by_fix": 2, "short": 3,
    "long": 3, "crowded": 3, "overlap": 3, "close": 3, "other_site": 2, "rw": 5, "night": 3, "lembang": 2, "border": 3, "much": 2,
}  # fmt: skip
"""What is out of the ordinary, and how often."""


@dataclass(frozen=True)
class Put:
    """One submission; `refused` is the status and the field that must be named where it cannot be taken."""

    id: str
    sender: Person
    subject: Person
    body: dict[str, Any]
    story: str
    refused: tuple[int, str] | None = None


class Planner:
    def __init__(self, world: World) -> None:
        self.world = world
        self.chance = random.Random(SEED + 1)
        self.slots: dict[datetime, list[Put]] = defaultdict(list)
        self.count = 0
        days = (LAST_DAY - FIRST_DAY).days + 1
        self.days = [FIRST_DAY + timedelta(days=number) for number in range(days)]
        self.corners = _shared_corners(world)
        self.plain: list[tuple[datetime, Put]] = []
        self.wrong_clocks: Counter[tuple[datetime, int]] = Counter()

    def plan(self) -> dict[datetime, list[Put]]:
        """Sending time -> submissions in the order in which each person sends them."""
        self._known_places()
        self._regulars()
        doers = [person for person in self.world.people.values() for _ in range(self._weight(person))]
        weights = [4 if day.weekday() in (0, 2, 4) else 1 for day in self.days]
        while self.count < ACTIONS - MALFORMED:
            person = self.chance.choice(doers)
            day = self.chance.choices(self.days, weights)[0]
            self._story(person, day, self.chance.choices(list(STORIES), STORIES.values())[0])
        while self.count < ACTIONS:
            self._malformed(WAYS[self.count % len(WAYS)])
        return dict(sorted(self.slots.items()))

    def _weight(self, person: Person) -> int:
        return {"v": 4, "t": 3, "p": 3, "u": 3, "c": 4, "k": 2, "s": 2, "l": 1, "o": 1, "d": 0, "z": 0}[person.key[0]]

    def _known_places(self) -> None:
        for number, (point, _) in enumerate(KNOWN_PLACES.values()):
            self._put(self.world.people["v52"], "gps", self.days[number], "known_place", point=point)

    def _regulars(self) -> None:
        """Some come each time: their belts rise."""
        people = self.world.people
        for day in self.days:
            self._put(people["c1"], "biopori", day, "regular", measures={"holes": self.chance.randint(4, 8)})
            if day.weekday() in (0, 2, 4):
                self._put(people["v1"], "gps", day, "regular")
                self._put(people["v2"], "gps", day, "made_up")
                for key in ("v37", "v38"):
                    for hour, post in zip((6, 9), people[key].posts, strict=True):
                        site = self.world.sites[post.site]
                        self._put(people[key], "gps", day, "regular", start=at(day, hour, 20), site=site)

    def _programme(self, person: Person) -> str:
        share = {"c": 0.75, "k": 0.7, "l": 0.8}.get(person.key[0], 0.9 if person.posts and person.posts[0].area else 0.08)
        return "biopori" if person.adult and self.chance.random() < share else "gps"

    def _story(self, person: Person, day: date, story: str) -> None:
        programme = self._programme(person)
        if story in ("crowded", "overlap", "close"):
            start = at(day, 6, self.chance.randrange(60))
            steps = {"crowded": [0, 75, 160, 250, 340], "overlap": [0, 12], "close": [0, 45]}[story]
            for step in steps[: self.chance.randint(2, 5)]:
                holes = {"holes": self.chance.randint(6, 11)} if programme == "biopori" else None
                self._put(person, programme, day, story, start=start + timedelta(minutes=step), measures=holes)
        else:
            self._put(person, programme, day, story)

    def _put(
        self,
        person: Person,
        programme: str,
        day: date,
        story: str,
        *,
        start: datetime | None = None,
        site: Site | None = None,
        point: Degrees | None = None,
        measures: dict[str, Any] | None = None,
    ) -> None:
        chance, sent_on = self.chance, day
        day -= timedelta(days=self._days_late(story, day))
        captured = start or at(day, chance.randint(6, 15), chance.randrange(60), chance.randrange(60))
        slot = at(sent_on, 12 if captured < at(sent_on, 11) and chance.random() < 0.3 else 18)
        captured, sent, fixed = self._times(story, captured, slot)
        mine = [self.world.sites[p.site] for p in person.posts_on(day) if p.site is not None and p.post in MEMBERS]
        site = site or (chance.choice(mine) if mine else None)
        accuracy = round(chance.uniform(3, 45), 1)
        body = {
            "programme": programme,
            "captured_at": _written(captured, chance),
            "sent_at": _written(sent, chance),
            "minutes": self._minutes(story, programme),
            "fix": self._fix(story, point or self._point(story, person, programme, site, captured, accuracy), accuracy, fixed),
            "measures": measures or self._measures(programme, story),
        }
        if body["minutes"] is None:
            del body["minutes"]
        if story == "other_site" and mine:
            body["site"] = str(mine[-1].uuid)
        if story == "rw":
            body |= {"rw": chance.choice(["5", "05", "RW 7", "012"]), "rt": "03", "note": "Di gang belakang."}
        sender = self._sender(person)
        if sender is not person:
            body["on_behalf_of"] = str(person.uuid)
        self._add(slot, Put(self._id(), sender, person, body, story))

    def _add(self, slot: datetime, put: Put) -> None:
        if self.count == ACTIONS:
            return
        self.count += 1
        self.slots[slot].append(put)
        if put.story in ("plain", "regular"):
            self.plain.append((slot, put))

    def _id(self) -> str:
        return str(UUID(int=self.chance.getrandbits(128), version=4))

    def _days_late(self, story: str, day: date) -> int:
        if story == "very_late":
            joint_leave = (day - JOINT_LEAVE).days
            return joint_leave if self.chance.random() < 0.2 else self.chance.randint(32, 120)
        return {"few_days_late": self.chance.randint(1, 6), "late": self.chance.randint(8, 28)}.get(story, 0)

    def _times(self, story: str, captured: datetime, slot: datetime) -> tuple[datetime, datetime, datetime | None]:
        """What the phone's clock says at the action and at sending, and what the positioning system says."""
        chance, sent = self.chance, slot
        fixed = captured + timedelta(seconds=chance.randint(1, 40)) if chance.random() < 0.4 else None
        sign = chance.choice((-1, 1))
        if story == "future":
            return slot + timedelta(minutes=chance.randint(8, 170)), sent, None
        if story == "night":
            captured = captured.replace(hour=17, minute=0) + timedelta(minutes=chance.randint(-40, 40), days=-1)
            return captured, sent, None
        if story in ("skewed", "wrong_clock"):
            off = chance.randint(4, 1380) if story == "skewed" else chance.randint(1500, 12000)
            fixed = captured + timedelta(seconds=chance.randint(1, 40)) if chance.random() < 0.6 else None
            # Four phones at once that are off the same way say nothing against the server's clock; the fifth would.
            sign = sign if self.wrong_clocks[slot, sign] < 4 else -sign
            self.wrong_clocks[slot, sign] += 1
            at_action = 0 if chance.random() < 0.2 else sign * off
            return captured + timedelta(minutes=at_action), sent + sign * timedelta(minutes=off), fixed
        if story == "told_by_fix":
            return captured, sent, captured - sign * timedelta(minutes=chance.choice((15, 45, 300, 1300, 1700)))
        return captured, sent + timedelta(seconds=chance.randint(-20, 80)), fixed

    def _minutes(self, story: str, programme: str) -> int | None:
        if programme == "biopori":
            return self.chance.randint(5, 90) if self.chance.random() < 0.5 else None
        ranges = {"short": (0, 9), "long": (31, 200), "overlap": (20, 40), "close": (20, 30), "crowded": (10, 30)}
        return self.chance.randint(*ranges.get(story, (10, 30)))

    def _fix(self, story: str, point: Degrees, accuracy: float, fixed: datetime | None) -> dict[str, Any]:
        fix: dict[str, Any] = {"lon": point[0], "lat": point[1], "source": story if story in ("pin", "photo") else "device"}
        if fix["source"] == "device":
            coarse = round(self.chance.uniform(101, 1500), 1)
            fix["accuracy_m"] = {"coarse": coarse, "made_up": self.chance.choice((10.0, 60.0))}.get(story, accuracy)
        return fix | ({"fixed_at": _written(fixed, self.chance)} if fixed else {})

    def _point(
        self, story: str, person: Person, programme: str, site: Site | None, captured: datetime, accuracy: float
    ) -> Degrees:
        chance, ground = self.chance, self.world.ground
        if story == "made_up" and site is not None:
            return site.centre_at(captured)
        if story == "lembang":
            return round(chance.uniform(107.58, 107.66), 6), round(chance.uniform(-6.82, -6.80), 6)
        if story == "border":
            return chance.choice(self.corners)
        if programme == "gps":
            if site is None:
                return somewhere_in(ground, chance.choice(sorted(ground.kelurahan)), chance)
            reach = min(max(site.radius_m or 200.0, 100.0), 300.0)
            near = min(accuracy, 30.0)
            far = {
                "edge": reach - chance.uniform(0.05, 1.5),
                "perhaps": reach + chance.uniform(0.05, near - 0.05),
                "beyond_perhaps": reach + near + chance.uniform(0.05, 3),
                "outside": reach + chance.uniform(31, 2500),
            }.get(story, reach * 0.97 * chance.random() ** 0.5)
            return away(site.centre_at(captured), chance.uniform(0, 360), far)
        areas = [post.area for post in person.posts if post.area] or ([self.world.kelurahan_of(site)] if site else [])
        home = areas[0].partition("/")[0] if areas else ""
        if home not in ground.kelurahan or story == "outside":
            return somewhere_in(ground, chance.choice(sorted(ground.kelurahan)), chance)
        if story in ("edge", "perhaps", "beyond_perhaps"):
            return self._by_the_border(home)
        return somewhere_in(ground, home, chance)

    def _by_the_border(self, code: str) -> Degrees:
        """Up to 90 m beyond a corner of the outline, and not within half a metre of where "near" ends."""
        outline = self.world.ground.kelurahan[code]
        while True:
            point = away(self.chance.choice(outline.rings[0]), self.chance.uniform(0, 360), self.chance.uniform(3, 90))
            if abs(outline.metres_outside(point) - 40) > 0.5:
                return point

    def _measures(self, programme: str, story: str) -> dict[str, Any]:
        chance = self.chance
        if programme == "biopori":
            holes = chance.randint(21, 60) if story in ("long", "other_site") else chance.choice((1, 2, 3, 4, 5, 6, 8))
            found: dict[str, Any] = {"holes": holes}
            if chance.random() < 0.4:
                found |= {"diameter_cm": chance.choice((10, 12.5)), "depth_cm": chance.randint(60, 110)}
            return found | ({"litres_filled": round(chance.uniform(0, 80), 3)} if chance.random() < 0.3 else {})
        if story == "much":
            return {"bags_large": chance.randint(9, 12), "items": chance.randint(400, 600), "kg": chance.choice((49.5, 50, 50.5))}
        found = {}
        for name, most in (("bags_small", 3), ("bags_large", 3), ("items", 90)):
            if chance.random() < 0.35:
                found[name] = chance.randint(0, most)
        if chance.random() < 0.5:
            found["kg"] = round(chance.uniform(0, 9), chance.choice((0, 1, 2, 3)))
            if chance.random() < 0.6:
                found["kg_method"] = chance.choice(("weighed", "estimated"))
        return found

    def _sender(self, person: Person) -> Person:
        """Pupils have no account: somebody of their school records for them; seldom somebody records for an adult."""
        if person.adult and (person.key[0] != "v" or not person.posts or self.chance.random() > 0.07):
            return person
        place = person.posts[0]
        posts = ("t", "p") if place.site is not None else ("c",)
        others = [p for p in self.world.people.values() if p.key[0] in posts and self._same(p, place)]
        return self.chance.choice(others) if others else person

    def _same(self, other: Person, place: Any) -> bool:
        return (other.posts[0].site, other.posts[0].area) == (place.site, place.area)

    def _malformed(self, way: str) -> None:
        """One of the well-formed submissions with one thing wrong."""
        slot, model = self.chance.choice(self.plain)
        body, refused = spoil(way, model.body, self.world, model.subject)
        self._add(slot, Put(self._id(), model.sender, model.subject, body, "malformed", refused))


def _shared_corners(world: World) -> list[Degrees]:
    """Points of outlines at which several kelurahan meet, near some of the sites."""
    met: dict[Degrees, int] = defaultdict(int)
    for kelurahan in world.ground.kelurahan.values():
        for point in {point for ring in kelurahan.rings for point in ring}:
            met[point] += 1
    centres = [site.circles[0].centre for site in world.sites]
    return sorted(p for p, many in met.items() if many > 1 and min(metres(p, c) for c in centres) < 400)


def _written(instant: datetime, chance: random.Random) -> str:
    """The instant as phones write it, in one zone or another."""
    zone = chance.choice((UTC, timezone(timedelta(hours=7)), timezone(timedelta(hours=8))))
    text = instant.astimezone(zone).isoformat()
    return text.replace("+00:00", "Z") if chance.random() < 0.5 else text
