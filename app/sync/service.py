"""The only way in for what phones send: look around, then record exactly once.

`prepare` reads, outside the write lock; `receive` decides and stores, inside it.
"""

from __future__ import annotations

import logging
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID

from sqlalchemy.orm import Session

from app.actions import queries as actions_queries
from app.actions import service as actions
from app.actions.models import Action
from app.actions.rules.assess import MAX_RECORDS, RECORDS_SPAN, AreaSeen, Circumstances, SiteSeen, assess
from app.actions.rules.beside import Neighbour, judge
from app.actions.rules.findings import Finding, holds_itself, with_beside
from app.actions.rules.positions import PastFix
from app.actions.rules.submission import Submission, digest
from app.actions.rules.timing import Timing, is_server_suspect, skew_minutes, timing
from app.actions.rules.words import Capacity, Source, Status
from app.core.clock import local_day
from app.core.errors import Conflict, FieldError, Invalid, NotAllowed, NotFound, invalid
from app.core.geo import distance_m
from app.core.text import Text
from app.database.locks import lock_rows
from app.integrity import service as integrity
from app.media import queries as media
from app.media import service as media_service
from app.people import queries as people
from app.people.models import Account, Person
from app.people.rules import ActiveTenure, Permission, active_on, with_permission
from app.places import queries as places
from app.programmes import queries as programmes
from app.programmes.queries import Current
from app.programmes.rules import measured
from app.programmes.rules.definition import Circle
from app.programmes.rules.measures import Measured
from app.reviews import service as reviews
from app.sites import rules as site_rules
from app.sync import rules

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Prepared:
    """A submission with everything that was looked up for it."""

    submission: Submission
    account: Account
    person: Person
    current: Current
    timing: Timing
    observed_on: date
    measures: Measured
    ground: places.AreaAt | None
    site: places.SiteAt | None
    site_seen: SiteSeen | None
    area_seen: AreaSeen | None
    past_fixes: Sequence[PastFix]
    capacity: Capacity
    movement: str | None
    rw_id: int | None
    """The RW named, else that of the site or of the person's post."""
    digest: str


def known(session: Session, submission: Submission, account: Account) -> Action | None:
    """The action under this id when the same account sent the same content before; Conflict when it was another."""
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
        Text(
            "Nomor aksi ini sudah dipakai catatan lain. Catatan Anda tidak hilang: kirim dengan nomor baru.",
            "This action's number is taken by another record. Yours is not lost: send it under a new number.",
        ),
        "id_taken",
    )


def prepare(session: Session, submission: Submission, account: Account, *, now: datetime) -> Prepared:
    """Look up what the assessment needs. Invalid or NotAllowed where the submission cannot be taken."""
    ground = places.kelurahan_at(session, submission.fix.point)
    zone = ground.timezone if ground else places.home_zone(session)
    when = timing(submission, now, zone, is_server_suspect=_is_server_suspect(session, submission, account, now))
    observed_on = local_day(when.observed_at, zone)
    current = programmes.definition_on(session, submission.programme, observed_on)
    if current is None:
        raise invalid("programme", "unknown_programme", "Program ini tidak dikenal.", "This programme is not known.")
    person, tenures = _subject(session, submission, account, observed_on)
    measures = _measures(session, current, submission, account)
    site = _site(session, submission, tenures, observed_on, when)
    areas = _areas_at(session, ground)
    capacity, movement = rules.capacity(
        tenures,
        is_adult=person.is_adult,
        definition=current.definition,
        site_id=site.site_id if site else None,
        areas=areas,
    )
    return Prepared(
        submission=submission,
        account=account,
        person=person,
        current=current,
        timing=when,
        observed_on=observed_on,
        measures=measures,
        ground=ground,
        site=site,
        site_seen=_site_seen(site, submission, current),
        area_seen=_area_seen(session, site, tenures, submission, current),
        past_fixes=actions_queries.past_fixes(session, person.id) if submission.fix.source is Source.DEVICE else (),
        capacity=capacity,
        movement=movement.value if movement else None,
        rw_id=_rw(session, submission, ground, site, tenures, current),
        digest=digest(replace(submission, measures=measures)),
    )


