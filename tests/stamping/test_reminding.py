"""Those who stamp are told once a day, at their hour, what waits; after 7 days the next above is told too."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core.catalogue import INDONESIAN
from app.jobs.models import Job
from app.notices import queries as notices
from app.notices import service as notices_service
from app.notices.models import Notice
from app.people.models import Account
from app.people.rules import Post
from app.stamping import jobs
from app.stamping.rules import is_told
from app.work import WORK
from tests.factories.actions import MONDAY, NOW, at, body, fix_at, holes, make_action, record, stamp
from tests.factories.cast import Cast, make_account
from tests.factories.city import IN_TERATAI, MELATI, WEST
from tests.page_client import PageClient

SignedIn = Callable[[Account], PageClient]
NIGHT = datetime(2026, 11, 16, 20, 40, tzinfo=UTC)
"""03.40 in Bandung, a day after the actions."""
EIGHT = datetime(2026, 11, 17, 1, 0, tzinfo=UTC)
"""08.00 there."""
WEEK = timedelta(days=7)
LISTED = ("officer@site", "officer@kelurahan", "lurah@kelurahan")

TOLD = {
    "an officer at once": (Post.OFFICER, timedelta(0), False, True),
    "the next above not yet": (Post.LURAH, WEEK - timedelta(seconds=1), False, False),
    "the next above after a week": (Post.LURAH, WEEK, False, True),
    "the next above at once where there is nobody else": (Post.LURAH, timedelta(0), True, True),
}


@pytest.mark.parametrize("case", list(TOLD))
def test_who_is_told_when(case: str) -> None:
    post, waited, is_only, told = TOLD[case]
    assert is_told(post, LISTED, waited, is_only=is_only) is told
    assert is_told(post, (f"{post}@kelurahan",), waited, is_only=is_only)


def remind(session: Session, account: Account, now: datetime = EIGHT) -> list[str]:
    """What the account's page of notices says of what waits."""
    session.commit()
    WORK.handlers[jobs.REMIND].run({"person": account.person_id}, now)
    session.expire_all()
    return [
        each.words.said(INDONESIAN)
        for each in notices.told(session, account.person_id)[0]
        if "menunggu cap" in each.words.said(INDONESIAN)
    ]


def test_each_is_asked_for_at_their_own_hour_once_a_day(session: Session, cast: Cast) -> None:
    early = make_account(session, "petugas", f"officer@{MELATI}")
    early.notice_hour = 6
    session.commit()
    for now in (NIGHT, NIGHT + timedelta(minutes=5)):
        WORK.handlers["stamping.ask_to_remind"].run({}, now)
    asked = session.execute(select(Job.payload, Job.run_after).where(Job.kind == jobs.REMIND)).all()
    found = {payload["person"]: run_after for payload, run_after in asked}
    assert len(asked) == len(found)
    assert found[cast.lurah.person_id] == EIGHT
    assert found[early.person_id] == EIGHT - timedelta(hours=2)
    assert {cast.guru.person_id} < found.keys()
    assert found.keys().isdisjoint({cast.budi.person_id, cast.kader.person_id, cast.citra.person_id})


def test_an_officer_is_told_and_the_lurah_after_a_week(session: Session, cast: Cast) -> None:
    officer = make_account(session, "petugas", f"officer@{MELATI}")
    make_action(session, cast.budi)
    assert remind(session, officer) == ["1 aksi menunggu cap Anda."]
    assert remind(session, cast.lurah) == []
    late = NOW + WEEK
    assert remind(session, cast.lurah, late) == ["1 aksi menunggu cap Anda. 1 di antaranya sudah lebih dari 7 hari."]
    # The one before was not read: the new one stands in its place.
    assert remind(session, officer, late) == ["1 aksi menunggu cap Anda. 1 di antaranya sudah lebih dari 7 hari."]


def test_a_lurah_without_officers_is_told_at_once(session: Session, cast: Cast) -> None:
    action = make_action(session, cast.budi)
    for _ in range(2):
        assert remind(session, cast.lurah) == ["1 aksi menunggu cap Anda."]
    assert len(session.scalars(select(Notice)).all()) == 1
    stamp(session, cast.lurah, action)
    assert remind(session, cast.lurah, EIGHT + timedelta(days=1)) == ["1 aksi menunggu cap Anda."]
    assert len(session.scalars(select(Notice).where(Notice.person_id == cast.lurah.person_id)).all()) == 1


def test_what_the_only_officer_recorded_is_told_to_the_lurah_then_to_the_kecamatan(session: Session, cast: Cast) -> None:
    head, camat = make_account(session, "ketua.pkk", f"coordinator@{MELATI}"), make_account(session, "camat", f"kecamatan@{WEST}")
    record(session, head, holes(rw="05", captured_at=at(MONDAY, 7), on_behalf_of=str(cast.kader.person.uuid)))
    assert (remind(session, head), remind(session, camat)) == ([], [])
    assert remind(session, cast.lurah) == ["1 aksi menunggu cap Anda."]
    assert len(remind(session, camat, NOW + WEEK)) == 1


def test_a_pupil_s_action_is_told_to_the_teacher_then_to_the_principal(session: Session, cast: Cast) -> None:
    principal = make_account(session, "bu.kepala", "principal@npsn:20219345")
    record(session, cast.guru, body(fix=fix_at(IN_TERATAI), on_behalf_of=str(cast.ani.uuid)))
    assert (len(remind(session, cast.guru)), len(remind(session, principal))) == (1, 0)
    assert len(remind(session, principal, NOW + WEEK)) == 1


def test_the_hour_is_chosen_by_those_who_stamp(session: Session, cast: Cast, signed_in: SignedIn) -> None:
    lurah = signed_in(cast.lurah)
    shown = lurah.get("/saya/akun").text
    assert '<option value="8" selected>08.00</option>' in shown
    assert '<option value="21"' not in shown
    said = {"full_name": "Pak Lurah", "shown": "ya", "language": "id"}
    lurah.submit("/saya/akun", said | {"notice_hour": "17"})
    assert session.get_one(Account, cast.lurah.id).notice_hour == 17
    for wrong in ("3", "21", "x"):
        lurah.submit("/saya/akun", said | {"notice_hour": wrong}, status=422)
    assert "Jam pengingat untuk petugas" not in signed_in(cast.budi).get("/saya/akun").text
    signed_in(cast.budi).submit("/saya/akun", said | {"full_name": "Pak Budi", "notice_hour": "17"})
    assert session.get_one(Account, cast.budi.id).notice_hour is None


def test_nothing_rings_at_night(session: Session, cast: Cast) -> None:
    """A runner that was away until late leaves the ringing to the morning."""
    from tests.notices.test_service import PHONE

    make_action(session, cast.budi)
    notices_service.subscribe(session, cast.lurah, PHONE, now=NOW)
    late = EIGHT + timedelta(hours=15)
    assert len(remind(session, cast.lurah, late)) == 1
    [ring] = session.scalars(select(Job.run_after).where(Job.kind == notices_service.PUSH))
    assert ring == EIGHT + timedelta(hours=22)
