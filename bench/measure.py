"""`bench/run`: measures, and prints what it measured as tables."""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median

from app.settings import ROOT
from bench import databases, machine, servers
from bench.city import City, city_of
from bench.client import Throughput, send_all, send_at_once
from bench.databases import Cluster, Copy
from bench.operations import FLOORS, OPERATIONS, Operation
from bench.servers import Running
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

    def people(self, actions: int) -> int:
        return max(self.fewest_people, actions // 50)


FULL = Scale(runs=5, one_by_one=300, at_once=800)
QUICK = Scale(runs=1, one_by_one=75, at_once=75, warm_up=75, fewest_people=200)


def main(arguments: list[str] | None = None) -> None:
    asked = _arguments(arguments)
    scale = QUICK if asked.quick else Scale(asked.runs, FULL.one_by_one, FULL.at_once)
    cache = Path(asked.cache)
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
        bench = Bench(city, ours, bare)
        sent = bench.warm_up(scale.warm_up)
        memory = machine.pss_mib(ours.pids()), machine.pss_mib(ours.database_pids())
        for _ in range(scale.runs):
            bench.one_by_one(scale.one_by_one)
        for _ in range(scale.runs):
            bench.at_once(scale.at_once)
    figures = Figures(
        pss_mib=memory[0],
        database_pss_mib=memory[1] if running else None,
        pss_after=sent,
        cold_s=_starts(database, scale.runs, cold=True),
        warm_s=_starts(database, scale.runs, cold=False),
        verify=machine.taken(lambda: database.sabuk("rebuild", "--verify")),
    )
    return bench.rows(), figures


def _floor_url(database: Copy, running: Cluster | None) -> str:
    if running is None:
        return f"sqlite:///{database.instance / 'floor.sqlite3'}"
    name = f"floor{database.made.actions}"
    running.create(name)
    return running.url(name)


@dataclass(slots=True)
class Bench:
    """Sends each operation to its server, and keeps what it took."""

    city: City
    ours: Running
    bare: Running
    cpu_ms: dict[str, list[float]] = field(default_factory=dict)
    database_ms: dict[str, list[float]] = field(default_factory=dict)
    throughput: dict[str, list[Throughput]] = field(default_factory=dict)

    def _all(self) -> Iterator[tuple[Operation, Running]]:
        yield from ((floor, self.bare) for floor in FLOORS)
        yield from ((operation, self.ours) for operation in OPERATIONS)

    def warm_up(self, count: int) -> int:
        """How many requests ours has had then."""
        sent = 0
        for operation, server in self._all():
            requests = operation.requests(self.city, count)
            send_all(server.port, requests, operation.expected)
            sent += len(requests) if server is self.ours else 0
        return sent

    def one_by_one(self, count: int) -> None:
        """CPU time: one request after the other, server and client each on a core of its own."""
        for operation, server in self._all():
            requests = operation.requests(self.city, count)
            server.keep_to(machine.SERVER_CORE)
            pids, beside = server.pids(), server.database_pids()
            before, before_beside = machine.cpu_ms(pids), machine.cpu_ms(beside)
            with machine.started_on(machine.CLIENT_CORE):
                send_all(server.port, requests, operation.expected)
            self.cpu_ms.setdefault(operation.name, []).append((machine.cpu_ms(pids) - before) / len(requests))
            spent = (machine.cpu_ms(beside) - before_beside) / len(requests)
            self.database_ms.setdefault(operation.name, []).append(spent)

    def at_once(self, count: int) -> None:
        """Throughput: several clients at the same time, everybody on all cores."""
        for operation, server in self._all():
            requests = operation.requests(self.city, count)
            server.keep_to(machine.CORES)
            self.throughput.setdefault(operation.name, []).append(send_at_once(server.port, requests, operation.expected))

    def rows(self) -> list[Row]:
        has_database = self.ours.database is not None
        return [
            Row(
                operation.name,
                median(self.cpu_ms[operation.name]),
                (min(self.cpu_ms[operation.name]), max(self.cpu_ms[operation.name])),
                median(self.database_ms[operation.name]) if has_database else None,
                median(each.per_s for each in self.throughput[operation.name]),
                median(each.p99_ms for each in self.throughput[operation.name]),
            )
            for operation, _ in self._all()
        ]


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
