"""The servers that are measured: ours as people start it, and the two bare views beside it."""

from __future__ import annotations

import os
import signal
import subprocess
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from app.settings import ROOT
from bench import machine
from bench.client import request, send
from bench.databases import Copy
from tests.serving import free_port

SERVE = str(ROOT / "bin" / "serve")
GUNICORN = str(ROOT / ".venv" / "bin" / "gunicorn")
PATIENCE_S = 120


@dataclass(frozen=True, slots=True)
class Running:
    """A server that answers; beside it perhaps a database with processes of its own."""

    port: int
    process: int
    database: int | None = None

    def pids(self) -> list[int]:
        return machine.tree(self.process)

    def database_pids(self) -> list[int]:
        return machine.tree(self.database) if self.database else []

    def keep_to(self, cores: set[int]) -> None:
        machine.keep_to([*self.pids(), *self.database_pids()], cores)


@contextmanager
def ours(database: Copy, database_process: int | None = None) -> Iterator[Running]:
    """`bin/serve` on the database."""
    port = free_port()
    command = [SERVE, "--no-demo", "--port", str(port)]
    with _running(command, database.environment(), port, "/healthz", database.instance / "server.log") as process:
        yield Running(port, process, database_process)


@contextmanager
def floors(url: str, folder: Path, database_process: int | None = None) -> Iterator[Running]:
    """The bare views, under gunicorn as ours is."""
    port = free_port()
    workers = ["--workers", "2", "--worker-class", "sync", "--preload", "--worker-tmp-dir", "/dev/shm", "--no-control-socket"]  # noqa: S108
    command = [GUNICORN, "--bind", f"127.0.0.1:{port}", *workers, "bench.floors:app"]
    environment = {**os.environ, "FLOOR_URL": url}
    with _running(command, environment, port, "/", folder / "floors.log") as process:
        yield Running(port, process, database_process)


@contextmanager
def _running(command: Sequence[str], environment: Mapping[str, str], port: int, path: str, log: Path) -> Iterator[int]:
    with log.open("wb") as out:
        process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=out, stderr=out)
    try:
        _wait(process, port, path, log)
        yield process.pid
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(60)


def _wait(process: subprocess.Popen[bytes], port: int, path: str, log: Path) -> None:
    end = time.monotonic() + PATIENCE_S
    while time.monotonic() < end and process.poll() is None:
        try:
            if send(port, request("GET", path))[0]:
                return
        except OSError:
            time.sleep(0.01)
    raise RuntimeError(f"the server does not answer:\n{log.read_text()}")


def first_answer_s(database: Copy, environment: Mapping[str, str]) -> float:
    """Seconds from the command to the first answer."""
    port = free_port()
    command = [SERVE, "--no-demo", "--port", str(port)]
    began = time.perf_counter()
    with _running(command, {**database.environment(), **environment}, port, "/readyz", database.instance / "start.log"):
        return time.perf_counter() - began