def _is_server_suspect(session: Session, submission: Submission, account: Account, now: datetime) -> bool:
    """Whether this phone is one of many whose clocks all differ from ours the same way."""
    skew = skew_minutes(submission.sent_at, now)
    if skew is None:
        return False
    accounts = actions_queries.skewed_accounts(session, ahead=skew > 0, now=now) | {account.id}
    if is_suspect := is_server_suspect(len(accounts)):
        log.warning("the server's clock is in doubt: %d accounts were off by about %d min within the hour", len(accounts), skew)
    return is_suspect


def _subject(
    session: Session, submission: Submission, account: Account, observed_on: date
) -> tuple[Person, tuple[ActiveTenure, ...]]:
    """Whose action it is, and the posts that person held that day."""
    if submission.on_behalf_of is None:
        return account.person, people.tenures_on(session, account.person_id, observed_on)
    person = people.person_by_uuid(session, submission.on_behalf_of)
    recorder = with_permission(people.tenures_on(session, account.person_id, observed_on), Permission.RECORD_FOR_OTHERS)
    tenures = people.tenures_on(session, person.id, observed_on) if person else ()
    index = places.areas(session)
    ancestors = {
        h.area_id: frozenset({h.area_id, *(area.id for area in index.ancestors(h.area_id))})
        for h in tenures
        if h.area_id is not None
    }
    if person is None or not rules.may_record_for(recorder, tenures, ancestors):
        raise NotAllowed(
            Text("Anda tidak berwenang mencatat untuk orang ini.", "You are not allowed to record for this person."),
            "not_on_behalf_of",
        )
    return person, tenures


def _measures(session: Session, current: Current, submission: Submission, account: Account) -> Measured:
    values, errors = measured(current.definition, submission.measures)
    if current.definition.minutes is not None and submission.minutes is None:
        errors.append(FieldError("minutes", "missing", Text("Isian ini wajib diisi.", "This field is required.")))
    if submission.photos:
        here = media.sent_by(session, account.id, {photo.sha256 for photo in submission.photos})
        errors += _photos_missing(submission, here)
    if errors:
        raise Invalid(errors)
    return values


def _photos_missing(submission: Submission, here: Collection[str]) -> list[FieldError]:
    return [_photo_missing(place) for place, photo in enumerate(submission.photos) if photo.sha256 not in here]


def _photo_missing(place: int) -> FieldError:
    return FieldError(
        f"photos[{place}]",
        "photo_missing",
        Text(
            "Foto ini belum sampai; kirim fotonya, lalu aksi ini lagi.",
            "This photograph has not arrived; send it, then send this action again.",
        ),
    )


def _site(
    session: Session, submission: Submission, tenures: Sequence[ActiveTenure], observed_on: date, when: Timing
) -> places.SiteAt | None:
    mine = people.member_sites(active_on(tenures, observed_on))
    sites = places.sites_at(session, mine, when.observed_at) if mine else []
    site = rules.site_for(sites, submission.site, submission.fix.point)
    if submission.site is not None and site is None:
        raise invalid(
            "site",
            "not_your_site",
            "Anda tidak terdaftar di tempat ini pada hari itu.",
            "You were not registered at this site on that day.",
        )
    return site


def _site_seen(site: places.SiteAt | None, submission: Submission, current: Current) -> SiteSeen | None:
    if site is None or not isinstance(current.definition.place, Circle):
        return None
    return SiteSeen(
        name=site.name,
        distance_m=distance_m(site.centre, submission.fix.point),
        radius_m=site_rules.radius_m(site, current.definition.place),
        is_confirmed=site.is_confirmed,
    )


def _areas_at(session: Session, ground: places.AreaAt | None) -> frozenset[int]:
    """The areas of the action: its kelurahan with its ancestors, and the RWs of that kelurahan."""
    if ground is None:
        return frozenset()
    index = places.areas(session)
    above = (area.id for area in index.ancestors(ground.kelurahan_id))
    below = (area.id for area in index.children(ground.kelurahan_id))
    return frozenset({ground.kelurahan_id, *above, *below})


