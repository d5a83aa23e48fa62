"""Figures as tables that a document can take over."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bench.databases import Made


@dataclass(frozen=True, slots=True)
class Row:
    name: str
    cpu_ms: float
    cpu_span_ms: tuple[float, float]
    database_ms: float | None
    per_s: float
    p99_ms: float


@dataclass(frozen=True, slots=True)
class Figures:
    pss_mib: float
    database_pss_mib: float | None
    pss_after: int
    cold_s: float
    warm_s: float
    verify: tuple[float, float]


def print_tables(made: Made, rows: Sequence[Row], figures: Figures) -> None:
    print(f"\n## {made.actions:,} actions, {made.people:,} people\n")
    beside = rows[0].database_ms is not None
    print(f"| operation | CPU ms | least-most |{' database CPU ms |' if beside else ''} requests/s | p99 ms |")
    print(f"|---|--:|--:|{'--:|' if beside else ''}--:|--:|")
    for row in rows:
        database = f" {row.database_ms:.2f} |" if row.database_ms is not None else ""
        span = f"{row.cpu_span_ms[0]:.2f}-{row.cpu_span_ms[1]:.2f}"
        print(f"| {row.name} | {row.cpu_ms:.2f} | {span} |{database} {row.per_s:.0f} | {row.p99_ms:.0f} |")
    print("\n| once | |\n|---|--:|")
    for name, value in _once(made, figures):
        print(f"| {name} | {value} |")


def _once(made: Made, figures: Figures) -> list[tuple[str, str]]:
    told = [
        ("`sabuk demo load`", f"{made.seconds:.0f} s ({made.cpu_s:.0f} s CPU)"),
        ("the database on disk", f"{made.mib:,.0f} MiB"),
        (f"PSS of all server processes after {figures.pss_after:,} requests", f"{figures.pss_mib:.0f} MiB"),
        ("first answer of `bin/serve`, nothing compiled", f"{figures.cold_s:.1f} s"),
        ("first answer of `bin/serve`, again", f"{figures.warm_s:.1f} s"),
        ("`sabuk rebuild --verify`", f"{figures.verify[0]:.1f} s ({figures.verify[1]:.1f} s CPU)"),
    ]
    if figures.database_pss_mib is not None:
        told.insert(3, ("PSS of PostgreSQL", f"{figures.database_pss_mib:.0f} MiB"))
    return told
