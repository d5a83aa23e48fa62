"""Numbers within addresses: what no database can hold is not there."""

from __future__ import annotations

from flask import Flask
from werkzeug.routing import IntegerConverter, ValidationError

LARGEST = 2**31 - 1


class Number(IntegerConverter):
    """A whole number as large as a row's may be."""

    def to_python(self, value: str) -> int:
        number: int = super().to_python(value[: len(str(LARGEST)) + 1])
        if number > LARGEST:
            raise ValidationError
        return number


def install(flask: Flask) -> None:
    flask.url_map.converters["int"] = Number
