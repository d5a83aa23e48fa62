"""Who changes programmes on pages."""

from __future__ import annotations

import pytest

from tests.factories.browsing import sign_in, with_password
from tests.factories.cast import make_account
from tests.factories.city import CITY


@pytest.fixture
def rule_writer(session, cast):
    """An administrator."""
    return with_password(session, make_account(session, "admin", f"administrator@{CITY}"))


@pytest.fixture
def at_desk(page, rule_writer, clock):
    """The administrator before a browser."""
    return sign_in(page, rule_writer)
