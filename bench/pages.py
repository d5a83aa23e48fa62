"""`bench/pages`: what the pages cost the server, and what a browser loads for them at the first visit."""

from __future__ import annotations

import argparse
import gzip
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from html.parser import HTMLParser
from pathlib import Path
from statistics import median

from app.settings import ROOT
from bench import databases, machine, servers
from bench.city import City, city_of
from bench.client import request, send
from bench.operations import GZIP, Operation
from bench.rounds import Rounds
from bench.servers import Running

AIMS_MS = {"board, with one's neighbours": 10.0}


def _page(path: str, token: str | None = None) -> bytes:
    return request("GET", path, token=token, headers=GZIP)


def _kelurahan(city: City) -> str:
    return city.chance.choice(city.kelurahan)


PAGES = (
    Operation("landing", lambda _: _page("/")),
    Operation("volunteer's home", lambda city: _page("/saya", city.volunteer().token)),
    Operation("board, with one's neighbours", lambda city: _page("/peringkat", city.volunteer().token)),
    Operation("board of all time, 100 rows", lambda _: _page("/peringkat?period=all&limit=100")),
    Operation("board of kelurahan", lambda _: _page("/peringkat?subject=kelurahan")),
    Operation("kelurahan", lambda city: _page(f"/kelurahan/{_kelurahan(city)}")),
    Operation("sheet to sign", lambda city: _page(f"/kelurahan/{_kelurahan(city)}/rekap")),
    Operation("city with its map", lambda _: _page("/kota")),
    Operation("log an action", lambda city: _page("/catat", city.volunteer().token)),
    Operation("booklet", lambda city: _page("/buku", city.volunteer().token)),
    Operation("officer's desk", lambda city: _page("/meja", city.officers[_kelurahan(city)])),
)


@dataclass(frozen=True, slots=True)
class Loaded:
    """The page and what its HTML names, compressed, photographs left out."""

    html: int
    all: int
    requests: int


class _Named(HTMLParser):
    """What a page names that a browser loads at once."""

    def __init__(self) -> None:
        super().__init__()
        self.found: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        rel = given.get("rel", "").split()
        if tag == "link" and {"stylesheet", "icon", "modulepreload", "manifest"} & set(rel):
            self.found.add(given.get("href", ""))
        if tag in ("script", "img") and "/foto/" not in given.get("src", ""):
            self.found.add(given.get("src", ""))


def named_in(html: str) -> Iterator[str]:
    """Addresses on the same server, each once."""
    reader = _Named()
    reader.feed(html)
    return (address for address in sorted(reader.found) if address.startswith("/"))


def loaded(port: int, sent: bytes) -> Loaded:
    """One visit with nothing kept."""
    status, body = send(port, sent)
    if status != 200:
        raise RuntimeError(f"{sent.split(b' HTTP')[0].decode()} gave {status}")
    html = gzip.decompress(body) if body[:2] == b"\x1f\x8b" else body
    parts = [send(port, request("GET", address, headers=GZIP)) for address in named_in(html.decode())]
    return Loaded(len(body), len(body) + sum(len(part) for _, part in parts), 1 + len(parts))


def print_table(rounds: Rounds, city: City, running: Running) -> None:
    print("| page | CPU ms | least-most | aim | kB of HTML | kB in all | requests |\n|---|--:|--:|--:|--:|--:|--:|")
    for operation, _ in rounds.operations:
        spent, weight = rounds.cpu_ms[operation.name], loaded(running.port, operation.one(city))
        aim = f"{AIMS_MS[operation.name]:.0f}" if operation.name in AIMS_MS else ""
        span = f"{min(spent):.1f}-{max(spent):.1f}"
        size = f"{weight.html / 1000:.1f} | {weight.all / 1000:.1f} | {weight.requests}"
        print(f"| {operation.name} | {median(spent):.1f} | {span} | {aim} | {size} |")


def main(arguments: list[str] | None = None) -> None:
    asked = argparse.ArgumentParser(prog="bench/pages", description=__doc__)
    asked.add_argument("--actions", type=int, default=100_000, help="stamped actions in the database")
    asked.add_argument("--people", type=int, default=4000, help="people who act")
    asked.add_argument("--runs", type=int, default=5, help="runs of which the median is taken")
    asked.add_argument("--count", type=int, default=100, help="requests of a page in one run")
    asked.add_argument("--cache", default=str(ROOT / ".cache" / "bench"), help="folder of the databases that are kept")
    given = asked.parse_args(arguments)
    cache = Path(given.cache).resolve()
    cache.mkdir(parents=True, exist_ok=True)
    print(f"{machine.description()}; load before {machine.load():.1f}", flush=True)
    with databases.embedded(given.actions, given.people, cache) as database:
        city = city_of(database)
        with servers.ours(database) as running:
            rounds = Rounds(city, [(page, running) for page in PAGES])
            rounds.warm_up(20)
            for _ in range(given.runs):
                rounds.one_by_one(given.count)
            print(f"\n## {given.actions:,} actions, {given.people:,} people\n")
            print_table(rounds, city, running)
    print(f"\nload after {machine.load():.1f}", flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
