"""What a browser tells when it subscribes to pushed notices."""

from __future__ import annotations

import base64
import binascii
from typing import Annotated

from pydantic import AfterValidator, Field

from app.channels.addresses import PushAddress
from app.core.text import Text
from app.web.wire import Wire, WireFieldError


def _key_of(size: int, first: bytes = b"") -> AfterValidator:
    """base64url, without padding, of so many bytes."""

    def checked(text: str) -> str:
        try:
            raw = base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
        except (binascii.Error, ValueError):
            raw = b""
        if len(raw) != size or not raw.startswith(first):
            raise WireFieldError("key", Text("Kunci browser harus %(size)s bita dalam base64url.", size=size))
        return text

    return AfterValidator(checked)


class PushKeysForm(Wire):
    p256dh: Annotated[str, _key_of(65, b"\x04")] = Field(max_length=100)
    auth: Annotated[str, _key_of(16)] = Field(max_length=50)


class PushForm(Wire):
    """The body of PUT /api/v1/me/push: a browser's PushSubscription."""

    endpoint: str = Field(min_length=1, max_length=1000)
    keys: PushKeysForm

    def address(self) -> PushAddress:
        return PushAddress(self.endpoint, self.keys.p256dh.rstrip("="), self.keys.auth.rstrip("="))


class PushEndForm(Wire):
    """The body of DELETE /api/v1/me/push."""

    endpoint: str = Field(min_length=1, max_length=1000)
