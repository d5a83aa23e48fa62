"""Web push: one message to one browser. It takes an address and words, and knows no person.

Only a job runner that has something to push loads this module: it brings the library of ciphers and those of HTTP.
"""

from __future__ import annotations

from py_vapid import Vapid
from pywebpush import WebPushException, webpush
from requests import RequestException

from app.channels.addresses import NotTaken, PushAddress, Sent
from app.channels.keys import PushKeys

TIMEOUT_S = 10
_GONE = frozenset({401, 403, 404, 410})
"""The subscription is over, or was made for other keys."""


def send(address: PushAddress, words: str, keys: PushKeys, *, contact: str, ttl_s: int) -> Sent:
    """Encrypt the words for that browser alone (RFC 8291) and hand them to its push service; NotTaken: try later."""
    try:
        webpush(
            {"endpoint": address.endpoint, "keys": {"p256dh": address.p256dh, "auth": address.auth}},
            data=words,
            vapid_private_key=Vapid.from_pem(keys.private_pem.encode()),
            vapid_claims={"sub": contact},
            ttl=ttl_s,
            timeout=TIMEOUT_S,
        )
    except WebPushException as problem:
        status = problem.response.status_code if problem.response is not None else None
        if status in _GONE:
            return Sent.GONE
        raise NotTaken(f"the push service answered {status}") from problem
    except RequestException as problem:
        raise NotTaken(type(problem).__name__) from problem
    except ValueError:
        # The browser's own key is no key.
        return Sent.GONE
    return Sent.DONE
