"""Photographs over the wire: taken in once for each sender, shown to whoever may see the action (docs/photographs.md)."""

from __future__ import annotations

import errno
import os
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from app.database.transaction import write_transaction
from app.jobs import queue
from app.media import rules as media_rules
from app.media.models import Photo, PhotoSender
from app.media.rules import MAX_FILE_BYTES, MAX_UNNAMED, ImageKind, PhotoState
from app.people import service as people
from app.people.models import Account
from tests.factories.actions import NOW, body, fix_at
from tests.factories.cast import Cast, make_account
from tests.factories.city import IN_TERATAI
from tests.factories.fixtures import Clock
from tests.media.pictures import encoded, jpeg, name_of, scene
from tests.media.shelf import do_jobs, files, photo, store
from tests.page_client import PageClient
from tests.sync.wire import Sign, address

pytestmark = pytest.mark.long_on_postgis

Photos = list[dict[str, Any]]


def where(content: bytes) -> str:
    return f"/api/v1/photos/{name_of(content)}"


def linked(*contents: bytes) -> Photos:
    return [{"sha256": name_of(content), "role": "after"} for content in contents]


def count(session: Session, table: type) -> int:
    return session.scalar(select(func.count()).select_from(table)) or 0


@pytest.mark.parametrize("written", ["JPEG", "PNG", "WEBP", "HEIF"])
def test_each_kind_is_stored_under_its_name(signed_in: Sign, cast: Cast, written: str) -> None:
    content = encoded(scene(), written)
    answer = signed_in(cast.budi).put(where(content), data=content, status=201).json
    assert answer == {"sha256": name_of(content), "size": len(content)}
    assert f"{name_of(content)}.original" in files()


def test_again_is_no_news_and_another_account_s_is(signed_in: Sign, cast: Cast, session: Session) -> None:
    content = jpeg(11)
    first = signed_in(cast.budi).put(where(content), data=content, status=201).json
    assert signed_in(cast.budi).put(where(content), data=content, status=200).json == first
    assert signed_in(cast.citra).put(where(content), data=content, status=201).json == first
    assert signed_in(cast.citra).put(where(content), data=content, status=200).json == first
    assert (count(session, Photo), count(session, PhotoSender)) == (1, 2)


REFUSED = {
    "other bytes than named": (where(jpeg(12)), jpeg(13), 422, "digest_differs"),
    "a film": (where(b"\x00\x00\x00\x18ftypmp42" + b"\x00" * 99), b"\x00\x00\x00\x18ftypmp42" + b"\x00" * 99, 422, "no_image"),
    "nothing": (where(b""), b"", 422, "no_image"),
    "a name in capitals": (
        where(jpeg()).upper().replace("/API/V1/PHOTOS", "/api/v1/photos"),
        jpeg(),
        422,
        "string_pattern_mismatch",
    ),
    "a short name": ("/api/v1/photos/abc", jpeg(), 422, "string_pattern_mismatch"),
}


@pytest.mark.parametrize(("path", "content", "status", "code"), REFUSED.values(), ids=REFUSED)
def test_what_is_refused_is_named(
    signed_in: Sign, cast: Cast, session: Session, path: str, content: bytes, status: int, code: str
) -> None:
    answer = signed_in(cast.budi).put(path, data=content, status=status).json
    assert [error["code"] for error in answer["errors"]] == [code]
    assert count(session, Photo) == 0


def test_what_is_here_is_still_held_against_its_name(signed_in: Sign, cast: Cast) -> None:
    content = jpeg(14)
    signed_in(cast.budi).put(where(content), data=content, status=201)
    signed_in(cast.budi).put(where(content), data=jpeg(15), status=422)


def test_twelve_megabytes_are_the_limit(signed_in: Sign, cast: Cast, session: Session) -> None:
    content = jpeg() + bytes(MAX_FILE_BYTES - len(jpeg()))
    signed_in(cast.budi).put(where(content), data=content, status=201)
    signed_in(cast.budi).put(where(content + b"\x00"), data=content + b"\x00", status=413)
    assert count(session, Photo) == 1


def test_the_limit_of_other_bodies_stays_as_it_is(signed_in: Sign, cast: Cast) -> None:
    signed_in(cast.budi).put(address(), data=bytes(70_000), content_type="application/json", status=413)


def test_nobody_sends_photographs_without_signing_in(page: PageClient, cast: Cast) -> None:
    page.put(where(jpeg()), data=jpeg(), status=401)


