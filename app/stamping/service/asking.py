"""Who wants to decide about which actions, and by what right."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from app.actions import queries as actions_queries
from app.actions.models import Action, Stamp
from app.actions.rules.words import Status
from app.core.errors import DomainError, NotAllowed, NotFound, invalid
from app.core.identity_numbers import hide_identity_numbers
from app.core.text import Text, says_something
from app.database.locks import lock_rows
from app.people.models import Account, Person
from app.people.rules import ActiveTenure
from app.stamping.queries import right_to_decide, stamper
from app.stamping.rules import Stamper, another_stamps, is_kept_from

MAX_LENGTH = 1000
"""Of a reason."""


@dataclass(frozen=True, slots=True)
class BulkResult:
    """What became of one action of a bulk: the stamp or refusal, or the problem that kept it from it."""

    action_id: UUID
    stamp: Stamp | None
    status: Status | None
    problem: DomainError | None


def lock_actions(session: Session, ids: Sequence[UUID]) -> dict[UUID, Action]:
    """The actions, their persons locked first, so that nobody decides about the same booklet at the same time."""
    people = {action.person_id for action in actions_queries.actions(session, list(dict.fromkeys(ids))).values()}
    lock_rows(session, Person.id, people)
    return actions_queries.actions(session, list(dict.fromkeys(ids)))


def require_officer(session: Session, account: Account, now: datetime) -> Stamper:
    """Who wants to decide. Raises NotAllowed for whoever holds no post that stamps."""
    by = stamper(session, account.person_id, now)
    if not by.tenures:
        raise NotAllowed
    return by


def require_right_to_decide(session: Session, action: Action | None, by: Stamper) -> ActiveTenure:
    """The post that entitles to refuse and void. Raises NotFound for absent and out of reach alike, NotAllowed for one's own.

    What somebody recorded for another they may refuse: it makes no number, its owner reads why, and nobody else can put a slip
    of theirs right.
    """
    if action is None:
        raise NotFound
    if action.person_id == by.person_id:
        raise NotAllowed(Text("Anda tidak dapat mengecap aksi Anda sendiri."), "own_action")
    right = right_to_decide(session, action, by)
    if right is None:
        raise NotFound
    return right


def require_right_to_stamp(session: Session, action: Action | None, by: Stamper) -> ActiveTenure:
    """The post that entitles to stamp and release: what the officer recorded for an adult is another's to stamp.

    Raises NotAllowed for that, and what `require_right_to_decide` raises.
    """
    right = require_right_to_decide(session, action, by)
    if action is not None and is_kept_from(action.recorded_by, action.capacity, by):
        raise NotAllowed(another_stamps(by.tenures), "own_record")
    return right


def asked_reason(reason: str) -> str:
    """The reason as it is kept. Raises Invalid where there is none, or one too long."""
    if not says_something(reason):
        raise invalid("reason", "missing", Text("Tulis alasannya."))
    if len(reason) > MAX_LENGTH:
        raise invalid("reason", "string_too_long", Text("Paling panjang %(max_length)s huruf.", max_length=MAX_LENGTH))
    return hide_identity_numbers(reason.strip())
