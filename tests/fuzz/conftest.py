"""Every argument is tried on PostgreSQL in each run of the tests, which refuses what SQLite stores; on SQLite in the long one."""

from __future__ import annotations

import pytest


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if item.path.name == "test_every_argument.py" and not item.get_closest_marker("postgis"):
            item.add_marker(pytest.mark.long)
