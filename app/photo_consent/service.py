"""Consent, and the word of a second person. Who may say which is asked here; at which places, in the rooms above."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import update
from sqlalchemy.orm import Session

from app.actions import queries as actions
from app.actions.models import Action
from app.actions.rules.words import Status
from app.audit import service as audit
from app.core.errors import Conflict, NotAllowed, NotFound, invalid
from app.core.identity_numbers import hide_identity_numbers
from app.core.ids import new_id
from app.core.text import Text, says_something
from app.database import Base
from app.database.locks import lock_rows
from app.database.upsert import unless_there
from app.people import queries as people
from app.people.models import Account, Person
from app.photo_consent.models import PhotoRelease
from app.photo_consent.queries import Pair, pairs_of
from app.photo_consent.rules import ConsentState

RELEASE = Base.metadata.tables[PhotoRelease.__tablename__]


def consent(session: Session, action_id: UUID, number: int, owner: Account, *, now: datetime) -> None:
    """The owner lets the public see the pair whose first photograph has that number (from 1), once an officer has looked.

    Raises NotFound for what is absent or another's, NotAllowed for a child, Conflict where the action was refused or withdrawn.
    """
    action, pair = _own_pair(session, action_id, number, owner)
    if not owner.person.is_adult:
        raise NotAllowed(
            Text("Foto aksi anak tidak pernah ditampilkan ke umum."),
            "minor",
        )
    if action.status in (Status.REFUSED, Status.WITHDRAWN):
        raise Conflict(
            Text("Aksi ini ditolak atau catatannya dibatalkan; fotonya tidak ditampilkan."),
            "not_standing",
        )
    for place in _places(pair):
        row = {
            "action_id": action_id,
            "place": place,
            "id": new_id(),
            "programme_id": action.programme_id,
            "kelurahan_id": action.kelurahan_id,
        }
        session.execute(unless_there(session, RELEASE, "action_id", "place"), row)
    given = [RELEASE.c.consented_at.is_(None)]
    _change(session, action_id, pair, given, consented_at=now, consented_by=owner.id)
    audit.note(session, "photograph.consent", _subject(action_id, pair), account_id=owner.id, now=now)


def take_back(session: Session, action_id: UUID, number: int, owner: Account, *, now: datetime) -> None:
    """The owner consents no longer: from this moment nobody else sees the pair, and a new consent is looked at anew.

    An officer's no stands: asking again does not wear it out.
    """
    _, pair = _own_pair(session, action_id, number, owner)
    _change(session, action_id, pair, [], consented_at=None, consented_by=None, cleared_at=None, cleared_by=None)
    audit.note(session, "photograph.take_back", _subject(action_id, pair), account_id=owner.id, now=now)


def clear(session: Session, action: Action, number: int, officer: Account, *, now: datetime) -> None:
    """The officer has seen neither a face nor a readable number. One who may decide about the action asks this.

    Raises NotAllowed for one's own, NotFound where its owner does not consent, Conflict where the stamp was cancelled.
    """
    pair = _asked_pair(session, action, number, officer)
    word: dict[str, Any] = {"cleared_at": now, "cleared_by": officer.id}
    _change(session, action.id, pair, [], declined_at=None, declined_by=None, decline_reason=None, **word)
    audit.note(session, "photograph.clear", _subject(action.id, pair), account_id=officer.id, now=now)


def decline(session: Session, action: Action, number: int, officer: Account, *, reason: str, now: datetime) -> None:
    """The pair is not shown, or no longer, and its owner reads why.

    Raises Invalid (field `reason`) for an empty one, and what `clear` raises.
    """
    if not says_something(reason):
        raise invalid("reason", "missing", Text("Tulis alasannya."))
    pair, said = _asked_pair(session, action, number, officer), hide_identity_numbers(reason.strip())
    word: dict[str, Any] = {"declined_at": now, "declined_by": officer.id, "decline_reason": said}
    _change(session, action.id, pair, [], cleared_at=None, cleared_by=None, **word)
    audit.note(session, "photograph.decline", _subject(action.id, pair), account_id=officer.id, now=now, reason=said)


def _own_pair(session: Session, action_id: UUID, number: int, owner: Account) -> tuple[Action, Pair]:
    """The pair with its action, which nobody decides about meanwhile; absent and somebody else's answer alike."""
    action = actions.action(session, action_id)
    if action is None or action.person_id != owner.person_id:
        raise NotFound
    lock_rows(session, Person.id, [action.person_id])
    session.refresh(action)
    return action, _pair(session, action_id, number)


def _asked_pair(session: Session, action: Action, number: int, officer: Account) -> Pair:
    """The pair whose owner consents, and is not the officer. Nobody clears what they did or recorded themselves."""
    if officer.person_id == action.person_id or action.recorded_by in people.account_ids(session, officer.person_id):
        raise NotAllowed(
            Text("Foto Anda sendiri diperiksa petugas lain."),
            "own_photograph",
        )
    lock_rows(session, Person.id, [action.person_id])
    session.refresh(action)
    pair = _pair(session, action.id, number)
    if pair.standing is ConsentState.PRIVATE:
        raise NotFound
    if action.status is not Status.STAMPED:
        raise Conflict(
            Text("Cap aksi ini sudah dibatalkan; fotonya tidak ditampilkan."),
            "not_stamped",
        )
    return pair


def _pair(session: Session, action_id: UUID, number: int) -> Pair:
    found = next((pair for pair in pairs_of(session, [action_id]).get(action_id, ()) if pair.before.number == number), None)
    if found is None:
        raise NotFound
    return found


def _change(session: Session, action_id: UUID, pair: Pair, only: Sequence[Any], **values: object) -> None:
    these = (RELEASE.c.action_id == action_id, RELEASE.c.place.in_(_places(pair)), *only)
    session.execute(update(PhotoRelease).where(*these).values(**values).execution_options(synchronize_session="fetch"))


def _places(pair: Pair) -> tuple[int, int]:
    return pair.before.place, pair.after.place


def _subject(action_id: UUID, pair: Pair) -> str:
    return f"action:{action_id} photographs {pair.before.number} {pair.after.number}"
