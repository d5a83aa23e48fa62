"""`sabuk mark`."""

from __future__ import annotations

from click.testing import CliRunner

from app.cli import sabuk
from app.operations.rules.milestones import Milestone
from app.operations.service import milestones


def test_a_script_of_backups_says_that_it_is_done(tmp_path, monkeypatch):
    monkeypatch.setenv("SABUK_INSTANCE", str(tmp_path))
    done = CliRunner().invoke(sabuk, ["mark", "backup"])
    assert (done.exit_code, done.output) == (0, "backup: noted\n")
    assert milestones.reached(tmp_path).keys() == {Milestone.BACKUP}
    refused = CliRunner().invoke(sabuk, ["mark", "gossip"])
    assert refused.exit_code == 2
    assert milestones.reached(tmp_path).keys() == {Milestone.BACKUP}
