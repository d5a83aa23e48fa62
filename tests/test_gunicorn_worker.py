"""The worker's loop outlives whatever goes wrong with one connection; tests/web/test_slow_lines.py has it on a real server."""

from __future__ import annotations

import errno
import logging
import os
import resource
import selectors
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from typing import Any

import pytest
from gunicorn.config import Config

from app import gunicorn_config
from app.gunicorn_worker import Connection, PatientWorker
from app.settings import ROOT

ASKS = b"POST /masuk HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: 5\r\n\r\n"


class Full:
    """A listening socket of a process that may open no more files."""

    def accept(self) -> Any:
        raise OSError(errno.EMFILE, "Too many open files")


@pytest.fixture
def loop() -> Iterator[PatientWorker]:
    """A worker's loop without a server around it."""
    worker = PatientWorker(0, os.getpid(), [], None, 30, Config(), logging.getLogger("loop"))
    worker.wsgi = None  # asked only about who sends a sign-in along
    with closing(selectors.DefaultSelector()) as worker.poller:
        yield worker
    worker.tmp.close()


def taken_in(loop: PatientWorker) -> socket.socket:
    """The other end of a connection that the loop listens to."""
    ours, theirs = socket.socketpair()
    ours.settimeout(0)
    loop.nr_conns += 1
    loop._listen(Connection(ours, "", "", loop._read_head))  # noqa: SLF001 - as `accept` does
    return theirs


def is_empty(loop: PatientWorker) -> bool:
    return not loop._waiting and loop.nr_conns == 0 and not loop.poller.get_map()  # noqa: SLF001 - what it has left


def test_who_asks_and_is_gone_before_the_answer_takes_nobody_along(loop):
    with taken_in(loop) as theirs:
        theirs.sendall(ASKS)
    loop.wait_for_and_dispatch_events(1)
    assert is_empty(loop)


def test_a_fault_with_one_connection_ends_that_one(loop, monkeypatch, caplog):
    def fails(*_given: object) -> None:
        raise ValueError("a fault of ours")

    monkeypatch.setattr(loop, "_feed", fails)
    with taken_in(loop) as theirs:
        theirs.sendall(b"G")
        loop.wait_for_and_dispatch_events(1)
        assert theirs.recv(1) == b""
    assert is_empty(loop)
    assert "a fault of ours" in caplog.text


def test_without_files_left_the_oldest_connection_makes_room(loop):
    with taken_in(loop) as oldest, taken_in(loop) as other:
        loop.accept(Full())
        assert oldest.recv(1) == b""
        assert loop.nr_conns == 1
        other.sendall(ASKS)
        loop.wait_for_and_dispatch_events(1)
        assert other.recv(1000).startswith(b"HTTP/1.1 100")
        loop._make_room()  # noqa: SLF001 - nothing is left open
    assert is_empty(loop)


def test_two_files_are_asked_for_with_each_connection(monkeypatch):
    asked = []
    monkeypatch.setattr(resource, "setrlimit", lambda _of, limits: asked.append(limits))
    for given, most in ((1024, 524_288), (1024, 2000), (500_000, 524_288), (1024, resource.RLIM_INFINITY)):
        monkeypatch.setattr(resource, "getrlimit", lambda _of, limits=(given, most): limits)
        gunicorn_config.on_starting(None)
    assert asked == [(2500, 524_288), (2000, 2000), (2500, resource.RLIM_INFINITY)]


def test_threads_take_memory_from_one_place():
    """glibc's own account of its arenas, after threads that each took memory at the same time."""
    code = """
import ctypes, threading
from app.processes import share_heap
share_heap()
meet, c = threading.Barrier(8), ctypes.CDLL(None)
def take():
    meet.wait()
    held = [bytes(100_000) for _ in range(20)]
    meet.wait()
threads = [threading.Thread(target=take) for _ in range(8)]
for each in threads: each.start()
for each in threads: each.join()
c.malloc_stats()
"""
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT).stderr
    assert "Arena 0" in told
    assert "Arena 1" not in told


def test_a_worker_hears_a_sign_in_its_first_moment():
    """A child that is told to stop before a line of it has run; its parent has gunicorn's handlers and hears its own."""
    code = """
import os, queue, signal, time
from types import SimpleNamespace
from app import gunicorn_config
gunicorn_config.read_ahead = lambda _app: None
gunicorn_config.when_ready(SimpleNamespace(app=SimpleNamespace(wsgi=lambda: None)))
heard = queue.SimpleQueue()
for sign in (signal.SIGTERM, signal.SIGINT, signal.SIGQUIT):
    signal.signal(sign, lambda *_: heard.put(1))
    told, telling = os.pipe()
    child = os.fork()
    if not child:
        os.read(told, 1)
        time.sleep(5)
        os._exit(0)
    os.kill(child, sign)
    os.write(telling, b"1")
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == -sign
    os.kill(os.getpid(), sign)
    assert heard.get(timeout=5) == 1
"""
    subprocess.run([sys.executable, "-c", code], check=True, cwd=ROOT)
