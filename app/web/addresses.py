"""Whole addresses for what leaves the house, and numbers within addresses: what no database can hold is not there."""

from __future__ import annotations

from typing import Any

from flask import Flask, current_app, url_for
from werkzeug.routing import IntegerConverter, ValidationError

MAX_NUMBER = 2**31 - 1


class NumberConverter(IntegerConverter):
    """A whole number as large as a row's may be."""

    def to_python(self, value: str) -> int:
        number: int = super().to_python(value[: len(str(MAX_NUMBER)) + 1])
        if number > MAX_NUMBER:
            raise ValidationError
        return number


def whole_address(endpoint: str, **values: Any) -> str:  # noqa: ANN401 - handed on as they are
    """The page's address for letters, QR codes and messages. It begins as the operator says (`Settings.address`).

    What a request gives as its host is anybody's word: a link made of it leads wherever they wish.
    """
    return f"{current_app.config['SETTINGS'].address}{url_for(endpoint, **values)}"


def install(flask: Flask) -> None:
    flask.jinja_env.globals["whole_address"] = whole_address
    flask.jinja_env.globals["site_address"] = lambda: current_app.config["SETTINGS"].address
    flask.url_map.converters["int"] = NumberConverter
