"""When a backup was last made and a drill last passed: a small file of the instance folder, whoever makes them.

Beside the database, not in it: a restored database would tell of the days before it was copied.
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from contextlib import suppress
from datetime import datetime
from pathlib import Path

from app.operations.rules.milestones import Milestone

FILE = "milestones.json"


def reach(instance: Path, milestone: Milestone, *, now: datetime) -> None:
    """Write down that it was reached now."""
    told = {each.value: at.isoformat() for each, at in reached(instance).items()} | {milestone.value: now.isoformat()}
    draft = instance / f"{FILE}.{os.getpid()}"
    draft.write_text(json.dumps(told))
    draft.replace(instance / FILE)


def reached(instance: Path) -> Mapping[Milestone, datetime]:
    """When each was last reached; one that never was is not in it."""
    found: dict[Milestone, datetime] = {}
    with suppress(FileNotFoundError, ValueError, AttributeError):
        for name, told in json.loads((instance / FILE).read_text()).items():
            with suppress(ValueError, TypeError):
                at = datetime.fromisoformat(told)
                if at.tzinfo is not None:
                    found[Milestone(name)] = at
    return found
