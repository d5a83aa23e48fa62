"""Belonging to a site: asked, confirmed or refused by whoever answers for it, and left; and where somebody says they live."""

from __future__ import annotations

from datetime import datetime
from uuid import NAMESPACE_OID, UUID, uuid5

from sqlalchemy.orm import Session

from app.audit import service as audit
from app.core.errors import Conflict, NotAllowed, NotFound, invalid
from app.core.text import Text
from app.database.locks import lock_rows
from app.people.models import Account, MembershipRequest, Person, Tenure
from app.people.queries import member_sites, place_name, tenures_at
from app.people.queries.memberships import answering, asked_site, count_requests, membership_request, own_request
from app.people.rules import MAX_REQUESTS_A_DAY, MembershipOutcome, Post, may_answer
from app.people.service.managing import cleaned_reason
from app.people.service.news import tell, tell_once
from app.people.service.posts import appoint
from app.places import queries as places
from app.places.models import Site
from app.places.queries import PlaceRef

PAGE = "/anggota"
"""Where whoever answers finds what waits."""
OWN_PAGE = "/saya/lokasi"


def ask(session: Session, holder: Account, site_uuid: UUID, *, ends_others: bool, now: datetime) -> MembershipRequest:
    """The holder asks to belong to the site, in the place of what they asked before. The same again is the one that waits.

    Raises NotFound for a site that is not there or closed, Conflict for one to which they belong, NotAllowed after
    MAX_REQUESTS_A_DAY.
    """
    site = places.site_by_uuid(session, site_uuid)
    if site is None or site.closed_at is not None:
        raise NotFound(Text("Tempat itu tidak ada."), "unknown_site")
    lock_rows(session, Person.id, [holder.person_id])
    if site.id in member_sites(tenures_at(session, holder.person_id, now)):
        raise Conflict(Text("Anda sudah terdaftar di %(site)s.", site=site.name), "already_member")
    waiting = own_request(session, holder.person_id)
    if waiting is not None and waiting.site_id == site.id:
        waiting.ends_others = ends_others
        return waiting
    if count_requests(session, holder.person_id, now) >= MAX_REQUESTS_A_DAY:
        raise NotAllowed(
            Text("Paling banyak %(n)s permintaan dalam sehari. Coba lagi besok.", n=MAX_REQUESTS_A_DAY), "too_many_requests"
        )
    if waiting is not None:
        _withdraw(session, waiting, holder, now)
    made = MembershipRequest(person_id=holder.person_id, site_id=site.id, ends_others=ends_others, asked_at=now)
    session.add(made)
    session.flush()
    audit.note(session, "people.membership_ask", _subject(made), account_id=holder.id, now=now, site=site.name)
    _tell_who_answers(session, made, site, now)
    return made


def _tell_who_answers(session: Session, request: MembershipRequest, site: Site, now: datetime) -> None:
    """Each is told once a day of a site, however many ask: nobody can fill somebody's page."""
    day = places.day_at(session, now, site_id=site.id)
    for person_id in answering(session, request, now):
        once = uuid5(NAMESPACE_OID, f"membership {site.uuid} {person_id} {day}")
        tell_once(session, person_id, "membership_asked", once, link=PAGE, now=now, values={"site": site.name})


def withdraw(session: Session, holder: Account, *, now: datetime) -> None:
    """The holder's request that waits is taken back; where none does, nothing changes."""
    lock_rows(session, Person.id, [holder.person_id])
    waiting = own_request(session, holder.person_id)
    if waiting is not None:
        _withdraw(session, waiting, holder, now)


def _withdraw(session: Session, request: MembershipRequest, holder: Account, now: datetime) -> None:
    _decide(session, request, MembershipOutcome.WITHDRAWN, by=holder, now=now)
    site = place_name(session, None, request.site_id)
    audit.note(session, "people.membership_withdraw", _subject(request), account_id=holder.id, now=now, site=site)


def confirm_membership(session: Session, uuid: UUID, by: Account, *, now: datetime) -> MembershipRequest:
    """The person belongs to the site since the day on which they asked. Confirmed already, nothing changes.

    Raises NotFound for what is absent or out of reach, Conflict where it was answered otherwise or the site is closed.
    """
    request, site = _held(session, uuid, by, now)
    if request.outcome is MembershipOutcome.CONFIRMED:
        return request
    _hold_waiting(request)
    if site.closed_at is not None:
        raise Conflict(Text("%(name)s sudah ditutup.", name=site.name), "site_closed")
    if request.ends_others:
        _end_others(session, request, by=by, now=now)
    since = places.day_at(session, request.asked_at, site_id=site.id)
    where = PlaceRef(None, site.id, site.name)
    appoint(session, request.person_id, Post.VOLUNTEER, where, valid_from=since, granted_by=by.id, now=now)
    _decide(session, request, MembershipOutcome.CONFIRMED, by=by, now=now)
    audit.note(session, "people.membership_confirm", _subject(request), account_id=by.id, now=now, site=site.name)
    tell(session, request.person_id, "membership_confirmed", link=OWN_PAGE, now=now, site=site.name)
    return request


