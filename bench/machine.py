"""What the machine can be asked (Linux): whose CPU time, whose memory, which core."""

from __future__ import annotations

import os
import platform
import resource
import sqlite3
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

PROC = Path("/proc")
CORES = sorted(os.sched_getaffinity(0))
SERVER_CORE, CLIENT_CORE = {CORES[0]}, {CORES[-1]}
TICKS_PER_S = os.sysconf("SC_CLK_TCK")


def tree(root: int) -> list[int]:
    """The process and all below it."""
    parents = {int(entry.name): parent for entry in PROC.glob("[0-9]*") if (parent := _parent(entry)) is not None}
    found = [root]
    for pid in found:
        found += [child for child, parent in parents.items() if parent == pid]
    return found


def _parent(entry: Path) -> int | None:
    try:
        return int((entry / "stat").read_text().rpartition(")")[2].split()[1])
    except (FileNotFoundError, ProcessLookupError):
        return None


def cpu_ms(pids: Iterable[int]) -> float:
    """Milliseconds that the processes have computed so far, for themselves and in the kernel."""
    return sum(_cpu_ms(PROC / str(pid)) for pid in pids)


def _cpu_ms(process: Path) -> float:
    """The scheduler's own count in nanoseconds; utime + stime of `stat`, where it is missing, are the same in hundredths."""
    try:
        threads = [thread.read_text() for thread in process.glob("task/*/schedstat")]
        if threads:
            return sum(int(thread.split()[0]) for thread in threads) / 1e6
        user, system = (process / "stat").read_text().rpartition(")")[2].split()[11:13]
        return (int(user) + int(system)) * 1000 / TICKS_PER_S
    except (FileNotFoundError, ProcessLookupError):
        return 0.0


def taken(work: Callable[[], None]) -> tuple[float, float]:
    """Seconds that the work took, and CPU seconds of the programs that it ran."""
    before, began = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    work()
    seconds, after = time.perf_counter() - began, resource.getrusage(resource.RUSAGE_CHILDREN)
    return seconds, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def pss_mib(pids: Iterable[int]) -> float:
    """The memory of the processes, what they share counted once (proportional set size)."""
    return sum(_pss_kib(PROC / str(pid) / "smaps_rollup") for pid in pids) / 1024


def _pss_kib(rollup: Path) -> int:
    try:
        lines = rollup.read_text().splitlines()
    except (FileNotFoundError, ProcessLookupError):
        return 0
    return next(int(line.split()[1]) for line in lines if line.startswith("Pss:"))


def keep_to(pids: Iterable[int], cores: Iterable[int]) -> None:
    """From now on the processes, and those they start, run on these cores only; one that has ended meanwhile does not hinder."""
    for pid in pids:
        with suppress(ProcessLookupError):
            os.sched_setaffinity(pid, cores)


@contextmanager
def started_on(cores: Iterable[int]) -> Iterator[None]:
    """What is started in the block runs on these cores."""
    before = os.sched_getaffinity(0)
    os.sched_setaffinity(0, cores)
    try:
        yield
    finally:
        os.sched_setaffinity(0, before)


def load() -> float:
    """How many processes wanted to run in the last minute."""
    return os.getloadavg()[0]


def description() -> str:
    """The machine in a line."""
    cpu = next((line.partition(":")[2].strip() for line in _cpu_lines() if line.startswith("model name")), platform.machine())
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    python = platform.python_version()
    return f"{len(CORES)} cores ({cpu}), {memory:.0f} GiB, Python {python}, SQLite {sqlite3.sqlite_version}"


def _cpu_lines() -> list[str]:
    return (PROC / "cpuinfo").read_text().splitlines()
