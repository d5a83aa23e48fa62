"""Features that share a code: parts and repetitions become one area, contradictions are refused."""

from __future__ import annotations

import shapely
from shapely.geometry import shape

from app.core.catalogue import ENGLISH, INDONESIAN
from app.places.rules import FieldOptions, Survey, survey
from tests.places.drawing import collection, feature, kelurahan, square

CODE = "32.99.01.1001"


def read(*features) -> Survey:
    found = survey(collection(*features), FieldOptions())
    assert isinstance(found, Survey)
    return found


def test_parts_of_one_code_are_one_area():
    found = read(kelurahan(1, 0, 0, population=7), kelurahan(2, 5, 5), kelurahan(1, 0, 1, population=7), kelurahan(1, 3, 3))
    assert not found.refused
    first, _ = found.accepted
    assert first.number == 1
    assert first.population == 7
    assert shapely.equals(first.outline, shapely.union_all([shape(square(0, 0)), shape(square(0, 1)), shape(square(3, 3))]))
    assert [(one.number, one.merged_into) for one in found.merged] == [(3, 1), (4, 1)]
    assert first.repairs[0].said(ENGLISH) == "joined from 3 parts (with features 3, 4)"


def test_what_is_written_twice_counts_once_and_is_told():
    found = read(kelurahan(1, 0, 0), kelurahan(1, 0, 0, "ANGGREK"))
    assert [one.number for one in found.accepted] == [1]
    assert [one.merged_into for one in found.merged] == [1]
    assert "dengan isi yang sama" in found.accepted[0].repairs[0].said(INDONESIAN)


def test_figures_of_parts_that_differ_are_not_known():
    found = read(kelurahan(1, 0, 0, population=7, households=3), kelurahan(1, 0, 1, population=8))
    assert (found.accepted[0].population, found.accepted[0].households) == (None, 3)


def test_one_code_of_two_names_is_refused_on_both_sides():
    found = read(kelurahan(1, 0, 0), kelurahan(1, 1, 0, "Beringin"), kelurahan(3, 2, 0))
    assert [one.number for one in found.refused] == [1, 2]
    assert not found.merged


def test_two_outlines_of_the_same_ground_are_refused_on_both_sides():
    found = read(kelurahan(1, 0, 0), feature(CODE, "Anggrek", square(0, 0, width=1.5), district="Taman"))
    assert [one.number for one in found.refused] == [1, 2]
    assert "another outline in feature 2" in found.refused[0].refusals[0].said(ENGLISH)


def test_a_feature_that_is_refused_anyway_takes_no_other_with_it():
    found = read(kelurahan(1, 0, 0), kelurahan(1, 0, 1) | {"geometry": None})
    assert [one.number for one in found.accepted] == [1]
    assert [one.number for one in found.refused] == [2]
