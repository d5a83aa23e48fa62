"""The pair of keys with which this server signs what it pushes to browsers (VAPID, RFC 8292)."""

from __future__ import annotations

import base64
import json
from dataclasses import dataclass
from pathlib import Path

from app.settings import kept_text

FILE = "push-keys.json"


@dataclass(frozen=True, slots=True)
class PushKeys:
    private_pem: str
    """PKCS 8, P-256."""
    public: str
    """The point, uncompressed, in base64url: what browsers are told when they subscribe."""


def push_keys(instance: Path) -> PushKeys:
    """The keys of this installation; made on first use and kept, readable by their owner only."""
    kept = json.loads(kept_text(instance / FILE, _made))
    return PushKeys(kept["private_pem"], kept["public"])


def _made() -> str:
    # Loaded only where keys are made: each process that answers pages would carry it.
    from cryptography.hazmat.primitives import serialization
    from cryptography.hazmat.primitives.asymmetric import ec

    key = ec.generate_private_key(ec.SECP256R1())
    pem = key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    point = key.public_key().public_bytes(serialization.Encoding.X962, serialization.PublicFormat.UncompressedPoint)
    return json.dumps({"private_pem": pem.decode(), "public": base64.urlsafe_b64encode(point).rstrip(b"=").decode()})
