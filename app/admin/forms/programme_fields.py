"""Fields for what cities change most of a programme: the form is made for the programme whose values it asks for.

A field is called as errors call its key (`minutes.longest`), so what the check of the file says comes to stand at its field.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any, ClassVar

from wtforms import DateField, Field, SelectMultipleField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Optional
from wtforms.widgets import CheckboxInput, ListWidget, TextInput, TimeInput

from app.core.errors import DomainError, FieldError, Invalid
from app.core.text import Text, Verbatim
from app.programmes.rules import often_changed
from app.programmes.rules.definition import Definition
from app.programmes.rules.editing import Path, Value
from app.programmes.rules.often_changed import DAYS, FURTHER, HOURS, MINUTES, dotted
from app.programmes.rules.said import DAY_NAMES
from app.programmes.rules.setting import Weekday
from app.web.forms import NumberField, PageForm, WholeField

FIRST_DAY: Path = ("effective_from",)
LABELS: Mapping[str, Text] = {
    "effective_from": Text("Hari pertama aturan baru"),
    "days": Text("Hari program"),
    "hours.start": Text("Jam mulai"),
    "hours.end": Text("Jam selesai"),
    "minutes.shortest": Text("Paling singkat (menit)"),
    "minutes.longest": Text("Paling lama (menit)"),
    "place.radius_m": Text("Radius biasa (meter)"),
    "place.smallest_radius_m": Text("Radius terkecil suatu tempat (meter)"),
    "place.largest_radius_m": Text("Radius terbesar suatu tempat (meter)"),
    "place.border_m": Text("Jarak di luar batas kelurahan yang masih dianggap dekat (meter)"),
    "caps.actions_per_day": Text("Aksi sehari"),
    "caps.actions_per_place_and_day": Text("Aksi sehari di tempat yang sama"),
    "caps.minutes_apart": Text("Menit antara dua aksi"),
    "ladder.further": Text("Setelah sabuk terakhir, satu strip tiap"),
    "threshold": Text("Mulai dari hitungan"),
    "stripes": Text("Strip pada"),
}
MISREAD_STRIPES = Text("Tulis hitungannya dengan koma, misalnya 7, 13, 19.")


class CountsField(Field):
    """Whole numbers in a row, parted by commas or blanks; none at all is an empty row."""

    data: tuple[int, ...]
    widget = TextInput()

    def process_formdata(self, valuelist: list[str]) -> None:
        words = re.split(r"[\s,;]+", valuelist[0].strip()) if valuelist and valuelist[0].strip() else []
        if not all(re.fullmatch(r"[0-9]{1,9}", word) for word in words):
            raise ValueError(MISREAD_STRIPES)
        self.data = tuple(int(word) for word in words)

    def _value(self) -> str:
        return str(self.raw_data[0]) if self.raw_data else ", ".join(map(str, self.data or ()))


@dataclass(frozen=True, slots=True)
class FieldGroup:
    """Fields that are asked for together."""

    name: Text
    fields: tuple[str, ...]
    hint: Text | None = None
    parts: tuple[tuple[Text, tuple[str, ...]], ...] = ()
    """Groups within it: of the ladder each belt."""


class FieldsForm(PageForm):
    """What every such form has; its fields are added by `fields_form`."""

    definition: ClassVar[Definition]
    """Whose values the fields are filled with."""

    def validate(self, extra_validators: Any = None) -> bool:  # noqa: ANN401 - WTForms' own
        fits = super().validate(extra_validators)
        return self._are_whole() and fits

    def _are_whole(self) -> bool:
        """Of hours and of minutes both are given, or neither is."""
        halves = [
            self[dotted(path)]
            for pair in (HOURS, MINUTES)
            if len({self[dotted(path)].data in (None, "") for path in pair}) > 1
            for path in pair
            if self[dotted(path)].data in (None, "") and not self[dotted(path)].errors
        ]
        for field in halves:
            field.errors = [BOTH_OR_NEITHER]
        return not halves

    def take(self, error: DomainError) -> None:
        """The same as of every form, in the words of the fields where the file's are those of its keys."""
        if isinstance(error, Invalid):
            error = Invalid([_in_words_of_fields(each) for each in error.errors])
        super().take(error)

    def told(self) -> list[tuple[str, Text]]:
        """What is wrong, field by field with its name; an empty id: with the whole."""
        belts = {field: name for group in self.groups() for name, fields in group.parts for field in fields}
        named = [(field, belts.get(field.name), field.label.text) for field in self if isinstance(field.label.text, Text)]
        return [("", error) for error in self.form_errors] + [
            (field.id, _after(belt, _after(label, _as_text(error)))) for field, belt, label in named for error in field.errors
        ]

    def typed(self) -> dict[Path, Value]:
        """Path -> the value in its field, of a form whose fields fit."""
        typed = {path: _plain(self[dotted(path)].data) for path in often_changed.paths(self.definition)}
        return typed | {DAYS: tuple(day.value for day in Weekday if day.value in self[dotted(DAYS)].data)}

    @property
    def first_day(self) -> date:
        day: date = self[dotted(FIRST_DAY)].data
        return day

    def groups(self) -> tuple[FieldGroup, ...]:
        """The fields as the page asks for them."""
        definition = self.definition
        ladder = often_changed.rung_paths(definition)
        belts = tuple(
            (rung.name.text, tuple(dotted(path) for path in ladder[2 * place : 2 * place + 2]))
            for place, rung in enumerate(definition.ladder.rungs)
        )
        place = tuple(path for path in often_changed.paths(definition) if path[0] == "place")
        caps = (*often_changed.CAPS, *often_changed.amount_paths(definition))
        return (
            FieldGroup(Text("Hari dan jam"), _dotted(DAYS, *HOURS), HINTS["hours"]),
            FieldGroup(Text("Lamanya satu aksi"), _dotted(*MINUTES), HINTS["minutes"]),
            FieldGroup(Text("Tempat"), _dotted(*place)),
            FieldGroup(Text("Batas untuk satu orang"), _dotted(*caps), HINTS["caps"]),
            FieldGroup(Text("Jenjang sabuk"), _dotted(FURTHER), HINTS["ladder"], belts),
            FieldGroup(Text("Mulai berlaku"), _dotted(FIRST_DAY), HINTS["first_day"]),
        )


