"""What phones must not send, and how it is told: tables for the tests of the wire."""

from __future__ import annotations

import gzip
import json
from typing import Any

from tests.factories.actions import body, fix_at, holes
from tests.factories.city import IN_MELATI

FIX = fix_at(IN_MELATI)
PHOTO = {"sha256": "a" * 64, "role": "after"}


def fix(**change: Any) -> dict[str, Any]:
    return {"fix": {name: value for name, value in (FIX | change).items() if value is not ...}}


def times(value: object) -> list[tuple[dict[str, Any], str]]:
    """The value in each of the three times."""
    return [({"captured_at": value}, "captured_at"), ({"sent_at": value}, "sent_at"), (fix(fixed_at=value), "fix.fixed_at")]


# What is sent instead of the plain body's field, the field named, the code told.
FIELDS: list[tuple[dict[str, Any], str, str]] = [
    *(({name: value}, name, "extra_forbidden") for name, value in {
        "points": 1000, "belt": "black", "status": "stamped", "received_at": "2026-11-16T08:00:00Z", "person": 1,
        "role": "officer", "kelurahan": "32.99.01.1001", "id": "x", "recorded_by": 1, "stamp": True, "findings": [],
        "observed_at": None,
    }.items()),
    (fix(speed=1), "fix.speed", "extra_forbidden"),
    ({"photos": [PHOTO | {"url": "x"}]}, "photos[0].url", "extra_forbidden"),
    ({"photos": [PHOTO | {"taken_at": "2026-11-16T07:05:00"}]}, "photos[0].taken_at", "timezone_aware"),
    ({"photos": [PHOTO | {"lon": 107.6}]}, "photos[0]", "half_a_place"),
    ({"photos": [PHOTO | {"lon": 181, "lat": 0}]}, "photos[0].lon", "less_than_equal"),
    ({"photos": [PHOTO | {"lon": 0, "lat": 0}]}, "photos[0]", "null_island"),
    # Missing
    *(({name: ...}, name, "missing") for name in ("programme", "captured_at", "sent_at", "fix", "minutes")),
    *((fix(**{name: ...}), f"fix.{name}", "missing") for name in ("lon", "lat", "source")),
    ({"photos": [{"role": "after"}]}, "photos[0].sha256", "missing"),
    # Programme
    ({"programme": "nosuch"}, "programme", "unknown_programme"),
    *(({"programme": value}, "programme", "string_pattern_mismatch") for value in (
        "GPS", "", "gps\n", "../gps", "g" * 60, "gps\x00",
    )),
    ({"programme": 1}, "programme", "string_type"),
    ({"programme": None}, "programme", "string_type"),
    # Numbers
    *(({"minutes": value}, "minutes", "int_type") for value in (True, False, "15", 15.5, [15], {}, "")),
    ({"minutes": None}, "minutes", "missing"),
    ({"minutes": -1}, "minutes", "greater_than_equal"),
    *(({"minutes": value}, "minutes", "less_than_equal") for value in (1441, 10**30, 1e300)),
    *((fix(**{name: value}), f"fix.{name}", "float_type")
      for name in ("lon", "lat", "accuracy_m") for value in (False, "107.6", [])),
    (fix(lon=180.001), "fix.lon", "less_than_equal"),
    (fix(lon=-180.001), "fix.lon", "greater_than_equal"),
    (fix(lat=90.001), "fix.lat", "less_than_equal"),
    (fix(lat=-90.001), "fix.lat", "greater_than_equal"),
    (fix(lon=0, lat=0), "fix", "null_island"),
    (fix(lon=-0.0, lat=0.0), "fix", "null_island"),
    *((fix(accuracy_m=value), "fix.accuracy_m", "greater_than") for value in (0, -1, -0.0)),
    (fix(accuracy_m=1e9), "fix.accuracy_m", "less_than_equal"),
    (fix(accuracy_m=None), "fix", "accuracy"),
    (fix(accuracy_m=...), "fix", "accuracy"),
    (fix(source="pin"), "fix", "accuracy"),
    (fix(source="photo"), "fix", "accuracy"),
    (fix(source="gps"), "fix.source", "literal_error"),
    ({"fix": None}, "fix", "model_type"),
    ({"fix": []}, "fix", "model_type"),
    # Times
    *((change, field, "timezone_aware") for change, field in times("2026-11-16T07:05:00")),
    *((change, field, "datetime_type") for value in (
        1763856000, 1763856000.5, "1763856000", "2026-11-16", "", True,
    ) for change, field in times(value)),
    *((change, field, "year") for value in (
        "1970-01-01T00:00:00Z", "9999-12-31T23:59:59Z", "0001-01-01T00:00:00+23:00", "9999-12-31T23:59:59-23:00",
    ) for change, field in times(value)),
    *((change, field, "datetime_parsing") for value in (
        "2026-11-16T24:00:00+07:00", "2026-11-16T07:05:00+99:00", "2026-11-16T07:05:60+07:00", "2026-02-30T07:05:00+07:00",
        "2026-11-16T07:05:00 WIB", "1e9", "16/11/2026 07:05", "yesterday",
    ) for change, field in times(value)),
    ({"captured_at": None}, "captured_at", "datetime_type"),
    # Measures
    ({"measures": []}, "measures", "dict_type"),
    ({"measures": {"trees": 1}}, "measures.trees", "unknown_field"),
    ({"measures": {"holes": 1}}, "measures.holes", "unknown_field"),
    *(({"measures": {"bags_large": value}}, "measures.bags_large", code) for value, code in (
        (-1, "out_of_range"), (101, "out_of_range"), (10**300, "out_of_range"), (1.5, "integer"), (True, "number"),
        ("1", "number"), ([1], "number"), ({"n": 1}, "number"),
    )),
    *(({"measures": {"kg": value}}, "measures.kg", code) for value, code in (
        (-0.1, "out_of_range"), (1000.1, "out_of_range"), (1e308, "out_of_range"), (False, "number"), ("3.5", "number"),
    )),
    ({"measures": {"kg": 1, "kg_method": "guessed"}}, "measures.kg_method", "choice"),
    ({"measures": {"kg": 1, "kg_method": True}}, "measures.kg_method", "choice"),
    ({"measures": {f"m{n}": 1 for n in range(41)}}, "measures", "too_long"),
    (holes(0), "measures.holes", "out_of_range"),
    (holes() | {"measures": {}}, "measures.holes", "missing"),
    # Photographs
    ({"photos": [PHOTO] * 7}, "photos", "too_long"),
    ({"photos": {}}, "photos", "list_type"),
    *(({"photos": [PHOTO | {"sha256": value}]}, "photos[0].sha256", "string_pattern_mismatch")
      for value in ("A" * 64, "a" * 63, "g" * 64, "")),
    ({"photos": [PHOTO | {"role": "selfie"}]}, "photos[0].role", "literal_error"),
    ({"photos": ["a" * 64]}, "photos[0]", "model_type"),
    # Places and persons
    *(({name: value}, name, "uuid_parsing") for name in ("site", "on_behalf_of") for value in ("x", "", "5d1f0c5e")),
    ({"site": 5}, "site", "uuid_type"),
    *(({name: value}, name, name) for name in ("rw", "rt") for value in ("", "0", "-1", "RW", "lima", "1234", "5a", "０５")),
    ({"rw": 5}, "rw", "string_type"),
    # Words
    ({"note": "x" * 1001}, "note", "string_too_long"),
    ({"note": "a\x00b"}, "note", "null_character"),
    ({"note": None}, "note", "string_type"),
    ({"note": 1}, "note", "string_type"),
]  # fmt: skip

