"""Throw-away databases for the tests: a SQLite file, and a PostgreSQL cluster with PostGIS that one run shares.

Each kind is migrated once into a template; whoever needs a database gets a copy of it.
"""

from __future__ import annotations

import fcntl
import os
import pwd
import shutil
import subprocess
import tempfile
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import psycopg

from app.database import migrations

RUN_FOLDER = "SABUK_TEST_RUN"
"""Environment variable with the folder that all processes of one test run share."""

# Tests need no power loss to be survived: they need speed.
FAST = ("fsync=off", "full_page_writes=off", "synchronous_commit=off", "shared_buffers=64MB", "max_connections=100", "jit=off")

# The cluster ends when the test run does, however that ended.
KEEPER = """
"$1/postgres" -D "$2" & server=$!
while [ -d "/proc/$3" ] && kill -0 $server 2>/dev/null; do sleep 0.5; done
kill -INT $server 2>/dev/null; wait $server
"""


@dataclass(frozen=True, slots=True)
class Database:
    """A migrated database of its own, empty of rows."""

    kind: str
    url: str

    def remove(self) -> None:
        if self.kind == "postgis":
            with _maintenance() as connection:
                connection.execute(f'DROP DATABASE IF EXISTS "{self._name}" WITH (FORCE)')
        else:
            for suffix in ("", "-wal", "-shm"):
                Path(self._name + suffix).unlink(missing_ok=True)

    @property
    def _name(self) -> str:
        if self.kind == "postgis":
            return self.url.rpartition("/sabuk")[2].partition("?")[0].join(("sabuk", ""))
        return self.url.removeprefix("sqlite:///")


def new_database(kind: str, *, migrated: bool = True) -> Database:
    """A database of the kind ("sqlite" or "postgis") that nobody else uses; without tables unless migrated."""
    return (_new_postgis if kind == "postgis" else _new_sqlite)(migrated)


def made_once(name: str, make: Callable[[Path], None]) -> Path:
    """A folder that the first process of the run to ask for it has filled; whoever changes it makes a copy."""
    kept = run_folder() / name
    with _lock(name):
        if not kept.exists():
            making = kept.with_suffix(".making")
            shutil.rmtree(making, ignore_errors=True)
            making.mkdir()
            make(making)
            making.rename(kept)
    return kept


def run_folder() -> Path:
    return Path(os.environ[RUN_FOLDER])


def begin_run() -> None:
    """Called once, by the process that leads the run; its workers inherit the folder's name."""
    folder = Path(tempfile.mkdtemp(prefix="sabuk-test-"))
    folder.chmod(0o755)
    os.environ[RUN_FOLDER] = str(folder)
    (folder / "leader").write_text(str(os.getpid()))


def end_run() -> None:
    keeper = run_folder() / "keeper"
    if keeper.exists():
        postmaster = run_folder() / "cluster" / "postmaster.pid"
        subprocess.run(["kill", "-INT", postmaster.read_text().split()[0]], check=False, capture_output=True)
    shutil.rmtree(run_folder(), ignore_errors=True)


def _new_sqlite(migrated: bool) -> Database:
    file = run_folder() / f"{uuid.uuid4().hex}.sqlite3"
    if migrated:
        shutil.copy(_sqlite_template(), file)
    return Database("sqlite", f"sqlite:///{file}")


@cache
def _sqlite_template() -> Path:
    template = run_folder() / "template.sqlite3"
    with _lock("sqlite"):
        if not template.exists():
            making = template.with_suffix(".making")
            migrations.upgrade(f"sqlite:///{making}")
            making.rename(template)
    return template


def _new_postgis(migrated: bool) -> Database:
    _cluster()
    name = f"sabuk{uuid.uuid4().hex}"
    template = "template_migrated" if migrated else "template_empty"
    with _maintenance() as connection:
        connection.execute(f"CREATE DATABASE {name} TEMPLATE {template} STRATEGY FILE_COPY")
    return Database("postgis", _url(name))


def _url(name: str) -> str:
    return f"postgresql+psycopg://postgres@/{name}?host={run_folder() / 'socket'}"


@contextmanager
def _maintenance() -> Iterator[psycopg.Connection]:
    with psycopg.connect(host=str(run_folder() / "socket"), user="postgres", dbname="postgres", autocommit=True) as connection:
        yield connection


@cache
def _cluster() -> None:
    """Makes the cluster and both templates, in whichever process comes first."""
    ready = run_folder() / "cluster-ready"
    with _lock("postgis"):
        if not ready.exists():
            _start_cluster()
            _make_templates()
            ready.touch()


def _make_templates() -> None:
    with _maintenance() as connection:
        connection.execute("CREATE DATABASE template_empty")
    with psycopg.connect(host=str(run_folder() / "socket"), user="postgres", dbname="template_empty") as connection:
        connection.execute("CREATE EXTENSION postgis")
    with _maintenance() as connection:
        connection.execute("CREATE DATABASE template_migrated TEMPLATE template_empty")
    migrations.upgrade(_url("template_migrated"))


def _start_cluster() -> None:
    programs = postgresql_programs()
    if programs is None:
        raise RuntimeError("PostgreSQL with PostGIS is not installed: `bin/test` installs it, `--without-postgis` does without")
    folder, sockets = run_folder() / "cluster", run_folder() / "socket"
    for made in (folder, sockets):
        made.mkdir(mode=0o700)
        if os.geteuid() == 0:
            postgres = pwd.getpwnam("postgres")
            os.chown(made, postgres.pw_uid, postgres.pw_gid)
    initdb = [
        str(programs / "initdb"),
        "-D",
        str(folder),
        "-U",
        "postgres",
        "-A",
        "trust",
        "-E",
        "UTF8",
        "--locale=C.UTF-8",
        "-N",
    ]
    subprocess.run(as_postgres(initdb), check=True, capture_output=True, text=True, cwd="/")
    settings = (*FAST, "listen_addresses=''", f"unix_socket_directories='{sockets}'")
    with (folder / "postgresql.conf").open("a") as configuration:
        configuration.write("\n".join(settings) + "\n")
    leader = (run_folder() / "leader").read_text()
    keep = ["sh", "-c", KEEPER, "keeper", str(programs), str(folder), leader]
    with (run_folder() / "cluster.log").open("w") as log:
        keeper = subprocess.Popen(
            as_postgres(keep), cwd="/", stdin=subprocess.DEVNULL, stdout=log, stderr=log, start_new_session=True
        )
    (run_folder() / "keeper").write_text(str(keeper.pid))
    ready = [str(programs / "pg_isready"), "-q", "-h", str(sockets)]
    subprocess.run(["sh", "-c", 'for i in $(seq 200); do "$@" && exit; sleep 0.1; done; exit 1', "wait", *ready], check=True)
    # Python would warn of a child that nobody waits for; the keeper outlives this process on purpose.
    keeper.returncode = 0


def as_postgres(command: list[str]) -> list[str]:
    """The command as a user that PostgreSQL accepts: it refuses root."""
    return ["runuser", "-u", "postgres", "--", *command] if os.geteuid() == 0 else command


def postgresql_programs() -> Path | None:
    """The newest installed PostgreSQL that has PostGIS."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda initdb: int(initdb.parts[-3]))
    with_postgis = [
        initdb.parent for initdb in found if Path(f"/usr/share/postgresql/{initdb.parts[-3]}/extension/postgis.control").exists()
    ]
    return with_postgis[-1] if with_postgis else None


@contextmanager
def _lock(name: str) -> Iterator[None]:
    with (run_folder() / f"{name}.lock").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield
