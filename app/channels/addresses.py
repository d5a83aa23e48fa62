"""Where a browser can be reached, and what became of what was sent there."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from urllib.parse import urlsplit


@dataclass(frozen=True, slots=True)
class PushAddress:
    """What a browser gave when it subscribed."""

    endpoint: str
    p256dh: str
    auth: str


class Sent(StrEnum):
    DONE = "done"
    GONE = "gone"
    """Nobody listens at the address any more, and never will."""


class NotTaken(Exception):
    """The push service did not take the message just now."""


def is_service(endpoint: str, services: Iterable[str]) -> bool:
    """Whether the address lies at one of the push services; `*.` stands for names below."""
    try:
        asked = urlsplit(endpoint)
    except ValueError:
        return False
    origin = f"{asked.scheme}://{asked.netloc}"
    return any(re.fullmatch(re.escape(service).replace(r"\*", r"[a-z0-9.-]+"), origin) for service in services)
