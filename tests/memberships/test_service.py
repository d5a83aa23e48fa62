"""What was recorded while a request waited gets its site once it is confirmed, before its stamp."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy.orm import Session

from app.actions.models import Action
from app.actions.rules.words import Status
from app.memberships import service
from app.people import service as people
from app.people.models import Account, MembershipRequest
from tests.factories.actions import MONDAY, NOW, at, fix_at, holes, make_action, record, stamp
from tests.factories.cast import Cast, make_account
from tests.factories.city import IN_KENANGA, IN_MELATI, MELATI, make_site

LATER = NOW + timedelta(days=2)


def codes(action: Action) -> list[str]:
    return [row[0] for row in action.findings]


@pytest.fixture
def officer(session: Session, cast: Cast) -> Account:
    return make_account(session, "petugas", f"officer@site:{cast.office.uuid}")


@pytest.fixture
def request_(session: Session, cast: Cast) -> MembershipRequest:
    return people.ask(session, cast.citra, cast.office.uuid, ends_others=False, now=NOW - timedelta(hours=9))


def mine(session: Session, cast: Cast, **change: Any) -> Action:
    return make_action(session, cast.citra, **change)


def test_what_waits_within_the_circle_gets_the_site_and_counts_as_any(
    session: Session, cast: Cast, officer: Account, request_: MembershipRequest
) -> None:
    action = mine(session, cast)
    digest, version = action.digest, action.version_id
    assert (action.site_id, codes(action)[:1], action.attention) == (None, ["site_none"], 1)
    for _ in range(2):
        service.confirm(session, request_.uuid, officer, now=LATER)
    assert (action.site_id, action.rw_id, action.distance_m) == (cast.office.id, cast.office.rw_id, 60)
    assert codes(action)[0] == "radius_inside"
    assert "site_none" not in codes(action)
    assert (action.status, action.attention, action.digest, action.version_id) == (Status.WAITING, 0, digest, version)
    assert stamp(session, officer, action, now=LATER)[0].problem is None, "whoever answers for the site stamps it"


def test_what_lies_elsewhere_before_or_decided_stays_as_it_is(
    session: Session, cast: Cast, officer: Account, request_: MembershipRequest
) -> None:
    far = mine(session, cast, fix=fix_at(IN_MELATI, north_m=320), captured_at=at(MONDAY, 8, 30))
    before = mine(session, cast, captured_at=at(MONDAY - timedelta(days=3), 7))
    stamped = mine(session, cast, captured_at=at(MONDAY, 10))
    assert stamp(session, cast.lurah, stamped, note="Sudah dilihat")[0].problem is None
    findings = [*stamped.findings]
    service.confirm(session, request_.uuid, officer, now=LATER)
    assert [each.site_id for each in (far, before, stamped)] == [None, None, None]
    assert stamped.findings == findings
    assert "site_none" in codes(far), "an action outside is no worse than before"


def test_what_the_phone_sends_later_finds_the_site_by_itself(
    session: Session, cast: Cast, officer: Account, request_: MembershipRequest
) -> None:
    service.confirm(session, request_.uuid, officer, now=LATER)
    action = make_action(session, cast.citra, now=LATER, sent_at=LATER.isoformat())
    assert (action.site_id, codes(action)[0]) == (cast.office.id, "radius_inside")


def test_the_caps_of_the_day_are_asked_again_at_the_site(
    session: Session, cast: Cast, officer: Account, request_: MembershipRequest
) -> None:
    site = make_site(session, "Kantor Utara", IN_KENANGA)
    first = mine(session, cast)
    second = mine(session, cast, captured_at=at(MONDAY, 9))
    service.confirm(session, request_.uuid, officer, now=LATER)
    assert {first.site_id, second.site_id} == {cast.office.id}
    assert (first.status, second.status) == (Status.WAITING, Status.HELD), "one a day at a site"
    assert "cap_day" in codes(second)
    assert site.id not in (first.site_id, second.site_id)


def test_holes_get_the_kelurahan_of_the_site(session: Session, cast: Cast, officer: Account, request_: MembershipRequest) -> None:
    dug = record(session, cast.citra, holes(2))
    far = record(session, cast.citra, holes(2, fix=fix_at(IN_KENANGA), captured_at=at(MONDAY, 9)))
    service.confirm(session, request_.uuid, officer, now=LATER)
    assert (dug.site_id, codes(dug)[0]) == (cast.office.id, "area_inside")
    assert (far.site_id, "site_none" in codes(far)) == (None, True)


def test_a_refused_request_gives_nothing(session: Session, cast: Cast, officer: Account, request_: MembershipRequest) -> None:
    action = mine(session, cast)
    people.refuse_membership(session, request_.uuid, officer, reason="Tidak dikenal", now=LATER)
    assert (action.site_id, action.status) == (None, Status.WAITING)
    assert stamp(session, make_account(session, "kelurahan", f"officer@{MELATI}"), action)[0].problem is None
