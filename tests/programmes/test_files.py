"""The programme files that ship say what the field's sources say."""

from __future__ import annotations

from itertools import pairwise

import pytest

from app.core.catalogue import ENGLISH
from app.programmes.rules.lint import lint
from app.programmes.rules.reading import read
from app.programmes.service import bundled
from tests.programmes.files import make_definition

LADDER = [
    ("white", 1, (7, 13, 19)),
    ("green", 25, (38, 50, 63)),
    ("red", 75, (106, 138, 169)),
    ("black", 200, ()),
]


@pytest.mark.parametrize("code", ["gps", "biopori"])
def test_a_shipped_file_is_sound_and_is_named_by_its_code(code):
    reading = read(bundled()[code])
    assert reading.errors == ()
    assert reading.definition is not None
    assert (reading.definition.code, reading.definition.version) == (code, 1)


@pytest.mark.parametrize("code", ["gps", "biopori"])
def test_the_ladder_is_the_policy_of_the_house_and_says_so(code):
    ladder = make_definition(code).ladder
    assert [(rung.belt, rung.threshold, rung.stripes) for rung in ladder.rungs] == LADDER
    assert ladder.further == 100
    assert "policy" in ladder.policy.text.said(ENGLISH)
    assert "kebijakan" in ladder.policy.id


@pytest.mark.parametrize("code", ["gps", "biopori"])
def test_stripes_stand_at_even_steps_between_the_belts(code):
    rungs = make_definition(code).ladder.rungs
    for rung, above in pairwise(rungs):
        # Halves are rounded up: 37.5 is 38, 62.5 is 63.
        even = [rung.threshold + ((above.threshold - rung.threshold) * k + 2) // 4 for k in (1, 2, 3)]
        assert list(rung.stripes) == even


@pytest.mark.parametrize("code", ["gps", "biopori"])
def test_every_capacity_has_somebody_who_stamps(code):
    assert not [hint for hint in lint(make_definition(code)) if hint.code == "nobody_stamps"]


def test_amounts_nobody_has_a_source_for_are_left_open_and_say_so():
    for code in ("gps", "biopori"):
        frame = make_definition(code).frame
        for money in (*frame.costs, *frame.savings):
            if money.amount_low is None:
                assert any(word in money.source.text.said(ENGLISH) for word in ("enters its own", "no figure"))


def test_gps_publishes_weighed_and_estimated_kilograms_apart():
    indicators = {indicator.code: indicator for indicator in make_definition("gps").frame.indicators}
    assert indicators["kg_weighed"].measure == "kg.weighed"
    assert not indicators["kg_weighed"].is_estimate
    assert indicators["kg_estimated"].is_estimate
    assert {"actions", "people", "minutes", "bags_small", "bags_large"} <= indicators.keys()


def test_biopori_publishes_holes_with_a_baseline_and_by_the_diggers_group():
    indicators = {indicator.code: indicator for indicator in make_definition("biopori").frame.indicators}
    assert [code for code, indicator in indicators.items() if indicator.has_baseline] == ["holes"]
    assert {
        "holes_pkk",
        "holes_kb",
        "holes_dasawisma",
        "holes_volunteer",
        "actions",
        "people",
        "litres_filled",
    } <= indicators.keys()
