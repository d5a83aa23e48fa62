"""How commands say "no": one plain sentence on standard error for each thing that is wrong, and exit code 1."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar

import click

from app.core.errors import DomainError, Invalid
from app.core.text import in_english_and_indonesian

P = ParamSpec("P")
R = TypeVar("R")


def speaks_plainly(command: Callable[P, R]) -> Callable[P, R]:
    """Turn a DomainError into its sentence, in both languages where a person has to act on it."""

    @wraps(command)
    def plain(*args: P.args, **kwargs: P.kwargs) -> R:
        try:
            return command(*args, **kwargs)
        except Invalid as error:
            lines = [f"{e.field}: {in_english_and_indonesian(e.message)}" for e in error.errors]
            raise click.ClickException("\n       ".join(lines)) from error
        except DomainError as error:
            raise click.ClickException(f"{in_english_and_indonesian(error.message)}") from error

    return plain
