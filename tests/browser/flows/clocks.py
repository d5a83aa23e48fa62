"""The town lives on the tenth of a month, from ten in the morning on, and so do the devices of those who visit it.

What was done half an hour ago is then of this day, this month and this half-year, whenever the tests run: minutes after a
midnight it would be of yesterday, stand on the board of the month before, or need a second officer.
"""

from __future__ import annotations

import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

from app.settings import ROOT
from tests.ground import hands

CLOCK = "clock"
"""The file in an instance folder that says how many seconds it is ahead of the machine."""
TENTH, TEN_IN_BANDUNG = 10, 3
CLOCKS = Path(hands.__file__).parent / "clock"


def set_to_a_morning(instance: Path) -> None:
    """Ahead, never behind: what servers hand out to be kept for a while is then kept."""
    now = datetime.now(UTC)
    morning = now.replace(day=TENTH, hour=TEN_IN_BANDUNG, minute=0, second=0, microsecond=0)
    if morning < now:
        morning = (morning + timedelta(days=31)).replace(day=TENTH)
    (instance / CLOCK).write_text(str((morning - now).total_seconds()))


def ahead(instance: Path) -> timedelta:
    return timedelta(seconds=float((instance / CLOCK).read_text()))


def environment_of(instance: Path) -> dict[str, str]:
    """For programs of the town; none for those of a city that lives by the machine's clock."""
    if not (instance / CLOCK).exists():
        return {}
    return {"PYTHONPATH": os.pathsep.join((str(CLOCKS), str(ROOT))), "GROUND_CLOCK": str(instance / CLOCK)}


def script(instance: Path) -> str:
    """For browsers: what a page reads from the device's clock and from its receiver."""
    return (
        f"const ahead = {ahead(instance).total_seconds() * 1000};"
        """
        const Machine = Date, receiver = navigator.geolocation;
        globalThis.Date = class extends Machine {
          constructor(...told) { told.length ? super(...told) : super(Machine.now() + ahead); }
          static now() { return Machine.now() + ahead; }
        };
        for (const name of receiver ? ["getCurrentPosition", "watchPosition"] : []) {
          const ask = receiver[name].bind(receiver);
          receiver[name] = (take, ...rest) =>
            ask(({ coords, timestamp }) => take({ coords, timestamp: timestamp + ahead }), ...rest);
        }
        """
    )
