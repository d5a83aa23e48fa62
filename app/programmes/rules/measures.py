"""What was measured, held against what the programme measures."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal, InvalidOperation

from app.core.errors import FieldError
from app.core.text import Listing, Number, Text, Verbatim
from app.programmes.rules.credits import THOUSANDTHS
from app.programmes.rules.definition import Definition, Measure

Measured = dict[str, int | Decimal | str]

CHOICE_NAMES: dict[str, Text] = {"weighed": Text("ditimbang"), "estimated": Text.pgettext("adjective", "perkiraan")}
"""How people say the choices that programmes offer."""


def choice_name(choice: str) -> Text:
    return CHOICE_NAMES.get(choice, Verbatim(choice))


def told_amounts(definition: Definition, measures: Mapping[str, object]) -> Iterator[tuple[Text, Text]]:
    """What was measured and how much it was, with its unit and the way in which it was measured."""
    for code, measure in definition.measures.items():
        value = measures.get(code)
        if measure.type == "choice" or value in (None, 0, "0"):
            continue
        said = _amount_said(measure, Decimal(str(value)))
        method = measures.get(measure.method_in) if measure.method_in else None
        yield (
            measure.name.text,
            said if method is None else Text("%(amount)s (%(method)s)", amount=said, method=choice_name(str(method))),
        )


def told_totals(definition: Definition, totals: Mapping[str, int]) -> Iterator[tuple[Text, Text]]:
    """The same of what was counted altogether (credits.py); what was measured in several ways is told for each of them."""
    for code, measure in definition.measures.items():
        ways = definition.measures[measure.method_in].choices if measure.method_in else (None,)
        for way in ways:
            value = totals.get(code if way is None else f"{code}.{way}", 0)
            if not measure.is_summed or not value:
                continue
            said = _amount_said(measure, Decimal(value) / (THOUSANDTHS if measure.type == "decimal" else 1))
            name = measure.name.text
            yield (name if way is None else Text("%(name)s (%(method)s)", name=name, method=choice_name(way)), said)


def _amount_said(measure: Measure, amount: Decimal) -> Text:
    """The amount; with its unit where one cannot count it by pieces."""
    return Listing((Number(amount, 3), *((measure.unit_name,) if measure.type == "decimal" else ())), separator=" ")


def measured(definition: Definition, sent: Mapping[str, object]) -> tuple[Measured, list[FieldError]]:
    """The measures sent as values, defaults filled in, and what is wrong with them."""
    values: Measured = {}
    errors = [
        _error(name, "unknown_field", Text("Ukuran ini tidak dikenal program."))
        for name in sent
        if name not in definition.measures
    ]
    for name, measure in definition.measures.items():
        if name not in sent or sent[name] is None:
            if measure.required:
                errors.append(_error(name, "missing", Text("Isian ini wajib diisi.")))
            elif measure.default is not None and _is_spoken_of(definition, name, sent):
                values[name] = measure.default
            continue
        value, error = _value(name, measure, sent[name])
        if error:
            errors.append(error)
        elif value is not None:
            values[name] = value
    return values, errors


def _is_spoken_of(definition: Definition, choice: str, sent: Mapping[str, object]) -> bool:
    """A method is filled in only where something was measured by it."""
    return any(sent.get(name) is not None and measure.method_in == choice for name, measure in definition.measures.items())


def _value(name: str, measure: Measure, sent: object) -> tuple[int | Decimal | str | None, FieldError | None]:
    if measure.type == "choice":
        if isinstance(sent, str) and sent in measure.choices:
            return sent, None
        choices = ", ".join(measure.choices)
        return None, _error(name, "choice", Text("Pilih salah satu: %(choices)s.", choices=choices))
    amount = _number(sent)
    if amount is None:
        return None, _error(name, "number", Text("Isi dengan angka."))
    if measure.type == "integer" and amount != int(amount):
        return None, _error(name, "integer", Text("Isi dengan bilangan bulat."))
    if not measure.smallest <= amount <= measure.largest:
        low, high = Decimal(measure.smallest), Decimal(measure.largest)
        return None, FieldError(
            f"measures.{name}",
            "out_of_range",
            Text("Harus antara %(low)s dan %(high)s.", low=Number(low), high=Number(high)),
        )
    if measure.type == "integer":
        return int(amount), None
    # Thousandths are kept (grams of a kilogram, millilitres of a litre).
    kept = amount.quantize(Decimal("0.001"))
    return kept.normalize() if kept % 1 else Decimal(int(kept)), None


def _number(sent: object) -> Decimal | None:
    if isinstance(sent, bool) or not isinstance(sent, int | float | Decimal):
        return None
    try:
        amount = Decimal(str(sent))
    except InvalidOperation:
        return None
    return amount if amount.is_finite() else None


def _error(name: str, code: str, message: Text) -> FieldError:
    return FieldError(f"measures.{name}", code, message)
