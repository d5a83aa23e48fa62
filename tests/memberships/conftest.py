"""Browsers of several people at once."""

from __future__ import annotations

from tests.people.conftest import browser

__all__ = ["browser"]