TEXT = json.dumps(body())

# Raw body, the field named, the code told.
BODIES: list[tuple[bytes, str, str]] = [
    (b"", "", "json"),
    (b"{", "", "json"),
    (TEXT.encode()[:-1], "", "json"),
    (TEXT.encode() + b"}", "", "json"),
    (TEXT.replace('"', "'").encode(), "", "json"),
    (TEXT.replace("15,", "15,,").encode(), "", "json"),
    (TEXT.replace('"minutes"', "minutes").encode(), "", "json"),
    (b"\xef\xbb\xbf" + TEXT.encode(), "", "json"),
    (TEXT.encode("utf-16"), "", "encoding"),
    (TEXT.replace('"note": ""', '"note": "caf\xe9"').encode("latin-1"), "", "encoding"),
    (TEXT.replace('"note": ""', r'"note": "\ud83d"').encode(), "", "encoding"),
    (TEXT.replace('"note": ""', r'"\udfff": 1').encode(), "", "encoding"),
    (rb'{"\ud800": 1, "\ud800": 2}', "", "encoding"),
    (gzip.compress(TEXT.encode()), "", "encoding"),
    *((text, "", "object") for text in (b"[]", b"null", b"15", b'"gps"', b"true", f"[{TEXT}]".encode())),
    (TEXT.replace('"minutes": 15', '"minutes": 15, "minutes": 15').encode(), "minutes", "repeated"),
    (TEXT.replace('"lon"', '"lon": 1, "lon"').encode(), "fix.lon", "repeated"),
    (TEXT.replace('"photos": []', '"photos": [{}, {"role": null, "role": null}]').encode(), "photos[1].role", "repeated"),
    (b'{"fix": {"lon": 1, "lon": 2}, "fix": 3}', "fix", "repeated"),
    *((TEXT.replace('"minutes": 15', f'"minutes": {value}').encode(), "minutes", "int_type")
      for value in ("NaN", "Infinity", "-Infinity", "1e999")),
    *((TEXT.replace('"accuracy_m": 12.0', f'"accuracy_m": {value}').encode(), "fix.accuracy_m", "finite_number")
      for value in ("NaN", "Infinity", "1e999")),
    *((TEXT.replace('"kg": 3.5', f'"kg": {value}').encode(), "measures.kg", "number") for value in ("NaN", "-Infinity", "1e999")),
    (TEXT.replace('"minutes": 15', '"minutes": ' + "1" * 5000).encode(), "", "number"),
    (TEXT.replace('"minutes": 15', '"minutes": ' + "[" * 20 + "]" * 20).encode(), "", "depth"),
    (TEXT.replace('"measures": {', '"measures": {"deep": ' + '{"a":' * 200 + "1" + "}" * 200 + ",").encode(), "", "depth"),
    (b"[" * 60_000, "", "depth"),
    (b'{"a":' * 12_000, "", "depth"),
]  # fmt: skip
