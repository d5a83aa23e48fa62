"""What changes between two versions, as people say it; and files as people edit them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

import app.programmes.rules.definition  # noqa: F401 - every part of a file
from app.core.catalogue import ENGLISH, INDONESIAN, Language
from app.programmes.rules.change_words import changes_said
from app.programmes.rules.key_words import KEYS
from app.programmes.rules.part import Part, Wording
from app.programmes.rules.reading import digest, read
from app.programmes.rules.writing import written
from tests.programmes.files import document_of, make_definition

RUNGS = "ladder__rungs"


def rungs_with(place, **changes):
    rungs = document_of("gps")["ladder"]["rungs"]
    rungs[place] |= changes
    return rungs


def said(**changes):
    """Each difference as (section, what, before, after), in English."""
    found = changes_said(make_definition("gps"), make_definition("gps", **changes))
    return [
        (each.section.said(ENGLISH), each.what.said(ENGLISH), each.before.said(ENGLISH), each.after.said(ENGLISH))
        for each in found
    ]


def test_every_key_has_its_words():
    keys = {name for part in Part.__subclasses__() for name in part.model_fields}
    assert keys | {"en"} == set(KEYS)


def test_another_version_from_another_day_is_no_difference():
    assert said(version=2, effective_from="2199-01-01") == []


def test_a_threshold_is_told_by_its_belt():
    assert said(ladder__rungs=rungs_with(1, threshold=29)) == [("Belt levels", "Green belt, from a count of", "25", "29")]


CASES = [
    ({"place__radius_m": 150}, ("Place", "usual radius", "200 m", "150 m")),
    ({"days": ["monday", "sunday"]}, ("Programme days", "", "Monday, Wednesday, Friday", "Monday, Sunday")),
    ({"minutes": None}, ("Duration of an action", "shortest", "10 minutes", "nothing")),
    ({"caps__actions_per_day": 4}, ("Limits for one person", "actions a day, at most", "3", "4")),
    ({"caps__exempt": ["cadre"]}, ("Limits for one person", "without these limits", "nothing", "Cadre")),
    ({"caps__amount_per_day": {"items": 5000}},
     ("Limits for one person", "amount a day before an officer checks, Items picked up", "nothing", "5,000")),
    ({"credit": {"programme_days_only": False}}, ("What counts towards the belt", "on programme days only", "yes", "no")),
    ({"measures__kg__largest": 500.5}, ("Measures", "Weight of litter, largest", "1,000", "500.5")),
    ({"stamping__pupil": ["principal@site"]},
     ("Who stamps", "Pupil", "a teacher of the school, the principal", "the principal")),
    ({"evidence": {"photos": 1, "roles": ["after"]}}, ("Photographs", "how many are asked for", "0", "1")),
    ({"calendar__removed": ["2026-12-24"]}, ("Holidays", "days that are no holidays", "nothing", "Thursday, 24 December 2026")),
    ({"name__en": "Litter"}, ("The programme's name", "in English", "Litter Picking Movement (GPS)", "Litter")),
]  # fmt: skip


@pytest.mark.parametrize(("changes", "told"), CASES, ids=[next(iter(changes)) for changes, _ in CASES])
def test_each_sort_of_value_is_said(changes, told):
    assert told in said(**changes)


def test_what_comes_and_goes_is_named_from_the_version_that_has_it():
    badges = document_of("gps")["badges"]
    gone = said(badges=badges[1:])
    name = make_definition("gps").badges[0].name.text.said(ENGLISH)
    assert all(what.startswith(name) for _, what, _, _ in gone)
    assert {after for *_, after in gone} == {"nothing"}


def test_members_without_a_name_are_counted_from_one():
    outcomes = document_of("gps")["frame"]["outcomes"]
    outcomes[0]["outcome"]["en"] = "Clean."
    (told,) = said(frame__outcomes=outcomes)
    assert told[1] == "outcome for a party, item 1, outcome, in English"


@pytest.mark.parametrize("code", ["gps", "biopori"])
def test_everything_that_a_file_can_say_is_said_in_both_languages(code):
    """From one programme to another, so that every key differs at least once."""
    other = make_definition("biopori" if code == "gps" else "gps")
    for change in changes_said(make_definition(code), other):
        for text in (change.section, change.before, change.after):
            assert text.said(INDONESIAN)
            assert text.said(ENGLISH)


@pytest.mark.parametrize("code", ["gps", "biopori"])
def test_a_written_file_says_the_same(code):
    reading = read(written(document_of(code)))
    assert reading.errors == ()
    assert digest(reading.document) == digest(document_of(code))


PRINTABLE = st.characters(exclude_categories=["Cs", "Cc"], include_characters="\n\t")


@given(st.text(PRINTABLE, min_size=1, max_size=80).filter(str.strip))
def test_words_survive_being_written(words):
    assert read(written({"name": {"id": words, "en": "x"}})).document["name"]["id"] == words


@pytest.mark.parametrize(
    ("languages", "said"),
    [
        ({"id": "Sabuk"}, ("Sabuk", "Sabuk", "Sabuk")),
        ({"id": "Sabuk", "en": "Belt"}, ("Sabuk", "Belt", "Sabuk")),
        ({"id": "Sabuk", "su": "Beubeur"}, ("Sabuk", "Sabuk", "Beubeur")),
    ],
)
def test_a_text_is_said_in_its_languages_and_else_in_indonesian(languages, said):
    wording = Wording.model_validate(languages)
    assert tuple(wording.text.said(Language(language)) for language in ("id", "en", "su")) == said
    assert wording.by_language() == languages


@pytest.mark.parametrize(
    "texts", [{}, {"en": "Belt"}, {"id": "Sabuk", "english": "Belt"}, {"id": "Sabuk", "en": ""}, {"id": "Sabuk", "en": 3}]
)
def test_a_text_has_indonesian_and_names_languages_by_their_codes(texts):
    with pytest.raises(ValidationError):
        Wording.model_validate(texts)
