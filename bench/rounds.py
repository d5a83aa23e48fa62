"""Rounds of requests: what each operation takes, run by run."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from statistics import median

from bench import machine
from bench.city import City
from bench.client import Throughput, send_all, send_at_once
from bench.operations import Operation
from bench.servers import Running
from bench.tables import Row


@dataclass(slots=True)
class Rounds:
    """Sends each operation to its server, and keeps what it took."""

    city: City
    operations: Sequence[tuple[Operation, Running]]
    cpu_ms: dict[str, list[float]] = field(default_factory=dict)
    database_ms: dict[str, list[float]] = field(default_factory=dict)
    throughput: dict[str, list[Throughput]] = field(default_factory=dict)

    def warm_up(self, count: int) -> dict[Running, int]:
        """How many requests each server has had then."""
        sent = {server: 0 for _, server in self.operations}
        for operation, server in self.operations:
            requests = operation.requests(self.city, count)
            send_all(server.port, requests, operation.expected)
            sent[server] += len(requests)
        return sent

    def one_by_one(self, count: int) -> None:
        """CPU time: one request after the other, server and client each on a core of its own."""
        for operation, server in self.operations:
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
        for operation, server in self.operations:
            requests = operation.requests(self.city, count)
            server.keep_to(machine.CORES)
            self.throughput.setdefault(operation.name, []).append(send_at_once(server.port, requests, operation.expected))

    def rows(self) -> list[Row]:
        return [self._row(operation.name, has_database=server.database is not None) for operation, server in self.operations]

    def _row(self, name: str, *, has_database: bool) -> Row:
        spent, answered = self.cpu_ms[name], self.throughput[name]
        return Row(
            name,
            median(spent),
            (min(spent), max(spent)),
            median(self.database_ms[name]) if has_database else None,
            median(each.per_s for each in answered),
            median(each.p99_ms for each in answered),
        )
