"""That the pages are measured and weighed. How long anything takes is no test."""

from __future__ import annotations

import subprocess
import sys

import pytest

from app.settings import ROOT
from bench.pages import PAGES, named_in
from tests.databases import made_once


@pytest.fixture(scope="module")
def printed():
    """What a small run prints."""
    return (made_once("bench-pages", _make) / "printed").read_text()


def _make(folder):
    small = ["--actions", "300", "--people", "40", "--runs", "1", "--count", "2"]
    command = [sys.executable, "-m", "bench.pages", *small, "--cache", str(folder)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    (folder / "printed").write_text(done.stdout)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_page_has_its_row_of_figures(printed, page):
    [row] = [line for line in printed.splitlines() if line.startswith(f"| {page.name} |")]
    cpu_ms, _, _, html_kb, all_kb, requests = (cell.strip() for cell in row.strip("|").split("|")[1:])
    assert float(cpu_ms) > 0
    assert 0 < float(html_kb) < float(all_kb)
    assert int(requests) > 1


def test_a_browser_loads_what_the_page_names_but_no_photograph_and_nothing_from_elsewhere():
    html = """<link rel="stylesheet" href="/aset/a.css"><link rel="icon" href="/aset/i.svg"><link rel="next" href="/buku">
    <script src="/aset/a.js"></script><script src="/aset/a.js"></script><img src="/aksi/7/foto/1" alt="">
    <script src="https://elsewhere.example/x.js"></script><a href="/kota">"""
    assert list(named_in(html)) == ["/aset/a.css", "/aset/a.js", "/aset/i.svg"]
