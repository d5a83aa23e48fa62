"""Two thousand actions on the real Bandung, over HTTP, through two months; everything compared with a plain computation.

SABUK_PLACES names the folder with the outlines. SABUK_WRITE_PROOF=1 writes the tables of docs/proof.md anew.
"""

from __future__ import annotations

import ast
import os
from collections import Counter
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import create_engine
from sqlalchemy.pool import NullPool

from app.settings import ROOT
from tests.conftest import application
from tests.ground import proof
from tests.ground.compare import Comparison
from tests.ground.hands import Clock, Commands, Wire, fold, give_back, put_off_giving_back, settle
from tests.ground.plainground import Ground
from tests.ground.plan import ACTIONS
from tests.ground.public import Public
from tests.ground.run import Run
from tests.ground.spoil import WAYS
from tests.ground.stored import Stored
from tests.ground.world import KNOWN_PLACES, SETTLED_AT, make_world
from tests.serving import serving

HERE = Path(__file__).parent
FILES = {"bandung_kecamatan.geojson": 30, "bandung_kelurahan.geojson": 151}


def folder() -> Path:
    named = os.environ.get("SABUK_PLACES")
    if not named:
        pytest.skip("SABUK_PLACES does not name the folder with bandung_kelurahan.geojson and bandung_kecamatan.geojson")
    return Path(named)


@pytest.mark.parametrize("module", ["plainground", "world", "record", "beside", "recount", "counts", "suppression"])
def test_the_plain_computation_uses_nothing_of_the_house(module):
    tree = ast.parse((HERE / f"{module}.py").read_text())
    imported = [node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)]
    imported += [alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names]
    assert not [name for name in imported if name.partition(".")[0] == "app"]


def test_the_known_places_lie_where_people_know_them():
    ground = Ground(folder())
    for point, kelurahan in KNOWN_PLACES.values():
        assert ground.kelurahan[ground.at(point)].name == kelurahan


def test_the_page_tells_of_this_world():
    world = make_world(Ground(folder()))
    kelurahan = {world.kelurahan_of(site) for site in world.sites}
    told = f"{len(kelurahan)} kelurahan", f"{len(world.people)} persons", f"{ACTIONS:,} actions", f"malformed in {len(WAYS)} ways"
    page = " ".join(proof.PAGE.read_text().split())
    assert [words for words in told if words not in page] == []


@pytest.mark.long
@pytest.mark.timeout(1500)  # seconds, for busy machines
def test_two_thousand_actions_on_real_ground(empty_database, tmp_path, monkeypatch):
    ground = Ground(folder())
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join((str(HERE / "clock"), str(ROOT))))
    monkeypatch.setenv("GROUND_CLOCK", str(tmp_path / "clock"))
    clock = Clock(tmp_path / "clock")
    clock.set(SETTLED_AT)
    with serving(empty_database.url, tmp_path / "instance") as server:
        commands = Commands(empty_database.url, tmp_path / "instance")
        for file, areas in FILES.items():
            said = commands.say("places", "import", str(folder() / file))
            assert f"{areas} areas in the file" in said
        world = make_world(ground)
        with application(empty_database.url, tmp_path / "instance") as app:
            settle(world, commands, app)
            put_off_giving_back(app)
            run = Run(world, Wire(server.url, clock), commands, clock, lambda now: give_back(app, now))
            run.go()
            told_meanwhile = Public(run)
            told_meanwhile.children()
            told_meanwhile.facts()
            # What children did last is told to the public when the next day has ended.
            clock.set(clock.now() + timedelta(days=3))
            fold(app, clock.now())
        compare(run, empty_database.url)
        rebuilt = commands.run("rebuild", "--verify")
        run.ledger.same("sabuk rebuild --verify: exit code", rebuilt.stdout + rebuilt.stderr, 0, rebuilt.returncode)
    ledger = run.ledger
    assert not ledger.differences, report(ledger.differences)
    assert sum(ledger.outcomes[name] for name in ("recorded", "answered 422", "answered 403")) == ACTIONS
    if os.environ.get("SABUK_WRITE_PROOF") == "1":
        proof.write(ledger)
    assert proof.table(ledger) == proof.written(), "docs/proof.md tells other numbers; SABUK_WRITE_PROOF=1 writes them anew"


def compare(run: Run, database_url: str) -> None:
    comparison = Comparison(run)
    comparison.write_baselines()
    comparison.all()
    Public(run).facts()
    engine = create_engine(database_url, poolclass=NullPool)
    with engine.connect() as connection:
        Stored(connection, run, comparison.counts).compare()
    engine.dispose()


def report(differences: list[str]) -> str:
    checks = Counter(difference.partition(":")[0] for difference in differences)
    listed = "\n".join(differences[:60])
    return f"{len(differences)} differences: {dict(checks)}\n{listed}"


def test_the_clock_of_the_run_is_the_one_that_is_set(tmp_path):
    clock = Clock(tmp_path / "clock")
    clock.set(SETTLED_AT)
    assert abs((clock.now() - SETTLED_AT).total_seconds()) < 5
    assert abs((datetime.now(UTC) - SETTLED_AT).total_seconds()) > 5
