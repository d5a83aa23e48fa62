"""Forty sites and the people round them, as plain values made by chance from one seed on the real ground."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from itertools import product
from uuid import UUID

from tests.ground.plainground import Degrees, Ground, away

SEED = 20140623
WIB = timedelta(hours=7)
FIRST_DAY, LAST_DAY = date(2026, 12, 14), date(2027, 2, 12)
MOVED_ON, JOINED_ON, ENDED_ON = date(2027, 1, 13), date(2027, 1, 11), date(2027, 1, 20)


def at(day: date, hour: int, minute: int = 0, second: float = 0) -> datetime:
    """That time by the clocks of Bandung."""
    return datetime.combine(day, time(hour, minute), UTC) - WIB + timedelta(seconds=second)


SETTLED_AT = at(FIRST_DAY - timedelta(days=1), 8)
KNOWN_PLACES: dict[str, tuple[Degrees, str]] = {
    "Gedung Sate": ((107.61872, -6.90249), "Citarum"),
    "Balai Kota": ((107.6097, -6.9105), "Babakan Ciamis"),
    "Tegalega": ((107.6048, -6.9344), "Ciateul"),
}


@dataclass(frozen=True)
class Circle:
    since: datetime
    centre: Degrees


@dataclass
class Site:
    number: int
    kind: str
    name: str
    npsn: str | None
    rw: str | None
    radius_m: float | None
    circles: list[Circle]
    confirmed: bool
    uuid: UUID | None = None

    def centre_at(self, instant: datetime, known_at: datetime | None = None) -> Degrees:
        """Where its circle lay, as far as anybody knew then; before the first was drawn, where that one lies."""
        known = [circle for circle in self.circles if known_at is None or circle.since <= known_at]
        return next((circle.centre for circle in reversed(known) if circle.since <= instant), known[0].centre)


@dataclass
class Post:
    """An office at an area (its code) or a site (its number), from a day until a day."""

    post: str
    area: str | None = None
    site: int | None = None
    movement: str | None = None
    first: date | None = None
    last: date | None = None

    def held_on(self, day: date) -> bool:
        return (self.first or day) <= day <= (self.last or day)


@dataclass
class Person:
    number: int
    """In the order in which they joined."""
    key: str
    name: str
    posts: list[Post]
    adult: bool = True
    shown: bool = True
    uuid: UUID | None = None
    token: str | None = None

    def posts_on(self, day: date) -> list[Post]:
        return [post for post in self.posts if post.held_on(day)]


@dataclass
class World:
    ground: Ground
    sites: list[Site] = field(default_factory=list)
    people: dict[str, Person] = field(default_factory=dict)
    names: list[str] = field(default_factory=list)

    def add(self, key: str, *posts: Post, adult: bool = True, shown: bool = True) -> Person:
        made = Person(len(self.people), key, self.names[len(self.people)], list(posts), adult, shown)
        self.people[key] = made
        return made

    def rws(self) -> set[str]:
        """Every RW of which anything is known: where a site lies or somebody holds a post."""
        of_sites = {f"{self.kelurahan_of(site)}/{site.rw}" for site in self.sites if site.rw is not None}
        return of_sites | {p.area for one in self.people.values() for p in one.posts if p.area is not None and "/" in p.area}

    def rws_of(self, kelurahan: str) -> set[str]:
        return {rw for rw in self.rws() if rw.startswith(f"{kelurahan}/")}

    def kelurahan_of(self, site: Site, known_at: datetime | None = None) -> str:
        """Where the site lies now, or lay when only so much was known."""
        return self.ground.at(site.centre_at(datetime.max.replace(tzinfo=UTC), known_at))


FIRST = (
    "Asep", "Dadan", "Euis", "Neneng", "Ujang", "Iis", "Cecep", "Lilis", "Yayat", "Imas", "Agus", "Dewi", "Rina", "Budi", "Siti",
)  # fmt: skip
LAST = (
    "Suryana", "Hidayat", "Permana", "Lestari", "Setiawan", "Rahayu", "Kurnia", "Wijaya", "Gunawan", "Sari", "Nugraha", "Pratiwi",
)  # fmt: skip


def somewhere_in(ground: Ground, code: str, chance: random.Random) -> Degrees:
    """A point of the kelurahan, any as likely as any other."""
    west, south, east, north = ground.kelurahan[code].box
    while True:
        point = round(chance.uniform(west, east), 6), round(chance.uniform(south, north), 6)
        if ground.kelurahan[code].holds(point):
            return point


def make_world(ground: Ground) -> World:
    chance = random.Random(SEED)
    world = World(ground, names=[f"{first} {last}" for first, last in product(FIRST, LAST)])
    chance.shuffle(world.names)
    _add_sites(world, chance)
    _add_doers(world)
    _add_officers(world)
    return world


def _add_sites(world: World, chance: random.Random) -> None:
    """Three offices at the known places, then schools and workplaces; some kelurahan have two."""
    ground = world.ground
    centres = [(name, point) for name, (point, _) in KNOWN_PLACES.items()]
    spread = chance.sample(sorted(ground.kelurahan), 31)
    centres += [(ground.kelurahan[code].name, somewhere_in(ground, code, chance)) for code in (*spread, *spread[:6])]
    for number, (name, centre) in enumerate(centres):
        is_school = number >= 3 and number % 5 != 3
        radius = {4: 100.0, 9: 300.0, 11: 50.0, 14: 300.0, 19: 100.0, 24: 250.0, 29: 150.0, 34: 300.0}.get(number)
        world.sites.append(
            Site(
                number=number,
                kind="school" if is_school else "workplace",
                name=f"SDN {name} {number}" if is_school else f"Kantor {name} {number}",
                npsn=f"2021{number:04d}" if is_school else None,
                rw=f"{number % 9 + 1:02d}" if number % 4 == 1 else None,
                radius_m=radius,
                circles=[Circle(SETTLED_AT, centre)],
                confirmed=number % 7 != 6,
            )
        )
    # Halfway one of them moves.
    moved = world.sites[5]
    moved.rw = None
    moved.circles.append(Circle(at(MOVED_ON, 5), away(moved.circles[0].centre, 75.0, 340.0)))


def _add_doers(world: World) -> None:
    sites, schools = world.sites, [site for site in world.sites if site.kind == "school"]
    for number in range(1, 37):
        world.add(f"v{number}", Post("volunteer", site=sites[number % len(sites)].number), shown=number not in (7, 20))
    for number in range(37, 49):
        one, other = sites[number - 37].number, sites[number - 20].number
        first = JOINED_ON if number in (39, 40) else None
        last = ENDED_ON if number in (41, 42) else None
        world.add(f"v{number}", Post("volunteer", site=one), Post("volunteer", site=other, first=first, last=last))
    for number in range(49, 55):
        world.add(f"v{number}")
    kelurahan = sorted({world.kelurahan_of(site) for site in sites})
    for number in range(55, 59):
        world.add(f"v{number}", Post("volunteer", area=kelurahan[number - 55]))
    for number in range(1, 11):
        world.add(f"t{number}", Post("teacher", site=schools[number // 2].number))
    for number in range(1, 9):
        world.add(f"p{number}", Post("principal", site=schools[number].number))
    for number in range(1, 9):
        world.add(f"u{number}", Post("volunteer", site=schools[number // 2].number), adult=False, shown=False)
    movements = ["pkk"] * 10 + ["kb"] * 3 + ["dasawisma"] * 2
    for number, movement in enumerate(movements, start=1):
        world.add(f"c{number}", Post("cadre", area=kelurahan[number % 9], movement=movement))
    for number, rw in ((16, "05"), (17, "07")):
        world.add(f"c{number}", Post("cadre", area=f"{kelurahan[2]}/{rw}", movement="pkk"))


def _add_officers(world: World) -> None:
    kelurahan = sorted({world.kelurahan_of(site) for site in world.sites})
    for number, area in ((1, kelurahan[1]), (2, kelurahan[3]), (3, f"{kelurahan[2]}/05"), (4, f"{kelurahan[2]}/07")):
        world.add(f"k{number}", Post("coordinator", area=area))
    workplaces = [site for site in world.sites if site.kind == "workplace"]
    for number in range(1, 7):
        world.add(f"s{number}", Post("officer", site=workplaces[number - 1].number))
    for number in range(1, 15):
        last = ENDED_ON if number == 14 else None
        world.add(f"o{number}", Post("officer", area=kelurahan[number * 2 % len(kelurahan)], last=last))
    for number in range(1, 6):
        world.add(f"l{number}", Post("lurah", area=kelurahan[number * 3]))
    for number, kecamatan in enumerate(sorted({world.ground.kelurahan[code].kecamatan for code in kelurahan})[:2], start=1):
        world.add(f"d{number}", Post("officer", area=kecamatan))
    world.add("z1", Post("officer", area=world.ground.city))
