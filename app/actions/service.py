"""Storing facts. Who may, and what follows from them, is decided in the rooms above."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

import h3
import shapely
from sqlalchemy import func, insert, select
from sqlalchemy.orm import Session

from app.actions import queries
from app.actions.models import Action, ActionPhoto, FirstWord, Refusal, Stamp
from app.actions.rules.beside import Neighbour, judge
from app.actions.rules.findings import (
    BESIDE,
    OF_STAMPED,
    Finding,
    Level,
    given_back,
    gravest,
    leads_to,
    with_beside,
    with_first_word,
    with_photographs,
)
from app.actions.rules.submission import PhotoLink, Submission
from app.actions.rules.timing import Timing, skew_minutes
from app.actions.rules.words import Capacity, Status
from app.core.geo import PUBLIC_CELL_RESOLUTION, Point
from app.core.identity_numbers import hide_identity_numbers
from app.core.ids import new_id, new_secret
from app.database import Base
from app.database.upsert import insert_if_new

ACTION = Base.metadata.tables[Action.__tablename__]
_ATTENTION = {Level.OK: 0, Level.LOOK: 1, Level.HOLD: 2}


@dataclass(frozen=True, slots=True)
class ActionContext:
    """Where and as whom somebody acted, looked up before the write."""

    programme_id: int
    version_id: int
    person_id: int
    recorded_by: int
    capacity: Capacity
    movement: str | None
    observed_on: date
    site_id: int | None
    circle_id: int | None
    distance_m: int | None
    kelurahan_id: int | None
    kecamatan_id: int | None
    city_id: int | None
    rw_id: int | None
    rw_proposed: str | None
    digest: str


def cell_of(point: Point) -> int:
    """The h3 cell of resolution 9 around the point, as a signed 64-bit number."""
    return int(h3.str_to_int(h3.latlng_to_cell(point.lat, point.lon, PUBLIC_CELL_RESOLUTION)))


def record(session: Session, row: Mapping[str, Any], photos: Sequence[PhotoLink]) -> Action | None:
    """Store the action, and give it as stored; None when its id is taken."""
    if session.connection().execute(insert_if_new(session, ACTION), row).first() is None:
        return None
    if photos:
        session.execute(
            insert(ActionPhoto),
            [
                {
                    "action_id": row["id"],
                    "place": place,
                    "sha256": photo.sha256,
                    "role": photo.role,
                    "taken_at": photo.taken_at.astimezone(UTC) if photo.taken_at else None,
                    "lon": photo.point.lon if photo.point else None,
                    "lat": photo.point.lat if photo.point else None,
                }
                for place, photo in enumerate(photos)
            ],
        )
    return Action(**row)


def action_row(
    submission: Submission, setting: ActionContext, timing: Timing, findings: Sequence[Finding], *, now: datetime
) -> dict[str, Any]:
    """The action as a row of its table, each value as it is read again; its measures are those held against the programme."""
    fixed_at = submission.fix.fixed_at
    return {
        "id": submission.id,
        "programme_id": setting.programme_id,
        "version_id": setting.version_id,
        "person_id": setting.person_id,
        "recorded_by": setting.recorded_by,
        "capacity": setting.capacity,
        "movement": setting.movement,
        "status": leads_to(findings),
        "captured_at": submission.captured_at.astimezone(UTC),
        "sent_at": submission.sent_at.astimezone(UTC),
        "received_at": now.astimezone(UTC),
        "skew_minutes": skew_minutes(submission.sent_at, now),
        "observed_at": timing.observed_at.astimezone(UTC),
        "observed_on": setting.observed_on,
        "minutes": submission.minutes,
        "position": shapely.Point(submission.fix.point.lon, submission.fix.point.lat),
        "source": submission.fix.source,
        "accuracy_m": submission.fix.accuracy_m,
        "fixed_at": fixed_at.astimezone(UTC) if fixed_at else None,
        "cell": cell_of(submission.fix.point),
        "site_id": setting.site_id,
        "circle_id": setting.circle_id,
        "distance_m": setting.distance_m,
        "kelurahan_id": setting.kelurahan_id,
        "kecamatan_id": setting.kecamatan_id,
        "city_id": setting.city_id,
        "rw_id": setting.rw_id,
        "rw_proposed": setting.rw_proposed,
        "rt": submission.rt,
        "measures": storable(submission.measures),
        "findings": [finding.stored() for finding in findings],
        "attention": attention(findings),
        "note": hide_identity_numbers(submission.note),
        "digest": setting.digest,
    }


def attention(findings: Sequence[Finding]) -> int:
    return _ATTENTION[gravest(findings)]


def storable(measures: Mapping[str, object]) -> dict[str, object]:
    """Decimals as text, so that no digit is lost in JSON."""
    return {name: value if isinstance(value, int | str) else format(value, "f") for name, value in measures.items()}


def settle_photographs(action: Action, found: Sequence[Finding]) -> None:
    """What was found in the photographs stands with the action, which waits or is held by it; decided ones stay decided."""
    findings = with_photographs(map(Finding.read, action.findings), found)
    stored = [finding.stored() for finding in findings]
    if stored == action.findings:
        return
    action.findings = stored
    action.attention = attention(findings)
    if action.status in (Status.WAITING, Status.HELD):
        action.status = leads_to(findings)


def give_back(action: Action) -> bool:
    """A held action's soft holds hold it no longer; whether it waits now."""
    findings = given_back(map(Finding.read, action.findings))
    if leads_to(findings) is Status.HELD:
        return False
    action.findings = [finding.stored() for finding in findings]
    action.attention, action.status = attention(findings), Status.WAITING
    return True


def is_held_by_rules(action: Action) -> bool:
    """Whether something holds it, or held it until it was given back: then it stands for nobody until it is stamped."""
    return any(Finding.read(row).level is Level.HOLD for row in action.findings)


def judge_again(session: Session, person_id: int, day: date) -> list[UUID]:
    """The person's open actions of the day and its neighbours are held against each other as they stand now.

    Gives the stamped ones of which it is only now found that nobody can have been there.
    """
    neighbours = queries.neighbours(session, person_id, day)
    return settle_beside(session, neighbours, judge(neighbours))


def settle_beside(session: Session, neighbours: Sequence[Neighbour], verdicts: Mapping[UUID, tuple[Finding, ...]]) -> list[UUID]:
    """What is found beside other actions stands with each action; open ones wait or are held by it, stamped ones stay stamped."""
    doubted = []
    for each in neighbours:
        verdict = verdicts.get(each.id)
        codes = OF_STAMPED if each.is_stamped else BESIDE
        before = tuple(finding for finding in each.beside if finding.code in codes)
        if verdict is None or verdict == before:
            continue
        _settle(session.get_one(Action, each.id), verdict, codes)
        if each.is_stamped and verdict and not before:
            doubted.append(each.id)
    return doubted


def _settle(action: Action, verdict: Sequence[Finding], codes: frozenset[str]) -> None:
    findings = with_beside(map(Finding.read, action.findings), verdict, codes)
    action.findings = [finding.stored() for finding in findings]
    action.attention = attention(findings)
    if action.status in (Status.WAITING, Status.HELD):
        action.status = leads_to(findings)


def withdraw(session: Session, action: Action) -> None:
    action.status = Status.WITHDRAWN


def add_refusal(session: Session, action: Action, *, account_id: int, tenure_id: int, reason: str, now: datetime) -> Refusal:
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
