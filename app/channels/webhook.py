"""A webhook: one JSON document posted to an address that the operator set. It knows no person, follows nobody elsewhere."""

from __future__ import annotations

import json
from collections.abc import Mapping
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from urllib.parse import urlsplit

from app.channels.addresses import NotTaken

TIMEOUT_S = 5.0


def post(address: str, document: Mapping[str, object]) -> None:
    """Hand the document to whoever answers there. Raises NotTaken, which never tells the address: it may be a secret."""
    parts = urlsplit(address)
    made = HTTPSConnection if parts.scheme == "https" else HTTPConnection
    connection = made(parts.hostname or "", parts.port, timeout=TIMEOUT_S)
    path = f"{parts.path or '/'}{'?' if parts.query else ''}{parts.query}"
    try:
        connection.request("POST", path, json.dumps(document).encode(), {"Content-Type": "application/json"})
        status = connection.getresponse().status
    except (OSError, HTTPException, ValueError) as problem:
        raise NotTaken(type(problem).__name__) from None
    finally:
        connection.close()
    if not 200 <= status < 300:
        raise NotTaken(f"the webhook answered {status}")
