"""`sabuk` loads what a command needs, and tells of all without loading any."""

from __future__ import annotations

import subprocess
import sys

import click
import pytest

from app.cli import COMMANDS, sabuk
from app.settings import ROOT


@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_the_list_of_commands_says_what_their_own_help_begins_with(name):
    assert " ".join((COMMANDS[name].load().help or "").split("\n\n")[0].split()) == COMMANDS[name].summary


@pytest.mark.parametrize(
    ("name", "commands"),
    [("db", ["check", "downgrade", "upgrade"]), ("jobs", ["list", "retry", "run"]), ("programmes", ["apply", "check", "diff"])],
)
def test_rooms_share_their_groups(name, commands):
    assert sorted(COMMANDS[name].load().commands) == commands


def test_who_only_asks_for_help_waits_for_no_library():
    code = """
import sys
from app.cli import sabuk
sabuk(["--help"], standalone_mode=False)
print(sorted({"flask", "sqlalchemy", "numpy", "shapely", "PIL", "h3", "pydantic", "app.application"} & sys.modules.keys()))
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)
    assert "rebuild " in done.stdout
    assert done.stdout.splitlines()[-1] == "[]"


def test_what_needs_no_page_loads_none():
    code = """
import sys
from app.serve import serve
print(sorted({"app.application", "numpy", "pydantic"} & sys.modules.keys()))
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)
    assert done.stdout.strip() == "[]"


def test_a_command_that_does_not_exist_is_said():
    with pytest.raises(click.UsageError, match="No such command 'belts'"):
        sabuk(["belts"], standalone_mode=False)
