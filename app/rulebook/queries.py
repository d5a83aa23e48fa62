"""What a programme file would change: rules in words, people and belts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.awards.rules.belts import LadderDifference, ladder_difference
from app.core.errors import FieldError, Invalid, NotFound
from app.core.periods import ALL_TIME
from app.core.text import Text
from app.people.models import Account
from app.programmes import queries as programmes
from app.programmes.models import Programme, ProgrammeVersion
from app.programmes.rules.change_words import ChangeSaid, changes_said
from app.programmes.rules.definition import Definition
from app.programmes.rules.diff import KeyChange, changes
from app.programmes.rules.editing import Path, Value, next_version, with_values
from app.programmes.rules.lint import lint
from app.programmes.rules.often_changed import moved, values_of
from app.programmes.rules.reading import definition_of, digest, read
from app.programmes.rules.succession import Previous, may_follow
from app.programmes.rules.writing import written
from app.tallies import queries as tallies
from app.tallies.rules import CREDIT, INSIDERS, Subject

BATCH_SIZE = 5000
"""How many people's counts are asked for in one question."""
NO_SUCH = Text("Program ini tidak ada.")
NO_SUCH_VERSION = Text("Versi ini tidak ada.")


@dataclass(frozen=True, slots=True)
class Comparison:
    """A sound programme file beside the newest version, which it would follow."""

    definition: Definition
    digest: str
    """Of the file's content: what was compared is known again by it."""
    before: Previous | None
    """None: the programme is new."""
    is_there: bool
    """One of its versions says exactly this."""
    refused: tuple[FieldError, ...]
    """Why it could not be applied."""
    hints: tuple[FieldError, ...]
    keys: tuple[KeyChange, ...]
    changes: tuple[ChangeSaid, ...]
    people: LadderDifference | None
    """By the stamps until today; None where nobody can have any."""

    @property
    def base(self) -> int:
        """The number of the version that it follows; 0: none."""
        return self.before.version if self.before else 0

    @property
    def may_be_applied(self) -> bool:
        return not self.refused and not self.is_there


def comparison(session: Session, content: str | bytes, *, today: date) -> Comparison:
    """What the file would change. Raises Invalid, one error for each key that is wrong."""
    new, mark = _sound(content), digest(read(content).document)
    before = programmes.newest(session, new.code)
    old = before.definition if before else None
    is_there = programmes.is_applied(session, new.code, mark)
    programme_id = programmes.programme_id(session, new.code)
    return Comparison(
        definition=new,
        digest=mark,
        before=before,
        is_there=is_there,
        refused=() if is_there else tuple(may_follow(new, before, today=today)),
        hints=tuple(lint(new)),
        keys=tuple(changes(old, new)) if old else (),
        changes=tuple(changes_said(old, new)) if old else (),
        people=ladder_difference(old.ladder, new.ladder, people_by_count(session, programme_id))
        if old and programme_id
        else None,
    )


def _sound(content: str | bytes) -> Definition:
    reading = read(content)
    if reading.definition is None:
        raise Invalid(reading.errors)
    return reading.definition


def people_by_count(session: Session, programme_id: int) -> Counter[int]:
    """Count of credits -> how many people have it, of those with a stamped action."""
    people = tallies.people_of(session, programme_id)
    counted: Counter[int] = Counter()
    for start in range(0, len(people), BATCH_SIZE):
        together = people[start : start + BATCH_SIZE]
        values = tallies.values(session, programme_id, Subject.PERSON, together, ALL_TIME.name, {CREDIT}, audience=INSIDERS)
        counted.update(values.get((person_id, CREDIT), 0) for person_id in together)
    return counted


@dataclass(frozen=True, slots=True)
class VersionSeen:
    """One version of a programme's rules, and who brought it in."""

    number: int
    effective_from: date
    last_day: date | None
    """None: until further notice."""
    is_in_force: bool
    is_to_come: bool
    applied_at: datetime
    applied_by: str
    """Sign-in name; empty: the operator at the command line."""


@dataclass(frozen=True, slots=True)
class ProgrammeSeen:
    code: str
    definition: Definition
    """As it stands today."""
    versions: tuple[VersionSeen, ...]
    """The newest first."""


@dataclass(frozen=True, slots=True)
class VersionRead:
    """One version, readable."""

    programme: ProgrammeSeen
    version: VersionSeen
    definition: Definition
    text: str
    """Its file."""
    changes: tuple[ChangeSaid, ...]
    """Against the version before it."""
    is_first: bool


