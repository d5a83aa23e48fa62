"""The pair of keys with which this server signs what it pushes to browsers (VAPID, RFC 8292): read here, made in new_keys."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

FILE = "push-keys.json"


@dataclass(frozen=True, slots=True)
class PushKeys:
    private_pem: str
    """PKCS 8, P-256."""
    public: str
    """The point, uncompressed, in base64url: what browsers are told when they subscribe."""


def push_keys(instance: Path) -> PushKeys | None:
    """The keys of this installation; None until the job runner has started for the first time and made them."""
    try:
        kept = json.loads((instance / FILE).read_text())
    except FileNotFoundError:
        return None
    return PushKeys(kept["private_pem"], kept["public"])
