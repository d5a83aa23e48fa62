"""The reference of keys says of every key what the check of a file asks."""

from __future__ import annotations

from app.core.catalogue import ENGLISH, INDONESIAN
from app.programmes.rules.key_meanings import MEANINGS
from app.programmes.rules.part import Part, Wording
from app.programmes.rules.reference import parts_told


def told(path):
    """Key -> what is told of it, of the part that stands there."""
    return {key.key: key for part in parts_told() if path in part.path.split(", ") for key in part.keys}


def test_every_key_of_every_part_is_told():
    models = [model for model in Part.__subclasses__() if model is not Wording]
    assert {name: set(keys) for name, keys in MEANINGS.items()} == {m.__name__: set(m.model_fields) for m in models}
    assert [len(part.keys) for part in parts_told()].count(0) == 0
    assert {part.anchor for part in parts_told()} == {f"bagian-{model.__name__.lower()}" for model in models}


def test_what_may_stand_there_is_what_the_check_asks():
    minutes = told("minutes")["shortest"]
    assert [value.said(ENGLISH) for value in minutes.values] == ["whole number", "1 to 600 minutes"]
    assert minutes.is_needed
    limits = told("limits")
    assert ([value.said(INDONESIAN) for value in limits["late_hold_days"].values], limits["late_hold_days"].otherwise) == (
        ["bilangan bulat", "0 sampai 3.650 hari"],
        "30",
    )
    assert not limits["late_hold_days"].is_needed


def test_lists_say_how_many_and_of_what():
    stripes = told("ladder.rungs[]")["stripes"]
    assert [value.said(ENGLISH) for value in stripes.values] == ["list", "at most 3 items", "whole number", "1 to 10,000,000"]
    days = told("")["days"]
    assert [value.said(ENGLISH) for value in days.values][1].startswith("monday, tuesday")
    assert days.otherwise == "[monday, tuesday, wednesday, thursday, friday, saturday, sunday]"


def test_a_part_leads_to_the_parts_within_it():
    assert told("")["place"].parts == ("bagian-circle", "bagian-ownarea")
    assert told("")["place"].values == ()
    assert told("frame")["costs"].parts == told("frame")["savings"].parts == ("bagian-money",)
    assert told("frame.costs[]") == told("frame.savings[]")