def all_programmes(session: Session, *, today: date) -> tuple[ProgrammeSeen, ...]:
    """Every programme with all its versions."""
    in_force = programmes.all_current(session, today)
    versions = _versions(session, today)
    return tuple(ProgrammeSeen(each.definition.code, each.definition, versions[each.programme_id]) for each in in_force)


def programme(session: Session, code: str, *, today: date) -> ProgrammeSeen:
    """One of them. Raises NotFound."""
    in_force = programmes.current(session, code, today)
    if in_force is None:
        raise NotFound(NO_SUCH)
    return ProgrammeSeen(code, in_force.definition, _versions(session, today, in_force.programme_id)[in_force.programme_id])


def version(session: Session, code: str, number: int, *, today: date) -> VersionRead:
    """One version of it. Raises NotFound."""
    seen = programme(session, code, today=today)
    chosen = next((each for each in seen.versions if each.number == number), None)
    if chosen is None:
        raise NotFound(NO_SUCH_VERSION)
    files = _files(session, code, {number, number - 1})
    definition = definition_of(files[number].document)
    before = definition_of(files[number - 1].document) if number - 1 in files else None
    return VersionRead(
        programme=seen,
        version=chosen,
        definition=definition,
        text=files[number].text,
        changes=tuple(changes_said(before, definition)) if before else (),
        is_first=before is None,
    )


def text_to_change(session: Session, code: str, *, today: date) -> str:
    """The newest version's file under the next number, from the first day on which it could hold after today.

    Raises NotFound for a programme that is not there.
    """
    last = programmes.newest(session, code)
    if last is None:
        raise NotFound(NO_SUCH)
    text = _files(session, code, {last.version})[last.version].text
    first = date.fromordinal(max(today, last.effective_from).toordinal() + 1)
    return next_version(text, version=last.version + 1, effective_from=first)


def on_newest(session: Session, text: str, *, today: date) -> str | None:
    """A change that was begun before a newer version came in, put onto that version; for a sound file.

    None where it is not behind, or changes more than the values that cities change most: then nobody but its writer can say
    what was meant.
    """
    typed = _sound(text)
    newest = programmes.newest(session, typed.code)
    files = _files(session, typed.code, {typed.version - 1})
    if newest is None or newest.version < typed.version or not files:
        return None
    parent = files[typed.version - 1]
    mine = moved(definition_of(parent.document), dict(values_of(typed)))
    head: dict[Path, Value] = {("version",): typed.version, ("effective_from",): typed.effective_from}
    fresh = text_to_change(session, typed.code, today=today)
    try:
        if _sound(with_values(parent.text, {**mine, **head})) != typed:
            return None
        merged = with_values(fresh, mine)
        return with_values(merged, {("effective_from",): max(typed.effective_from, _sound(fresh).effective_from)})
    except (Invalid, LookupError):
        return None


@dataclass(frozen=True, slots=True)
class _File:
    document: Mapping[str, Any]
    text: str
    """As it was applied; of versions from before files were kept, as the document is written."""


def _files(session: Session, code: str, numbers: set[int]) -> dict[int, _File]:
    """Number of the version -> its file."""
    asked = (
        select(ProgrammeVersion.version, ProgrammeVersion.document, ProgrammeVersion.text)
        .join(Programme, Programme.id == ProgrammeVersion.programme_id)
        .where(Programme.code == code, ProgrammeVersion.version.in_(numbers))
    )
    return {number: _File(document, text or written(document)) for number, document, text in session.execute(asked)}


def _versions(session: Session, today: date, programme_id: int | None = None) -> dict[int, tuple[VersionSeen, ...]]:
    asked = (
        select(
            ProgrammeVersion.programme_id,
            ProgrammeVersion.version,
            ProgrammeVersion.effective_from,
            ProgrammeVersion.applied_at,
            Account.name,
        )
        .outerjoin(Account, Account.id == ProgrammeVersion.applied_by)
        .order_by(ProgrammeVersion.programme_id, ProgrammeVersion.version.desc())
    )
    if programme_id is not None:
        asked = asked.where(ProgrammeVersion.programme_id == programme_id)
    found: dict[int, tuple[VersionSeen, ...]] = {}
    for owner, number, first, applied_at, name in session.execute(asked):
        later = found.get(owner, ())
        last = date.fromordinal(later[-1].effective_from.toordinal() - 1) if later else None
        seen = VersionSeen(
            number, first, last, first <= today and (last is None or today <= last), first > today, applied_at, name or ""
        )
        found[owner] = (*later, seen)
    return found
