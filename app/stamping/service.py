"""The moment from which an action counts, and the moment from which it does not.

A stamp, and everything that follows from it, is one list of calls in one transaction: read `_count` to see what a stamp does.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal
from uuid import UUID

from sqlalchemy.orm import Session

from app.actions import queries as actions_queries
from app.actions import service as actions
from app.actions.models import Action, Stamp
from app.actions.rules.findings import PENDING, RETURNED_AFTER, is_programme_day
from app.actions.rules.words import Status
from app.audit import service as audit
from app.awards.service import badges, belts
from app.awards.service.badges import BadgeEarned
from app.awards.service.belts import Earned
from app.core.errors import Conflict, DomainError, NotAllowed, NotFound, invalid
from app.core.identity_numbers import hide_identity_numbers
from app.core.periods import semester_start
from app.core.text import Text, says_something
from app.database.locks import lock_rows
from app.integrity import service as integrity
from app.leaderboard import service as leaderboard
from app.notices import service as notices
from app.notices.rules import NoticeKind
from app.notices.service import News
from app.people import queries as people
from app.people.models import Account, Person
from app.people.rules import ActiveTenure
from app.photo_consent import service as photo_consent
from app.places import queries as places
from app.places import service as places_service
from app.programmes import queries as programmes
from app.programmes.rules import credits
from app.programmes.rules.definition import Definition
from app.reviews import service as reviews
from app.reviews.models import Review
from app.reviews.rules import Decision
from app.stamping.queries import held_since, proposed_rws, review_to_decide, right_to_decide, rw_of, stamper, takes_rws
from app.stamping.rules import Stamper, another_stamps, is_kept_from
from app.tallies import service as tallies
from app.tallies.queries import counted_together
from app.tallies.rules import public_from

MAX_LENGTH = 1000
"""Of a reason."""
MAX_RWS = 999
"""As many as there are numbers."""


@dataclass(frozen=True, slots=True)
class BulkResult:
    """What became of one action of a bulk: the stamp or refusal, or the problem that kept it from it."""

    action_id: UUID
    stamp: Stamp | None
    status: Status | None
    problem: DomainError | None


def stamp(session: Session, ids: Sequence[UUID], officer: Account, *, note: str, now: datetime) -> list[BulkResult]:
    """Stamp the actions, each on its own: one that cannot be stamped does not stop the rest.

    A held action needs a note, which releases it. One's own stamp asked for again is the stamp that stands.
    """
    by, note = _officer(session, officer, now), hide_identity_numbers(note)
    found = _hold(session, ids)
    stamps = actions_queries.valid_stamps(session, list(found))
    doers = people.persons(session, {action.person_id for action in found.values()})
    last_pages = actions.last_pages(session, sorted(doers))
    results: list[BulkResult] = []
    made: list[tuple[Action, Stamp]] = []
    released: list[Action] = []
    for action_id in dict.fromkeys(ids):
        action, standing = found.get(action_id), stamps.get(action_id)
        try:
            right = _right_to_stamp(session, action, by)
            action = found[action_id]
            if standing is None:
                _ask_if_ready(action, note, is_alone=len(ids) == 1)
                if actions.is_held_by_rules(action):
                    released.append(action)
                standing = _stamp_one(session, action, doers[action.person_id], officer, right, note, last_pages, now)
                made.append((action, standing))
            elif standing.stamper_id != officer.person_id:
                raise Conflict(
                    Text("Aksi ini sudah dicap petugas lain.", "Another officer has stamped this action."), "already_stamped"
                )
            results.append(BulkResult(action_id, standing, action.status, None))
        except DomainError as problem:
            seen = action.status if action is not None and not isinstance(problem, NotFound) else None
            results.append(BulkResult(action_id, None, seen, problem))
    session.flush()
    for action in released:
        integrity.judge_again(session, action, now=now)
    _count(session, made, sign=1, now=now)
    return results


def _hold(session: Session, ids: Sequence[UUID]) -> dict[UUID, Action]:
    """The actions, their persons held first, so that nobody decides about the same booklet at the same time."""
    people = {action.person_id for action in actions_queries.actions(session, list(dict.fromkeys(ids))).values()}
    lock_rows(session, Person.id, people)
    return actions_queries.actions(session, list(dict.fromkeys(ids)))


def _officer(session: Session, account: Account, now: datetime) -> Stamper:
    """Who wants to decide; NotAllowed for whoever holds no post that stamps."""
    by = stamper(session, account.person_id, now)
    if not by.tenures:
        raise NotAllowed
    return by


def _right_to_decide(session: Session, action: Action | None, by: Stamper) -> ActiveTenure:
    """The post that entitles to refuse and void; absent and out of reach answer alike, one's own says so.

    What somebody recorded for another they may refuse: it makes no number, its owner reads why, and nobody else can put a slip
    of theirs right.
    """
    if action is None:
        raise NotFound
    if action.person_id == by.person_id:
        raise NotAllowed(Text("Anda tidak dapat mengecap aksi Anda sendiri.", "You cannot stamp your own action."), "own_action")
    right = right_to_decide(session, action, by)
    if right is None:
        raise NotFound
    return right


def _right_to_stamp(session: Session, action: Action | None, by: Stamper) -> ActiveTenure:
    """The post that entitles to stamp and release: what the officer recorded for an adult is another's to stamp."""
    right = _right_to_decide(session, action, by)
    if action is not None and is_kept_from(action.recorded_by, action.capacity, by):
        raise NotAllowed(another_stamps(by.tenures), "own_record")
    return right


