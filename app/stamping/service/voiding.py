"""Taking back: one stamp, or all of a decision about many; and the word of whoever looked at such a decision again."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from app.actions import queries as actions_queries
from app.actions import service as actions
from app.actions.models import Action, Stamp
from app.audit import service as audit
from app.core.errors import Conflict, DomainError, NotFound
from app.core.text import Text
from app.integrity import service as integrity
from app.notices import service as notices
from app.notices.rules import NoticeKind
from app.notices.service import News
from app.people.models import Account
from app.reviews import service as reviews
from app.stamping.models import StampBulk
from app.stamping.queries import bulk_to_look_at, bulk_to_take_back, stamper
from app.stamping.rules import Stamper
from app.stamping.service.asking import asked_reason, lock_actions, require_right_to_decide
from app.stamping.service.counting import count
from app.stamping.service.news import of_action

Pairs = Sequence[tuple[Action, Stamp]]


def void(session: Session, stamp_id: UUID, officer: Account, *, reason: str, now: datetime) -> tuple[Stamp, Action]:
    """The stamp no longer stands, and everything it counted for is taken back. Asked again, it is void already.

    Raises Invalid without a reason, NotFound for what is absent or out of reach, NotAllowed for a stamp on one's own action.
    """
    reason = asked_reason(reason)
    stamp = actions_queries.stamp(session, stamp_id)
    if stamp is None:
        raise NotFound
    action = lock_actions(session, [stamp.action_id])[stamp.action_id]
    session.refresh(stamp)
    _require_right_to_void(session, action, stamp, stamper(session, officer.person_id, now))
    if stamp.voided_at is None:
        _take_back(session, [(action, stamp)], officer, reason, now)
        notices.tell(session, [of_action(action, NoticeKind.VOIDED)], now=now)
    return stamp, action


def void_bulk(session: Session, bulk_id: UUID, officer: Account, *, reason: str, now: datetime) -> tuple[int, int]:
    """No stamp of the decision stands any more that the officer may void. How many were taken back, and how many were not theirs.

    What was voided before stays as it was; asked again, nothing is left. Raises Invalid without a reason, NotFound for what is
    absent or out of reach.
    """
    reason = asked_reason(reason)
    bulk = bulk_to_take_back(session, bulk_id, officer.person_id, now=now)
    if bulk is None:
        raise NotFound
    by = stamper(session, officer.person_id, now)
    found = lock_actions(session, [stamp.action_id for stamp in actions_queries.stamps_of_bulk(session, bulk.id)])
    standing = [stamp for stamp in actions_queries.stamps_of_bulk(session, bulk.id) if stamp.voided_at is None]
    taken = [(found[each.action_id], each) for each in standing if _may_void(session, found[each.action_id], each, by)]
    if standing and not taken:
        raise NotFound
    _take_back(session, taken, officer, reason, now)
    notices.tell(session, _of_voided(taken), now=now)
    if len(taken) == len(standing) and bulk.flagged_at is not None and bulk.closed_at is None:
        _close(session, bulk, officer, reason, now)
    return len(taken), len(standing) - len(taken)


def close_bulk(session: Session, bulk_id: UUID, officer: Account, *, reason: str, now: datetime) -> StampBulk:
    """Somebody else has looked at a flagged decision: its stamps stand. Said again, it is closed already.

    Raises Invalid without a reason, NotFound for what is absent, out of reach, one's own or not flagged.
    """
    reason = asked_reason(reason)
    bulk = bulk_to_look_at(session, bulk_id, officer.person_id, now=now)
    if bulk is None:
        raise NotFound
    session.refresh(bulk, with_for_update=True)
    if bulk.closed_at is None:
        _close(session, bulk, officer, reason, now)
    elif bulk.closed_by != officer.id:
        raise Conflict(Text("Keputusan ini sudah ditinjau petugas lain."), "closed")
    return bulk


def _close(session: Session, bulk: StampBulk, officer: Account, reason: str, now: datetime) -> None:
    bulk.closed_at, bulk.closed_by, bulk.note = now, officer.id, reason
    session.flush()
    audit.note(session, "stamping.close_bulk", f"bulk:{bulk.id}", account_id=officer.id, now=now, reason=reason)


def _require_right_to_void(session: Session, action: Action, stamp: Stamp, by: Stamper) -> None:
    """One's own stamp as long as one stamps at all, and what one may decide about."""
    if stamp.stamper_id != by.person_id or not by.tenures:
        require_right_to_decide(session, action, by)


def _may_void(session: Session, action: Action, stamp: Stamp, by: Stamper) -> bool:
    try:
        _require_right_to_void(session, action, stamp, by)
    except DomainError:
        return False
    return True


def _take_back(session: Session, taken: Pairs, officer: Account, reason: str, now: datetime) -> None:
    """Everything that these stamps counted for, in one transaction with them."""
    for action, stamp in taken:
        actions.void(session, stamp, action, account_id=officer.id, reason=reason, now=now)
    session.flush()
    for action, _ in taken:
        integrity.judge_again(session, action, now=now)
    count(session, taken, sign=-1, now=now)
    for action, stamp in taken:
        audit.note(session, "stamping.void", f"stamp:{stamp.id}", account_id=officer.id, now=now, reason=reason)
        reviews.close_voided(session, action.id, by_account_id=officer.id, reason=reason, now=now)


def _of_voided(taken: Pairs) -> list[News]:
    """One notice a person, however many of theirs were taken back at once."""
    theirs: dict[int, list[Action]] = defaultdict(list)
    for action, _ in taken:
        theirs[action.person_id].append(action)
    return [
        of_action(some[0], NoticeKind.VOIDED)
        if len(some) == 1
        else News(person_id, NoticeKind.VOIDED, {"count": len(some)}, "/buku")
        for person_id, some in theirs.items()
    ]
