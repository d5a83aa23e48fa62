"""What is malformed is refused by the name of its field, in the reader's language, and nothing of it is stored."""

from __future__ import annotations

import gzip
import json
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.actions.models import ActionPhoto
from app.places.models import Area
from tests.examples import percent
from tests.factories.actions import body
from tests.factories.cast import Cast
from tests.page_client import PageClient
from tests.sync.malformed import BODIES, FIELDS, PHOTO, TEXT
from tests.sync.wire import Sign, address, rows


@pytest.mark.long_on_postgis
def test_every_wrong_field_is_named_in_both_languages_and_nothing_is_stored(
    signed_in: Sign, cast: Cast, session: Session
) -> None:
    budi, astray = signed_in(cast.budi), []
    areas = session.scalar(select(func.count()).select_from(Area))
    for change, field, code in FIELDS:
        sent = {name: value for name, value in (body() | change).items() if value is not ...}
        told = {
            language: budi.put(address(), json=sent, status=422, headers={"Accept-Language": language}).json
            for language in ("id", "en")
        }
        found = [[(error["field"], error["code"]) for error in answer["errors"]] for answer in told.values()]
        words = {language: [error["message"] for error in answer["errors"]] for language, answer in told.items()}
        if found != [[(field, code)]] * 2 or words["id"] == words["en"] or not all(words["id"] + words["en"]):
            astray.append((change, field, code, found, words))
    assert astray == []
    assert rows(session) == 0
    assert session.scalar(select(func.count()).select_from(Area)) == areas


def test_several_wrong_fields_are_told_at_once(signed_in: Sign, cast: Cast) -> None:
    sent = body(minutes="15", points=3, rw="x", photos=[PHOTO | {"role": "x"}])
    answer = signed_in(cast.budi).put(address(), json=sent, status=422).json
    assert [error["field"] for error in answer["errors"]] == ["minutes", "rw", "photos[0].role", "points"]
    assert answer["status"] == 422
    assert answer["title"] == "Perlu diperbaiki"


def test_a_photograph_that_has_not_arrived_is_named(signed_in: Sign, cast: Cast, session: Session) -> None:
    answer = signed_in(cast.budi).put(address(), json=body(photos=[PHOTO, {"sha256": "b" * 64}]), status=422).json
    assert [(error["field"], error["code"]) for error in answer["errors"]] == [
        ("photos[0]", "photo_missing"),
        ("photos[1]", "photo_missing"),
    ]
    assert rows(session) == 0
    assert session.scalar(select(func.count()).select_from(ActionPhoto)) == 0


def test_a_broken_body_is_told_what_is_broken(signed_in: Sign, cast: Cast, session: Session) -> None:
    budi, astray = signed_in(cast.budi), []
    for raw, field, code in BODIES:
        answers = [
            budi.put(address(), data=raw, content_type="application/json", status=422, headers={"Accept-Language": language}).json
            for language in ("id", "en")
        ]
        found = [[(error["field"], error["code"]) for error in answer["errors"]] for answer in answers]
        if found != [[(field, code)]] * 2 or answers[0]["errors"][0]["message"] == answers[1]["errors"][0]["message"]:
            astray.append((raw[:80], field, code, answers))
    assert astray == []
    assert rows(session) == 0


@pytest.mark.parametrize(
    ("request_", "status"),
    [
        ({"data": TEXT, "content_type": "text/plain"}, 415),
        ({"data": TEXT, "content_type": "application/x-www-form-urlencoded"}, 415),
        ({"data": TEXT, "content_type": "application/jsonp"}, 415),
        ({"data": TEXT}, 415),
        (
            {"data": gzip.compress(TEXT.encode()), "content_type": "application/json", "headers": {"Content-Encoding": "gzip"}},
            415,
        ),
        ({"data": b" " * (64 * 1024) + TEXT.encode(), "content_type": "application/json"}, 413),
    ],
)
def test_other_types_and_large_bodies_are_not_read(
    request_: dict[str, Any], status: int, signed_in: Sign, cast: Cast, session: Session
) -> None:
    answer = signed_in(cast.budi).put(address(), status=status, **request_)
    assert answer.mimetype == "application/problem+json"
    assert rows(session) == 0


def test_a_body_of_64_kib_is_read(signed_in: Sign, cast: Cast) -> None:
    padded = TEXT.encode().ljust(64 * 1024)
    signed_in(cast.budi).put(address(), data=padded, content_type="application/json; charset=utf-8", status=201)


@pytest.mark.parametrize(
    "wrong", ["x", "5d1f0c5e", "5d1f0c5e-0000-4000-8000-00000000000g", "{5d1f0c5e-0000-4000-8000-000000000001}", "..", "%00"]
)
def test_what_is_no_uuid_is_no_address(wrong: str, signed_in: Sign, cast: Cast) -> None:
    answer = signed_in(cast.budi).put(f"/api/v1/actions/{wrong}", json=body(), status=404)
    assert answer.mimetype == "application/problem+json"


def test_other_methods_are_told_which_there_are(signed_in: Sign, cast: Cast) -> None:
    answer = signed_in(cast.budi).post(address(), json=body(), status=405)
    assert answer.mimetype == "application/problem+json"
    assert set(answer.headers["Allow"].split(", ")) >= {"GET", "PUT", "DELETE"}


# --- Anything at all ------------------------------------------------------------------------------------------------------------

ANYTHING = st.recursive(
    st.one_of(
        st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=20), st.sampled_from(["gps", "device", "05"])
    ),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=10), inner, max_size=3),
    max_leaves=5,
)


@st.composite
def mutated(draw: st.DrawFn) -> bytes:
    """The plain body with one to three of its parts replaced, dropped or added, sometimes with a few bytes changed."""
    whole: dict[str, Any] = json.loads(TEXT)
    for _ in range(draw(st.integers(1, 3))):
        part = draw(st.sampled_from([whole, whole.get("fix"), whole.get("measures")]))
        if not isinstance(part, dict):
            part = whole
        name = draw(st.sampled_from(sorted(part) or ["x"]) | st.text(max_size=10))
        if draw(st.booleans()):
            part[name] = draw(ANYTHING)
        else:
            part.pop(name, None)
    raw = bytearray(json.dumps(whole, ensure_ascii=draw(st.booleans())).encode("utf-8", "surrogatepass"))
    for place in draw(st.lists(st.integers(0, len(raw) - 1), max_size=2)):
        raw[place] = draw(st.integers(0, 255))
    return bytes(raw)


@settings(max_examples=percent(150), suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(raw=mutated())
def test_no_body_breaks_the_server_or_is_stored_twice(
    raw: bytes, page: PageClient, signed_in: Sign, cast: Cast, session: Session
) -> None:
    budi, where, before = signed_in(cast.budi), address(), rows(session)
    first = budi.send("PUT", where, status=None, data=raw, content_type="application/json")
    again = budi.send("PUT", where, status=None, data=raw, content_type="application/json")
    stored = rows(session) - before
    assert (first.status_code, again.status_code, stored) in {(201, 200, 1), (422, 422, 0), (403, 403, 0)}, first.text
    if stored:
        assert first.data == again.data
