"""What a programme file says that is allowed and probably not meant."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, get_args

from app.core.catalogue import INDONESIAN, languages
from app.core.errors import FieldError
from app.core.text import Text
from app.programmes.rules.definition import Capacity, Definition, Part, Wording

LONG_ENOUGH_TO_DIFFER = 25
"""Letters from which on the same text in both languages looks like a translation that was forgotten."""


def lint(definition: Definition) -> list[FieldError]:
    """Hints, each with its key; none of them keeps the file from being applied."""
    return [*_nobody_stamps(definition), *_caps_never_met(definition), *_never_told(definition), *_untranslated(definition, "")]


def _nobody_stamps(definition: Definition) -> Iterator[FieldError]:
    for capacity in get_args(Capacity):
        if capacity not in definition.stamping:
            yield _hint(
                f"stamping.{capacity}",
                "nobody_stamps",
                Text("Tidak ada yang mengecap aksi %(capacity)s; aksinya akan menunggu terus.", capacity=capacity),
            )


def _caps_never_met(definition: Definition) -> Iterator[FieldError]:
    caps = definition.caps
    for name, most in caps.amount_per_day.items():
        largest = definition.measures[name].largest
        if caps.actions_per_day and largest * caps.actions_per_day <= most:
            yield _hint(
                f"caps.amount_per_day.{name}",
                "cap_never_met",
                Text("Batas sehari ini tidak akan pernah tercapai."),
            )


def _never_told(definition: Definition) -> Iterator[FieldError]:
    told = {indicator.measure.partition(".")[0] for indicator in definition.frame.indicators}
    for code, measure in definition.measures.items():
        if measure.is_summed and code not in told:
            yield _hint(
                f"measures.{code}",
                "never_told",
                Text("%(code)s dihitung tetapi tidak ditampilkan indikator mana pun.", code=code),
            )


def _untranslated(value: object, path: str) -> Iterator[FieldError]:
    if isinstance(value, Wording):
        others = {language: text for language, text in value.by_language().items() if language != INDONESIAN}
        if value.id in others.values() and len(value.id) >= LONG_ENOUGH_TO_DIFFER and " " in value.id:
            yield _hint(path, "untranslated", Text("Teks dalam dua bahasa sama persis."))
        for language in languages():
            if language != INDONESIAN and language not in others:
                yield _hint(path, "no_text", Text("Belum ada teksnya dalam bahasa %(language)s.", language=language))
    elif isinstance(value, Part):
        for name in type(value).model_fields:
            yield from _untranslated(getattr(value, name), f"{path}.{name}".strip("."))
    elif isinstance(value, tuple):
        for place, inner in enumerate(value):
            yield from _untranslated(inner, f"{path}[{place}]")
    elif isinstance(value, dict):
        yield from _untranslated_values(value, path)


def _untranslated_values(values: dict[str, Any], path: str) -> Iterator[FieldError]:
    for name, inner in values.items():
        yield from _untranslated(inner, f"{path}.{name}")


def _hint(key: str, code: str, message: Text) -> FieldError:
    return FieldError(key, code, message)
