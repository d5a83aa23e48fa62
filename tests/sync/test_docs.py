"""The examples of docs/wire.md, played in their order."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy.orm import Session

from app.people.service import account
from tests.factories.cast import Cast
from tests.sync.wire import Sign

WIRE = Path(__file__).parents[2] / "docs" / "wire.md"


@dataclass
class Example:
    method: str
    path: str
    headers: dict[str, str]
    sent: Any
    status: int
    answer: Any


def examples() -> Iterator[Example]:
    for block in re.findall(r"^```http\n(.*?)^```$", WIRE.read_text(), re.MULTILINE | re.DOTALL):
        request, status, answer = re.split(r"^(\d{3})\n", block, flags=re.MULTILINE)
        head, _, sent = request.strip().partition("\n\n")
        first, *headers = head.splitlines()
        method, path = first.split()
        said = dict(header.split(": ") for header in headers)
        yield Example(method, path, said, json.loads(sent) if sent else None, int(status), json.loads(answer))


def matches(shown: Any, found: Any) -> bool:
    """Equal, where the page does not say that it differs each time."""
    if shown == "...":
        return found is not None
    if isinstance(shown, dict) and isinstance(found, dict):
        return shown.keys() == found.keys() and all(matches(shown[name], found[name]) for name in shown)
    if isinstance(shown, list) and isinstance(found, list):
        return len(shown) == len(found) and all(map(matches, shown, found))
    return bool(shown == found)


def test_the_examples_are_answered_as_shown(signed_in: Sign, cast: Cast, session: Session) -> None:
    played = list(examples())
    assert len(played) == 6
    for example in played:
        name = example.headers.pop("Authorization").removeprefix("Bearer {").removesuffix("}")
        request: dict[str, Any] = {"headers": example.headers} | ({"json": example.sent} if example.sent else {})
        client = signed_in(account(session, name))
        answer = client.send(example.method, example.path, status=example.status, **request).json
        assert matches(example.answer, answer), (example.path, answer)
