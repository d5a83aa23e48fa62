"""The moment from which an action counts, and the moment from which it does not."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from app.actions import queries as actions_queries
from app.actions import service as actions
from app.actions.models import Action, Stamp
from app.actions.rules.findings import PENDING, RETURNED_AFTER
from app.actions.rules.words import Status
from app.core.errors import Conflict, DomainError, NotFound, invalid
from app.core.identity_numbers import hide_identity_numbers
from app.core.periods import semester_start
from app.core.text import Text, says_something
from app.integrity import service as integrity
from app.notices import service as notices
from app.notices.rules import NoticeKind
from app.notices.service import News
from app.people import queries as people
from app.people.models import Account, Person
from app.people.rules import ActiveTenure
from app.places import queries as places
from app.reviews import service as reviews
from app.reviews.models import Review
from app.reviews.rules import Decision
from app.stamping.queries import held_since, review_to_decide, rw_of
from app.stamping.service.asking import (
    BulkResult,
    asked_reason,
    lock_actions,
    require_officer,
    require_right_to_decide,
    require_right_to_stamp,
)
from app.stamping.service.bulks import as_one_decision
from app.stamping.service.counting import count, credits_of
from app.stamping.service.news import of_action
from app.stamping.service.voiding import void
from app.tallies.rules import public_from


def stamp(
    session: Session, ids: Sequence[UUID], officer: Account, *, note: str, now: datetime, unseen: int | None = None
) -> list[BulkResult]:
    """Stamp the actions, each on its own: one that cannot be stamped does not stop the rest. Several are one decision.

    A held action needs a note, which releases it. One's own stamp asked for again is the stamp that stands. Results come in the
    order of the ids, each once; what kept one from it (NotFound, NotAllowed, Conflict) stands in `problem`. `unseen`: how many of
    them were never on the officer's screen, None where nobody told. Raises NotAllowed for whoever holds no post that stamps.
    """
    by, note = require_officer(session, officer, now), hide_identity_numbers(note)
    found = lock_actions(session, ids)
    stamps = actions_queries.valid_stamps(session, list(found))
    doers = people.persons(session, {action.person_id for action in found.values()})
    last_pages = actions.last_pages(session, sorted(doers))
    results: list[BulkResult] = []
    made: list[tuple[Action, Stamp]] = []
    released: list[Action] = []
    for action_id in dict.fromkeys(ids):
        action, standing = found.get(action_id), stamps.get(action_id)
        try:
            right = require_right_to_stamp(session, action, by)
            action = found[action_id]
            if standing is None:
                _ask_if_ready(action, note, is_alone=len(ids) == 1)
                if actions.is_held_by_rules(action):
                    released.append(action)
                standing = _stamp_one(session, action, doers[action.person_id], officer, right, note, last_pages, now)
                made.append((action, standing))
            elif standing.stamper_id != officer.person_id:
                raise Conflict(Text("Aksi ini sudah dicap petugas lain."), "already_stamped")
            results.append(BulkResult(action_id, standing, action.status, None))
        except DomainError as problem:
            seen = action.status if action is not None and not isinstance(problem, NotFound) else None
            results.append(BulkResult(action_id, None, seen, problem))
    if len(ids) > 1:
        as_one_decision(session, made, officer, asked=len(ids), unseen=unseen, now=now)
    session.flush()
    for action in released:
        integrity.judge_again(session, action, now=now)
    count(session, made, sign=1, now=now)
    return results


def _ask_if_ready(action: Action, note: str, *, is_alone: bool) -> None:
    if action.status is Status.REFUSED:
        raise Conflict(Text("Aksi ini sudah ditolak."), "refused")
    if action.status is Status.WITHDRAWN:
        raise Conflict(Text("Catatan ini sudah dibatalkan pemiliknya."), "withdrawn")
    if action.status is Status.HELD and not says_something(note):
        raise Conflict(
            Text("Aksi ini perlu diperiksa dulu: tulis alasan untuk mengecapnya."),
            "held_needs_note",
        )
    if not is_alone and any(row[0] == PENDING for row in action.findings):
        raise Conflict(
            Text("Fotonya masih diperiksa: cap aksi ini satu per satu."),
            "photos_pending",
        )


def _stamp_one(
    session: Session,
    action: Action,
    doer: Person,
    officer: Account,
    right: ActiveTenure,
    note: str,
    last_pages: dict[int, tuple[int, str]],
    now: datetime,
) -> Stamp:
    if action.rw_id is None and (rw := rw_of(session, action)) is not None:
        action.rw_id = rw.id
    decision = actions.OfficerDecision(
        stamper_id=officer.person_id, account_id=officer.id, tenure_id=right.tenure_id, note=note.strip(), at=now
    )
    first_officer_id = _first_officer(session, action, decision)
    last_page = last_pages.get(action.person_id, (0, ""))
    stamp = actions.add_stamp(
        session,
        action,
        decision=decision,
        credits=credits_of(session, action),
        last_page=last_page,
        first_officer_id=first_officer_id,
        public_at=None if doer.is_adult else _public_from(session, action, now),
    )
    last_pages[action.person_id] = (stamp.page, stamp.link)
    return stamp


def _first_officer(session: Session, action: Action, decision: actions.OfficerDecision) -> int | None:
    """Who spoke before, where the action is from before the running semester; Conflict while this is the only officer's word."""
    if action.observed_on >= semester_start(places.day_at(session, decision.at, action.kelurahan_id)):
        return None
    first = actions_queries.first_word(session, action.id)
    if first is not None and first.officer_id != decision.stamper_id:
        return first.officer_id
    if first is None:
        actions.add_first_word(session, action, decision)
    raise Conflict(
        Text("Aksi ini dari sebelum semester ini. Persetujuan Anda tercatat; aksi ini dihitung setelah dicap petugas kedua."),
        "second_officer",
    )


