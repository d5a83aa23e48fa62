"""Slow statements of requests, a line each in a file of the instance folder: a slow database is not asked to store that."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

FILE = "slow-statements.jsonl"
MAX_BYTES = 1_000_000
"""Beyond it a new file is begun; the one before is kept, older ones are not."""
MAX_STATEMENT_LETTERS = 600


@dataclass(frozen=True, slots=True)
class SlowStatement:
    """One that kept a request waiting."""

    at: datetime
    ms: float
    rule: str
    """The pattern of the address that asked: addresses themselves name actions and people."""
    statement: str
    """With names for its values."""


def keep(instance: Path, slow: SlowStatement) -> None:
    """Add a line. A disk that takes none loses it: whoever asked is answered all the same."""
    told = asdict(slow) | {"at": slow.at.isoformat(), "statement": " ".join(slow.statement.split())[:MAX_STATEMENT_LETTERS]}
    line = (json.dumps(told, ensure_ascii=False) + "\n").encode()
    file = instance / FILE
    with suppress(OSError):
        # One write to the end of a file is whole among several processes.
        out = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        try:
            os.write(out, line)
            size = os.fstat(out).st_size
        finally:
            os.close(out)
        if size > MAX_BYTES:
            file.replace(_before(file))


def noted(instance: Path, *, since: datetime) -> Sequence[SlowStatement]:
    """Those of the time since then, as far back as the files go; oldest first."""
    file = instance / FILE
    return [slow for part in (_before(file), file) for slow in _read(part) if slow.at >= since]


def _before(file: Path) -> Path:
    return file.with_suffix(".before.jsonl")


def _read(file: Path) -> Iterator[SlowStatement]:
    with suppress(FileNotFoundError), file.open(encoding="utf-8", errors="replace") as lines:
        for line in lines:
            with suppress(ValueError, KeyError, TypeError):  # half a line, where a disk was full
                told = json.loads(line)
                yield SlowStatement(
                    datetime.fromisoformat(told["at"]), float(told["ms"]), str(told["rule"]), str(told["statement"])
                )
