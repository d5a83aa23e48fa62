"""The description of the wire says what there is, and nothing else."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from jsonschema import Draft202012Validator
from werkzeug.datastructures import Headers
from werkzeug.test import TestResponse
from werkzeug.wrappers import Request

from app.cli import sabuk
from app.sync.forms import ActionForm
from app.web import openapi
from tests.contract import contract_of
from tests.page_client import PageClient

DOCUMENT = "/api/v1/openapi.json"


@pytest.fixture
def document(app: Flask) -> dict[str, Any]:
    return contract_of(app).document


def test_every_address_of_the_wire_is_described_and_nothing_else(app: Flask, document: dict[str, Any]) -> None:
    """A new view says what it takes and gives with @described, directly below its route."""
    assert openapi.undescribed(app) == []
    there = {
        (re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", rule.rule), method.lower())
        for rule in app.url_map.iter_rules()
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
        if rule.rule.startswith("/api/") or rule.rule in ("/healthz", "/readyz")
    }
    told = {(path, method) for path, operations in document["paths"].items() for method in operations}
    assert told == there


def test_it_is_served_and_printed_alike(page: PageClient, app: Flask) -> None:
    served = page.get(DOCUMENT)
    printed = app.test_cli_runner().invoke(sabuk, ["openapi"])
    assert printed.exit_code == 0
    assert printed.stdout == served.text
    assert served.mimetype == "application/json"
    assert page.get(DOCUMENT, status=304, headers={"If-None-Match": served.headers["ETag"]}).data == b""


def test_its_schemas_are_schemas_and_its_references_lead_somewhere(document: dict[str, Any]) -> None:
    assert document["openapi"] == "3.1.0"
    for schema in document["components"]["schemas"].values():
        Draft202012Validator.check_schema(schema)
    references = set(re.findall(r'"\$ref": "#/components/(\w+)/(\w+)"', json.dumps(document)))
    assert references
    assert {(kind, name) for kind, name in references if name not in document["components"][kind]} == set()
    used = {name for kind, name in references if kind == "schemas"}
    assert set(document["components"]["schemas"]) == used, "nothing is described that is not used"


def test_every_operation_has_its_own_name_and_a_sentence(document: dict[str, Any]) -> None:
    operations = [operation for path in document["paths"].values() for operation in path.values()]
    names = [operation["operationId"] for operation in operations]
    assert len(names) == len(set(names))
    assert all(operation["summary"].endswith(".") for operation in operations), [o["summary"] for o in operations]


def test_the_body_of_an_action_is_the_form_s_own_schema(document: dict[str, Any]) -> None:
    body = document["components"]["schemas"]["ActionForm"]
    assert set(body["properties"]) == set(ActionForm.model_fields)
    assert body["required"] == ["programme", "captured_at", "sent_at", "fix"]
    assert body["additionalProperties"] is False
    assert body["properties"]["photos"]["maxItems"] == 6
    action = document["paths"]["/api/v1/actions/{action_id}"]["put"]
    assert set(action["responses"]) == {"200", "201", "401", "403", "404", "409", "413", "415", "422", "503", "507"}
    assert action["security"] == [{"token": []}, {"session": []}]


def test_arguments_are_those_that_the_address_knows(page: PageClient, document: dict[str, Any], cast: object) -> None:
    """What is told is not refused as unknown; what is not told is."""
    for path, operations in document["paths"].items():
        operation = operations.get("get", {})
        known = [given["name"] for given in operation.get("parameters", ()) if given.get("in") == "query"]
        if not known or (operation["security"] and {} not in operation["security"]):
            continue
        address = path.replace("{code}", "gps" if "programmes" in path else "32.99.01.1001")
        asked = dict.fromkeys(known, "x") | {"nosuch": "x"}
        answer = page.send("GET", address, status=422, query_string=asked)
        unknown = {error["field"] for error in answer.json["errors"] if error["code"] == "unknown_field"}
        assert unknown == {"nosuch"}, path


def test_docs_name_the_same_addresses(document: dict[str, Any]) -> None:
    shown = (Path(__file__).parents[2] / "docs" / "wire.md").read_text()
    told = set(re.findall(r"`(GET|PUT|POST|DELETE) (/[^\s`?]*)`", shown))
    assert told == {(method.upper(), path) for path, operations in document["paths"].items() for method in operations}


def test_a_seeded_lie_is_found(app: Flask) -> None:
    """The page client holds every answer against the document; here is what it would say."""
    contract, path = contract_of(app), "/healthz"

    def told(body: object, status: int = 200, media: str = "application/json") -> list[str]:
        response = TestResponse([json.dumps(body).encode()], str(status), Headers({"Content-Type": media}), Request({}))
        return contract.problems("GET", path, response, None)

    assert told({"status": "ok"}) == []
    assert told({"status": "ok", "load": 3}) == ["$: Additional properties are not allowed ('load' was unexpected)"]
    assert told({}) == ["$: 'status' is a required property"]
    assert told({"status": 1}) == ["$.status: 1 is not of type 'string'"]
    assert told({"status": "ok"}, status=201) == ["status 201 is not in the document"]
    assert told({"status": "ok"}, media="text/html") == ["text/html is not in the document"]
