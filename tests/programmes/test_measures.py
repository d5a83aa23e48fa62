"""What was measured, and what it counts for."""

from __future__ import annotations

from decimal import Decimal

import pytest

from app.core.catalogue import ENGLISH, INDONESIAN
from app.programmes.rules import credits, measured
from tests.programmes.files import make_definition

GPS, BIOPORI = make_definition("gps"), make_definition("biopori")


@pytest.mark.parametrize(
    ("definition", "sent", "values"),
    [
        (GPS, {}, {}),
        (GPS, {"bags_large": 1}, {"bags_large": 1}),
        (GPS, {"bags_large": 2.0}, {"bags_large": 2}),
        (GPS, {"kg": 3.5}, {"kg": Decimal("3.5"), "kg_method": "estimated"}),
        (GPS, {"kg": 12, "kg_method": "weighed"}, {"kg": Decimal(12), "kg_method": "weighed"}),
        (GPS, {"kg": 0.0004}, {"kg": Decimal(0), "kg_method": "estimated"}),
        (GPS, {"kg": None, "items": 40}, {"items": 40}),
        (BIOPORI, {"holes": 3, "depth_cm": 82.5}, {"holes": 3, "depth_cm": Decimal("82.5")}),
    ],
)
def test_measures_become_values(definition, sent, values):
    assert measured(definition, sent) == (values, [])


@pytest.mark.parametrize(("sent", "written"), [(100, "100"), (100.0, "100"), (2.50, "2.5"), (0.1234, "0.123"), (0, "0")])
def test_one_amount_is_written_in_one_way(sent, written):
    values, _ = measured(GPS, {"kg": sent})
    assert str(values["kg"]) == written


@pytest.mark.parametrize(
    ("definition", "sent", "field", "code"),
    [
        (GPS, {"points": 9}, "measures.points", "unknown_field"),
        (GPS, {"bags_large": True}, "measures.bags_large", "number"),
        (GPS, {"bags_large": "2"}, "measures.bags_large", "number"),
        (GPS, {"bags_large": 1.5}, "measures.bags_large", "integer"),
        (GPS, {"bags_large": -1}, "measures.bags_large", "out_of_range"),
        (GPS, {"kg": 1000.5}, "measures.kg", "out_of_range"),
        (GPS, {"kg": float("nan")}, "measures.kg", "number"),
        (GPS, {"kg": float("inf")}, "measures.kg", "number"),
        (GPS, {"kg": 1, "kg_method": "guessed"}, "measures.kg_method", "choice"),
        (GPS, {"kg": 1, "kg_method": 1}, "measures.kg_method", "choice"),
        (BIOPORI, {}, "measures.holes", "missing"),
        (BIOPORI, {"holes": 0}, "measures.holes", "out_of_range"),
        (BIOPORI, {"holes": 1, "diameter_cm": 1}, "measures.diameter_cm", "out_of_range"),
    ],
)
def test_what_is_wrong_is_named(definition, sent, field, code):
    _, errors = measured(definition, sent)
    assert [(error.field, error.code) for error in errors] == [(field, code)]
    assert errors[0].message.said(INDONESIAN) != errors[0].message.said(ENGLISH)


def count(definition, measures, *, minutes=None, movement=None, on_programme_day=True):
    return credits(definition, measures=measures, minutes=minutes, movement=movement, on_programme_day=on_programme_day)


@pytest.mark.parametrize(
    ("counted", "expected"),
    [
        (count(GPS, {}, minutes=15), {"actions": 1, "credit": 1, "minutes": 15}),
        (count(GPS, {}, minutes=45), {"actions": 1, "credit": 1, "minutes": 30}),
        (count(GPS, {}, minutes=15, on_programme_day=False), {"actions": 1, "minutes": 15}),
        (count(GPS, {"kg": "3.5", "kg_method": "weighed"}), {"actions": 1, "credit": 1, "kg.weighed": 3500}),
        (count(GPS, {"kg": Decimal("0.05"), "kg_method": "estimated"}), {"actions": 1, "credit": 1, "kg.estimated": 50}),
        # Told as nothing is known; what nobody told is not.
        (count(GPS, {"bags_large": 0, "items": 7}), {"actions": 1, "credit": 1, "items": 7, "bags_large.zero": 1}),
        (count(GPS, {"kg": Decimal(0), "kg_method": "weighed"}), {"actions": 1, "credit": 1, "kg.weighed.zero": 1}),
        (count(BIOPORI, {"holes": 3}), {"actions": 1, "credit": 3, "holes": 3, "holes.volunteer": 3}),
        (count(BIOPORI, {"holes": 9}, movement="pkk"), {"actions": 1, "credit": 5, "holes": 9, "holes.pkk": 9}),
        (
            count(BIOPORI, {"holes": 1, "diameter_cm": "10", "depth_cm": "100", "litres_filled": "7.85"}, movement="kb"),
            {"actions": 1, "credit": 1, "holes": 1, "holes.kb": 1, "litres_filled": 7850},
        ),
    ],
)
def test_a_stamped_action_counts(counted, expected):
    assert counted == expected


@pytest.mark.parametrize("definition", [GPS, BIOPORI])
def test_nothing_is_counted_that_the_programme_does_not_name(definition):
    amounts = {code: 1 for code, measure in definition.measures.items() if measure.type != "choice"}
    methods = {code: measure.default for code, measure in definition.measures.items() if measure.type == "choice"}
    for movement in ("pkk", "kb", "dasawisma", None):
        assert count(definition, amounts | methods, minutes=20, movement=movement).keys() <= definition.tally_measures()
