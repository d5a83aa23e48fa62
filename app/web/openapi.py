"""The document that describes the wire (OpenAPI 3.1), made from the routes, the forms and what stands beside the views."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from http import HTTPStatus
from inspect import cleandoc
from typing import Any

from flask import Flask, Response, current_app, request
from pydantic import TypeAdapter
from werkzeug.routing import Rule

from app.core.catalogue import INDONESIAN, languages
from app.web.described import DEFINITIONS, Argument, Description, ProblemJson, SignIn, choice, described, description_of
from app.web.surfaces import Surface, SurfaceBlueprint, surface_of
from app.web.wire import SAFE_METHODS

blueprint = SurfaceBlueprint("openapi", __name__, Surface.WIRE)

MAX_AGE_S = 300
_KEY = "sabuk_openapi"
_SCHEMAS = "#/components/schemas/"
_PART = re.compile(r"<(?:(\w+):)?(\w+)>")
_KINDS: Mapping[str | None, dict[str, str]] = {"uuid": {"type": "string", "format": "uuid"}, "int": {"type": "integer"}}
_LANGUAGE = choice(
    "lang", "the language of sentences; else the cookie's, else Accept-Language", list(languages()), default=INDONESIAN
)

ABOUT = (
    "Residents' actions for their neighbourhood: recorded once, assessed, stamped, counted. Sentences come in Indonesian or "
    "English, by `lang`, the cookie or `Accept-Language`; codes never change with the language. Unknown fields of a body are "
    "refused, booleans are no numbers, times carry a zone. Clients ignore fields of an answer that they do not know."
)


@blueprint.get("/api/v1/openapi.json")
@described({200: dict[str, Any]}, sign_in=SignIn.NONE, is_kept=True)
def openapi() -> Response:
    """This document."""
    response = Response(text(current_app), mimetype="application/json")
    response.headers["Cache-Control"] = f"public, max-age={MAX_AGE_S}"
    response.add_etag()
    return response.make_conditional(request)  # type: ignore[return-value]


def text(app: Flask) -> str:
    """The document as it is served and printed. Made once: routes do not change while the program runs."""
    if _KEY not in app.extensions:
        app.extensions[_KEY] = json.dumps(document(app), ensure_ascii=False, indent=2) + "\n"
    made: str = app.extensions[_KEY]
    return made


@dataclass(frozen=True, slots=True)
class _Address:
    """One rule of the wire or a probe, its view, and what stands beside the view."""

    rule: Rule
    view: Callable[..., Any]
    description: Description
    surface: Surface

    @property
    def methods(self) -> list[str]:
        return sorted((self.rule.methods or set()) - {"HEAD", "OPTIONS"})


def undescribed(app: Flask) -> list[str]:
    """Addresses of the wire that nothing is said of."""
    return sorted(rule.rule for rule, view, _ in _views(app) if description_of(view) is None)


def document(app: Flask) -> dict[str, Any]:
    addresses = [
        _Address(rule, view, description, surface)
        for rule, view, surface in _views(app)
        if (description := description_of(view)) is not None
    ]
    refs, definitions = _schemas([address.description for address in addresses])
    paths: dict[str, dict[str, Any]] = {}
    for address in addresses:
        for method in address.methods:
            paths.setdefault(_PART.sub(r"{\2}", address.rule.rule), {})[method.lower()] = _operation(address, method, refs)
    return {
        "openapi": "3.1.0",
        "info": {"title": "Sabuk Hijau", "version": "1", "description": ABOUT},
        "servers": [{"url": "/"}],
        "paths": dict(sorted(paths.items())),
        "components": {
            "schemas": dict(sorted(definitions.items())),
            "responses": {_name(status): _refusal(status) for status in sorted(_all_refusals(addresses))},
            "parameters": {"lang": _parameter(_LANGUAGE)},
            "securitySchemes": {
                "token": {"type": "http", "scheme": "bearer", "description": "`sabuk token create NAME` prints one."},
                "session": {
                    "type": "apiKey",
                    "in": "cookie",
                    "name": app.config["SESSION_COOKIE_NAME"],
                    "description": "Of a browser that signed in on a page. What writes needs our own Origin and `X-Sabuk: 1`; "
                    "with `X-Sabuk-Account` (the `id` of `/api/v1/me`) it is 401 when the session is another account's.",
                },
            },
        },
    }


def _views(app: Flask) -> Iterator[tuple[Rule, Callable[..., Any], Surface]]:
    for rule in sorted(app.url_map.iter_rules(), key=lambda rule: (rule.rule, rule.endpoint)):
        surface = surface_of(app, rule.endpoint)
        if surface is not None and surface.speaks_json:
            yield rule, app.view_functions[rule.endpoint], surface


def _schemas(descriptions: list[Description]) -> tuple[dict[int, Any], dict[str, Any]]:
    """By the identity of what was told its schema, and the definitions that are referred to."""
    forms = [each.takes for each in descriptions if each.takes is not None and not isinstance(each.takes, tuple)]
    answers = [kind for each in descriptions for kind in each.gives.values()]
    types = {id(kind): kind for kind in (*forms, *answers, ProblemJson) if not isinstance(kind, dict)}
    taken = {id(kind) for kind in forms}
    inputs: list[Any] = [
        (key, "validation" if key in taken else "serialization", TypeAdapter(kind)) for key, kind in types.items()
    ]
    made, rest = TypeAdapter.json_schemas(inputs, ref_template=_SCHEMAS + "{model}")
    schemas = {id(kind): kind for kind in answers if isinstance(kind, dict)}
    schemas |= {key: schema for (key, _), schema in made.items() if isinstance(key, int)}
    return schemas, rest.get("$defs", {}) | DEFINITIONS


def _operation(address: _Address, method: str, refs: Mapping[int, Any]) -> dict[str, Any]:
    rule, description = address.rule, address.description
    told = cleandoc(address.view.__doc__ or "").partition("\n\n")
    operation: dict[str, Any] = {
        "operationId": address.view.__name__,
        "tags": [rule.endpoint.partition(".")[0]],
        "summary": " ".join(told[0].split()),
    }
    if told[2]:
        operation["description"] = told[2]
    operation["parameters"] = [
        {"name": name, "in": "path", "required": True, "schema": _KINDS.get(kind, {"type": "string"})}
        for kind, name in _PART.findall(rule.rule)
    ] + [_parameter(argument) for argument in description.arguments]
    if address.surface is Surface.WIRE:
        operation["parameters"].append({"$ref": "#/components/parameters/lang"})
    if isinstance(description.takes, tuple):
        operation["requestBody"] = {"required": True, "content": {media: {} for media in description.takes}}
    elif description.takes is not None:
        operation["requestBody"] = {"required": True, "content": {"application/json": {"schema": refs[id(description.takes)]}}}
    operation["responses"] = {
        str(status): {
            "description": HTTPStatus(status).phrase,
            "content": {description.media: {"schema": refs[id(kind)]}},
        }
        for status, kind in description.gives.items()
    }
    if description.is_kept:
        operation["responses"]["304"] = {"description": "What you keep is still right."}
    operation["responses"] |= {
        str(status): {"$ref": f"#/components/responses/{_name(status)}"} for status in _refusals(address, method)
    }
    operation["security"] = _security(description.sign_in)
    return operation


def _security(sign_in: SignIn) -> list[dict[str, list[str]]]:
    either: list[dict[str, list[str]]] = [{"token": []}, {"session": []}]
    return {SignIn.NEEDED: either, SignIn.WELCOME: [{}, *either], SignIn.NONE: []}[sign_in]


def _refusals(address: _Address, method: str) -> list[int]:
    """Every "no" that the address may answer with: those told, and those that follow from what it is."""
    description = address.description
    writes = method not in SAFE_METHODS
    found = {
        401: description.sign_in is SignIn.NEEDED,
        403: writes and description.sign_in is not SignIn.NONE,
        404: "<" in address.rule.rule,
        413: description.takes is not None,
        415: description.takes is not None and not isinstance(description.takes, tuple),
        422: description.takes is not None or bool(description.arguments),
        503: address.surface is Surface.WIRE and description.sign_in is not SignIn.NONE,
        507: writes,
    }
    return sorted({status for status, may in found.items() if may} | set(description.refuses))


def _all_refusals(addresses: list[_Address]) -> set[int]:
    return {status for each in addresses for method in each.rule.methods or () for status in _refusals(each, method)}


def _name(status: int) -> str:
    return HTTPStatus(status).phrase.replace(" ", "")


def _refusal(status: int) -> dict[str, Any]:
    headers = {401: {"WWW-Authenticate": "Bearer"}} | {later: {"Retry-After": "seconds"} for later in (429, 503, 507)}
    told: dict[str, Any] = {
        "description": HTTPStatus(status).phrase,
        "content": {"application/problem+json": {"schema": {"$ref": _SCHEMAS + "ProblemJson"}}},
    }
    if status in headers:
        told["headers"] = {
            name: {"description": what, "required": True, "schema": {"type": "string"}} for name, what in headers[status].items()
        }
    return told


def _parameter(argument: Argument) -> dict[str, Any]:
    return {
        "name": argument.name,
        "in": "query",
        "required": argument.required,
        "description": argument.what,
        "schema": dict(argument.schema),
    }