def _asked_reason(reason: str) -> str:
    """The reason as it is kept. Raises Invalid where there is none."""
    if not says_something(reason):
        raise invalid("reason", "missing", "Tulis alasannya.", "Write a reason.")
    if len(reason) > MAX_LENGTH:
        raise invalid("reason", "string_too_long", f"Paling panjang {MAX_LENGTH} huruf.", f"At most {MAX_LENGTH} characters.")
    return hide_identity_numbers(reason.strip())


def _ask_if_ready(action: Action, note: str, *, is_alone: bool) -> None:
    if action.status is Status.REFUSED:
        raise Conflict(Text("Aksi ini sudah ditolak.", "This action was refused."), "refused")
    if action.status is Status.WITHDRAWN:
        raise Conflict(Text("Catatan ini sudah dibatalkan pemiliknya.", "Its owner has withdrawn this record."), "withdrawn")
    if action.status is Status.HELD and not says_something(note):
        raise Conflict(
            Text(
                "Aksi ini perlu diperiksa dulu: tulis alasan untuk mengecapnya.",
                "This action needs a check first: write a reason to stamp it.",
            ),
            "held_needs_note",
        )
    if not is_alone and any(row[0] == PENDING for row in action.findings):
        raise Conflict(
            Text(
                "Fotonya masih diperiksa: cap aksi ini satu per satu.",
                "Its photographs are still being checked: stamp this action by itself.",
            ),
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
        Text(
            "Aksi ini dari sebelum semester ini. Persetujuan Anda tercatat; aksi ini dihitung setelah dicap petugas kedua.",
            "This action is from before this semester. Your approval is recorded; it counts once a second officer has stamped "
            "it.",
        ),
        "second_officer",
    )


def _public_from(session: Session, action: Action, now: datetime) -> datetime:
    """From when on the public may learn of a child's stamped action: neither its day nor the stamp's tells itself live."""
    day = places.day_at(session, now, action.kelurahan_id)
    return public_from(max(action.observed_on, day), places.zone_at(session, action.kelurahan_id))


def credits_of(session: Session, action: Action) -> dict[str, int]:
    """What the action counts for under the rules of its day."""
    return credits(
        programmes.version(session, action.version_id).definition,
        measures=action.measures,
        minutes=action.minutes,
        movement=action.movement,
        on_programme_day=is_programme_day(action.findings),
    )


