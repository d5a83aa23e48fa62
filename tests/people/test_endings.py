"""What is taken away is gone at once and for good; what is about to begin counts already."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from sqlalchemy.orm import Session

from app.core.errors import Conflict, NotAllowed
from app.people import queries, service
from app.people.models import Account
from app.people.rules import ActiveTenure, Post
from tests.factories.actions import NOW
from tests.factories.browsing import PASSWORD, make_hash, with_password
from tests.factories.cast import Cast, grant, make_account, make_token
from tests.factories.city import CITY, MELATI, TERATAI
from tests.page_client import PageClient

TODAY = NOW.date()
YESTERDAY, TOMORROW = TODAY - timedelta(days=1), TODAY + timedelta(days=1)


@pytest.mark.parametrize(
    ("since", "until", "is_cut", "on", "later"),
    [
        (None, None, False, True, True),
        (TOMORROW, None, False, False, True),
        (None, TODAY, False, True, True),
        (None, TODAY, True, False, False),
        (None, TOMORROW, True, True, True),
        (None, YESTERDAY, False, False, False),
        (TODAY, TODAY, True, False, False),
        (TOMORROW, TOMORROW, True, False, False),
        (TOMORROW, TOMORROW, False, False, True),
    ],
)
def test_what_was_taken_away_does_not_count_its_last_day(
    since: date | None, until: date | None, is_cut: bool, on: bool, later: bool
) -> None:
    post = ActiveTenure(1, Post.OFFICER, None, 1, None, since, until, NOW if is_cut else None)
    assert (post.is_active_on(TODAY), post.is_active_later(TODAY)) == (on, later)


@pytest.mark.parametrize("since", [None, TODAY, TOMORROW])
def test_a_post_ends_this_minute_also_before_it_began(session: Session, cast: Cast, since: date | None) -> None:
    tenure = grant(session, cast.citra.person_id, "officer", MELATI, since=since)
    service.end_now(session, tenure, ended_by=None, now=NOW)
    session.flush()
    for day in (TODAY, TOMORROW):
        assert queries.tenures_on(session, cast.citra.person_id, day) == ()
    assert queries.tenures_from(session, cast.citra.person_id, NOW) == ()
    with pytest.raises(Conflict):
        service.end_now(session, tenure, ended_by=None, now=NOW)
    again = grant(session, cast.citra.person_id, "officer", MELATI)
    assert again.id != tenure.id


def test_a_post_of_tomorrow_counts_today_for_who_resets_the_password_and_how_long_it_is(session: Session, cast: Cast) -> None:
    with_password(session, cast.budi, "makan-kucing")
    officer = make_account(session, "petugas", f"officer@{MELATI}")
    code, hashed = service.generate_code()
    service.hand_code(session, cast.budi, hashed, by=officer, now=NOW)
    grant(session, cast.budi.person_id, "lurah", TERATAI, since=TOMORROW)
    assert service.recognise(session, "pak.budi", "makan-kucing", now=NOW).needs_longer
    typed = service.Typed("pak.budi", code, "203.0.113.7")
    assert service.count_code(session, typed, now=NOW) is None, "a code of before came from somebody who stands below now"
    with pytest.raises(NotAllowed):
        service.hand_code(session, cast.budi, hashed, by=officer, now=NOW)
    assert [account.name for account, _ in queries.in_reach(session, officer, NOW)] == []
    service.hand_code(session, cast.budi, hashed, by=make_account(session, "admin", f"administrator@{CITY}"), now=NOW)


def test_what_an_account_gave_out_stays_dead_when_it_is_opened_again(session: Session, cast: Cast) -> None:
    admin = make_account(session, "admin", f"administrator@{CITY}")
    token, (code, hashed) = make_token(session, cast.lurah), service.generate_code()
    service.hand_code(session, cast.lurah, hashed, by=admin, now=NOW)
    offered = service.invite(session, cast.lurah, Post.COORDINATOR, MELATI, name="Ibu Ketua", now=NOW)
    uuid = cast.lurah.person.uuid
    service.close_account(session, uuid, reason="HP dicuri", by=admin, now=NOW)
    service.open_account(session, uuid, reason="sudah beres", by=admin, now=NOW)
    assert queries.account_by_token(session, token) is None
    assert service.count_code(session, service.Typed("pak.lurah", code, "203.0.113.7"), now=NOW) is None
    with pytest.raises(service.Closed):
        service.accept_as_new(session, offered.uuid, "ketua", full_name="Ketua", hashed=make_hash(), language="id", now=NOW)  # type: ignore[arg-type]
    assert queries.account_by_token(session, make_token(session, cast.lurah)) is cast.lurah


def test_a_token_of_an_account_that_was_closed_before_this_was_so_dies_when_it_is_opened(session: Session, cast: Cast) -> None:
    admin, token = make_account(session, "admin", f"administrator@{CITY}"), make_token(session, cast.citra)
    cast.citra.disabled_at = NOW
    service.open_account(session, cast.citra.person.uuid, reason="sudah beres", by=admin, now=NOW)
    assert queries.account_by_token(session, token) is None


def test_an_administrator_ends_a_post_now(session: Session, cast: Cast, signed_in: Callable[[Account], PageClient]) -> None:
    with_password(session, cast.lurah, PASSWORD)
    admin = make_account(session, "admin", f"administrator@{CITY}")
    (held,) = queries.tenures(session, cast.lurah.person_id)
    signed_in(cast.lurah).get("/api/v1/stamping/queue")
    path = f"/admin/orang/{cast.lurah.person.uuid}"
    fields = {"last_day": "2026-11-16", "at_once": "y", "reason": "Pindah tugas"}
    signed_in(admin).submit(f"{path}/akhiri/{held.tenure_id}", fields)
    signed_in(cast.lurah).get("/api/v1/stamping/queue", status=403)
    shown = signed_in(admin).get(path).text
    assert "diakhiri seketika" in shown
    assert "akhiri/" not in shown
    signed_in(admin).get(f"/admin/orang?jabatan=lurah&wilayah={MELATI}")
