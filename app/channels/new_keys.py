"""Making the keys of push. Only the job runner loads this module: it brings the library of ciphers."""

from __future__ import annotations

import base64
import json
from pathlib import Path

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec

from app.channels.keys import FILE
from app.settings import kept_text


def make_push_keys(instance: Path) -> None:
    """Make this installation's keys where there are none, readable by their owner only."""
    kept_text(instance / FILE, _made)


def _made() -> str:
    key = ec.generate_private_key(ec.SECP256R1())
    pem = key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    point = key.public_key().public_bytes(serialization.Encoding.X962, serialization.PublicFormat.UncompressedPoint)
    return json.dumps({"private_pem": pem.decode(), "public": base64.urlsafe_b64encode(point).rstrip(b"=").decode()})
