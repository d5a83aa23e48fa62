"""A submission with all that was looked up for it, outside the write lock."""

from __future__ import annotations

import logging
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from sqlalchemy.orm import Session

from app.actions import queries as actions_queries
from app.actions.rules.assess import AreaSeen, SiteSeen
from app.actions.rules.positions import PastFix
from app.actions.rules.submission import Submission, digest
from app.actions.rules.timing import Timing, is_server_suspect, skew_minutes, timing
from app.actions.rules.words import Capacity, Source
from app.core.clock import local_day
from app.core.errors import FieldError, Invalid, NotAllowed, invalid
from app.core.geo import distance_m
from app.core.text import Text
from app.media import queries as media
from app.people import queries as people
from app.people.models import Account, Person
from app.people.rules import ActiveTenure, Permission, active_on, with_permission
from app.places import queries as places
from app.programmes import queries as programmes
from app.programmes.queries import Current
from app.programmes.rules import measured
from app.programmes.rules.definition import Circle
from app.programmes.rules.measures import Measured
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


def prepare(session: Session, submission: Submission, account: Account, *, now: datetime) -> Prepared:
    """The submission with what the assessment needs, looked up without a lock.

    Raises Invalid naming the fields (programme, site, minutes, measures, photographs not yet here), NotAllowed where the sender
    may not record for that person.
    """
    ground = places.kelurahan_at(session, submission.fix.point)
    zone = ground.timezone if ground else places.home_zone(session)
    when = timing(submission, now, zone, is_server_suspect=_is_server_suspect(session, submission, account, now))
    observed_on = local_day(when.observed_at, zone)
    current = programmes.definition_on(session, submission.programme, observed_on)
    if current is None:
        raise invalid("programme", "unknown_programme", Text("Program ini tidak dikenal."))
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
            Text("Anda tidak berwenang mencatat untuk orang ini."),
            "not_on_behalf_of",
        )
    return person, tenures


def _measures(session: Session, current: Current, submission: Submission, account: Account) -> Measured:
    values, errors = measured(current.definition, submission.measures)
    if current.definition.minutes is not None and submission.minutes is None:
        errors.append(FieldError("minutes", "missing", Text("Isian ini wajib diisi.")))
    if submission.photos:
        here = media.sent_by(session, account.id, {photo.sha256 for photo in submission.photos})
        errors += photos_missing(submission, here)
    if errors:
        raise Invalid(errors)
    return values


def photos_missing(submission: Submission, here: Collection[str]) -> list[FieldError]:
    """One error for each photograph whose digest is not among those here and that does not follow: field `photos[0]`, from 0."""
    may_follow = {photo.sha256 for photo in submission.photos if photo.follows}
    wanted = may_follow.union(here)
    return [_photo_missing(place) for place, photo in enumerate(submission.photos) if photo.sha256 not in wanted]


def _photo_missing(place: int) -> FieldError:
    return FieldError(
        f"photos[{place}]",
        "photo_missing",
        Text("Foto ini belum sampai; kirim fotonya, lalu aksi ini lagi."),
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
            Text("Anda tidak terdaftar di tempat ini pada hari itu."),
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