def refuse_membership(session: Session, uuid: UUID, by: Account, *, reason: str, now: datetime) -> MembershipRequest:
    """The person does not belong to the site, and reads why. Refused already, nothing changes.

    Raises Invalid without a reason, NotFound and Conflict as `confirm_membership` does.
    """
    request, site = _held(session, uuid, by, now)
    why = cleaned_reason(reason)
    if request.outcome is MembershipOutcome.REFUSED:
        return request
    _hold_waiting(request)
    request.reason = why
    _decide(session, request, MembershipOutcome.REFUSED, by=by, now=now)
    note = {"site": site.name, "reason": why}
    audit.note(session, "people.membership_refuse", _subject(request), account_id=by.id, now=now, **note)
    tell(session, request.person_id, "membership_refused", link=OWN_PAGE, now=now, site=site.name, reason=why)
    return request


def leave(session: Session, holder: Account, site_uuid: UUID, *, now: datetime) -> None:
    """The holder belongs to the site as a volunteer until the end of this day; what was counted stays. Twice is as once."""
    site = places.site_by_uuid(session, site_uuid)
    if site is None:
        raise NotFound
    lock_rows(session, Person.id, [holder.person_id])
    for tenure in _volunteering(session, holder.person_id, now):
        if tenure.site_id == site.id:
            _end_today(session, tenure, by=holder, now=now)


def _end_others(session: Session, request: MembershipRequest, *, by: Account, now: datetime) -> None:
    for tenure in _volunteering(session, request.person_id, now):
        if tenure.site_id != request.site_id:
            _end_today(session, tenure, by=by, now=now)


def _volunteering(session: Session, person_id: int, now: datetime) -> list[Tenure]:
    """What the person belongs to as a volunteer, without an end so far."""
    held = [each for each in tenures_at(session, person_id, now) if each.post is Post.VOLUNTEER and each.site_id is not None]
    return [session.get_one(Tenure, each.tenure_id) for each in held if each.valid_until is None]


def _end_today(session: Session, tenure: Tenure, *, by: Account, now: datetime) -> None:
    """Until the end of the day: what phones still carry of it finds its site. Sessions go on: no power ends with it."""
    today = places.day_at(session, now, site_id=tenure.site_id)
    tenure.valid_until = max(today, tenure.valid_from or today)
    session.flush()
    left = place_name(session, None, tenure.site_id)
    audit.note(session, "people.leave", f"person:{tenure.person_id}", account_id=by.id, now=now, site=left)


def set_residence(session: Session, holder: Account, code: str, *, now: datetime) -> None:
    """The kelurahan in which the holder says they live; "" for none. A preference: it gives no right and is told to nobody.

    Raises Invalid (field `residence`) for what is no kelurahan of ours.
    """
    area = places.areas(session).by_code(code) if code else None
    if code and (area is None or area.level is not places.AreaLevel.KELURAHAN):
        raise invalid("residence", "unknown_area", Text("Pilih kelurahan dari daftar."))
    chosen = area.id if area is not None else None
    if holder.residence_id != chosen:
        holder.residence_id = chosen
        session.flush()
        audit.note(session, "people.residence", f"account:{holder.id}", account_id=holder.id, now=now)


def _held(session: Session, uuid: UUID, by: Account, now: datetime) -> tuple[MembershipRequest, Site]:
    """The request as it stands now, where `by` answers for its site; of two who decide about it, one waits."""
    found = membership_request(session, uuid)
    if found is None:
        raise NotFound
    # The person first, as everywhere: with the request their open actions may change.
    lock_rows(session, Person.id, [found.person_id])
    session.refresh(found, with_for_update=True)
    site = places.site_by_id(session, found.site_id)
    if site is None:
        raise NotFound
    waited = (found.decided_at or now) - found.asked_at
    mine = tenures_at(session, by.person_id, now)
    seen = asked_site(session, site, now)
    if not may_answer(mine, seen, answerer=by.person_id, asker=found.person_id, waited=waited):
        raise NotFound
    return found, site


def _hold_waiting(request: MembershipRequest) -> None:
    if request.outcome is not None:
        raise Conflict(Text("Permintaan ini sudah dijawab atau dibatalkan."), "answered")


def _decide(session: Session, request: MembershipRequest, outcome: MembershipOutcome, *, by: Account, now: datetime) -> None:
    request.outcome, request.decided_at, request.decided_by = outcome, now, by.id
    session.flush()


def _subject(request: MembershipRequest) -> str:
    return f"person:{request.person_id}"
