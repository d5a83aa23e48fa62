"""From the bytes of a phone to pictures that may be shown, and out again when nobody needs them (docs/photographs.md)."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import Session

from app.cli import sabuk
from app.database.transaction import write_transaction
from app.jobs import queue
from app.jobs.models import Job
from app.jobs.work import MAX_ATTEMPTS
from app.media import jobs as media_jobs
from app.media import queries
from app.media import service as media
from app.media.models import Photo, PhotoBand, PhotoSender
from app.media.rules import Fault, ImageKind, PhotoState, turned_looks
from app.media.service import deriving
from app.people.models import Account
from tests.factories.actions import NOW
from tests.factories.cast import Cast
from tests.media import pictures
from tests.media.pictures import jpeg, name_of
from tests.media.shelf import DAY, do_jobs, files, jobs, photo, send, store, written

pytestmark = pytest.mark.long_on_postgis

TAKEN = datetime(2026, 11, 16, 7, 10, 30)  # noqa: DTZ001 - cameras know no zone


def count(session: Session, table: type) -> int:
    return session.scalar(select(func.count()).select_from(table)) or 0


def sweep(session: Session, now: datetime) -> None:
    session.commit()
    media_jobs.sweep({}, now)


@pytest.fixture(autouse=True)
def _no_files_of_others(session: Session, cast: Cast) -> None:
    for file in store().folder.rglob("*"):
        if file.is_file():
            file.unlink()


def test_the_job_makes_two_pictures_and_remembers_what_the_camera_said(session: Session, cast: Cast) -> None:
    content = jpeg(size=(2000, 1500), exif=pictures.exif(taken=TAKEN, offset="+07:00").tobytes())
    sha256 = send(session, cast.budi, content)
    assert photo(session, sha256).state is PhotoState.PENDING
    assert queries.derivative(session, photo(session, sha256).id, 320) is None
    assert do_jobs() == 1
    seen = photo(session, sha256)
    assert (seen.state, seen.kind, seen.size, seen.width, seen.height) == (
        PhotoState.READY,
        ImageKind.JPEG,
        len(content),
        2000,
        1500,
    )
    assert (seen.taken, seen.offset_minutes, seen.lon) == (TAKEN, 420, None)
    for side in (1600, 320):
        made = queries.derivative(session, seen.id, side)
        assert made is not None
        assert name_of(store().derivative(sha256, side).read_bytes()) == made.digest
    assert files() == {f"{sha256}.original", f"{sha256}.1600.webp", f"{sha256}.320.webp"}


def test_doing_it_twice_is_as_doing_it_once(session: Session, cast: Cast) -> None:
    sha256 = send(session, cast.budi, jpeg())
    photo_id = photo(session, sha256).id
    outcome = deriving.derive(store(), sha256, ImageKind.JPEG)
    for later in range(3):
        deriving.settle(session, photo_id, outcome, now=NOW + later * DAY)
        media_jobs.derive({"photo": photo_id}, NOW + later * DAY)
    session.commit()
    assert photo(session, sha256).seen_at == NOW
    assert count(session, PhotoBand) == 16
    assert len(files()) == 3


def test_a_broken_body_is_found_by_the_job(session: Session, cast: Cast) -> None:
    sha256 = send(session, cast.budi, jpeg()[:2000])
    do_jobs()
    seen = photo(session, sha256)
    assert (seen.state, seen.fault) == (PhotoState.BROKEN, Fault.UNREADABLE)
    assert files() == {f"{sha256}.original"}


def test_a_full_disk_is_no_verdict_however_long_it_lasts(session: Session, cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_handle: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    sha256 = send(session, cast.budi, jpeg())
    for file in store().folder.rglob("*.*"):
        written(file, NOW - DAY)
    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", full)
        for tries in range(2 * MAX_ATTEMPTS):
            do_jobs(NOW + tries * DAY)
    sweep(session, NOW + 2 * MAX_ATTEMPTS * DAY)
    assert photo(session, sha256).state is PhotoState.PENDING
    assert f"{sha256}.original" in files()
    do_jobs(NOW + 2 * MAX_ATTEMPTS * DAY)
    assert photo(session, sha256).state is PhotoState.READY


@pytest.mark.parametrize("trouble", [OSError(errno.EIO, "Input/output error"), MemoryError()], ids=["EIO", "memory"])
def test_neither_a_broken_disk_nor_missing_memory_is_a_verdict(
    session: Session, cast: Cast, monkeypatch: pytest.MonkeyPatch, trouble: Exception
) -> None:
    def fails(*_: object, **__: object) -> None:
        raise trouble

    sha256 = send(session, cast.budi, jpeg())
    with monkeypatch.context() as patch:
        patch.setattr("PIL.ImageFile.ImageFile.load", fails)
        do_jobs()
    assert photo(session, sha256).state is PhotoState.PENDING
    do_jobs(NOW + DAY)
    assert photo(session, sha256).state is PhotoState.READY


def given_up(session: Session, account: Account, content: bytes) -> str:
    """A photograph at which looking ended badly too often while its file was away."""
    sha256 = send(session, account, content)
    hidden = store().original(sha256).rename(store().folder / "away")
    for tries in range(MAX_ATTEMPTS):
        do_jobs(NOW + tries * timedelta(hours=1))
    hidden.rename(store().original(sha256))
    assert photo(session, sha256).fault is Fault.GAVE_UP
    return sha256


def retry_the_dead(session: Session) -> None:
    with write_transaction(session):
        for job_id in queue.dead(session):
            queue.retry(session, job_id, now=NOW)


def send_again(session: Session) -> None:
    send(session, session.scalars(select(Account).where(Account.name == "citra")).one(), jpeg())


@pytest.mark.parametrize("revive", [retry_the_dead, send_again, lambda session: sweep(session, NOW + 30 * DAY)])
def test_what_was_given_up_is_kept_and_can_be_looked_at_again(
    session: Session, cast: Cast, revive: Callable[[Session], None]
) -> None:
    sha256 = given_up(session, cast.budi, jpeg())
    for file in store().folder.rglob("*.*"):
        written(file, NOW - DAY)
    revive(session)
    assert do_jobs(NOW + 30 * DAY) >= 1
    assert (photo(session, sha256).state, photo(session, sha256).fault) == (PhotoState.READY, None)
    assert count(session, PhotoBand) == 16


def test_a_command_looks_again_at_what_counts_as_broken(app: Flask, session: Session, cast: Cast) -> None:
    """An older version took a missing end mark, or no memory, for a broken photograph."""
    wronged, broken, lost = (send(session, cast.budi, content) for content in (jpeg(), jpeg(2)[:2000], jpeg(3)[:2000]))
    do_jobs()
    condemned = {"state": PhotoState.BROKEN, "fault": Fault.UNREADABLE, "digest_1600": None, "digest_320": None}
    session.execute(update(Photo).where(Photo.sha256 == wronged).values(condemned))
    session.execute(delete(PhotoBand))
    session.commit()
    store().original(lost).unlink()
    told = app.test_cli_runner().invoke(sabuk, ["photos", "look-again"])
    assert told.stdout == "2 photographs will be looked at again\n"
    do_jobs(datetime.now(UTC) + DAY)
    assert [photo(session, each).state for each in (wronged, broken, lost)] == [
        PhotoState.READY,
        PhotoState.BROKEN,
        PhotoState.BROKEN,
    ]


def test_a_picture_that_is_gone_is_made_again_before_its_original_goes(session: Session, cast: Cast) -> None:
    sha256 = send(session, cast.budi, jpeg())
    do_jobs()
    store().derivative(sha256, 320).unlink()
    for file in store().folder.rglob("*.*"):
        written(file, NOW - DAY)
    sweep(session, NOW + 8 * DAY)
    assert f"{sha256}.original" in files()
    do_jobs(NOW + 8 * DAY)
    made = queries.derivative(session, photo(session, sha256).id, 320)
    assert made is not None
    assert name_of(store().derivative(sha256, 320).read_bytes()) == made.digest
    sweep(session, NOW + 9 * DAY)
    assert f"{sha256}.original" not in files()


def test_what_ends_badly_too_often_counts_as_broken_for_now(session: Session, cast: Cast) -> None:
    sha256 = send(session, cast.budi, jpeg())
    store().original(sha256).unlink()
    for tries in range(MAX_ATTEMPTS + 2):
        do_jobs(NOW + tries * DAY)
    seen = photo(session, sha256)
    assert (seen.state, seen.fault) == (PhotoState.BROKEN, Fault.GAVE_UP)
    [job] = jobs(session, "media.derive")
    assert job.dead_at is not None
    assert job.attempts == MAX_ATTEMPTS
    assert str(job.last_error).startswith("FileNotFoundError")


def test_the_same_bytes_are_one_photograph_with_a_row_for_each_sender(session: Session, cast: Cast) -> None:
    first, second = send(session, cast.budi, jpeg()), send(session, cast.citra, jpeg())
    send(session, cast.budi, jpeg(), now=NOW + DAY)
    assert first == second
    assert (count(session, Photo), count(session, PhotoSender), count(session, Job)) == (1, 2, 1)
    assert queries.sent_by(session, cast.citra.id, [first, "0" * 64]) == {first}
    assert queries.sent_by(session, cast.guru.id, [first]) == frozenset()


def test_a_claim_names_what_this_account_has_not_sent(session: Session, cast: Cast) -> None:
    mine, others = send(session, cast.budi, jpeg()), send(session, cast.citra, jpeg(2))
    assert media.claim(session, cast.budi.id, {mine, others, "0" * 64}, now=NOW) == {others, "0" * 64}
    used = {row.account_id: row.used_at for row in session.scalars(select(PhotoSender))}
    assert used == {cast.budi.id: NOW, cast.citra.id: None}
    media.claim(session, cast.budi.id, {mine}, now=NOW + DAY)
    session.expire_all()
    assert session.get_one(PhotoSender, (photo(session, mine).id, cast.budi.id)).used_at == NOW


def test_a_look_finds_what_was_saved_again_or_turned(session: Session, cast: Cast) -> None:
    image = pictures.scene()
    sent = [jpeg(), jpeg(quality=50), pictures.encoded(image.rotate(90, expand=True)), jpeg(7)]
    first, again, turned, other = (send(session, cast.budi, content) for content in sent)
    do_jobs()
    look = photo(session, first).look
    assert look is not None
    found = queries.that_look_like(session, turned_looks(int(look, 16)))
    assert {first, again, turned} <= found.keys()
    assert other not in found
    assert set(queries.that_look_like(session, [int(look, 16)])) == {first, again}


def test_an_upload_waits_40_days_for_its_action(session: Session, cast: Cast) -> None:
    sha256 = send(session, cast.budi, jpeg())
    send(session, cast.citra, jpeg(), now=NOW + DAY)
    used = send(session, cast.budi, jpeg(2))
    media.claim(session, cast.budi.id, {used}, now=NOW)
    session.commit()
    do_jobs()
    for file in store().folder.rglob("*.*"):
        written(file, NOW)
    sweep(session, NOW + 40 * DAY)
    assert count(session, PhotoSender) == 3
    sweep(session, NOW + 40 * DAY + timedelta(hours=1))
    assert queries.sent_by(session, cast.budi.id, [sha256]) == frozenset()
    assert queries.sent_by(session, cast.citra.id, [sha256]) == {sha256}
    sweep(session, NOW + 42 * DAY)
    assert [row.sha256 for row in session.scalars(select(Photo))] == [used]
    assert files() == {f"{used}.1600.webp", f"{used}.320.webp"}
    assert count(session, PhotoBand) == 16


def test_an_original_is_kept_a_week_after_it_was_looked_at(session: Session, cast: Cast) -> None:
    sha256 = send(session, cast.budi, jpeg())
    unseen = send(session, cast.budi, jpeg(2))
    do_jobs()
    session.get_one(Photo, photo(session, unseen).id).state = PhotoState.PENDING
    session.rollback()
    for file in store().folder.rglob("*.*"):
        written(file, NOW)
    sweep(session, NOW + 7 * DAY)
    assert f"{sha256}.original" in files()
    sweep(session, NOW + 7 * DAY + timedelta(hours=1))
    assert f"{sha256}.original" not in files()
    assert f"{sha256}.1600.webp" in files()
    assert photo(session, sha256).original_dropped_at == NOW + 7 * DAY + timedelta(hours=1)


def test_files_without_a_row_are_left_alone_for_a_day(session: Session, cast: Cast) -> None:
    shelf = store()
    orphan, stranger, half = shelf.original("ab" * 32), shelf.derivative("ab" * 32, 320), shelf.folder / "incoming" / "half"
    for file in (orphan, stranger, half):
        shelf.write(file, b"anything")
        written(file, NOW)
    young = shelf.original("cd" * 32)
    shelf.write(young, b"anything")
    written(young, NOW + DAY)
    sweep(session, NOW + timedelta(hours=23))
    assert len(files()) == 4
    sweep(session, NOW + timedelta(hours=25))
    assert files() == {young.name}


def test_a_sweep_takes_nothing_that_is_needed(session: Session, cast: Cast) -> None:
    sha256 = send(session, cast.budi, jpeg())
    do_jobs()
    before = files()
    for file in store().folder.rglob("*.*"):
        written(file, NOW - 300 * DAY)
    sweep(session, NOW + DAY)
    assert files() == before
    assert photo(session, sha256).state is PhotoState.READY


def test_a_sent_again_photograph_whose_original_was_dropped_leaves_no_file_for_ever(session: Session, cast: Cast) -> None:
    sha256 = send(session, cast.budi, jpeg())
    media.claim(session, cast.budi.id, {sha256}, now=NOW)
    do_jobs()
    sweep(session, NOW + 8 * DAY)
    send(session, cast.citra, jpeg(), now=NOW + 9 * DAY)
    written(store().original(sha256), NOW + 9 * DAY)
    sweep(session, NOW + 11 * DAY)
    assert files() == {f"{sha256}.1600.webp", f"{sha256}.320.webp"}
