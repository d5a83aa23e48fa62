"""May this definition follow the version before it?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from app.core.errors import FieldError
from app.core.text import Text
from app.programmes.rules.definition import Definition


@dataclass(frozen=True, slots=True)
class Previous:
    """The newest version there is."""

    version: int
    effective_from: date
    definition: Definition


def may_follow(definition: Definition, previous: Previous | None, *, today: date) -> list[FieldError]:
    """What stands against it. Old actions keep the rules of their day, so rules never change backwards."""
    last = previous.version if previous else 0
    errors = []
    if definition.version != last + 1:
        errors.append(
            FieldError(
                "version",
                "version_order",
                Text(
                    "Versi terakhir %(last)s; yang berikutnya harus %(next)s, bukan %(given)s.",
                    last=last or Text("belum ada"),
                    next=last + 1,
                    given=definition.version,
                ),
            )
        )
    if previous is not None:
        errors += _in_time(definition, previous, today)
        errors += _same_kinds(definition, previous.definition)
    return errors


def _in_time(definition: Definition, previous: Previous, today: date) -> list[FieldError]:
    first = max(today, date.fromordinal(previous.effective_from.toordinal() + 1))
    if definition.effective_from >= first:
        return []
    text = Text("Aturan tidak berlaku surut: paling awal %(first)s.", first=first.isoformat())
    return [FieldError("effective_from", "effective_order", text)]


def _same_kinds(definition: Definition, before: Definition) -> list[FieldError]:
    """What was counted under a name stays of its kind: whole numbers and decimals are never added up."""
    return [
        FieldError(
            f"measures.{code}.type",
            "kind_changed",
            Text(
                "%(code)s sudah dihitung sebagai %(type)s; pakai nama lain untuk jenis baru.",
                code=code,
                type=before.measures[code].type,
            ),
        )
        for code, measure in definition.measures.items()
        if code in before.measures and before.measures[code].type != measure.type
    ]
