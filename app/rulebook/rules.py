"""A change of rules as a page tells it: by section, and what it does to people."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from app.awards.rules.belts import LadderDifference
from app.core.text import Text
from app.programmes.rules.change_words import ChangeSaid
from app.programmes.rules.definition import Ladder

NO_BELT = Text("Belum punya sabuk")


@dataclass(frozen=True, slots=True)
class Section:
    """One part of the rules with everything that changes in it."""

    name: Text
    changes: tuple[ChangeSaid, ...]


@dataclass(frozen=True, slots=True)
class BeltMoved:
    """How many people wear a belt, now and then."""

    name: Text
    before: int
    after: int


@dataclass(frozen=True, slots=True)
class PeopleMoved:
    """What a change does to those who have stamps."""

    sentence: Text
    moves: bool
    """Whether anybody's belt or stripes change."""
    belts: tuple[BeltMoved, ...]


def sections(changes: Iterable[ChangeSaid]) -> tuple[Section, ...]:
    """The differences gathered by the part of the rules to which they belong, in their order."""
    return tuple(Section(name, tuple(those)) for name, those in groupby(changes, lambda change: change.section))


def people_said(difference: LadderDifference, old: Ladder, new: Ladder) -> PeopleMoved:
    """How many would rise and fall, in a sentence, and the belts beside each other."""
    names = {rung.belt: rung.name.text for rung in (*old.rungs, *new.rungs)}
    belts = (BeltMoved(names[row.belt] if row.belt else NO_BELT, row.before, row.after) for row in difference.belts)
    moves = bool(difference.rise or difference.fall or difference.otherwise)
    return PeopleMoved(_sentence(difference, moves=moves), moves, tuple(belts))


def _sentence(difference: LadderDifference, *, moves: bool) -> Text:
    if not difference.people:
        return Text("Belum ada yang punya cap, jadi tidak ada sabuk yang berubah.")
    if not moves:
        return Text("Tidak ada sabuk yang berubah: sabuk %(people)s orang dengan cap tetap sama.", people=difference.people)
    return Text(
        "Dari %(people)s orang dengan cap, %(rise)s naik sabuk, %(fall)s turun sabuk, %(otherwise)s hanya berganti strip.",
        people=difference.people,
        rise=difference.rise,
        fall=difference.fall,
        otherwise=difference.otherwise,
    )
