"""Lets a program of ours live at another time: Python imports this first where its folder leads PYTHONPATH.

The house has one clock, `app.core.clock.utc_now`. Here it tells the machine's time plus the seconds written in the file that
GROUND_CLOCK names. The module is loaded from its file, before anything of the house can have taken the function from it.
"""

import importlib.util
import os
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

if "GROUND_CLOCK" in os.environ:
    ahead = Path(os.environ["GROUND_CLOCK"])
    spec = importlib.util.spec_from_file_location("app.core.clock", Path(__file__).parents[3] / "app" / "core" / "clock.py")
    clock = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(clock)
    clock.utc_now = lambda: datetime.now(UTC) + timedelta(seconds=float(ahead.read_text()))
    sys.modules["app.core.clock"] = clock
