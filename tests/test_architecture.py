"""The direction of imports does not bend. The checks themselves are held to seeded violations."""

from __future__ import annotations

import sys

import pytest

from tests.architecture import (
    APP,
    GROUPS,
    LATE_IMPORTS,
    PURE,
    PURE_PACKAGES,
    Module,
    house,
    imports,
    ladder,
    parsed,
    rings,
    violations,
)


def test_the_house_keeps_its_directions():
    assert violations(house()) == []


def test_no_modules_import_each_other_in_a_ring():
    assert rings(house()) == []


def test_a_ring_is_found_where_modules_load_each_other():
    there = {
        "app": "",
        "app.a": "from app.a import one",
        "app.a.one": "from app.a.two import x",
        "app.a.two": "import app.b",
        "app.b": "from app.a.one import y",
        "app.c": "from app.d import z",
        "app.d": "if TYPE_CHECKING:\n  from app.c import z\ndef f():\n  import app.c",
    }
    assert rings(there) == [["app.a", "app.a.one", "app.a.two", "app.b"]]


def test_the_ladder_in_the_docs_has_every_room_once_and_no_other():
    rooms = [folder.name for folder in APP.iterdir() if (folder / "__init__.py").exists()]
    assert sorted(room for lines in GROUPS.values() for line in lines for room in line) == sorted(rooms)


def test_a_ladder_is_read_from_its_block():
    told = "## Rooms on a ladder\nwords\n```\n# ways in\na | b      one | two\n\n# foundation\nc\n```\n## More\n```\nd\n```"
    assert ladder(told) == {"ways in": [["a", "b"]], "foundation": [["c"]]}


def test_each_pure_module_is_of_the_standard_library_or_named_with_a_reason():
    assert set(sys.stdlib_module_names) >= PURE
    assert not PURE_PACKAGES.keys() & set(sys.stdlib_module_names)


def test_every_exception_for_a_late_import_is_still_used():
    modules = [Module(name, parsed(source)) for name, source in house().items()]
    late = {
        (module.package, found.name.split(".")[0])
        for module in modules
        for found in imports(module, set())
        if found.inside_function
    }
    assert set(LATE_IMPORTS) <= late


KNOWN = dict.fromkeys(
    """
    app app.application app.cli app.models app.settings app.core.text app.core.clock app.database.types app.database.cli
    app.web.errors app.places.models app.places.queries app.places.service app.places.rules.ground app.places.views
    app.people.access app.people.rules app.people.models app.tallies.service app.awards.service app.indicators.service
    app.stamping.views
    """.split(),  # noqa: SIM905 - names read better without quotes
    "",
)