CONTRADICTIONS: Mapping[str, Text] = {
    "minutes.shortest": Text("Tidak boleh lebih lama daripada yang paling lama."),
    "place.radius_m": Text("Harus di antara radius terkecil dan radius terbesar."),
}
"""Field -> how it is said where people see the fields and not the keys."""
SOME_DAY = Text("Pilih paling sedikit satu hari.")
BOTH_OR_NEITHER = Text("Isi keduanya, atau kosongkan keduanya.")
HINTS: Mapping[str, Text] = {
    "hours": Text("Jamnya diberitahukan, tidak dinilai."),
    "minutes": Text("Yang lebih singkat diperiksa petugas dulu; yang lebih lama dihitung sampai batas ini."),
    "caps": Text("Yang lebih dari ini diperiksa petugas dulu, tidak pernah hilang."),
    "ladder": Text("Semua angka naik dari sabuk ke sabuk."),
    "first_day": Text("Aturan tidak berlaku surut."),
}


def fields_form(definition: Definition) -> type[FieldsForm]:
    """The form for this programme's values."""
    fields: dict[str, Any] = {dotted(FIRST_DAY): DateField(LABELS["effective_from"], [InputRequired()])}
    for path in often_changed.paths(definition):
        fields[dotted(path)] = _field(path, definition)
    stripes = {
        f"ladder.rungs[{place}].stripes[{stripe}]": f"ladder.rungs[{place}].stripes"
        for place in range(len(definition.ladder.rungs))
        for stripe in range(20)
    }
    return type("ProgrammeFieldsForm", (FieldsForm,), {**fields, "definition": definition, "fields_of": stripes})


def filled(definition: Definition) -> FieldsForm:
    """The form with what the definition says."""
    data = {dotted(path): _shown(value) for path, value in often_changed.values_of(definition)}
    return fields_form(definition)(formdata=None, data={**data, dotted(FIRST_DAY): definition.effective_from})


def _field(path: Path, definition: Definition) -> Field:
    name = dotted(path)
    if path == DAYS:
        days = [SelectChoice(day.value, DAY_NAMES[day]) for day in Weekday]
        return SelectMultipleField(
            LABELS[name],
            [InputRequired(SOME_DAY)],
            choices=days,
            widget=ListWidget(prefix_label=False),
            option_widget=CheckboxInput(),
        )
    if path in HOURS:
        return StringField(LABELS[name], [Optional()], widget=TimeInput(), filters=[lambda words: words or None])
    if path[-1] == "stripes":
        return CountsField(LABELS["stripes"], [Optional()])
    if path[-1] == "threshold":
        return WholeField(LABELS["threshold"], [InputRequired()])
    if path[0] == "place":
        return NumberField(LABELS[name], [InputRequired()])
    if path[:2] == ("caps", "amount_per_day"):
        measure = definition.measures[str(path[2])].name.text
        return WholeField(Text("%(measure)s sehari", measure=measure), [InputRequired()])
    needed = path == ("caps", "minutes_apart")
    return WholeField(LABELS[name], [InputRequired() if needed else Optional()])


def _in_words_of_fields(error: FieldError) -> FieldError:
    words = CONTRADICTIONS.get(error.field) if error.code == "contradiction" else None
    return replace(error, message=words) if words else error


def _after(name: Text | None, sentence: Text) -> Text:
    return Text("%(name)s: %(sentence)s", name=name, sentence=sentence) if name else sentence


def _as_text(words: Text | str) -> Text:
    return words if isinstance(words, Text) else Verbatim(words)


def _dotted(*paths: Path) -> tuple[str, ...]:
    return tuple(dotted(path) for path in paths)


def _shown(value: Value) -> object:
    """As a field holds it: metres without the decimals that nobody wrote."""
    return Decimal(f"{value:g}") if isinstance(value, float) else value


def _plain(value: object) -> Value:
    """As a file says it."""
    if isinstance(value, Decimal):
        return int(value) if value == int(value) else float(value)
    return tuple(value) if isinstance(value, list) else value  # type: ignore[return-value]  # what fields hold is plain
