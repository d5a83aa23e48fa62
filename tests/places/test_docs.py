"""docs/places.md says what the code does."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from app.places.cli import import_file
from app.places.rules import ImportOutcome
from app.places.rules.coverage import SLIVER_WIDTH_M
from app.places.rules.ground import INDONESIA
from app.places.rules.outlines import REPAIR_SHARE
from app.places.rules.survey import MAX_FEATURES
from app.places.service.reading import DEEPEST, MAX_BYTES
from app.sites.cli import import_file as import_sites
from app.sites.service.facts import MAX_RADIUS_M, MIN_RADIUS_M

PAGE = (Path(__file__).parents[2] / "docs" / "places.md").read_text()


@pytest.mark.parametrize("outcome", list(ImportOutcome))
def test_every_outcome_is_explained(outcome):
    explained = re.findall(r"^\| ([a-z, ]+) \|", PAGE, re.MULTILINE)
    assert outcome.value in ", ".join(explained).split(", ")


def test_every_option_that_it_names_exists():
    named = set(re.findall(r"--[a-z][a-z-]+", PAGE))
    options = {name for command in (import_file, import_sites) for parameter in command.params for name in parameter.opts}
    assert named <= options


@pytest.mark.parametrize(
    "said",
    [
        f"{MAX_BYTES // 2**20} MB",
        f"{MAX_FEATURES:,} features",
        f"{DEEPEST} levels",
        f"at most {SLIVER_WIDTH_M:.0f} m wide",
        f"at most {REPAIR_SHARE:.0%}".replace("%", " %"),
        "{0:g} to {2:g} east, ".format(*INDONESIA) + f"{-INDONESIA[1]:g} south to {INDONESIA[3]:g} north",
        f"radius of {MIN_RADIUS_M:.0f} to {MAX_RADIUS_M:.0f} m",
    ],
)
def test_every_limit_is_the_codes(said):
    assert said in " ".join(PAGE.split())
