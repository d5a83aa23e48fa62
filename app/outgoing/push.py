"""Web push: one message to one browser. It takes an address and words, and knows no person."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from urllib.parse import urlsplit

from app.outgoing.keys import PushKeys

PATIENCE_S = 10
_GONE = frozenset({401, 403, 404, 410})
"""The subscription is over, or was made for other keys."""


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
    """Whether the address lies at one of the services; `*.` stands for names below."""
    asked = urlsplit(endpoint)
    if asked.username or asked.password or not asked.hostname:
        return False
    origin = f"{asked.scheme}://{asked.netloc}"
    return any(re.fullmatch(re.escape(service).replace(r"\*", r"[a-z0-9.-]+"), origin) for service in services)


def send(address: PushAddress, words: str, keys: PushKeys, *, contact: str, ttl_s: int) -> Sent:
    """Encrypt the words for that browser alone (RFC 8291) and hand them to its push service; NotTaken: try later."""
    # Loaded only by the job runner: it brings two libraries of HTTP.
    from py_vapid import Vapid
    from pywebpush import WebPushException, webpush
    from requests import RequestException

    try:
        webpush(
            {"endpoint": address.endpoint, "keys": {"p256dh": address.p256dh, "auth": address.auth}},
            data=words,
            vapid_private_key=Vapid.from_pem(keys.private_pem.encode()),
            vapid_claims={"sub": contact},
            ttl=ttl_s,
            timeout=PATIENCE_S,
        )
    except WebPushException as problem:
        status = problem.response.status_code if problem.response is not None else None
        if status in _GONE:
            return Sent.GONE
        raise NotTaken(f"the push service answered {status}") from problem
    except RequestException as problem:
        raise NotTaken(type(problem).__name__) from problem
    return Sent.DONE