def _area_seen(
    session: Session, site: places.SiteAt | None, tenures: Sequence[ActiveTenure], submission: Submission, current: Current
) -> AreaSeen | None:
    """Of the kelurahan in which the person's actions belong, the one nearest to the action."""
    if isinstance(current.definition.place, Circle):
        return None
    index = places.areas(session)
    kelurahan = {index.kelurahan_of(area_id) for area_id in rules.own_areas(tenures)}
    if site is not None:
        kelurahan.add(site.kelurahan_id)
    seen = [
        AreaSeen(index.by_id[area_id].name, outside)
        for area_id in kelurahan
        if area_id is not None and (outside := places.border_distance_m(session, area_id, submission.fix.point)) is not None
    ]
    return min(seen, key=lambda area: area.outside_m, default=None)


def receive(session: Session, prepared: Prepared, *, now: datetime) -> tuple[Action, bool]:
    """The stored action, and whether this call stored it. Runs inside the write lock."""
    submission = prepared.submission
    # Whoever records is held too: what is recorded for many others at once is counted one after the other.
    lock_rows(session, Person.id, [prepared.person.id, prepared.account.person_id])
    site, ground = prepared.site, prepared.ground
    kelurahan_id = ground.kelurahan_id if ground else None
    circumstances = Circumstances(
        observed_on=prepared.observed_on,
        is_place_known=ground is not None,
        site=prepared.site_seen,
        area=prepared.area_seen,
        site_centre=site.centre if site else None,
        past_fixes=prepared.past_fixes,
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
    created = actions.record(session, row, submission.photos)
    if created is not None:
        reviews.look_again(session, actions.settle_beside(session, neighbours[:-1], verdicts), now=now)
        _claim_photos(session, prepared, now)
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


def _claim_photos(session: Session, prepared: Prepared, now: datetime) -> None:
    """The photographs are the action's, and will be looked at. One that was swept a moment ago has to be sent again."""
    submission = prepared.submission
    if not submission.photos:
        return
    digests = {photo.sha256 for photo in submission.photos}
    missing = media_service.claim(session, prepared.account.id, digests, now=now)
    if missing:
        raise Invalid(_photos_missing(submission, digests - missing))
    integrity.inspect_later(session, submission.id, now=now)


def _rw(
    session: Session,
    submission: Submission,
    ground: places.AreaAt | None,
    site: places.SiteAt | None,
    tenures: Sequence[ActiveTenure],
    current: Current,
) -> int | None:
    """The RW named, where it is known; where none is named, that of the site, else of the person's post, in the same kelurahan.

    In a programme of areas the post comes first: holes are dug where one works.
    """
    if ground is None:
        return None
    if submission.rw is not None:
        named = places.rw_named(session, ground.kelurahan_id, submission.rw)
        return named.id if named is not None else None
    at_site = site.rw_id if site is not None and site.kelurahan_id == ground.kelurahan_id else None
    of_post = rules.rw_of_post(tenures, {area.id for area in places.areas(session).children(ground.kelurahan_id)})
    if isinstance(current.definition.place, Circle):
        return at_site if site is not None else of_post
    return of_post or at_site


def withdraw(session: Session, action_id: UUID, account: Account, *, now: datetime) -> Action:
    """The owner takes an action back that nobody has decided about."""
    action = actions_queries.action(session, action_id)
    if action is None or action.person_id != account.person_id:
        raise NotFound
    # Whoever stamps holds the person first: the two decide one after the other.
    lock_rows(session, Person.id, [action.person_id])
    session.refresh(action)
    if action.status in (Status.STAMPED, Status.REFUSED):
        raise Conflict(
            Text(
                "Aksi ini sudah diputuskan petugas, jadi catatannya tidak dapat dibatalkan.",
                "An officer has decided on this action, so its record cannot be withdrawn.",
            ),
            "already_decided",
        )
    actions.withdraw(session, action)
    integrity.judge_again(session, action, now=now)
    return action
