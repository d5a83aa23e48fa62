"""What officers send."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from pydantic import AfterValidator, Field

from app.web.wire import Wire, Wrong


def _plain_text(value: str) -> str:
    if "\x00" in value:
        raise Wrong("null_character", "Ada huruf yang tidak dapat disimpan.", "There is a character that cannot be stored.")
    return value


Words = Annotated[str, AfterValidator(_plain_text)]


class StampForm(Wire):
    """The body of POST /api/v1/stamps."""

    actions: list[UUID] = Field(min_length=1, max_length=200)
    note: Words = Field(default="", max_length=1000)


class VoidForm(Wire):
    """The body of POST /api/v1/stamps/{id}/void."""

    reason: Words = Field(max_length=1000)


class RefusalForm(Wire):
    """The body of POST /api/v1/refusals."""

    actions: list[UUID] = Field(min_length=1, max_length=200)
    reason: Words = Field(max_length=1000)
