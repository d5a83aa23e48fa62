"""Commands run as an operator runs them."""

from __future__ import annotations

import pytest
from click.testing import Result
from flask import Flask
from sqlalchemy.orm import Session

from app.cli import sabuk
from tests.factories.fixtures import Clock
from tests.page_client import PageClient
from tests.people.browsing import Browser
from tests.people.commands import Run


@pytest.fixture
def run(app: Flask, session: Session, clock: Clock) -> Run:
    """The command's result, when it ended with the exit code."""

    def invoke(*words: str, exit_code: int = 0) -> Result:
        session.commit()
        result = app.test_cli_runner().invoke(sabuk, words)
        session.expire_all()
        assert result.exit_code == exit_code, result.output
        if exit_code:
            assert result.stdout == ""
            assert "Traceback" not in result.stderr
        return result

    return invoke


@pytest.fixture
def browser(app: Flask, session: Session) -> Browser:
    """A browser of its own: a new person, or the same one on another device."""
    return lambda: PageClient(app, session, app.extensions["watch"])
