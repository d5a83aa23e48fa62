"""That the benchmarks run and measure what they say. How long anything takes is no test."""

from __future__ import annotations

import subprocess
import sys

import pytest

from app.settings import ROOT
from bench import machine
from bench.client import request
from bench.operations import FLOORS, OPERATIONS
from tests.databases import made_once


@pytest.fixture(scope="module")
def printed():
    """What a small run prints."""
    return (made_once("bench-run", _make) / "printed").read_text()


def _make(folder):
    command = [sys.executable, "-m", "bench.measure", "--quick", "--sizes", "300", "--cache", str(folder)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    (folder / "printed").write_text(done.stdout)


@pytest.mark.parametrize("operation", [*FLOORS, *OPERATIONS], ids=lambda operation: operation.name)
def test_every_operation_has_its_row_of_figures(printed, operation):
    [row] = [line for line in printed.splitlines() if line.startswith(f"| {operation.name} |")]
    cpu_ms, _, per_s, p99_ms = (cell.strip() for cell in row.strip("|").split("|")[1:])
    assert float(cpu_ms) > 0
    assert float(per_s) > 0
    assert float(p99_ms) > 0


def test_what_is_measured_once_is_told(printed):
    for name in ("`sabuk demo load`", "PSS of all server processes", "first answer of `bin/serve`", "`sabuk rebuild --verify`"):
        assert f"\n| {name}" in printed


def test_computing_is_seen_and_waiting_is_not():
    spin = "import time\nend = time.process_time() + 0.3\nwhile time.process_time() < end: pass"
    _, busy_s = machine.taken(lambda: _python(spin))
    _, idle_s = machine.taken(lambda: _python("import time; time.sleep(0.3)"))
    assert busy_s - idle_s > 0.15


def _python(code):
    subprocess.run([sys.executable, "-S", "-c", code], check=True)


def test_a_request_is_bytes():
    sent = request("PUT", "/api/v1/actions/x", token="secret", body={"a": 1})
    assert sent == (
        b"PUT /api/v1/actions/x HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\nAuthorization: Bearer secret\r\n"
        b'Content-Type: application/json\r\nContent-Length: 8\r\n\r\n{"a": 1}'
    )
