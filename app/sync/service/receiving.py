"""A prepared submission is judged and stored once, inside the write lock; a repeat is known as a repeat."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from app.actions import queries as actions_queries
from app.actions import service as actions
from app.actions.models import Action
from app.actions.rules.assess import MAX_RECORDS, RECORDS_SPAN, Circumstances, assess
from app.actions.rules.beside import Neighbour, judge
from app.actions.rules.findings import Finding, holds_itself, with_beside
from app.actions.rules.submission import Submission, digest
from app.actions.rules.words import Status
from app.core.errors import Conflict, Invalid, NotFound
from app.core.geo import distance_m
from app.core.text import Text
from app.database.locks import lock_rows
from app.integrity import service as integrity
from app.media import service as media_service
from app.people.models import Account, Person
from app.programmes import queries as programmes
from app.programmes.rules import measured
from app.reviews import service as reviews
from app.sync.service.preparing import Prepared, photos_missing


def known(session: Session, submission: Submission, account: Account) -> Action | None:
    """The action under this id where the same account sent the same content before; None where the id is free.

    Raises Conflict where it was another account or other content.
    """
    if not actions_queries.is_taken(session, submission.id):
        return None
    action = actions_queries.action(session, submission.id)
    return None if action is None else _same(session, action, submission, account)


def _same(session: Session, action: Action, submission: Submission, account: Account) -> Action:
    version = programmes.version(session, action.version_id)
    values, errors = measured(version.definition, submission.measures)
    if action.recorded_by == account.id and not errors and digest(replace(submission, measures=values)) == action.digest:
        return action
    # One answer for other content and for another account's id: it tells nothing of what is stored.
    raise Conflict(
        Text("Nomor aksi ini sudah dipakai catatan lain. Catatan Anda tidak hilang: kirim dengan nomor baru."),
        "id_taken",
    )


def receive(session: Session, prepared: Prepared, *, now: datetime) -> tuple[Action, bool]:
    """The stored action, and whether this call stored it. Runs inside the write lock.

    Raises Conflict where the id belongs to another record, Invalid (field `photos[0]` ...) where a photograph was swept since.
    """
    submission = prepared.submission
    # Whoever records is held too: what is recorded for many others at once is counted one after the other.
    lock_rows(session, Person.id, [prepared.person.id, prepared.account.person_id])
    coming = _claim_photos(session, prepared, now)
    site, ground = prepared.site, prepared.ground
    kelurahan_id = ground.kelurahan_id if ground else None
    circumstances = Circumstances(
        observed_on=prepared.observed_on,
        is_place_known=ground is not None,
        site=prepared.site_seen,
        area=prepared.area_seen,
        site_centre=site.centre if site else None,
        past_fixes=prepared.past_fixes,
        photos_coming=sum(photo.sha256 in coming for photo in submission.photos),
        moved=actions_queries.moved_day(
            session,
            prepared.current.programme_id,
            prepared.person.id,
            prepared.observed_on,
            site_id=site.site_id if site else None,
            area_ids=[area_id for area_id in (kelurahan_id, prepared.rw_id) if area_id is not None],
        ),
        recorded_lately=actions_queries.recorded_since(session, prepared.account.id, now - RECORDS_SPAN, limit=MAX_RECORDS),
    )
    judged = replace(submission, measures=prepared.measures)
    own = assess(judged, prepared.current.definition, prepared.timing, circumstances)
    neighbours = [*actions_queries.neighbours(session, prepared.person.id, prepared.observed_on), _neighbour(prepared, own, now)]
    verdicts = judge(neighbours)
    findings = with_beside(own, verdicts[submission.id])
    setting = actions.ActionContext(
        programme_id=prepared.current.programme_id,
        version_id=prepared.current.version_id,
        person_id=prepared.person.id,
        recorded_by=prepared.account.id,
        capacity=prepared.capacity,
        movement=prepared.movement,
        observed_on=prepared.observed_on,
        site_id=site.site_id if site else None,
        circle_id=site.circle_id if site else None,
        distance_m=round(distance_m(site.centre, submission.fix.point)) if site else None,
        kelurahan_id=kelurahan_id,
        kecamatan_id=ground.kecamatan_id if ground else None,
        city_id=ground.city_id if ground else None,
        rw_id=prepared.rw_id,
        rw_proposed=submission.rw if prepared.rw_id is None else None,
        digest=prepared.digest,
    )
    row = actions.action_row(judged, setting, prepared.timing, findings, now=now)
    created = actions.record(session, row, submission.photos, coming)
    if created is not None:
        reviews.look_again(session, actions.settle_beside(session, neighbours[:-1], verdicts), now=now)
        if any(photo.sha256 not in coming for photo in submission.photos):
            integrity.inspect_later(session, submission.id, now=now)
        return created, True
    taken = actions_queries.action(session, submission.id)
    if taken is None:
        raise RuntimeError("an action's id is taken and the action cannot be read")
    return _same(session, taken, submission, prepared.account), False


def _neighbour(prepared: Prepared, own: Sequence[Finding], now: datetime) -> Neighbour:
    """The action, as it stands beside the person's others."""
    submission, site, ground = prepared.submission, prepared.site, prepared.ground
    point = submission.fix.point
    kelurahan_id = ground.kelurahan_id if ground else None
    return Neighbour(
        id=submission.id,
        definition=prepared.current.definition,
        capacity=prepared.capacity,
        started_at=prepared.timing.observed_at,
        observed_on=prepared.observed_on,
        minutes=submission.minutes,
        place=actions_queries.place_key(site.site_id if site else None, kelurahan_id, actions.cell_of(point)),
        measures=prepared.measures,
        recorded_by=prepared.account.id,
        point=point,
        accuracy_m=submission.fix.accuracy_m,
        received_at=now,
        waits=False,
        is_stamped=False,
        is_judged=True,
        holds_itself=holds_itself(own),
    )


def _claim_photos(session: Session, prepared: Prepared, now: datetime) -> frozenset[str]:
    """The photographs that are here are the action's; the SHA-256 of those that follow.

    One that was swept a moment ago has to be sent again.
    """
    submission = prepared.submission
    if not submission.photos:
        return frozenset()
    digests = {photo.sha256 for photo in submission.photos}
    missing = media_service.claim(session, prepared.account.id, digests, now=now)
    if errors := photos_missing(submission, digests - missing):
        raise Invalid(errors)
    return missing


def withdraw(session: Session, action_id: UUID, account: Account, *, now: datetime) -> Action:
    """The owner takes an action back that nobody has decided about. Withdrawn again, it is as it was.

    Raises NotFound for what is absent or another's, Conflict where an officer has decided.
    """
    action = actions_queries.action(session, action_id)
    if action is None or action.person_id != account.person_id:
        raise NotFound
    # Whoever stamps holds the person first: the two decide one after the other.
    lock_rows(session, Person.id, [action.person_id])
    session.refresh(action)
    if action.status in (Status.STAMPED, Status.REFUSED):
        raise Conflict(
            Text("Aksi ini sudah diputuskan petugas, jadi catatannya tidak dapat dibatalkan."),
            "already_decided",
        )
    actions.withdraw(session, action)
    integrity.judge_again(session, action, now=now)
    return action
