"""What photographs say of their action, and what follows: findings, holds, reviews (docs/photographs.md)."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.actions.models import Action
from app.actions.rules.words import Status
from app.core.errors import Invalid
from app.integrity import jobs as integrity_jobs
from app.integrity import queries
from app.integrity.models import PhotoSignal
from app.integrity.rules import SignalKind
from app.people.models import Account
from app.reviews.models import Review
from app.reviews.queries import open_reviews
from app.stamping import service as stamping
from tests.factories.actions import MONDAY, NOW, at, fix_at, make_action
from tests.factories.actions import stamp as put_stamp
from tests.factories.cast import Cast, make_account
from tests.factories.city import IN_KENANGA, IN_MELATI, IN_TERATAI
from tests.media import pictures
from tests.media.pictures import jpeg
from tests.media.shelf import do_jobs, jobs, send

pytestmark = pytest.mark.long_on_postgis

AT_THE_ACTION = datetime(2026, 11, 16, 7, 10)  # noqa: DTZ001 - cameras know no zone
MINUTE = timedelta(minutes=1)


def acts(session: Session, account: Account, *contents: bytes, now: datetime = NOW, told: Any = None, **change: Any) -> Action:
    """The account's plain action with these photographs, not yet looked at; `told` is what the phone says of each."""
    sent = [{"sha256": send(session, account, content, now=now), "role": None, **(told or {})} for content in contents]
    action = make_action(session, account, now=now, photos=sent, **change)
    session.commit()
    return action


def codes(session: Session, action: Action) -> list[str]:
    session.refresh(action)
    return [row[0] for row in action.findings if row[0].startswith("photo")]


def neighbour(session: Session, cast: Cast) -> Account:
    return make_account(session, "pak.dedi", f"volunteer@site:{cast.office.uuid}")


def test_until_they_are_looked_at_photographs_are_pending_then_all_is_well(session: Session, cast: Cast) -> None:
    tags = pictures.exif(taken=AT_THE_ACTION, point=IN_MELATI).tobytes()
    action = acts(session, cast.budi, jpeg(1, exif=tags), jpeg(2))
    assert codes(session, action) == ["photos_pending"]
    assert (action.status, action.attention) == (Status.WAITING, 1)
    do_jobs()
    assert codes(session, action) == ["photos_ok"]
    assert (action.status, action.attention) == (Status.WAITING, 0)
    assert queries.signals(session, action.id) == []


def test_an_action_without_photographs_asks_for_no_work(session: Session, cast: Cast) -> None:
    acts(session, cast.budi)
    assert jobs(session, "integrity.inspect") == []


def test_the_same_bytes_of_somebody_else_hold_the_later_action(session: Session, cast: Cast) -> None:
    first = acts(session, cast.budi, jpeg())
    second = acts(session, neighbour(session, cast), jpeg(), now=NOW + MINUTE)
    do_jobs(NOW + MINUTE)
    assert codes(session, first) == ["photos_ok"]
    assert codes(session, second) == ["photo_repeated"]
    assert (first.status, second.status, second.attention) == (Status.WAITING, Status.HELD, 2)
    [signal] = queries.signals(session, second.id)
    assert (signal.kind, signal.place, signal.other) == (SignalKind.REPEATED, 0, first.id)


def test_of_two_it_is_the_later_whoever_is_looked_at_first(session: Session, cast: Cast) -> None:
    first = acts(session, cast.budi, jpeg())
    second = acts(session, neighbour(session, cast), jpeg(), now=NOW + MINUTE)
    [job, _] = jobs(session, "integrity.inspect")
    job.run_after = NOW + timedelta(hours=1)
    session.commit()
    do_jobs(NOW + MINUTE)
    assert (codes(session, first), codes(session, second)) == (["photos_pending"], ["photo_repeated"])
    do_jobs(NOW + timedelta(hours=1))
    assert (codes(session, first), codes(session, second)) == (["photos_ok"], ["photo_repeated"])


SHOWS_THE_SAME = {
    "only metadata changed": (jpeg(exif=pictures.exif(taken=AT_THE_ACTION).tobytes()), "photo_repeated"),
    "saved again": (jpeg(quality=45), "photo_similar"),
    "made smaller": (jpeg(size=(240, 180)), "photo_similar"),
    "turned": (pictures.encoded(pictures.scene().rotate(90, expand=True)), "photo_similar"),
    "as another kind": (pictures.encoded(pictures.scene(), "WEBP"), "photo_similar"),
}