def void(session: Session, stamp_id: UUID, officer: Account, *, reason: str, now: datetime) -> tuple[Stamp, Action]:
    """The stamp no longer stands, and everything it counted for is taken back. Asked again, it is void already."""
    reason = _asked_reason(reason)
    stamp = actions_queries.stamp(session, stamp_id)
    if stamp is None:
        raise NotFound
    action = _hold(session, [stamp.action_id])[stamp.action_id]
    session.refresh(stamp)
    by = stamper(session, officer.person_id, now)
    if stamp.stamper_id != officer.person_id or not by.tenures:
        _right_to_decide(session, action, by)
    if stamp.voided_at is not None:
        return stamp, action
    actions.void(session, stamp, action, account_id=officer.id, reason=reason, now=now)
    session.flush()
    integrity.judge_again(session, action, now=now)
    _count(session, [(action, stamp)], sign=-1, now=now)
    audit.note(session, "stamping.void", f"stamp:{stamp.id}", account_id=officer.id, now=now, reason=reason)
    reviews.close_voided(session, action.id, by_account_id=officer.id, reason=reason, now=now)
    notices.tell(session, [_about(action, NoticeKind.VOIDED)], now=now)
    return stamp, action


def decide_review(session: Session, review_id: int, by: Account, *, decision: Decision, reason: str, now: datetime) -> Review:
    """Close the review; a void takes the stamp back with all that it counted for, under the rules of who may.

    Raises NotFound for those who may not decide about the action, Invalid without a reason, Conflict where it was decided
    otherwise.
    """
    review, _ = review_to_decide(session, review_id, by.person_id, now=now)
    if not says_something(reason):
        raise invalid("reason", "missing", "Tulis alasannya.", "Write a reason.")
    standing = actions_queries.valid_stamps(session, [review.action_id]).get(review.action_id)
    if review.closed_at is None and decision is Decision.VOID and standing is not None:
        void(session, standing.id, by, reason=reason, now=now)
        session.refresh(review)
    elif review.closed_at is None and decision is Decision.STANDS and standing is None:
        raise Conflict(reviews.NO_STAMP, "no_stamp")
    return reviews.close(session, review, by_account_id=by.id, decision=decision, reason=reason, now=now)


def refuse(session: Session, ids: Sequence[UUID], officer: Account, *, reason: str, now: datetime) -> list[BulkResult]:
    """Say, with a reason, that the actions do not count. A stamped one has to be voided first."""
    reason = _asked_reason(reason)
    by = _officer(session, officer, now)
    found = _hold(session, ids)
    results: list[BulkResult] = []
    news: list[News] = []
    for action_id in dict.fromkeys(ids):
        action = found.get(action_id)
        try:
            right = _right_to_decide(session, action, by)
            action = found[action_id]
            if action.status is Status.STAMPED:
                raise Conflict(Text("Aksi ini sudah dicap.", "This action is already stamped."), "already_stamped")
            if action.status is Status.WITHDRAWN:
                raise Conflict(
                    Text("Catatan ini sudah dibatalkan pemiliknya.", "Its owner has withdrawn this record."), "withdrawn"
                )
            if action.status is not Status.REFUSED:
                actions.add_refusal(session, action, account_id=officer.id, tenure_id=right.tenure_id, reason=reason, now=now)
                integrity.judge_again(session, action, now=now)
                news.append(_about(action, NoticeKind.REFUSED))
            results.append(BulkResult(action_id, None, action.status, None))
        except DomainError as problem:
            seen = action.status if action is not None and not isinstance(problem, NotFound) else None
            results.append(BulkResult(action_id, None, seen, problem))
    session.flush()
    notices.tell(session, news, now=now)
    return results


def take_rw(session: Session, kelurahan_code: str, number: str, officer: Account, *, now: datetime) -> Text:
    """The RW that actions proposed is one of the kelurahan's from now on; those that still wait have it. Which one, in words.

    Raises NotFound for whoever is neither lurah nor coordinator there and for what nobody proposed. Once is as twice.
    """
    by = _officer(session, officer, now)
    area = places.areas(session).by_code(kelurahan_code)
    if area is None or area.id not in takes_rws(session, by):
        raise NotFound
    if places.rw_named(session, area.id, number) is None:
        if not any(each.kelurahan.id == area.id and each.number == number for each in proposed_rws(session, by, limit=MAX_RWS)):
            raise NotFound
        places_service.add_rws(session, area.id, [number], by_account_id=officer.id, now=now)
    return Text(f"RW {number} {area.name} sudah dicatat.", f"RW {number} {area.name} is now recorded.")


