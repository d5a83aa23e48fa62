"""Names that the world may see. They are random: nothing can be counted or guessed from them."""

from __future__ import annotations

import secrets
import uuid


def new_id() -> uuid.UUID:
    """A random UUID (version 4): nobody guesses the next."""
    return uuid.uuid4()


def new_secret() -> str:
    """256 random bits, safe in an address and in a header."""
    return secrets.token_urlsafe(32)
