"""A password typed on a form that comes back for another reason, so that nobody types it twice.

It travels in the page sealed with this server's key, for a quarter of an hour, and can be read nowhere else: neither by whoever
reads the page's source nor by another installation. Nothing of it is stored.
"""

from __future__ import annotations

import base64
import hashlib
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cryptography.fernet import Fernet

KEPT_FOR = timedelta(minutes=15)


def seal_password(password: str, secret: str, *, now: datetime) -> str:
    """The password as only this server reads it again."""
    return _cipher(secret).encrypt_at_time(password.encode(), int(now.timestamp())).decode()


def unseal_password(sealed: str, secret: str, *, now: datetime) -> str | None:
    """The password that was sealed; None for what is none of ours, was changed or is too old."""
    from cryptography.fernet import InvalidToken

    try:
        return _cipher(secret).decrypt_at_time(sealed.encode(), int(KEPT_FOR.total_seconds()), int(now.timestamp())).decode()
    except (InvalidToken, ValueError):
        return None


def _cipher(secret: str) -> Fernet:
    from cryptography.fernet import Fernet  # most forms are right at once: what seals is loaded for those that are not

    return Fernet(base64.urlsafe_b64encode(hashlib.sha256(f"kept password {secret}".encode()).digest()))
