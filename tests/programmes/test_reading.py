"""What is wrong with a programme file is said by its key, in both languages."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.catalogue import ENGLISH, INDONESIAN
from app.programmes.rules.reading import definition_of, digest, read
from app.programmes.rules.yaml_text import MAX_BYTES, MAX_VALUES
from tests.programmes.files import document_of, text_of

GPS = text_of("gps")

CHANGED = [
    ("version: 1", "version: true", "version", "int_type"),
    ("version: 1", "version: 1.0", "version", "int_type"),
    ("version: 1", 'version: "1"', "version", "int_type"),
    ("version: 1", "version: no", "version", "int_type"),
    ("version: 1", "version: 0", "version", "greater_than_equal"),
    ("version: 1", "version: 0o17", "version", "number"),
    ("version: 1", "version: 1_0", "version", "number"),
    ("version: 1", f"version: {10**30}", "version", "number"),
    ("version: 1", "version: 1\nversion: 1", "version", "duplicate"),
    ("version: 1", "version: 1\nvresion: 1", "vresion", "extra_forbidden"),
    ("code: gps", "", "code", "missing"),
    ("code: gps", "code: G-P-S", "code", "string_pattern_mismatch"),
    ("code: gps", "code: [gps]", "code", "string_type"),
    ("code: gps", "code: gps\n12: a", "file", "key"),
    ("code: gps", "code: gps\n<<: {a: 1}", "file", "key"),
    ("code: gps", "code: gps\n? [a]\n: b", "file", "key"),
    ("code: gps", "code: &name gps", "line 4", "alias"),
    ("code: gps", "code: *name", "line 4", "alias"),
    ("code: gps", "code: !!python/name:os.system gps", "line 4", "tag"),
    ("code: gps", "%YAML 1.1\n---\ncode: gps", "line 5", "one_document"),
    ("code: gps", "code: gps\n---\ncode: gps", "line 5", "one_document"),
    ("code: gps", "code: " + "[" * 13 + "]" * 13, "line 4", "too_deep"),
    ("code: gps", "code: [" + "1, " * MAX_VALUES + "1]", "file", "too_many"),
    ("code: gps", f"code: gps # {'x' * MAX_BYTES}", "file", "too_large"),
    ("  id: Gerakan Pungut Sampah (GPS)", "  id: ''", "name.id", "contradiction"),
    ("  id: Gerakan Pungut Sampah (GPS)", '  id: "a\\0b"', "name.id", "contradiction"),
    ("  id: Gerakan Pungut Sampah (GPS)", '  id: "a\\uD800b"', "name.id", "text"),
    ("  id: Gerakan Pungut Sampah (GPS)", "  id: 2014", "name.id", "string_type"),
    ("  id: Gerakan Pungut Sampah (GPS)", "\tid: tab", "line 9", "tab"),
    ("  id: Gerakan Pungut Sampah (GPS)", "  id: [open", "line 10", "unreadable"),
    ("effective_from: 2014-06-23", "effective_from: 23-06-2014", "effective_from", "date_parsing"),
    ("effective_from: 2014-06-23", "effective_from: 2014-02-30", "effective_from", "date_parsing"),
    ("effective_from: 2014-06-23", "effective_from: 2014-06-23T08:00:00Z", "effective_from", "date_parsing"),
    ("effective_from: 2014-06-23", "effective_from: 9999-01-01", "effective_from", "less_than_equal"),
    ("radius_m: 200", "radius_m: .nan", "place.radius_m", "number"),
    ("radius_m: 200", "radius_m: .inf", "place.radius_m", "number"),
    ("radius_m: 200", "radius_m: 1e999", "place.radius_m", "number"),
    ("radius_m: 200", "radius_m: true", "place.radius_m", "float_type"),
    ("radius_m: 200", "radius_m: 9", "place.radius_m", "greater_than_equal"),
    ("radius_m: 200", "radius_m: 301", "place.radius_m", "contradiction"),
    ("kind: circle", "kind: square", "place.kind", "union_tag_invalid"),
    ("  kind: circle\n", "", "place.kind", "union_tag_not_found"),
    ("[monday, wednesday, friday]", "[Senin]", "days[0]", "enum"),
    ("[monday, wednesday, friday]", "[]", "days", "too_short"),
    ("[monday, wednesday, friday]", "monday", "days", "tuple_type"),
    ('start: "07:30"', "start: 7.30", "hours.start", "string_type"),
    ('start: "07:30"', "start: 7:30", "hours.start", "string_pattern_mismatch"),
    ('start: "07:30"', "start: 09:00", "hours.end", "contradiction"),
    ("shortest: 10", "shortest: 40", "minutes.shortest", "contradiction"),
    ("country: ID", "country: XX", "calendar.country", "contradiction"),
    ("country: ID", "country: AT", "calendar.categories[1]", "contradiction"),
    ("removed: []", "removed: [soon]", "calendar.removed[0]", "date_parsing"),
    ("type: decimal", "type: float", "measures.kg.type", "literal_error"),
    ("largest: 1000\n", "largest: '1000'\n", "measures.kg.largest", "contradiction"),
    ("largest: 1000\n", "largest: 0.0001\n", "measures.kg.largest", "decimal_max_places"),
    ("method_in: kg_method", "method_in: items", "measures.kg.method_in", "contradiction"),
    ("    default: estimated\n", "", "measures.kg_method.default", "contradiction"),
    ("    default: estimated\n", "    default: guessed\n", "measures.kg_method.default", "contradiction"),
    ("  bags_small:\n", "  credit:\n", "measures.credit", "contradiction"),
    ("photos: 0", "photos: -1", "evidence.photos", "greater_than_equal"),
    ("photos: 0", "photos: 0\n  roles: [after]", "evidence.roles", "contradiction"),
    ("officer@site", "officer@home", "stamping.volunteer[0]", "string_pattern_mismatch"),
    ("  pupil: [", "  baby: [", "stamping.baby", "contradiction"),
    ("[teacher@site, principal@site]", "[]", "stamping.pupil", "too_short"),
    ("actions_per_day: 3", "actions_per_day: 3\n  amount_per_day: {litres: 4}", "caps.amount_per_day.litres", "contradiction"),
    ("actions_per_day: 3", "actions_per_day: 3\n  amount_per_day: {kg: 4}", "caps.amount_per_day.kg", "contradiction"),
    ("late_look_days: 7", "late_look_days: 31", "limits.late_look_days", "contradiction"),
    ("threshold: 25", "threshold: lots", "ladder.rungs[1].threshold", "int_type"),
    ("threshold: 25", "threshold: 19", "ladder.rungs[1].threshold", "contradiction"),
    ("threshold: 25", "threshold: 80", "ladder.rungs[1].stripes[0]", "contradiction"),
    ("[7, 13, 19]", "[7, 6, 19]", "ladder.rungs[0].stripes[1]", "contradiction"),
    ("[7, 13, 19]", "[7, true]", "ladder.rungs[0].stripes[1]", "int_type"),
    ("[7, 13, 19]", "[7, 13, 19, 20]", "ladder.rungs[0].stripes", "too_long"),
    ("belt: black", "belt: white", "ladder.rungs[3].belt", "contradiction"),
    ("    least: 3", "    least: 0", "badges[3].least", "greater_than_equal"),
    ("    rule: places", "    rule: amount", "badges[3].measure", "contradiction"),
    ("code: three_places", "code: first_pick", "badges[3].code", "contradiction"),
    ("measure: kg.weighed", "measure: kg", "frame.indicators[3].measure", "contradiction"),
    ("code: kg_weighed", "code: people", "frame.indicators[3].code", "contradiction"),
    ("per: {id: per kantong", "amount_low: 5\n      per: {id: per kantong", "frame.costs[0].amount_low", "contradiction"),
    (
        "per: {id: per kantong",
        "amount_low: 5\n      amount_high: 4\n      per: {id: per kantong",
        "frame.costs[0].amount_low",
        "contradiction",
    ),
]


@pytest.mark.parametrize(("old", "new", "field", "code"), CHANGED)
def test_one_thing_wrong_is_named_by_its_key(old, new, field, code):
    assert old in GPS
    reading = read(GPS.replace(old, new, 1))
    assert reading.definition is None
    assert (field, code) in [(error.field, error.code) for error in reading.errors]
    for error in reading.errors:
        assert error.message.said(INDONESIAN).endswith((".", "?"))
        assert error.message.said(ENGLISH).endswith((".", "?"))
        assert error.message.said(INDONESIAN) != error.message.said(ENGLISH)


@pytest.mark.parametrize(
    ("content", "field", "code"),
    [
        (b"", "file", "no_mapping"),
        (b"- gps", "file", "no_mapping"),
        (b"\xff\xfe", "file", "encoding"),
        (b"code: a\x00b", "file", "unreadable"),
        ({"code": float("nan")}, "code", "number"),
        ({"code": object()}, "code", "value"),
        ({"days": [{1}]}, "days[0]", "value"),
    ],
)
def test_what_is_no_programme_file_at_all_is_said(content, field, code):
    reading = read(content)
    assert reading.definition is None
    assert (field, code) in [(error.field, error.code) for error in reading.errors]


def test_several_things_wrong_are_said_at_once():
    wrong = read(GPS.replace("version: 1", "version: x").replace("threshold: 25", "threshold: x"))
    assert [error.field for error in wrong.errors] == ["version", "ladder.rungs[1].threshold"]


def test_a_slip_of_the_finger_is_answered_with_the_key_that_was_meant():
    errors = read(GPS.replace("  radius_m:", "  radius:")).errors
    assert "radius_m" in next(error.message.said(ENGLISH) for error in errors if error.code == "extra_forbidden")


def test_a_bomb_of_aliases_is_refused_before_it_goes_off():
    bomb = "a: &a [x, x, x, x, x, x, x, x, x]\n" + "".join(
        f"{name}: &{name} [{', '.join([f'*{before}'] * 9)}]\n" for before, name in zip("abcdefgh", "bcdefghi", strict=True)
    )
    began = time.process_time()
    assert [error.code for error in read(bomb).errors] == ["alias"]
    assert time.process_time() - began < 1


def test_a_byte_order_mark_and_windows_line_ends_are_read():
    assert read(b"\xef\xbb\xbf" + GPS.replace("\n", "\r\n").encode()).definition == read(GPS).definition


def test_comments_and_layout_do_not_change_the_digest_and_every_value_does():
    assert digest(read("# more\n" + GPS).document) == digest(document_of("gps"))
    assert digest(document_of("gps", version=2)) != digest(document_of("gps"))
    reordered = dict(reversed(document_of("gps").items()))
    assert digest(reordered) != digest(document_of("gps"))


def test_a_document_that_was_kept_says_the_same_again():
    assert definition_of(document_of("biopori")) == read(text_of("biopori")).definition


@given(st.text(max_size=200) | st.binary(max_size=200))
def test_whatever_is_read_answers_with_sentences(content):
    reading = read(content)
    assert reading.definition is None
    assert reading.errors


@given(st.lists(st.sampled_from(GPS.splitlines()), max_size=60))
def test_torn_files_answer_with_sentences(lines):
    reading = read("\n".join(lines))
    assert reading.errors
    assert all(error.field for error in reading.errors)
