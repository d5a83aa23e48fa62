"""Several programs under one parent: it passes on the signs to stop, and ends when one of them does, with all of them."""

from __future__ import annotations

import ctypes
import gc
import os
import shutil
import signal
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from app.database.faults import trace_of

TIMEOUT_S = 35.0
"""How long the others may finish what they have begun; a little more than the web server gives its requests."""

REVIVAL_PAUSE_S = 1.0

STOP = (signal.SIGTERM, signal.SIGINT, signal.SIGHUP)
ENDING = (*STOP, signal.SIGQUIT)
PR_SET_PDEATHSIG = 1
M_ARENA_MAX = -8
METRICS_FOLDER = "PROMETHEUS_MULTIPROC_DIR"
"""The variable in which prometheus-client looks for the folder that several processes share, once, when it is loaded."""


def end_with_parent(sign: signal.Signals = signal.SIGTERM) -> None:
    """Ask the kernel (Linux) for the sign when the parent ends in whatever way, kill -9 among them."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, sign)


def end_children_by_signs() -> None:
    """Children forked from now on end when they are told to stop, from their first moment until they set handlers of their own.

    With their parent's handlers, which they begin with, they would take the sign and go on.
    """
    os.register_at_fork(
        before=lambda: signal.pthread_sigmask(signal.SIG_BLOCK, ENDING),
        after_in_parent=lambda: signal.pthread_sigmask(signal.SIG_UNBLOCK, ENDING),
        after_in_child=_forget_handlers,
    )


def _forget_handlers() -> None:
    for sign in ENDING:
        signal.signal(sign, signal.SIG_DFL)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, ENDING)


def share_heap() -> None:
    """Threads to come take memory from one place (glibc); by itself each takes its own, and what one gives back no other uses."""
    if sys.platform == "linux" and (mallopt := getattr(ctypes.CDLL(None), "mallopt", None)):
        mallopt(M_ARENA_MAX, 1)


def share_memory() -> None:
    """What is loaded by now stays shared with children to come: looking for garbage in it would write on each of its pages."""
    gc.collect()
    gc.freeze()


def folder_in_memory(prefix: str) -> str:
    """A new folder in memory for this process and its children; those that a killed process left are removed."""
    parent = Path("/dev/shm" if os.access("/dev/shm", os.W_OK) else tempfile.gettempdir())  # noqa: S108 - mkdtemp makes it ours
    for left in parent.glob(f"{prefix}*"):
        pid = left.name.removeprefix(prefix).partition("-")[0]
        if pid.isdigit() and not Path("/proc", pid).exists():
            shutil.rmtree(left, ignore_errors=True)
    return tempfile.mkdtemp(prefix=f"{prefix}{os.getpid()}-", dir=parent)


def run_together(programs: Sequence[Callable[[], object]], revived: Sequence[Callable[[], object]] = ()) -> int:
    """Run each program as a child until one ends or a sign to stop comes; the exit code of the first that ended badly, or 0.

    Those to be revived run beside them; one of these that ends is started again.
    """
    share_memory()
    watched = {*STOP, signal.SIGCHLD}
    before = signal.pthread_sigmask(signal.SIG_BLOCK, watched)
    try:
        family = _Family(
            {_start(program, before) for program in programs}, {_start(each, before): each for each in revived}, before
        )
        return _attend(family, watched)
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _start(program: Callable[[], object], mask: set[int | signal.Signals]) -> int:
    parent = os.getpid()
    sys.stdout.flush()
    sys.stderr.flush()
    child = os.fork()
    if child:
        return child
    code = 1
    try:
        end_with_parent()
        signal.pthread_sigmask(signal.SIG_SETMASK, mask)
        if os.getppid() == parent:
            program()
            code = 0
    except SystemExit as end:
        code = end.code if isinstance(end.code, int) else int(end.code is not None)
    except BaseException as error:
        sys.stderr.write(f"{trace_of(error)}\n")
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)


@dataclass(slots=True)
class _Family:
    children: set[int]
    revived: dict[int, Callable[[], object]]
    mask: set[int | signal.Signals]
    """The signs that children do not hear, as it was before us."""

    def revive(self) -> None:
        """Start again whatever of the revived has ended; not at once, so that one that cannot live does not keep us busy."""
        for program in self.bury():
            time.sleep(REVIVAL_PAUSE_S)
            self.revived[_start(program, self.mask)] = program

    def bury(self) -> list[Callable[[], object]]:
        """The programs among the revived that have ended."""
        alive = set(self.revived)
        _reap(alive)
        return [self.revived.pop(child) for child in self.revived.keys() - alive]

    def send(self, sign: signal.Signals) -> None:
        for child in (*self.children, *self.revived):
            os.kill(child, sign)


def _attend(family: _Family, watched: set[signal.Signals]) -> int:
    code, deadline = 0, None
    while family.children or family.revived:
        heard = signal.sigtimedwait(watched, max(0.0, deadline - time.monotonic()) if deadline else TIMEOUT_S)
        ended = _reap(family.children)
        code = code or next((each for each in ended if each), 0)
        is_over = deadline is not None or bool(ended) or (heard is not None and heard.si_signo in STOP)
        if not is_over:
            family.revive()
            continue
        family.bury()
        if heard is None and deadline is not None:
            family.send(signal.SIGKILL)
        elif ended or (heard is not None and heard.si_signo in STOP):
            deadline = deadline or time.monotonic() + TIMEOUT_S
            family.send(signal.SIGTERM)
    return code


def _reap(children: set[int]) -> list[int]:
    """The exit codes of the children that have ended; they are taken out of the set."""
    codes = []
    for child in tuple(children):
        pid, status = os.waitpid(child, os.WNOHANG)
        if pid:
            children.discard(child)
            codes.append(os.waitstatus_to_exitcode(status))
    # What a sign ended has the shell's code for it, except the sign to stop, which is no failure.
    return [0 if code == -signal.SIGTERM else 128 - code if code < 0 else code for code in codes]
