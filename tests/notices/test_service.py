"""What a stamp, a refusal and a void tell, and to whom; browsers that asked to be told."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.channels.addresses import PushAddress
from app.core.catalogue import INDONESIAN
from app.jobs.models import Job
from app.notices import queries, service
from app.notices.models import Notice, PushSubscription
from app.notices.rules import NoticeKind
from app.people.service import accounts, end_session
from app.stamping import service as stamping
from tests.factories.actions import MONDAY, NOW, action_days, at, body, fix_at, make_action, record, stamp
from tests.factories.browsing import open_session
from tests.factories.cast import Cast
from tests.factories.city import IN_TERATAI

pytestmark = pytest.mark.long_on_postgis

PHONE = PushAddress("https://fcm.googleapis.com/fcm/send/one", "B" * 87, "a" * 22)


def said(session: Session, person_id: int) -> list[str]:
    return [told.words.said(INDONESIAN) for told in queries.told(session, person_id)[0]]


def test_a_stamp_tells_of_itself_and_of_what_it_earned(session: Session, cast: Cast) -> None:
    action = make_action(session, cast.budi)
    stamp(session, cast.lurah, action)
    told, _ = queries.told(session, cast.budi.person_id)
    assert told[-1].words.said(INDONESIAN) == "1 aksi Anda sudah dicap."
    assert told[-1].link == f"/aksi/{action.id}"
    assert any("sabuk putih" in each.words.said(INDONESIAN) for each in told)
    assert all(each.is_new for each in told)


def test_many_stamps_at_once_are_told_once(session: Session, cast: Cast) -> None:
    actions = [make_action(session, cast.budi, captured_at=at(day, 8)) for day in action_days(3)]
    stamp(session, cast.lurah, *actions)
    stamped = session.scalars(select(Notice).where(Notice.kind == NoticeKind.STAMPED)).all()
    assert [(each.values, each.link) for each in stamped] == [({"count": 3}, "/buku")]


def test_a_stamp_that_stood_already_tells_nothing_more(session: Session, cast: Cast) -> None:
    action = make_action(session, cast.budi)
    stamp(session, cast.lurah, action)
    before = said(session, cast.budi.person_id)
    stamp(session, cast.lurah, action)
    assert said(session, cast.budi.person_id) == before


def test_bad_news_is_told_too_and_once(session: Session, cast: Cast) -> None:
    stamped, refused = make_action(session, cast.budi), make_action(session, cast.budi, captured_at=at(MONDAY, 12))
    made = stamp(session, cast.lurah, stamped)[0].stamp
    assert made is not None
    for _ in range(2):
        stamping.void(session, made.id, cast.lurah, reason="keliru", now=NOW)
        stamping.refuse(session, [refused.id], cast.lurah, reason="di dalam rumah", now=NOW)
    kinds = list(session.scalars(select(Notice.kind).where(Notice.kind.in_(("voided", "refused"))).order_by(Notice.id)))
    assert kinds == [NoticeKind.VOIDED, NoticeKind.REFUSED]


def test_a_child_has_no_page_and_is_told_nothing(session: Session, cast: Cast) -> None:
    action = record(session, cast.guru, body(on_behalf_of=str(cast.ani.uuid), fix=fix_at(IN_TERATAI)))
    stamped = stamp(session, cast.guru, action, note="kelas saya")[0]
    assert stamped.stamp is not None
    assert session.scalars(select(Notice)).all() == []


def test_only_browsers_that_asked_are_rung(session: Session, cast: Cast) -> None:
    stamp(session, cast.lurah, make_action(session, cast.budi))
    assert session.scalars(select(Job).where(Job.kind == service.PUSH)).all() == []
    service.subscribe(session, cast.budi, PHONE, now=NOW)
    stamp(session, cast.lurah, make_action(session, cast.budi, captured_at=at(action_days(2)[1], 8)))
    jobs = session.scalars(select(Job).where(Job.kind == service.PUSH)).all()
    assert [job.run_after for job in jobs] == [NOW]


def test_at_night_the_job_waits_for_the_morning(session: Session, cast: Cast) -> None:
    service.subscribe(session, cast.budi, PHONE, now=NOW)
    night = NOW + timedelta(hours=8)
    stamp(session, cast.lurah, make_action(session, cast.budi), now=night)
    jobs = session.scalars(select(Job).where(Job.kind == service.PUSH)).all()
    assert jobs
    assert all(job.run_after > night for job in jobs)


def test_a_browser_belongs_to_the_account_that_asked_last(session: Session, cast: Cast) -> None:
    service.subscribe(session, cast.budi, PHONE, now=NOW)
    service.subscribe(session, cast.budi, PHONE, now=NOW)
    service.subscribe(session, cast.citra, PHONE, now=NOW)
    session.expire_all()
    assert [row.account_id for row in session.scalars(select(PushSubscription))] == [cast.citra.id]
    service.unsubscribe(session, cast.budi.id, PHONE.endpoint)
    assert session.scalars(select(PushSubscription)).all() != []
    service.unsubscribe(session, cast.citra.id, PHONE.endpoint)
    assert session.scalars(select(PushSubscription)).all() == []


def test_one_account_has_ten_browsers_and_the_oldest_goes(session: Session, cast: Cast) -> None:
    for number in range(12):
        address = PushAddress(f"{PHONE.endpoint}/{number}", PHONE.p256dh, PHONE.auth)
        service.subscribe(session, cast.budi, address, now=NOW + timedelta(minutes=number))
    kept = {row.endpoint.rsplit("/", 1)[1] for row in session.scalars(select(PushSubscription))}
    assert kept == {str(number) for number in range(2, 12)}


def test_pushing_ends_with_the_sessions_that_asked(session: Session, cast: Cast) -> None:
    """A new password, signing out everywhere and the end of a post all end it; whoever asks again is told again."""
    service.subscribe(session, cast.budi, PHONE, now=NOW)
    accounts.end_sessions(session, cast.budi)
    service.sweep(session, now=NOW)
    assert session.scalars(select(PushSubscription)).all() == []
    service.subscribe(session, cast.budi, PHONE, now=NOW)
    accounts.end_sessions(session, cast.budi)
    first, second = (make_action(session, cast.budi, captured_at=at(day, 8)) for day in action_days(2))
    stamp(session, cast.lurah, first)
    assert session.scalars(select(Job).where(Job.kind == service.PUSH)).all() == []
    service.subscribe(session, cast.budi, PHONE, now=NOW)
    service.sweep(session, now=NOW)
    stamp(session, cast.lurah, second)
    assert session.scalars(select(Job).where(Job.kind == service.PUSH)).all() != []


def test_reading_ends_with_what_the_page_showed(session: Session, cast: Cast) -> None:
    for day in action_days(3):
        stamp(session, cast.lurah, make_action(session, cast.budi, captured_at=at(day, 8)))
    told, _ = queries.told(session, cast.budi.person_id)
    service.read(session, cast.citra.person_id, up_to=told[0].uuid, now=NOW)
    assert queries.count_unread(session, cast.budi.person_id) == len(told)
    service.read(session, cast.budi.person_id, up_to=told[1].uuid, now=NOW)
    session.expire_all()
    assert [each.is_new for each in queries.told(session, cast.budi.person_id)[0]] == [True] + [False] * (len(told) - 1)


def test_what_was_told_long_ago_is_forgotten(session: Session, cast: Cast) -> None:
    stamp(session, cast.lurah, make_action(session, cast.budi))
    service.sweep(session, now=NOW + timedelta(days=90))
    assert said(session, cast.budi.person_id)
    service.sweep(session, now=NOW + timedelta(days=90, seconds=1))
    assert said(session, cast.budi.person_id) == []


def test_pushing_ends_with_the_sign_out_of_the_browser_that_asked(session: Session, cast: Cast) -> None:
    for number in (1, 2):
        cast.budi.session_secret = open_session(session, cast.budi)
        service.subscribe(session, cast.budi, replace(PHONE, endpoint=f"{PHONE.endpoint}/{number}"), now=NOW)
        if number == 1:
            cast.budi.session_secret = ""
    end_session(session, cast.budi)
    service.sweep(session, now=NOW)
    assert list(session.scalars(select(PushSubscription.endpoint))) == [f"{PHONE.endpoint}/1"]
