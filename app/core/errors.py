"""What a service may answer instead of a result. Only app/web/errors.py knows their status codes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from app.core.catalogue import ENGLISH
from app.core.text import Text


@dataclass(frozen=True, slots=True)
class FieldError:
    """One thing wrong with one named field of what was sent."""

    field: str
    code: str
    message: Text


class DomainError(Exception):
    """An ordinary "no", with a code for programs and a sentence for people."""

    code = "error"
    message = Text("Permintaan ini tidak dapat dijalankan.")

    def __init__(self, message: Text | None = None, code: str | None = None) -> None:
        self.message = message or self.message
        self.code = code or self.code
        super().__init__(self.message.said(ENGLISH))


class NotFound(DomainError):
    code = "not_found"
    message = Text("Tidak ditemukan.")


class NotSignedIn(DomainError):
    """Nobody is signed in here, or not the one for whom this was sent."""

    code = "401"
    message = Text("Masuk dulu, lalu coba lagi. Catatan Anda tetap aman.")


class NotAllowed(DomainError):
    code = "not_allowed"
    message = Text("Anda tidak berwenang untuk ini.")


class Conflict(DomainError):
    code = "conflict"
    message = Text("Bertentangan dengan yang sudah tercatat.")


class Unavailable(DomainError):
    """What is asked for is not there just now, and is being made."""

    code = "unavailable"
    message = Text("Sedang disiapkan. Coba lagi sebentar.")


class TooMany(DomainError):
    """More than is taken at once; after `wait_s` seconds there is room again."""

    code = "too_many"
    message = Text("Terlalu banyak sekaligus. Coba lagi nanti.")

    def __init__(self, wait_s: int, message: Text | None = None, code: str | None = None) -> None:
        self.wait_s = wait_s
        super().__init__(message, code)


class Invalid(DomainError):
    """Something sent is malformed; every error names its field."""

    code = "invalid"
    message = Text("Ada isian yang perlu diperbaiki.")

    def __init__(self, errors: Iterable[FieldError], message: Text | None = None) -> None:
        self.errors = tuple(errors)
        super().__init__(message)


def invalid(field: str, code: str, message: Text) -> Invalid:
    """An Invalid with the one error given."""
    return Invalid([FieldError(field, code, message)])