def give_back(session: Session, *, after: UUID | None, limit: int, now: datetime) -> UUID | None:
    """Of the actions held softly for 14 days the next ones wait again, for somebody's stamp; the last one looked at, if any."""
    found = held_since(session, now - RETURNED_AFTER, after=after, limit=limit)
    for action in _hold(session, [action.id for action in found]).values():
        if action.status is Status.HELD:
            actions.give_back(action)
    session.flush()
    return found[-1].id if found else None


def look_at_photographs(
    session: Session, action_id: UUID, number: int, officer: Account, *, declines: str | None, now: datetime
) -> None:
    """The officer's word about a pair whose owner would like it to be public: nothing to see of anybody, or why not.

    `number` is that of the pair's first photograph, from 1; `declines` the reason against it.
    """
    by = _officer(session, officer, now)
    action = actions_queries.action(session, action_id)
    _right_to_stamp(session, action, by)
    if action is None:
        raise NotFound
    if declines is None:
        photo_consent.clear(session, action, number, officer, now=now)
    else:
        photo_consent.decline(session, action, number, officer, reason=declines, now=now)


def _count(session: Session, stamps: Sequence[tuple[Action, Stamp]], *, sign: Literal[1, -1], now: datetime) -> None:
    """Everything that a stamp adds, or that a void takes back."""
    if not stamps:
        return
    seen = counted_together(
        session, [(action, stamp.stamped_at, stamp.credits, _still_to_come(stamp, now)) for action, stamp in stamps]
    )
    changes = tallies.add(session, seen, sign=sign)
    news: list[News] = _stamped([action for action, _ in stamps]) if sign == 1 else []
    today = places.day_at(session, now)
    for current in programmes.all_current(session, today):
        definition = current.definition
        people = sorted({action.person_id for action, _ in stamps if action.programme_id == current.programme_id})
        if people and sign == 1:
            belts_earned = belts.refresh(session, current.programme_id, definition.ladder, people, now=now)
            badges_earned = badges.refresh(session, current.programme_id, definition.badges, people, now=now)
            news += _earned(definition, belts_earned, badges_earned)
        elif people:
            belts.recount(session, current.programme_id, definition.ladder, people)
            badges.recount(session, current.programme_id, definition.badges, people)
    leaderboard.move(session, changes)
    notices.tell(session, news, now=now)


def _still_to_come(stamp: Stamp, now: datetime) -> datetime | None:
    """From when on the public may learn of the stamp, where that moment has not come: a void before it is never seen at all."""
    return stamp.public_at if stamp.public_at is not None and stamp.public_at > now else None


def _stamped(actions_stamped: Sequence[Action]) -> list[News]:
    """One notice a person, however many actions were stamped at once."""
    theirs: dict[int, list[Action]] = {}
    for action in actions_stamped:
        theirs.setdefault(action.person_id, []).append(action)
    return [
        _about(some[0], NoticeKind.STAMPED, count=1) if len(some) == 1 else _booklet(person_id, count=len(some))
        for person_id, some in theirs.items()
    ]


def _booklet(person_id: int, *, count: int) -> News:
    return News(person_id, NoticeKind.STAMPED, {"count": count}, "/buku")


def _about(action: Action, kind: NoticeKind, **values: int) -> News:
    return News(action.person_id, kind, values, f"/aksi/{action.id}")


def _earned(definition: Definition, awards: Sequence[Earned], badges_earned: Sequence[BadgeEarned]) -> list[News]:
    """The highest belt or stripe of each person, and their badges."""
    programme = (definition.name.text.id, definition.name.text.en)
    highest = {award.person_id: award for award in sorted(awards, key=lambda award: award.threshold)}
    names = {rung.belt: rung.name.text for rung in definition.ladder.rungs}
    told = [
        News(
            award.person_id,
            NoticeKind.BELT,
            {"belt": (names[award.belt].id, names[award.belt].en), "stripes": award.stripes, "programme": programme},
            "/buku",
        )
        for award in highest.values()
    ]
    badges_named = {badge.code: badge.name.text for badge in definition.badges}
    return told + [
        News(
            earned.person_id, NoticeKind.BADGE, {"badge": (badges_named[earned.badge].id, badges_named[earned.badge].en)}, "/buku"
        )
        for earned in badges_earned
    ]
