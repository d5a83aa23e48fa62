"""Asking to belong to a site, and what comes of it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core.errors import Conflict, Invalid, NotAllowed, NotFound
from app.jobs.models import Job
from app.people import queries, service
from app.people.models import Account, MembershipRequest, Tenure
from app.people.queries.memberships import own_request, waiting_memberships
from app.people.rules import MAX_REQUESTS_A_DAY, MembershipOutcome, Post
from app.people.service.news import NEWS
from tests.factories.actions import NOW
from tests.factories.cast import Cast, make_account
from tests.factories.city import IN_MELATI, MELATI, TERATAI, make_site


def asked(session: Session, cast: Cast, **change: bool) -> MembershipRequest:
    return service.ask(session, cast.citra, cast.office.uuid, ends_others=change.get("ends_others", False), now=NOW)


def told(session: Session, kind: str) -> list[int]:
    jobs = session.scalars(select(Job).where(Job.kind == NEWS).order_by(Job.id))
    return [job.payload["person"] for job in jobs if job.payload["kind"] == kind]


@pytest.fixture
def officer(session: Session, cast: Cast) -> Account:
    return make_account(session, "petugas", f"officer@site:{cast.office.uuid}")


def sites_of(session: Session, account: Account, *, days: int = 0) -> tuple[int, ...]:
    return queries.member_sites(queries.tenures_at(session, account.person_id, NOW + timedelta(days=days)))


def test_a_request_gives_nothing_until_it_is_confirmed_and_counts_from_its_day(
    session: Session, cast: Cast, officer: Account
) -> None:
    request = asked(session, cast)
    assert sites_of(session, cast.citra) == ()
    assert told(session, "membership_asked") == [officer.person_id]
    later = NOW + timedelta(days=3)
    assert waiting_memberships(session, officer.person_id, later) == (request,)
    service.confirm_membership(session, request.uuid, officer, now=later)
    assert service.confirm_membership(session, request.uuid, officer, now=later) is request, "twice is as once"
    tenure = session.scalars(select(Tenure).where(Tenure.person_id == cast.citra.person_id)).one()
    assert (tenure.post, tenure.site_id, tenure.valid_from, tenure.granted_by) == (
        Post.VOLUNTEER, cast.office.id, NOW.date(), officer.id,
    )  # fmt: skip
    assert told(session, "membership_confirmed") == [cast.citra.person_id]
    assert waiting_memberships(session, officer.person_id, later) == ()
    with pytest.raises(Conflict):
        asked(session, cast)


def test_a_refusal_says_why_and_leaves_no_place(session: Session, cast: Cast, officer: Account) -> None:
    request = asked(session, cast)
    with pytest.raises(Invalid):
        service.refuse_membership(session, request.uuid, officer, reason=" ", now=NOW)
    service.refuse_membership(session, request.uuid, officer, reason="Bukan pegawai di sini", now=NOW)
    assert (request.outcome, request.reason, sites_of(session, cast.citra)) == (
        MembershipOutcome.REFUSED, "Bukan pegawai di sini", (),
    )  # fmt: skip
    assert told(session, "membership_refused") == [cast.citra.person_id]
    with pytest.raises(Conflict):
        service.confirm_membership(session, request.uuid, officer, now=NOW)
    assert asked(session, cast).outcome is None, "they may ask again"


def test_nobody_confirms_themselves_or_what_is_out_of_their_reach(session: Session, cast: Cast, officer: Account) -> None:
    other = make_account(session, "lain", f"officer@{TERATAI}")
    request = asked(session, cast)
    for account in (cast.citra, cast.budi, cast.guru, cast.kader, cast.lurah, other):
        with pytest.raises(NotFound):
            service.confirm_membership(session, request.uuid, account, now=NOW)
        assert waiting_memberships(session, account.person_id, NOW) == ()
    with pytest.raises(Conflict):
        service.ask(session, officer, cast.office.uuid, ends_others=False, now=NOW)


def test_where_the_site_has_nobody_its_kelurahan_answers(session: Session, cast: Cast) -> None:
    request = asked(session, cast)
    assert told(session, "membership_asked") == [cast.lurah.person_id]
    service.confirm_membership(session, request.uuid, cast.lurah, now=NOW)
    assert sites_of(session, cast.citra) == (cast.office.id,)


def test_a_post_that_ended_answers_no_more(session: Session, cast: Cast, officer: Account) -> None:
    request = asked(session, cast)
    held = session.scalars(select(Tenure).where(Tenure.person_id == officer.person_id)).one()
    service.end_now(session, held, ended_by=None, now=NOW)
    session.flush()
    with pytest.raises(NotFound):
        service.confirm_membership(session, request.uuid, officer, now=NOW)
    assert waiting_memberships(session, cast.lurah.person_id, NOW) == (request,)


def test_one_request_waits_at_a_time_and_a_day_has_a_few(session: Session, cast: Cast, officer: Account) -> None:
    first = asked(session, cast)
    assert asked(session, cast) is first, "the same again is the one that waits"
    for number in range(MAX_REQUESTS_A_DAY - 1):
        site = make_site(session, f"Kantor {number}", IN_MELATI)
        service.ask(session, cast.citra, site.uuid, ends_others=False, now=NOW)
    waiting = own_request(session, cast.citra.person_id)
    assert (first.outcome, waiting is not None and waiting.site_id) == (MembershipOutcome.WITHDRAWN, site.id)
    with pytest.raises(NotAllowed):
        asked(session, cast)
    assert own_request(session, cast.citra.person_id) is waiting, "what waits stays"
    service.ask(session, cast.citra, cast.office.uuid, ends_others=False, now=NOW + timedelta(days=1, hours=1))
    assert len(set(told(session, "membership_asked"))) == 2


def test_a_closed_account_or_site_waits_for_nobody(session: Session, cast: Cast, officer: Account) -> None:
    asked(session, cast)
    cast.citra.disabled_at = NOW
    session.flush()
    assert waiting_memberships(session, officer.person_id, NOW) == ()
    cast.citra.disabled_at, cast.office.closed_at = None, NOW
    session.flush()
    assert waiting_memberships(session, officer.person_id, NOW) == ()
    with pytest.raises(NotFound):
        service.ask(session, cast.citra, cast.office.uuid, ends_others=False, now=NOW)


def test_moving_ends_the_old_place_with_the_day_and_leaving_too(session: Session, cast: Cast) -> None:
    new = make_site(session, "Kantor Baru", IN_MELATI)
    key = cast.budi.session_key
    request = service.ask(session, cast.budi, new.uuid, ends_others=True, now=NOW)
    assert sites_of(session, cast.budi, days=1) == (cast.office.id,), "until it is confirmed nothing changes"
    service.confirm_membership(session, request.uuid, cast.lurah, now=NOW)
    assert sites_of(session, cast.budi) == (cast.office.id, new.id), "what the phone still carries of today finds its site"
    assert sites_of(session, cast.budi, days=1) == (new.id,)
    for _ in range(2):
        service.leave(session, cast.budi, new.uuid, now=NOW)
    assert sites_of(session, cast.budi, days=1) == ()
    assert cast.budi.session_key == key


def test_where_somebody_lives_is_a_kelurahan_and_gives_nothing(session: Session, cast: Cast) -> None:
    service.set_residence(session, cast.citra, MELATI, now=NOW)
    assert cast.citra.residence_id is not None
    assert queries.tenures_from(session, cast.citra.person_id, NOW) == ()
    for wrong in (f"{MELATI}/05", MELATI[:8], "nowhere"):
        with pytest.raises(Invalid):
            service.set_residence(session, cast.citra, wrong, now=NOW)
    service.set_residence(session, cast.citra, "", now=NOW)
    assert cast.citra.residence_id is None


def test_a_newcomer_gets_a_code_from_where_they_live_or_ask_to_be(session: Session, cast: Cast, officer: Account) -> None:
    _, hashed = service.generate_code()
    for account in (officer, cast.lurah):
        assert not service.may_be_handed(session, cast.citra, by=account, now=NOW)
    service.set_residence(session, cast.citra, MELATI, now=NOW)
    assert [each.name for each, _ in queries.in_reach(session, cast.lurah, NOW, words="citra")] == ["citra"]
    service.hand_code(session, cast.citra, hashed, by=cast.lurah, now=NOW)
    assert not service.may_be_handed(session, cast.citra, by=officer, now=NOW)
    asked(session, cast)
    assert "citra" in [each.name for each, _ in queries.in_reach(session, officer, NOW)]
    service.hand_code(session, cast.citra, hashed, by=officer, now=NOW)
    other = make_account(session, "lain", f"officer@{TERATAI}")
    assert not service.may_be_handed(session, cast.citra, by=other, now=NOW)
    assert told(session, "code_handed") == [cast.citra.person_id] * 2, "whoever is handed a code is told"


def test_my_kelurahan_is_where_i_live_where_i_belong_nowhere(session: Session, cast: Cast) -> None:
    def own(account: Account) -> int | None:
        held = queries.tenures_at(session, account.person_id, NOW)
        return queries.own_kelurahan(session, held, residence_id=account.residence_id)

    assert own(cast.citra) is None
    for account in (cast.citra, cast.budi):
        service.set_residence(session, account, TERATAI, now=NOW)
    assert (own(cast.citra), own(cast.budi)) == (cast.city.areas[TERATAI], cast.city.areas[MELATI])
