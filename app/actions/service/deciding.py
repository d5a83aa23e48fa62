"""Decisions about actions: stamps as pages of a booklet, refusals, withdrawals."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.actions.models import Action, FirstWord, Refusal, Stamp
from app.actions.rules.findings import (
    Finding,
    leads_to,
    with_first_word,
)
from app.actions.rules.words import Status
from app.actions.service.recording import attention
from app.core.ids import new_id, new_secret


def withdraw(session: Session, action: Action) -> None:
    """Its owner has taken the action back."""
    action.status = Status.WITHDRAWN


def add_refusal(session: Session, action: Action, *, account_id: int, tenure_id: int, reason: str, now: datetime) -> Refusal:
    """The refusal of the action by the right of that post; the action is refused."""
    refusal = Refusal(action_id=action.id, account_id=account_id, tenure_id=tenure_id, reason=reason, refused_at=now)
    session.add(refusal)
    action.status = Status.REFUSED
    return refusal


def add_first_word(session: Session, action: Action, decision: OfficerDecision) -> None:
    """The first of two officers has spoken; the action is told so and stays as it is."""
    session.add(
        FirstWord(
            action_id=action.id,
            person_id=action.person_id,
            officer_id=decision.stamper_id,
            account_id=decision.account_id,
            tenure_id=decision.tenure_id,
            said_at=decision.at,
            note=decision.note,
        )
    )
    findings = with_first_word(map(Finding.read, action.findings))
    action.findings, action.attention = [finding.stored() for finding in findings], attention(findings)


def last_pages(session: Session, person_ids: Sequence[int]) -> dict[int, tuple[int, str]]:
    """Person -> the number and link of the last page of their booklet."""
    newest = (
        select(Stamp.person_id, func.max(Stamp.page).label("page"))
        .where(Stamp.person_id.in_(person_ids))
        .group_by(Stamp.person_id)
        .subquery()
    )
    rows = session.execute(
        select(Stamp.person_id, Stamp.page, Stamp.link).join(
            newest, (newest.c.person_id == Stamp.person_id) & (newest.c.page == Stamp.page)
        )
    )
    return {person_id: (page, link) for person_id, page, link in rows}


def commitment(salt: str, content: Mapping[str, object]) -> str:
    """SHA-256 that binds to the content and, once the salt is gone, tells nothing of it."""
    text = json.dumps(content, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(f"{salt}\n{text}".encode()).hexdigest()


def link(previous: str, commitment: str) -> str:
    """The chain's next link; the first page has the empty text before it."""
    return hashlib.sha256(f"{previous}\n{commitment}".encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class OfficerDecision:
    """Who says that an action counts, by the right of which post, and when."""

    stamper_id: int
    account_id: int
    tenure_id: int
    note: str
    at: datetime


def stamped_content(
    stamp_id: UUID,
    action_id: UUID,
    action_digest: str,
    person_id: int,
    observed_at: datetime,
    credits: Mapping[str, int],
    stamper_id: int,
    tenure_id: int,
    stamped_at: datetime,
) -> dict[str, object]:
    """What a stamp's commitment binds to: the action, what it counted for, whose word it is and when it was given."""
    return {
        "stamp": stamp_id.hex,
        "action": action_id.hex,
        "digest": action_digest,
        "person": person_id,
        "observed_at": observed_at.astimezone(UTC).isoformat(timespec="microseconds"),
        "credits": dict(credits),
        "stamper": stamper_id,
        "tenure": tenure_id,
        "stamped_at": stamped_at.astimezone(UTC).isoformat(timespec="microseconds"),
    }


def stamp_row(
    action_id: UUID,
    action_digest: str,
    person_id: int,
    observed_at: datetime,
    *,
    decision: OfficerDecision,
    credits: Mapping[str, int],
    last_page: tuple[int, str],
    public_at: datetime | None = None,
) -> dict[str, Any]:
    """The next page of the person's booklet as a row of its table; `last_page` is the number and link of the one before.

    `public_at` is from when on the public may learn of it; None: at once.
    """
    stamp_id, salt = new_id(), new_secret()
    page, previous = last_page[0] + 1, last_page[1]
    content = stamped_content(
        stamp_id, action_id, action_digest, person_id, observed_at, credits, decision.stamper_id, decision.tenure_id, decision.at
    )
    bound = commitment(salt, content)
    return {
        "id": stamp_id,
        "action_id": action_id,
        "person_id": person_id,
        "stamper_id": decision.stamper_id,
        "account_id": decision.account_id,
        "tenure_id": decision.tenure_id,
        "stamped_at": decision.at,
        "note": decision.note,
        "credits": dict(credits),
        "public_at": public_at,
        "page": page,
        "salt": salt,
        "commitment": bound,
        "link": link(previous, bound),
    }


def add_stamp(
    session: Session,
    action: Action,
    *,
    decision: OfficerDecision,
    credits: Mapping[str, int],
    last_page: tuple[int, str],
    first_officer_id: int | None,
    public_at: datetime | None,
) -> Stamp:
    """The next page of the person's booklet; the action is stamped. `first_officer_id`: who spoke before, where two have to."""
    row = stamp_row(
        action.id,
        action.digest,
        action.person_id,
        action.observed_at,
        decision=decision,
        credits=credits,
        last_page=last_page,
        public_at=public_at,
    )
    stamp = Stamp(**row, first_officer_id=first_officer_id)
    session.add(stamp)
    action.status = Status.STAMPED
    return stamp


def void(session: Session, stamp: Stamp, action: Action, *, account_id: int, reason: str, now: datetime) -> None:
    """The stamp no longer stands; its action waits, or is held, as its findings have it."""
    stamp.voided_at, stamp.voided_by, stamp.void_reason = now, account_id, reason
    action.status = leads_to([Finding.read(row) for row in action.findings])