@pytest.mark.parametrize(("again", "code"), SHOWS_THE_SAME.values(), ids=SHOWS_THE_SAME)
def test_what_was_changed_a_little_is_recognised(session: Session, cast: Cast, again: bytes, code: str) -> None:
    acts(session, cast.budi, jpeg())
    second = acts(session, neighbour(session, cast), again, now=NOW + MINUTE)
    do_jobs(NOW + MINUTE)
    assert codes(session, second) == [code]
    assert second.status is Status.HELD


def test_one_s_own_photograph_of_another_day_is_recognised_too(session: Session, cast: Cast) -> None:
    acts(session, cast.budi, jpeg())
    two_days = timedelta(days=2)
    second = acts(session, cast.budi, jpeg(), captured_at=at(MONDAY + two_days, 7, 5), now=NOW + two_days)
    do_jobs(NOW + two_days)
    assert codes(session, second) == ["photo_repeated"]


def test_one_action_may_show_the_same_twice(session: Session, cast: Cast) -> None:
    action = acts(session, cast.budi, jpeg(), jpeg(quality=50), jpeg())
    do_jobs()
    assert codes(session, action) == ["photos_ok"]


def test_a_class_may_share_a_photograph(session: Session, cast: Cast) -> None:
    there = {"fix": fix_at(IN_TERATAI), "on_behalf_of": str(cast.ani.uuid)}
    ani = acts(session, cast.guru, jpeg(), **there)
    guru = acts(session, cast.guru, jpeg(), fix=fix_at(IN_TERATAI))
    do_jobs()
    assert (codes(session, ani), codes(session, guru)) == (["photos_ok"], ["photos_ok"])


def test_what_was_withdrawn_repeats_nothing(session: Session, cast: Cast) -> None:
    first = acts(session, cast.budi, jpeg())
    first.status = Status.WITHDRAWN
    session.commit()
    second = acts(session, cast.budi, jpeg(), now=NOW + MINUTE)
    do_jobs(NOW + MINUTE)
    assert codes(session, second) == ["photos_ok"]
    assert first.status is Status.WITHDRAWN


CONTRADICTS = {
    "time": ({"taken": datetime(2026, 11, 13, 7, 10)}, "photo_time_off"),  # noqa: DTZ001 - cameras know no zone
    "place": ({"point": IN_KENANGA}, "photo_place_off"),
}


@pytest.mark.parametrize(("exif", "code"), CONTRADICTS.values(), ids=CONTRADICTS)
def test_a_camera_that_was_elsewhere_holds_the_action(session: Session, cast: Cast, exif: dict[str, Any], code: str) -> None:
    action = acts(session, cast.budi, jpeg(2), jpeg(1, exif=pictures.exif(**exif).tobytes()))
    do_jobs()
    assert codes(session, action) == [code]
    assert (action.status, action.attention) == (Status.HELD, 2)
    [signal] = queries.signals(session, action.id)
    assert signal.place == 1


TOLD = {
    "time": ({"taken_at": "2026-11-13T07:10:00+07:00"}, "photo_time_off"),
    "place": ({"lon": IN_KENANGA.lon, "lat": IN_KENANGA.lat}, "photo_place_off"),
}


@pytest.mark.parametrize(("told", "code"), TOLD.values(), ids=TOLD)
def test_a_picture_without_a_word_of_its_own_is_taken_by_the_phones(
    session: Session, cast: Cast, told: dict[str, Any], code: str
) -> None:
    action = acts(session, cast.budi, jpeg(1), told=told)
    do_jobs()
    assert codes(session, action) == [code]


def test_the_cameras_word_in_the_picture_outweighs_the_phones(session: Session, cast: Cast) -> None:
    tags = pictures.exif(taken=AT_THE_ACTION, point=IN_MELATI).tobytes()
    action = acts(session, cast.budi, jpeg(1, exif=tags), told={**TOLD["time"][0], **TOLD["place"][0]})
    do_jobs()
    assert codes(session, action) == ["photos_ok"]


def test_a_broken_photograph_is_looked_at_and_holds_nothing(session: Session, cast: Cast) -> None:
    action = acts(session, cast.budi, jpeg()[:2000], jpeg(2))
    do_jobs()
    assert codes(session, action) == ["photo_broken"]
    assert (action.status, action.attention) == (Status.WAITING, 1)


