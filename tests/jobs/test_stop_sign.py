"""A runner hears the sign to stop whatever it is just doing."""

from __future__ import annotations

import os
import signal
import sys
import time
from types import FrameType
from typing import Any

from app.jobs.runner import StopSign, stop_at_signs


def pause(stop: StopSign, at_line: int) -> int:
    """Pause once; this process is told to stop when that line of it is reached, never for 0. How many lines were run."""
    count = 0

    def each(_frame: FrameType, event: str, _argument: Any) -> Any:
        nonlocal count
        count += event == "line"
        if count == at_line and event == "line":
            signal.raise_signal(signal.SIGTERM)
        return each

    sys.settrace(each)
    try:
        stop.wait(0.01)
    finally:
        sys.settrace(None)
    return count


def told_at_each_line() -> None:
    lines = pause(stop_at_signs(), at_line=0)
    assert lines
    for line in range(1, lines + 1):
        stop = stop_at_signs()
        pause(stop, at_line=line)
        assert stop.is_set()


def test_a_sign_at_any_line_of_the_pause_is_heard_and_holds_nothing_up():
    child = os.fork()
    if not child:
        code = 1
        try:
            signal.alarm(10)  # what waits for itself ends by this
            told_at_each_line()
            code = 0
        finally:
            os._exit(code)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0


def test_a_pause_ends_when_it_is_told():
    stop = StopSign()
    before = signal.signal(signal.SIGALRM, stop.set)
    began = time.monotonic()
    try:
        signal.setitimer(signal.ITIMER_REAL, 0.05)
        stop.wait(60)
        stop.wait(60)
    finally:
        signal.signal(signal.SIGALRM, before)
    assert time.monotonic() - began < 30
