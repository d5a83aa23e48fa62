"""Starts `sabuk serve` as a process of its own and ends it again."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from app.serve import DEMO_SIGN_INS
from app.settings import ROOT
from tests.canaries import leaks_in
from tests.databases import made_once

SABUK = Path(sys.executable).with_name("sabuk")


@dataclass(slots=True)
class Server:
    """A running server: its address, and the process that a person would end."""

    url: str
    process: subprocess.Popen[bytes]
    log: Path

    def end(self, sign: signal.Signals = signal.SIGTERM, timeout_s: float = 15) -> int:
        """Its exit code, after the sign."""
        if self.process.poll() is None:
            self.process.send_signal(sign)
        return self.process.wait(timeout_s)

    def kill(self) -> None:
        """kill -9 of the whole group at once: parent, web server and workers."""
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait(15)

    def answers(self, path: str = "/healthz") -> bool:
        try:
            with urllib.request.urlopen(self.url + path, timeout=5) as answer:  # noqa: S310 - our own server
                return bool(answer.status == 200)
        except OSError:
            return False


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def environment(database_url: str | None, instance: Path, **settings: str) -> dict[str, str]:
    """The environment of a program of ours that works on the database; `settings` by the name of their variable."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("SABUK_") or name == "SABUK_PLACES"}
    return kept | settings | {"SABUK_INSTANCE": str(instance)} | ({"DATABASE_URL": database_url} if database_url else {})


@contextmanager
def serving(
    database_url: str | None, instance: Path, *options: str, timeout_s: float = 180, port: int | None = None, **settings: str
) -> Iterator[Server]:
    """A server that answers; without a database's address on the embedded one in the instance. A port: at that one, again."""
    instance.mkdir(parents=True, exist_ok=True)
    port = port or free_port()
    command = [str(SABUK), "serve", "--port", str(port), *(options or ("--no-demo",))]
    log = instance / "server.log"
    with log.open("wb") as out:
        process = subprocess.Popen(
            command,
            cwd=ROOT,
            env=environment(database_url, instance, **settings),
            stdout=out,
            stderr=out,
            start_new_session=True,  # a group of its own, that can be killed as a whole
        )
    server = Server(f"http://127.0.0.1:{port}", process, log)
    try:
        deadline = time.monotonic() + timeout_s
        while not server.answers():
            if process.poll() is not None or time.monotonic() > deadline:
                raise RuntimeError(f"the server does not answer:\n{log.read_text()}")
            time.sleep(0.05)
        yield server
    finally:
        server.end()
    told = log.read_text(errors="replace")
    sign_ins = instance / DEMO_SIGN_INS
    # What it greets with is for whoever started it.
    leaks = leaks_in(told.replace(sign_ins.read_text().rstrip(), "") if sign_ins.exists() else told)
    assert not leaks, f"the server's log tells {leaks}"


def demo_instance() -> Path:
    """The instance folder that a first `sabuk serve` left, with the demo city and its log; whoever changes it makes a copy."""
    return made_once("demo", _make_demo)


def _make_demo(instance: Path) -> None:
    with serving(None, instance, "--host", "127.0.0.1", SABUK_DEMO_ACTIONS="600"):
        """Its first start invents the city."""
