"""The command line, as people's tests have it."""

from __future__ import annotations

from tests.people.conftest import run as run
