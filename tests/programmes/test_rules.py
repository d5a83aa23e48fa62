"""Hints and differences."""

from __future__ import annotations

from app.programmes.rules.diff import KeyChange, changes
from app.programmes.rules.lint import lint
from tests.programmes.files import document_of, make_definition

GPS = make_definition("gps")


def rungs_with(place, **changes):
    rungs = document_of("gps")["ladder"]["rungs"]
    rungs[place] |= changes
    return rungs


def test_nothing_differs_between_a_file_and_itself():
    assert changes(GPS, make_definition("gps")) == []


def test_each_changed_key_is_told_with_old_and_new():
    new = make_definition("gps", version=2, place__radius_m=150.0, ladder__rungs=rungs_with(1, threshold=30))
    assert changes(GPS, new) == [
        KeyChange("version", 1, 2),
        KeyChange("place.radius_m", 200.0, 150.0),
        KeyChange("ladder.rungs[green].threshold", 25, 30),
    ]


def test_a_rung_put_in_between_changes_no_other_rung():
    rungs = document_of("gps")["ladder"]["rungs"]
    yellow = {"belt": "yellow", "name": {"id": "Sabuk Kuning", "en": "Yellow belt"}, "threshold": 22}
    told = changes(GPS, make_definition("gps", ladder__rungs=[rungs[0], yellow, *rungs[1:]]))
    assert {change.key.partition("]")[0] for change in told} == {"ladder.rungs[yellow"}
    assert KeyChange("ladder.rungs[yellow].threshold", None, 22) in told


def test_a_default_that_is_written_out_is_no_change():
    assert changes(GPS, make_definition("gps", caps__exempt=[])) == []


def hints(**changed):
    return {(hint.field, hint.code) for hint in lint(make_definition("gps", **changed))}


def test_a_file_is_asked_who_stamps():
    stamping = {capacity: who for capacity, who in document_of("gps")["stamping"].items() if capacity != "teacher"}
    assert ("stamping.teacher", "nobody_stamps") in hints(stamping=stamping)


def test_a_cap_that_nobody_can_meet_is_pointed_at():
    assert ("caps.amount_per_day.items", "cap_never_met") in hints(caps__amount_per_day={"items": 30_000})
    assert ("caps.amount_per_day.items", "cap_never_met") not in hints(caps__amount_per_day={"items": 29_999})


def test_a_sentence_that_was_not_translated_is_pointed_at():
    same = "A sentence that somebody forgot to translate."
    assert ("summary", "untranslated") in hints(summary={"id": same, "en": same})
    assert ("frame.change_management[0]", "untranslated") in hints(frame__change_management=[{"id": same, "en": same}])
    assert ("name", "untranslated") not in hints(name={"id": "GPS", "en": "GPS"})


def test_what_is_counted_and_never_told_is_pointed_at():
    assert hints() == {("measures.items", "never_told")}
