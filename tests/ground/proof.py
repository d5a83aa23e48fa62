"""docs/proof.md: the table of what was compared, written from a run and held to it."""

from __future__ import annotations

from app.settings import ROOT
from tests.ground.run import Ledger
from tests.ground.world import SEED

PAGE = ROOT / "docs" / "proof.md"
BEGIN, END = "<!-- the table: written by the test -->", "<!-- end of the table -->"


def table(ledger: Ledger) -> str:
    """Both tables as they stand in docs/proof.md; the numbers are the same on both databases and on each run."""
    lines = [f"Seed {SEED}.", "", "| compared | times | equal |", "|---|---:|---:|"]
    for check in sorted(ledger.compared):
        times = ledger.compared[check]
        lines.append(f"| {check} | {times:,} | {times - ledger.unequal[check]:,} |")
    times, unequal = ledger.compared.total(), ledger.unequal.total()
    lines += [f"| **all** | **{times:,}** | **{times - unequal:,}** |", ""]
    lines += ["| what happened | times |", "|---|---:|"]
    lines += [f"| {outcome} | {ledger.outcomes[outcome]:,} |" for outcome in sorted(ledger.outcomes)]
    return "\n".join(lines)


def written() -> str:
    """The tables as they stand in the page."""
    return PAGE.read_text().partition(BEGIN)[2].partition(END)[0].strip()


def write(ledger: Ledger) -> None:
    before, _, rest = PAGE.read_text().partition(BEGIN)
    PAGE.write_text(f"{before}{BEGIN}\n{table(ledger)}\n{END}{rest.partition(END)[2]}")