def _public_from(session: Session, action: Action, now: datetime) -> datetime:
    """From when on the public may learn of a child's stamped action: neither its day nor the stamp's tells itself live."""
    day = places.day_at(session, now, action.kelurahan_id)
    return public_from(max(action.observed_on, day), places.zone_at(session, action.kelurahan_id))


def decide_review(session: Session, review_id: int, by: Account, *, decision: Decision, reason: str, now: datetime) -> Review:
    """Close the review; a void takes the stamp back with all that it counted for, under the rules of who may.

    Raises NotFound for those who may not decide about the action, Invalid without a reason, Conflict where it was decided
    otherwise.
    """
    review, _ = review_to_decide(session, review_id, by.person_id, now=now)
    if not says_something(reason):
        raise invalid("reason", "missing", Text("Tulis alasannya."))
    standing = actions_queries.valid_stamps(session, [review.action_id]).get(review.action_id)
    if review.closed_at is None and decision is Decision.VOID and standing is not None:
        void(session, standing.id, by, reason=reason, now=now)
        session.refresh(review)
    elif review.closed_at is None and decision is Decision.STANDS and standing is None:
        raise Conflict(reviews.NO_STAMP, "no_stamp")
    return reviews.close(session, review, by_account_id=by.id, decision=decision, reason=reason, now=now)


def refuse(session: Session, ids: Sequence[UUID], officer: Account, *, reason: str, now: datetime) -> list[BulkResult]:
    """Say, with a reason, that the actions do not count. A stamped one has to be voided first.

    Results come in the order of the ids, each once; what kept one from it stands in `problem`. Raises Invalid without a reason,
    NotAllowed for whoever holds no post that stamps.
    """
    reason = asked_reason(reason)
    by = require_officer(session, officer, now)
    found = lock_actions(session, ids)
    results: list[BulkResult] = []
    news: list[News] = []
    for action_id in dict.fromkeys(ids):
        action = found.get(action_id)
        try:
            right = require_right_to_decide(session, action, by)
            action = found[action_id]
            if action.status is Status.STAMPED:
                raise Conflict(Text("Aksi ini sudah dicap."), "already_stamped")
            if action.status is Status.WITHDRAWN:
                raise Conflict(Text("Catatan ini sudah dibatalkan pemiliknya."), "withdrawn")
            if action.status is not Status.REFUSED:
                actions.add_refusal(session, action, account_id=officer.id, tenure_id=right.tenure_id, reason=reason, now=now)
                integrity.judge_again(session, action, now=now)
                news.append(of_action(action, NoticeKind.REFUSED))
            results.append(BulkResult(action_id, None, action.status, None))
        except DomainError as problem:
            seen = action.status if action is not None and not isinstance(problem, NotFound) else None
            results.append(BulkResult(action_id, None, seen, problem))
    session.flush()
    notices.tell(session, news, now=now)
    return results


def give_back(session: Session, *, after: UUID | None, limit: int, now: datetime) -> UUID | None:
    """Of the actions held softly for 14 days the next ones wait again, for somebody's stamp; the last one looked at, if any."""
    found = held_since(session, now - RETURNED_AFTER, after=after, limit=limit)
    for action in lock_actions(session, [action.id for action in found]).values():
        if action.status is Status.HELD:
            actions.give_back(action)
    session.flush()
    return found[-1].id if found else None