SEEDED = [
    ("app.places.service", "from app.people import rules", "the room people stands not below places"),
    ("app.places.service", "import app.tallies.service", "the room tallies stands not below places"),
    ("app.leaderboard.service", "from app.indicators import service", "the room indicators stands not below leaderboard"),
    ("app.web.errors", "from app.places.queries import city", "the room places stands not below web"),
    ("app.core.text", "from app.database import types", "the room database stands not below core"),
    ("app.gossip.service", "", "the room gossip is not on the ladder"),
    ("app.places.utils", "", "there is no shelf utils"),
    ("app.places.models", "from app.places.queries import city", "the shelf queries stands not below models"),
    ("app.places.rules.ground", "from app.places import service", "the shelf service stands not below rules"),
    ("app.places.cli", "from app.places.views import page", "the shelf views stands not below cli"),
    ("app.people.service", "from app.places import views", "the shelf views of places is its own"),
    ("app.people.views", "from app.places.models import Area", "the shelf models of places is its own"),
    ("app.people.rules", "from app.places.models import Area", "rules know core and rules"),
    ("app.people.views", "if DEBUG:\n  from app.places.models import Area", "the shelf models of places is its own"),
    ("app.people.views", "if TYPE_CHECKING:\n  from app.places.views import Page", "the shelf views of places is its own"),
    ("app.places.views", "if TYPE_CHECKING:\n  from app.people.models import Person", "the room people stands not below places"),
    ("app.people.queries", "from app.places import service", "queries stands below every service"),
    ("app.tallies.service", "from app.people.access import access", "service stands below every access"),
    ("app.people.cli", "from app.database import cli", "the commands of database are its own"),
    ("app.people.service", "from app.web.errors import answer", "only the edges know the web"),
    ("app.people.views", "from app.application import create_app", "only the gatherers know every room"),
    ("app.people.service", "import app.models", "only the gatherers know every room"),
    ("app.settings", "from app.people import service", "only the gatherers know every room"),
    ("app.people.queries", "from app.settings import Settings", "handed what it needs"),
    ("app.people.rules", "from flask import request", "rules are pure"),
    ("app.people.rules", "import sqlalchemy as sa", "rules are pure"),
    ("app.people.rules", "import time", "rules are pure"),
    ("app.people.rules", "from app.database.types import enum_column", "rules know core and rules"),
    ("app.people.rules", "def f():\n  return open('x')", "calls open"),
    ("app.people.rules", "from datetime import date\ndef f():\n  return date.today()", "asks the clock"),
    ("app.people.service", "import datetime\nx = datetime.datetime.now()", "asks the clock"),
    ("app.people.service", "from app.core.clock import utc_now\nx = utc_now()", "asks the clock"),
    ("app.people.service", "def f(session):\n  session.commit()", "transactions end at the edge"),
    ("app.people.queries", "def f():\n  db.session.rollback()", "transactions end at the edge"),
    ("app.people.views", "def f():\n  import json", "imports stand at the top"),
    ("app.people.views", "class A:\n  async def f(self):\n    from app.core import text", "imports stand at the top"),
    ("app.people.views", "from .access import access", "write the whole name"),
]


@pytest.mark.parametrize(("name", "source", "complaint"), SEEDED)
def test_a_seeded_violation_is_found(name, source, complaint):
    found = violations(KNOWN | {name: source})
    assert len(found) >= 1
    assert all(line.startswith(name) for line in found)
    assert any(complaint in line for line in found), found


CLEAN = [
    ("app.people.views", "from app.people import access, service\nfrom app.places import queries\nfrom app.web import errors"),
    (
        "app.people.service",
        "from app.places.models import Area\nfrom app.database.types import enum_column\nfrom app.core.text import Text",
    ),
    ("app.people.rules", "from app.places.rules.ground import area\nfrom dataclasses import dataclass\nimport math"),
    ("app.people.cli", "from app.core.clock import utc_now\nx = utc_now()\ndb.session.commit()"),
    (
        "app.stamping.service",
        "from app.awards.service import belts\nfrom app.people import rules",
    ),
    ("app.stamping.views", "from app.people.access import access\nfrom app.settings import Settings"),
    ("app.models", "import app.people.models\nimport app.stamping.views"),
    ("app.places.rules.ground", "def f(now):\n  return now.date()"),
    ("app.people.service", "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n  from app.places.models import Area"),
    ("app.people.views", "import typing\nif typing.TYPE_CHECKING:\n  from app.places.models import Area"),
]


@pytest.mark.parametrize(("name", "source"), CLEAN)
def test_what_keeps_the_directions_is_left_in_peace(name, source):
    assert violations(KNOWN | {name: source}) == []


ZONES_ARE_NAMED_IN = {
    "app/core/clock.py": "the zone of a house without a place",
    "app/core/text.py": "what the zones are called",
    "app/places/rules/codes.py": "which province lies in which",
    "app/places/models.py": "the same, for rows of older versions",
    "app/places/queries/areas.py": "a house without areas",
    "app/web/pages.py": "a page that says that the database is away",
    "app/jobs/work.py": "work without a city",
}


def test_no_zone_is_assumed_where_a_place_can_be_asked():
    """The zone of a place is `places.zone_at`, of a person `people.person_zone`, of a reader `pages.reader_zone`."""
    names = ("DEFAULT_ZONE", "Asia/Jakarta", "Asia/Makassar", "Asia/Jayapura")
    files = [
        path for folder in ("app", "templates") for path in (APP.parent / folder).rglob("*.*") if path.suffix in (".py", ".html")
    ]
    naming = {str(path.relative_to(APP.parent)) for path in files if any(name in path.read_text("utf-8") for name in names)}
    assert naming == set(ZONES_ARE_NAMED_IN)
