"""Databases with so many actions: made once by the project's own command, kept, and copied for each run."""

from __future__ import annotations

import hashlib
import json
import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

from app.settings import ROOT
from bench import machine
from tests.databases import as_postgres, postgresql_programs

SABUK = ROOT / ".venv" / "bin" / "sabuk"
MADE_BY = (
    "migrations/versions/*.py",
    "app/demo/service/**/*.py",
    "app/rebuild/service/*.py",
    "app/**/models.py",
    "app/programmes/files/*",
)
"""What decides what a loaded database holds: when a line in it changes, kept databases are of no use any more."""
DURABLE = ("fsync=on", "synchronous_commit=on", "full_page_writes=on", "shared_buffers=128MB", "jit=off", "listen_addresses=''")


@dataclass(frozen=True, slots=True)
class Made:
    """How a database was loaded."""

    actions: int
    people: int
    seconds: float
    mib: float
    cpu_s: float = 0.0


@dataclass(frozen=True, slots=True)
class Copy:
    """A database that a run may change, and the instance folder beside it."""

    url: str
    instance: Path
    made: Made

    def environment(self) -> dict[str, str]:
        kept = {name: value for name, value in os.environ.items() if not name.startswith("SABUK_")}
        return kept | {"SABUK_INSTANCE": str(self.instance), "DATABASE_URL": self.url}

    def sabuk(self, *command: str) -> None:
        """Run our command line on it."""
        subprocess.run([SABUK, *command], cwd=ROOT, env=self.environment(), check=True, stdout=subprocess.DEVNULL)


def digest() -> str:
    """Changes with everything that decides what is loaded."""
    files = sorted(file for pattern in MADE_BY for file in ROOT.glob(pattern) if file.is_file())
    return hashlib.sha256(b"".join(file.read_bytes() for file in files)).hexdigest()[:16]


@contextmanager
def embedded(actions: int, people: int, cache: Path) -> Iterator[Copy]:
    """A copy of the kept SQLite database, which is made when it is missing."""
    kept = cache / digest() / f"{actions}-{people}"
    if not (kept / "made.json").exists():
        _make_embedded(actions, people, kept)
    made = Made(**json.loads((kept / "made.json").read_text()))
    with tempfile.TemporaryDirectory(prefix="run-", dir=cache) as folder:
        file = Path(folder) / "sabuk.sqlite3"
        subprocess.run(["cp", "--reflink=auto", str(kept / file.name), str(file)], check=True)
        yield Copy(f"sqlite:///{file}", Path(folder), made)


def _make_embedded(actions: int, people: int, kept: Path) -> None:
    shutil.rmtree(kept, ignore_errors=True)
    kept.mkdir(parents=True)
    file = kept / "sabuk.sqlite3"
    seconds, cpu_s = _load(f"sqlite:///{file}", kept, actions, people)
    # A file without its log beside it can be copied as a file.
    subprocess.run([ROOT / ".venv/bin/python", "-c", _EMPTY_THE_LOG, str(file)], check=True)
    made = Made(actions, people, seconds, file.stat().st_size / 2**20, cpu_s)
    (kept / "made.json").write_text(json.dumps(asdict(made)))


_EMPTY_THE_LOG = """
import sqlite3, sys
connection = sqlite3.connect(sys.argv[1])
connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
connection.close()
"""


def _load(url: str, instance: Path, actions: int, people: int) -> tuple[float, float]:
    """Seconds, and CPU seconds, that the project's own command took to invent, write and count the actions."""
    database = Copy(url, instance, Made(actions, people, 0, 0))
    database.sabuk("db", "upgrade")
    return machine.taken(lambda: database.sabuk("demo", "load", "--actions", str(actions), "--people", str(people)))


@dataclass(frozen=True, slots=True)
class Cluster:
    """A PostgreSQL of the run's own that keeps what it has acknowledged."""

    folder: Path

    def url(self, name: str) -> str:
        return f"postgresql+psycopg://postgres@/{name}?host={self.folder / 'socket'}"

    def create(self, name: str) -> None:
        self.run("psql", "-qX", "-c", f"CREATE DATABASE {name}")
        self.run("psql", "-qX", "-d", name, "-c", "CREATE EXTENSION postgis")

    def mib(self, name: str) -> float:
        size = self.run("psql", "-AtX", "-c", f"SELECT pg_database_size('{name}')")
        return int(size) / 2**20

    def run(self, program: str, *arguments: str) -> str:
        connect = ["-h", str(self.folder / "socket"), "-U", "postgres"] if program == "psql" else []
        command = [str(_programs() / program), *connect, *arguments]
        done = subprocess.run(as_postgres(command), cwd="/", check=True, capture_output=True, text=True)
        return done.stdout.strip()

    def process(self) -> int:
        return int((self.folder / "cluster" / "postmaster.pid").read_text().split()[0])


def _programs() -> Path:
    found = postgresql_programs()
    if found is None:
        raise SystemExit("Missing: PostgreSQL with PostGIS; `bin/test` installs it.")
    return found


@contextmanager
def cluster() -> Iterator[Cluster]:
    """A new PostgreSQL, thrown away at the end."""
    folder = Path(tempfile.mkdtemp(prefix="sabuk-bench-"))
    made = Cluster(folder)
    (folder / "socket").mkdir()
    if os.geteuid() == 0:
        postgres = pwd.getpwnam("postgres")
        for each in (folder, folder / "socket"):
            os.chown(each, postgres.pw_uid, postgres.pw_gid)
    data = str(folder / "cluster")
    made.run("initdb", "-D", data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8")
    settings = " ".join(f"-c {setting}" for setting in (*DURABLE, f"unix_socket_directories={folder / 'socket'}"))
    made.run("pg_ctl", "-D", data, "-w", "-l", str(folder / "log"), "-o", settings, "start")
    try:
        yield made
    finally:
        made.run("pg_ctl", "-D", data, "-m", "immediate", "stop")
        shutil.rmtree(folder)


@contextmanager
def on_postgresql(running: Cluster, actions: int, people: int) -> Iterator[Copy]:
    """A database in the cluster, loaded anew."""
    name = f"city{actions}"
    running.create(name)
    with tempfile.TemporaryDirectory(prefix="sabuk-bench-") as folder:
        seconds, cpu_s = _load(running.url(name), Path(folder), actions, people)
        running.run("psql", "-qX", "-d", name, "-c", "VACUUM ANALYZE")
        yield Copy(running.url(name), Path(folder), Made(actions, people, seconds, running.mib(name), cpu_s))
