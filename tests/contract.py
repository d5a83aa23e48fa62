"""Holds every answer of the wire, and everything that it accepted, to the document at /api/v1/openapi.json."""

from __future__ import annotations

import json
import re
from typing import Any

from flask import Flask
from jsonschema import Draft202012Validator, FormatChecker
from werkzeug.exceptions import HTTPException
from werkzeug.test import TestResponse

from app.web import openapi

_KEY = "tests_contract"


class Contract:
    """The document, read so strictly that nothing undocumented passes."""

    def __init__(self, app: Flask) -> None:
        self._app = app
        self.document: dict[str, Any] = json.loads(openapi.text(app))
        self._components = _closed(self.document["components"])
        self._validators: dict[str, Draft202012Validator] = {}

    def operation(self, method: str, path: str) -> dict[str, Any] | None:
        """What the document says of the request; None for addresses that are no part of the wire."""
        try:
            rule, _ = self._app.url_map.bind("localhost").match(path.partition("?")[0], method, return_rule=True)
        except HTTPException:
            return None
        template = re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", rule.rule)
        found: dict[str, Any] | None = self.document["paths"].get(template, {}).get(method.lower())
        return found

    def problems(self, method: str, path: str, response: TestResponse, sent: object) -> list[str]:
        operation = self.operation(method, path)
        if operation is None:
            return []
        told = operation["responses"].get(str(response.status_code))
        if told is None:
            return [f"status {response.status_code} is not in the document"]
        if "$ref" in told:
            told = self._components["responses"][told["$ref"].rpartition("/")[2]]
        problems = [f"no header {name}" for name, header in told.get("headers", {}).items() if name not in response.headers]
        if "content" in told:
            schema = told["content"].get(response.mimetype, {}).get("schema")
            if schema is None:
                return [f"{response.mimetype} is not in the document"]
            problems += self._against(schema, json.loads(response.text))
        if response.status_code < 300 and isinstance(sent, dict):
            problems += self._against(operation["requestBody"]["content"]["application/json"]["schema"], sent)
        return problems

    def _against(self, schema: Any, value: object) -> list[str]:
        key = json.dumps(schema, sort_keys=True)
        if key not in self._validators:
            whole = {"components": self._components, **_closed(schema)}
            self._validators[key] = Draft202012Validator(whole, format_checker=FormatChecker())
        found = self._validators[key].iter_errors(value)
        return [f"{error.json_path}: {error.message[:300]}" for error in found]


def contract_of(app: Flask) -> Contract:
    if _KEY not in app.extensions:
        app.extensions[_KEY] = Contract(app)
    made: Contract = app.extensions[_KEY]
    return made


def _closed(schema: Any) -> Any:
    """The same, with nothing allowed in an object besides what is told of it."""
    if isinstance(schema, list):
        return [_closed(part) for part in schema]
    if not isinstance(schema, dict):
        return schema
    closed = {name: _closed(part) for name, part in schema.items()}
    if isinstance(schema.get("properties"), dict) and schema.get("type") == "object":
        closed.setdefault("additionalProperties", False)
    return closed
