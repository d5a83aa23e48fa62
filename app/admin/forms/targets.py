"""What a kelurahan means to reach of a published number, as its page asks for it."""

from __future__ import annotations

from collections.abc import Iterable

from wtforms import DateField, SelectField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length, Optional

from app.core.text import Text
from app.indicators.service import MAX_SOURCE_LENGTH
from app.programmes.queries import Current
from app.web.forms import NumberField, PageForm


class TargetForm(PageForm):
    number = SelectField(Text("Angka"), [InputRequired()])
    value = NumberField(Text("Target"), [InputRequired()])
    due_on = DateField(Text("Paling lambat"), [InputRequired()])
    source = StringField(
        Text("Sumber"),
        [InputRequired(), Length(max=MAX_SOURCE_LENGTH)],
        description=Text("Siapa yang menetapkan dan di mana tertulis, misalnya SK Lurah 4/2026. Dapat dibaca umum."),
    )
    reason = StringField(
        Text("Alasan"),
        [Optional(), Length(max=MAX_SOURCE_LENGTH)],
        description=Text("Hanya jika mengganti target untuk hari yang sama. Dapat dibaca umum."),
    )

    fields_of = {"indicator": "number"}  # noqa: RUF012 - a ClassVar of the form kit

    def offer(self, in_force: Iterable[Current]) -> None:
        """The published numbers of these programmes."""
        self.number.choices = [
            SelectChoice(
                f"{each.definition.code}:{indicator.code}",
                Text(
                    "%(name)s (%(unit)s), %(programme)s",
                    name=indicator.name.text,
                    unit=indicator.unit.text,
                    programme=each.definition.name.text,
                ),
            )
            for each in in_force
            for indicator in each.definition.frame.indicators
        ]
