"""`bench/run`: measures, and prints what it measured as tables."""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from app.settings import ROOT
from bench import databases, machine, servers
from bench.city import City, city_of
from bench.databases import Cluster, Copy
from bench.operations import FLOORS, OPERATIONS, REAL_CITY
from bench.rounds import Rounds
from bench.tables import Figures, Row, print_tables

SIZES = (0, 10_000, 100_000, 1_000_000)


@dataclass(frozen=True, slots=True)
class Scale:
    """How much is sent."""

    runs: int
    one_by_one: int
    """Requests of an operation in one run for its CPU time."""
    at_once: int
    """The same for its throughput."""
    warm_up: int = 150
    fewest_people: int = 4000

    def run(self, rounds: Rounds) -> None:
        for _ in range(self.runs):
            rounds.one_by_one(self.one_by_one)
        for _ in range(self.runs):
            rounds.at_once(self.at_once)

    def people(self, actions: int) -> int:
        return max(self.fewest_people, actions // 50)


FULL = Scale(runs=5, one_by_one=300, at_once=800)
QUICK = Scale(runs=1, one_by_one=75, at_once=75, warm_up=75, fewest_people=200)


def main(arguments: list[str] | None = None) -> None:
    asked = _arguments(arguments)
    scale = QUICK if asked.quick else Scale(asked.runs, FULL.one_by_one, FULL.at_once)
    cache = Path(asked.cache).resolve()
    cache.mkdir(parents=True, exist_ok=True)
    print(f"{machine.description()}; load before {machine.load():.1f}", flush=True)
    with ExitStack() as stack:
        running = stack.enter_context(databases.cluster()) if asked.postgres else None
        for actions in asked.sizes:
            with _database(running, actions, scale.people(actions), cache) as database:
                print_tables(database.made, *_measured(database, running, scale))
                print(f"\nload after {machine.load():.1f}", flush=True)


def _arguments(arguments: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="bench/run", description="Measures Sabuk Hijau on this machine and prints tables.")
    parser.add_argument("--sizes", type=_sizes, default=SIZES, help="stamped actions, such as 0,10000,100000,1000000")
    parser.add_argument("--runs", type=int, default=FULL.runs, help="runs of which the median is taken")
    parser.add_argument("--quick", action="store_true", help="one small run: does everything work?")
    parser.add_argument("--postgres", action="store_true", help="on a PostgreSQL of its own instead of SQLite")
    parser.add_argument("--cache", default=str(ROOT / ".cache" / "bench"), help="folder of the databases that are kept")
    return parser.parse_args(arguments)


def _sizes(text: str) -> tuple[int, ...]:
    return tuple(int(part.replace("_", "")) for part in text.split(","))


@contextmanager
def _database(running: Cluster | None, actions: int, people: int, cache: Path) -> Iterator[Copy]:
    made = databases.on_postgresql(running, actions, people) if running else databases.embedded(actions, people, cache)
    with made as database:
        yield database


def _measured(database: Copy, running: Cluster | None, scale: Scale) -> tuple[list[Row], Figures]:
    cluster = running.process() if running else None
    city = city_of(database)
    with ExitStack() as stack:
        floor_url = _floor_url(database, running)
        ours = stack.enter_context(servers.ours(database, cluster))
        bare = stack.enter_context(servers.floors(floor_url, database.instance, cluster))
        rounds = Rounds(city, [*((floor, bare) for floor in FLOORS), *((operation, ours) for operation in OPERATIONS)])
        sent = rounds.warm_up(scale.warm_up)[ours]
        memory = machine.pss_mib(ours.pids()), machine.pss_mib(ours.database_pids())
        scale.run(rounds)
    figures = Figures(
        pss_mib=memory[0],
        database_pss_mib=memory[1] if running else None,
        pss_after=sent,
        cold_s=_starts(database, scale.runs, cold=True),
        warm_s=_starts(database, scale.runs, cold=False),
        verify=machine.taken(lambda: database.sabuk("rebuild", "--verify")),
    )
    return rounds.rows() + _real_city(database, city, cluster, scale), figures


def _real_city(database: Copy, city: City, cluster: int | None, scale: Scale) -> list[Row]:
    """The map of a real city's kelurahan beside those of the demo, where SABUK_PLACES names the folder with its files."""
    folder = os.environ.get("SABUK_PLACES")
    if folder is None:
        return []
    for file in ("bandung_kecamatan.geojson", "bandung_kelurahan.geojson"):
        database.sabuk("places", "import", str(Path(folder) / file))
    with servers.ours(database, cluster) as ours:
        rounds = Rounds(city, [(REAL_CITY, ours)])
        rounds.warm_up(scale.warm_up)
        scale.run(rounds)
    return rounds.rows()


def _floor_url(database: Copy, running: Cluster | None) -> str:
    if running is None:
        return f"sqlite:///{database.instance / 'floor.sqlite3'}"
    name = f"floor{database.made.actions}"
    running.create(name)
    return running.url(name)


def _starts(database: Copy, runs: int, *, cold: bool) -> float:
    """Seconds until the first answer. Cold: no compiled file is there."""
    took = []
    for _ in range(runs):
        with tempfile.TemporaryDirectory() as nothing_compiled:
            environment = {"PYTHONPYCACHEPREFIX": nothing_compiled} if cold else {}
            took.append(servers.first_answer_s(database, environment))
    return median(took)


if __name__ == "__main__":
    main(sys.argv[1:])