def test_a_full_disk_is_507_and_leaves_nothing(
    signed_in: Sign, cast: Cast, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_handle: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    content = jpeg(16)
    budi = signed_in(cast.budi)
    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", full)
        answer = budi.put(where(content), data=content, status=507)
    assert answer.headers["Retry-After"]
    assert count(session, Photo) == 0
    assert f"{name_of(content)}.original" not in files()
    budi.put(where(content), data=content, status=201)


@pytest.mark.parametrize("number", [errno.EIO, errno.EROFS, errno.ESTALE, errno.EMFILE])
def test_storage_in_trouble_is_503_and_passes(
    signed_in: Sign, cast: Cast, session: Session, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    def fails(_handle: int) -> None:
        raise OSError(number, os.strerror(number))

    content = jpeg(16)
    budi = signed_in(cast.budi)
    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", fails)
        answer = budi.put(where(content), data=content, status=503)
    assert answer.headers["Retry-After"]
    assert "storage" in answer.json["detail"] or "Penyimpanan" in answer.json["detail"]
    assert count(session, Photo) == 0
    budi.put(where(content), data=content, status=201)


def test_bytes_that_were_lost_before_anybody_looked_are_taken_in_again(signed_in: Sign, cast: Cast, session: Session) -> None:
    content = jpeg(28)
    budi = signed_in(cast.budi)
    budi.put(where(content), data=content, status=201)
    store().original(name_of(content)).unlink()
    budi.put(where(content), data=content, status=200)
    do_jobs(NOW)
    assert photo(session, name_of(content)).state is PhotoState.READY


def send_many(session: Session, account: Account, count: int, sent_at: datetime = NOW) -> None:
    """So many photographs of the account wait for an action, of one megabyte each."""
    for number in range(count):
        row = Photo(sha256=f"{number:064x}", size=1024 * 1024, kind=ImageKind.JPEG, stored_at=sent_at)
        session.add(row)
        session.flush()
        session.add(PhotoSender(photo_id=row.id, account_id=account.id, sent_at=sent_at))
    session.flush()


def test_who_sends_many_photographs_without_an_action_has_to_wait(signed_in: Sign, cast: Cast, session: Session) -> None:
    content = jpeg(25)
    send_many(session, cast.budi, MAX_UNNAMED, NOW - timedelta(hours=23))
    answer = signed_in(cast.budi).put(where(content), data=content, status=429)
    assert answer.json["type"] == "urn:sabuk:problem:photos_unnamed"
    assert answer.headers["Retry-After"] == "3600"
    assert f"{name_of(content)}.original" not in files()
    signed_in(cast.citra).put(where(content), data=content, status=201)


def test_who_sends_many_photographs_within_an_hour_has_to_wait_though_actions_name_them(
    signed_in: Sign, cast: Cast, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(media_rules, "MAX_PHOTOS", 3)
    send_many(session, cast.budi, 3, NOW - timedelta(minutes=50))
    session.execute(update(PhotoSender).values(used_at=NOW))
    content = jpeg(2801)
    answer = signed_in(cast.budi).put(where(content), data=content, status=429)
    assert (answer.json["type"], answer.headers["Retry-After"]) == ("urn:sabuk:problem:photos_too_fast", "600")
    assert f"{name_of(content)}.original" not in files()
    session.execute(update(PhotoSender).values(sent_at=NOW - timedelta(hours=1)))
    signed_in(cast.budi).put(where(content), data=content, status=201)


def test_photographs_that_an_action_names_make_room(signed_in: Sign, cast: Cast, session: Session) -> None:
    content, more = jpeg(26), jpeg(27)
    send_many(session, cast.budi, MAX_UNNAMED - 1)
    budi = signed_in(cast.budi)
    budi.put(where(content), data=content, status=201)
    budi.put(where(more), data=more, status=429)
    budi.put(where(content), data=content, status=200)
    budi.put(address(uuid4()), json=body(photos=linked(content)), status=201)
    budi.put(where(more), data=more, status=201)


def test_an_action_names_its_photographs_and_tells_how_they_stand(signed_in: Sign, cast: Cast) -> None:
    whole, broken, action_id = jpeg(17), jpeg(18)[:2500], uuid4()
    sent = body(photos=linked(whole, broken))
    missing = signed_in(cast.budi).put(address(action_id), json=sent, status=422).json
    assert [error["field"] for error in missing["errors"]] == ["photos[0]", "photos[1]"]
    for content in (whole, broken):
        signed_in(cast.budi).put(where(content), data=content, status=201)
    receipt = signed_in(cast.budi).put(address(action_id), json=sent, status=201).json
    assert [(photo["role"], photo["state"]) for photo in receipt["photos"]] == [("after", "pending")] * 2
    do_jobs(NOW)
    present = signed_in(cast.budi).get(address(action_id)).json
    assert [photo["state"] for photo in present["photos"]] == ["ready", "broken"]
    assert present["findings"][-1]["code"] == "photo_broken"
    assert signed_in(cast.budi).put(address(action_id), json=sent).json == present


def shown(signed_in: Sign, account: Account, content: bytes, **change: Any) -> UUID:
    """The id of an action with that photograph, which has been looked at."""
    signed_in(account).put(where(content), data=content, status=201)
    action_id = uuid4()
    signed_in(account).put(address(action_id), json=body(photos=linked(content), **change), status=201)
    do_jobs(NOW)
    return action_id


def test_owner_recorder_and_officers_of_the_place_see_a_photograph_and_nobody_else(
    signed_in: Sign, page: PageClient, cast: Cast, session: Session
) -> None:
    for_ani = {"on_behalf_of": str(cast.ani.uuid), "fix": fix_at(IN_TERATAI)}
    path = f"/aksi/{shown(signed_in, cast.guru, jpeg(19), **for_ani)}/foto/1"
    head = make_account(session, "bu.kepala", "principal@npsn:20219345")
    for seer in (cast.guru, head):
        answer = signed_in(seer).get(path)
        assert answer.mimetype == "image/webp"
        assert "no-store" in answer.headers["Cache-Control"]
        assert answer.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
        assert not {"ETag", "Last-Modified"} & set(answer.headers.keys())
    hidden = [signed_in(other).get(path, status=404) for other in (cast.budi, cast.citra, cast.lurah, cast.kader)]
    hidden.append(page.get(path, status=404))
    assert not any(b"WEBP" in answer.data for answer in hidden)


def test_both_sizes_are_there_and_no_other(signed_in: Sign, cast: Cast) -> None:
    action_id = shown(signed_in, cast.budi, jpeg(20, size=(2000, 1500)))
    budi = signed_in(cast.budi)
    large, small = budi.get(f"/aksi/{action_id}/foto/1"), budi.get(f"/aksi/{action_id}/foto/1?ukuran=320")
    assert len(large.data) > len(small.data)
    assert budi.get(f"/aksi/{action_id}/foto/1?ukuran=1600").data == large.data
    budi.get(f"/aksi/{action_id}/foto/1?ukuran=640", status=422)
    for number in (0, 2):
        budi.get(f"/aksi/{action_id}/foto/{number}", status=404)
    budi.get(f"/aksi/{uuid4()}/foto/1", status=404)


def test_what_was_not_looked_at_or_is_broken_is_not_shown(signed_in: Sign, cast: Cast) -> None:
    content, action_id = jpeg(21)[:2500], uuid4()
    budi = signed_in(cast.budi)
    budi.put(where(content), data=content, status=201)
    budi.put(address(action_id), json=body(photos=linked(content)), status=201)
    budi.get(f"/aksi/{action_id}/foto/1", status=404)
    do_jobs(NOW)
    budi.get(f"/aksi/{action_id}/foto/1", status=404)


def test_a_picture_that_is_gone_is_made_again(signed_in: Sign, cast: Cast) -> None:
    content = jpeg(29)
    action_id = shown(signed_in, cast.budi, content)
    budi, path = signed_in(cast.budi), f"/aksi/{action_id}/foto/1?ukuran=320"
    before, file = budi.get(path).data, store().derivative(name_of(content), 320)
    file.unlink()
    assert budi.get(path, status=503).headers["Retry-After"]
    do_jobs(datetime.now(UTC) + timedelta(hours=1))
    assert budi.get(path).data == before
    file.unlink()
    store().original(name_of(content)).unlink()
    budi.get(path, status=404)


def test_what_could_be_looked_at_only_later_is_compared_then(signed_in: Sign, cast: Cast, session: Session, clock: Clock) -> None:
    """Given up while the disk was away: its action says so, and is compared like any other once it can be seen."""
    content, other, action_id = jpeg(30), jpeg(30, quality=50), uuid4()
    shown(signed_in, cast.citra, other)
    clock.pass_by(minutes=1)
    budi = signed_in(cast.budi)
    budi.put(where(content), data=content, status=201)
    budi.put(address(action_id), json=body(photos=linked(content)), status=201)
    away = store().original(name_of(content)).rename(store().folder / "away")
    for hours in range(12):
        do_jobs(NOW + timedelta(hours=hours))
    told = budi.get(address(action_id)).json
    assert "belum dapat dibuka di server" in next(
        found["sentence"] for found in told["findings"] if found["code"] == "photo_broken"
    )
    away.rename(store().original(name_of(content)))
    with write_transaction(session):
        for job_id in queue.dead(session):
            queue.retry(session, job_id, now=NOW)
    do_jobs(NOW + timedelta(days=2))
    told = budi.get(address(action_id)).json
    assert [found["code"] for found in told["findings"] if "photo" in found["code"]] == ["photo_similar"]
    assert told["status"] == "held"


def test_who_may_no_longer_sign_in_sees_nothing(signed_in: Sign, cast: Cast, session: Session) -> None:
    action_id = shown(signed_in, cast.budi, jpeg(24))
    budi = signed_in(cast.budi)
    people.revoke_tokens(session, cast.budi, now=NOW)
    budi.get(f"/aksi/{action_id}/foto/1", status=404)
