"""An action is taken at once and its photographs follow: nothing is lost, and nothing looks better than it is."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlalchemy.orm import Session

from app.actions.models import Action
from app.actions.rules.words import Status
from app.integrity.jobs import tell_what_never_came
from app.people.models import Account
from app.reviews.queries import open_reviews
from tests.factories.actions import NOW, body
from tests.factories.actions import stamp as put_stamp
from tests.factories.cast import Cast, make_account
from tests.factories.fixtures import Clock
from tests.media import pictures
from tests.media.pictures import jpeg, name_of
from tests.media.shelf import DAY, do_jobs
from tests.sync.wire import Sign, address, codes

OFF_THE_TIME = pictures.exif(taken=NOW.replace(tzinfo=None) - timedelta(days=9)).tobytes()
MOST = timedelta(days=7)


def following(*contents: bytes) -> list[dict[str, Any]]:
    return [{"sha256": name_of(content), "role": "after", "follows": True} for content in contents]


def where(content: bytes) -> str:
    return f"/api/v1/photos/{name_of(content)}"


def recorded(signed_in: Sign, account: Account, *contents: bytes, **change: Any) -> UUID:
    action_id = uuid4()
    signed_in(account).put(address(action_id), json=body(photos=following(*contents), **change), status=201)
    return action_id


def of(session: Session, action_id: UUID) -> list[str]:
    action = session.get_one(Action, action_id, populate_existing=True)
    return [row[0] for row in action.findings if row[0].startswith("photo")]


def test_the_action_is_there_before_its_photograph_and_has_it_when_it_comes(
    signed_in: Sign, cast: Cast, session: Session, clock: Clock
) -> None:
    budi, action_id, sent = signed_in(cast.budi), uuid4(), body(photos=following(jpeg(1)))
    first = budi.put(address(action_id), json=sent, status=201).json
    assert codes(first)["photo_follows"] == "look"
    assert "photos_pending" not in codes(first)
    assert first["photos"] == [{"sha256": name_of(jpeg(1)), "role": "after", "state": "pending", "follows": True}]
    budi.get(f"/aksi/{action_id}/foto/1", status=404)
    assert "foto menyusul" in budi.get(f"/aksi/{action_id}").text
    clock.now += timedelta(days=2)
    budi.put(where(jpeg(1)), data=jpeg(1), status=201)
    assert of(session, action_id) == ["photos_pending"]
    do_jobs(clock.now)
    assert of(session, action_id) == ["photos_ok"]
    again = budi.put(address(action_id), json=sent, status=200).json
    assert (again["observed_at"], again["photos"][0]["follows"]) == (first["observed_at"], False)
    budi.get(f"/aksi/{action_id}/foto/1", status=200)
    assert "Foto 1 menyusul" in budi.get(f"/aksi/{action_id}").text


def test_the_same_action_with_or_without_the_word_is_a_repeat(signed_in: Sign, cast: Cast) -> None:
    budi, action_id = signed_in(cast.budi), uuid4()
    sent = body(photos=following(jpeg(1)))
    plain = sent | {"photos": [{"sha256": name_of(jpeg(1)), "role": "after"}]}
    budi.put(address(action_id), json=sent, status=201)
    budi.put(address(action_id), json=plain, status=200)
    # Without the word another action is not taken before its photograph.
    budi.put(address(), json=plain | {"note": "lain"}, status=422)


def test_a_photograph_that_is_here_already_does_not_follow(signed_in: Sign, cast: Cast, session: Session) -> None:
    signed_in(cast.budi).put(where(jpeg(1)), data=jpeg(1), status=201)
    action_id = recorded(signed_in, cast.budi, jpeg(1), jpeg(2))
    assert of(session, action_id) == ["photos_pending", "photo_follows"]
    do_jobs()
    assert of(session, action_id) == ["photos_ok", "photo_follows"]


def test_a_name_shows_nothing_that_somebody_else_has_sent(signed_in: Sign, cast: Cast, session: Session) -> None:
    """Who has only heard of a digest gets neither the picture, nor does the one who took it repeat theirs."""
    signed_in(cast.citra).put(where(jpeg(1)), data=jpeg(1), status=201)
    named = recorded(signed_in, cast.budi, jpeg(1))
    own = uuid4()
    signed_in(cast.citra).put(address(own), json=body(photos=[{"sha256": name_of(jpeg(1)), "role": None}]), status=201)
    do_jobs()
    assert (of(session, named), of(session, own)) == (["photo_follows"], ["photos_ok"])
    signed_in(cast.budi).get(f"/aksi/{named}/foto/1", status=404)


def test_after_seven_days_it_says_that_it_never_came_and_one_that_comes_later_is_still_taken(
    signed_in: Sign, cast: Cast, session: Session, clock: Clock
) -> None:
    action_id = recorded(signed_in, cast.budi, jpeg(1))
    tell_what_never_came({}, clock.now + MOST - DAY / 2)
    assert of(session, action_id) == ["photo_follows"]
    clock.now += MOST + DAY
    tell_what_never_came({}, clock.now)
    assert of(session, action_id) == ["photo_never_came"]
    assert session.get_one(Action, action_id).status is Status.WAITING
    signed_in(cast.budi).put(where(jpeg(1)), data=jpeg(1), status=201)
    do_jobs(clock.now)
    assert of(session, action_id) == ["photos_ok"]


def test_what_a_programme_asks_for_is_missing_once_it_never_came(
    signed_in: Sign, cast: Cast, session: Session, clock: Clock
) -> None:
    action_id = recorded(signed_in, cast.kader, jpeg(1), programme="biopori", minutes=None, measures={"holes": 1})
    before = of(session, action_id)
    clock.now += MOST + DAY
    tell_what_never_came({}, clock.now)
    assert before[:1] == ["photo_follows"]
    assert of(session, action_id) == ["photo_never_came", "photos_missing"]


def test_what_comes_after_the_stamp_takes_nothing_back_and_opens_a_review_where_it_contradicts(
    signed_in: Sign, cast: Cast, session: Session
) -> None:
    honest, odd = jpeg(1), jpeg(2, exif=OFF_THE_TIME)
    dedi = make_account(session, "pak.dedi", f"volunteer@site:{cast.office.uuid}")
    first, second = recorded(signed_in, cast.budi, honest), recorded(signed_in, dedi, odd)
    both = [session.get_one(Action, each) for each in (first, second)]
    assert [result.problem for result in put_stamp(session, cast.lurah, *both)] == [None, None]
    session.commit()
    signed_in(cast.budi).put(where(honest), data=honest, status=201)
    signed_in(dedi).put(where(odd), data=odd, status=201)
    do_jobs()
    assert (of(session, first), of(session, second)) == (["photos_ok"], ["photo_time_off"])
    assert [each.status for each in both] == [Status.STAMPED, Status.STAMPED]
    assert [action.id for _, action in open_reviews(session, after=None, limit=9)] == [second]


def test_what_holds_by_one_photograph_goes_on_holding_when_another_comes(signed_in: Sign, cast: Cast, session: Session) -> None:
    odd = jpeg(2, exif=OFF_THE_TIME)
    signed_in(cast.budi).put(where(odd), data=odd, status=201)
    action_id = recorded(signed_in, cast.budi, odd, jpeg(3))
    do_jobs()
    assert of(session, action_id) == ["photo_time_off", "photo_follows"]
    signed_in(cast.budi).put(where(jpeg(3)), data=jpeg(3), status=201)
    assert of(session, action_id) == ["photo_time_off", "photos_pending"]
    assert session.get_one(Action, action_id).status is Status.HELD


def test_what_was_withdrawn_waits_for_nothing(signed_in: Sign, cast: Cast, session: Session, clock: Clock) -> None:
    action_id = recorded(signed_in, cast.budi, jpeg(1))
    signed_in(cast.budi).delete(address(action_id), status=200)
    signed_in(cast.budi).put(where(jpeg(1)), data=jpeg(1), status=201)
    tell_what_never_came({}, clock.now + MOST + DAY)
    assert of(session, action_id) == ["photo_follows"]


@pytest.mark.parametrize("follows", ["ya", 1, None])
def test_the_word_is_true_or_false(signed_in: Sign, cast: Cast, follows: object) -> None:
    sent = body(photos=[{"sha256": name_of(jpeg(1)), "follows": follows}])
    answer = signed_in(cast.budi).put(address(), json=sent, status=422).json
    assert [error["field"] for error in answer["errors"]] == ["photos[0].follows"]
