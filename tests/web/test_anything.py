"""Whatever the document allows, and some of what it does not, is answered as the document says."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress

import pytest
import schemathesis
from flask import Flask
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis.errors import Unsatisfiable
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)
from sqlalchemy.orm import Session

from tests.examples import percent
from tests.factories.actions import make_action
from tests.factories.cast import Cast, make_account, make_token
from tests.factories.city import MELATI

pytestmark = pytest.mark.early

CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
    response_headers_conformance,
]


@pytest.fixture
def wire(app: Flask, session: Session, cast: Cast) -> Iterator[schemathesis.BaseSchema]:
    """The document as served, asked by somebody who may do everything."""
    make_action(session, cast.budi)
    everybody = make_account(session, "semua", f"officer@{MELATI}", f"coordinator@{MELATI}", f"volunteer@site:{cast.office.uuid}")
    token = make_token(session, everybody)
    session.commit()
    schema = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", app)
    schema.config.headers = {"Authorization": f"Bearer {token}", "Accept-Encoding": "identity"}
    yield schema
    session.rollback()


@pytest.mark.hypothesis
@pytest.mark.parametrize(("mode", "at_least"), [(GenerationMode.POSITIVE, 19), (GenerationMode.NEGATIVE, 16)])
def test_anything_is_answered_as_described(mode: GenerationMode, at_least: int, wire: schemathesis.BaseSchema) -> None:
    asked = set()
    for found in wire.get_all_operations():
        operation = found.ok()

        @settings(max_examples=percent(8), phases=[Phase.generate], suppress_health_check=list(HealthCheck), database=None)
        @given(case=operation.as_strategy(generation_mode=mode))
        def ask(case: schemathesis.Case) -> None:
            asked.add(case.operation.label)
            case.call_and_validate(checks=CHECKS)

        # Nothing can be wrong with what takes nothing.
        with suppress(Unsatisfiable):
            ask()
    assert len(asked) >= at_least, asked
