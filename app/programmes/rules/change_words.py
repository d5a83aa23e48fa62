"""What changes from one version of a programme to another, in words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from app.core.text import Day, Listing, Number, Text, Verbatim
from app.programmes.rules.definition import Definition
from app.programmes.rules.diff import KeyChange, changes
from app.programmes.rules.key_words import (
    CODE_OF_THE_PROGRAMME,
    KEYS,
    MEMBERS_ARE_NAMED,
    NAME_OF_THE_PROGRAMME,
    RUPIAH,
    UNITS,
    VALUED,
    VALUES,
)
from app.programmes.rules.measures import choice_name
from app.programmes.rules.said import CAPACITY_NAMES, DAY_NAMES, stamper_said
from app.programmes.rules.setting import Weekday

OF_THE_VERSION = ("version", "effective_from")
"""What differs in every version: said in its heading."""
NOTHING = Text("tidak ada")
YES, NO = Text("ya"), Text("tidak")
_STEP = re.compile(r"([^.\[\]]+)(?:\[([^\]]*)\])?")


@dataclass(frozen=True, slots=True)
class ChangeSaid:
    """One difference: in which part of the rules, of what, from what to what."""

    key: str
    """As it is called in the file."""
    section: Text
    what: Text
    """Empty where the section says it all."""
    before: Text
    after: Text


def changes_said(old: Definition, new: Definition) -> list[ChangeSaid]:
    """Every difference in the order of the file; that it is another version from another day goes without saying."""
    return [_said(change, old, new) for change in changes(old, new) if change.key not in OF_THE_VERSION]


def _said(change: KeyChange, old: Definition, new: Definition) -> ChangeSaid:
    section, *words = _words(change.key, old, new)
    return ChangeSaid(
        key=change.key,
        section=section,
        what=Listing(words),
        before=_value_said(change.key, change.before),
        after=_value_said(change.key, change.after),
    )


def _words(key: str, old: Definition, new: Definition) -> Iterator[Text]:
    """ "ladder.rungs[green].threshold": the ladder of belts; green belt; from a count of."""
    steps = _STEP.findall(key)
    top = steps[0][0]
    for place, (name, member) in enumerate(steps):
        if place == 0 or not member or name not in MEMBERS_ARE_NAMED:
            yield _word(place, name, top, old, new)
        if member:
            yield _named(name, member, old, new)


def _word(place: int, name: str, top: str, old: Definition, new: Definition) -> Text:
    if place == 0 and name in ("name", "code"):
        return NAME_OF_THE_PROGRAMME if name == "name" else CODE_OF_THE_PROGRAMME
    if place == 1 and top == "stamping":
        return CAPACITY_NAMES[name]
    if (place == 1 and top == "measures") or (place == 2 and top == "caps"):
        measure = new.measures.get(name) or old.measures.get(name)
        return measure.name.text if measure else Verbatim(name)
    return KEYS.get(name) or Verbatim(name)  # the code of a language


def _named(listed: str, member: str, old: Definition, new: Definition) -> Text:
    """The member of a list: by its name where it has one, else by its place, counted from 1."""
    if member.isdigit():
        return Text("butir %(member)s", member=int(member) + 1)
    for definition in (new, old):
        names = {
            "rungs": {rung.belt: rung.name for rung in definition.ladder.rungs},
            "badges": {badge.code: badge.name for badge in definition.badges},
            "indicators": {indicator.code: indicator.name for indicator in definition.frame.indicators},
            "added": {named.date.isoformat(): named.name for named in definition.calendar.added},
        }.get(listed, {})
        if member in names:
            return names[member].text
    return Verbatim(member)


def _value_said(key: str, value: object) -> Text:
    last = _STEP.findall(key)[-1][0]
    if isinstance(value, list):
        words = [_one_said(key, last, each) for each in value]
        return Listing(words) if words else NOTHING
    if value is None or value in ({}, ""):
        return NOTHING
    return _one_said(key, last, value)


def _one_said(key: str, last: str, value: object) -> Text:
    if isinstance(value, bool):
        return YES if value else NO
    if isinstance(value, int | float | Decimal):
        return _number_said(last, value)
    text = str(value)
    if key == "days":
        return DAY_NAMES[Weekday(text)]
    if key.startswith("stamping."):
        return stamper_said(text)
    if key == "caps.exempt":
        return CAPACITY_NAMES[text]
    if last in VALUED:
        return VALUES[text]
    if last in ("smallest", "largest", "look_above"):
        return _number_said(last, Decimal(text))
    if last in ("date", "removed"):
        on = date.fromisoformat(text)
        return Listing((Day(on),))
    return choice_name(text) if last in ("choices", "default") else Verbatim(text)


def _number_said(last: str, value: int | float | Decimal) -> Text:
    unit = UNITS.get(last)
    said = Text("Rp %(amount)s", amount=Number(value, 3)) if last in RUPIAH else Listing((Number(value, 3),))
    return Listing((said, unit), separator=" ") if unit else said