def test_what_was_decoded_too_late_is_waited_for(session: Session, cast: Cast) -> None:
    action = acts(session, cast.budi, jpeg())
    [decoding] = jobs(session, "media.derive")
    decoding.run_after = NOW + MINUTE
    session.commit()
    do_jobs()
    [inspecting] = jobs(session, "integrity.inspect")
    assert (inspecting.done_at, inspecting.attempts, inspecting.last_error) == (None, 0, None)
    assert codes(session, action) == ["photos_pending"]
    do_jobs(NOW + MINUTE)
    do_jobs(NOW + 2 * MINUTE)
    assert codes(session, action) == ["photos_ok"]


def test_looking_twice_is_as_looking_once(session: Session, cast: Cast) -> None:
    acts(session, cast.budi, jpeg())
    second = acts(session, neighbour(session, cast), jpeg(), now=NOW + MINUTE)
    do_jobs(NOW + MINUTE)
    session.refresh(second)
    before = (second.findings, second.status, second.attention)
    session.commit()
    for _ in range(2):
        integrity_jobs.inspect({"action": str(second.id)}, NOW + 2 * MINUTE)
    session.refresh(second)
    assert (second.findings, second.status, second.attention) == before
    assert session.scalar(select(func.count()).select_from(PhotoSignal)) == 1


def reviews(session: Session) -> list[Review]:
    return [review for review, _ in open_reviews(session, after=None, limit=10)]


def test_a_signal_after_the_stamp_opens_a_review_and_voids_nothing(session: Session, cast: Cast) -> None:
    acts(session, cast.budi, jpeg())
    second = acts(session, neighbour(session, cast), jpeg(), now=NOW + MINUTE)
    [result] = put_stamp(session, cast.lurah, second, now=NOW + MINUTE)
    assert result.stamp is not None
    session.commit()
    do_jobs(NOW + MINUTE)
    assert codes(session, second) == ["photo_repeated"]
    assert second.status is Status.STAMPED
    assert result.stamp.voided_at is None
    assert [review.action_id for review in reviews(session)] == [second.id]
    session.commit()
    integrity_jobs.inspect({"action": str(second.id)}, NOW + 2 * MINUTE)
    assert len(reviews(session)) == 1


def test_what_an_officer_released_with_a_note_is_not_reviewed(session: Session, cast: Cast) -> None:
    acts(session, cast.budi, jpeg())
    second = acts(session, neighbour(session, cast), jpeg(), now=NOW + MINUTE)
    do_jobs(NOW + MINUTE)
    session.refresh(second)
    [result] = put_stamp(session, cast.lurah, second, note="saya lihat sendiri", now=NOW + MINUTE)
    assert result.stamp is not None
    session.commit()
    integrity_jobs.inspect({"action": str(second.id)}, NOW + 2 * MINUTE)
    assert reviews(session) == []


def test_a_void_gives_the_hold_back(session: Session, cast: Cast) -> None:
    acts(session, cast.budi, jpeg())
    second = acts(session, neighbour(session, cast), jpeg(), now=NOW + MINUTE)
    [result] = put_stamp(session, cast.lurah, second, now=NOW + MINUTE)
    session.commit()
    do_jobs(NOW + MINUTE)
    session.refresh(second)
    assert result.stamp is not None
    stamping.void(session, result.stamp.id, cast.lurah, reason="fotonya bukan miliknya", now=NOW + 2 * MINUTE)
    assert second.status is Status.HELD


def test_what_was_refused_stays_refused(session: Session, cast: Cast) -> None:
    acts(session, cast.budi, jpeg())
    second = acts(session, neighbour(session, cast), jpeg(), now=NOW + MINUTE)
    stamping.refuse(session, [second.id], cast.lurah, reason="tidak ada di sana", now=NOW + MINUTE)
    session.commit()
    do_jobs(NOW + MINUTE)
    assert codes(session, second) == ["photo_repeated"]
    assert second.status is Status.REFUSED
    assert reviews(session) == []


def test_an_action_that_is_gone_leaves_nothing_to_look_at(session: Session, cast: Cast) -> None:
    session.commit()
    integrity_jobs.inspect({"action": str(uuid4())}, NOW)
    assert session.scalar(select(func.count()).select_from(PhotoSignal)) == 0


def test_a_photograph_this_account_has_not_sent_is_named(session: Session, cast: Cast) -> None:
    mine, others = send(session, cast.budi, jpeg()), send(session, cast.citra, jpeg(2))
    sent = [{"sha256": name, "role": None} for name in (mine, others, "0" * 64)]
    with pytest.raises(Invalid) as refused:
        make_action(session, cast.budi, photos=sent)
    assert [(error.field, error.code) for error in refused.value.errors] == [
        ("photos[1]", "photo_missing"),
        ("photos[2]", "photo_missing"),
    ]
