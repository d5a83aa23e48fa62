"""Bytes become a file whole, under their own name, or not at all."""

from __future__ import annotations

import errno
import os
import threading
from pathlib import Path

import pytest

from app.core.errors import Invalid
from app.media.rules import ImageKind
from app.media.service.files import Store, passing
from tests.media.pictures import jpeg, name_of


@pytest.fixture
def shelf(tmp_path: Path) -> Store:
    return Store(tmp_path / "photos")


def files(shelf: Store) -> list[Path]:
    return [file for file in shelf.folder.rglob("*") if file.is_file() and file.name != ".lock"]


def test_bytes_lie_under_their_content(shelf):
    content = jpeg()
    with shelf.arriving([content[:10], content[10:]], expected=name_of(content)) as arrived:
        assert (arrived.sha256, arrived.size, arrived.kind) == (name_of(content), len(content), ImageKind.JPEG)
        assert shelf.original(arrived.sha256).read_bytes() == content
    assert files(shelf) == [shelf.original(arrived.sha256)]
    assert files(shelf)[0].relative_to(shelf.folder).parts[:2] == (arrived.sha256[:2], arrived.sha256[2:4])
    assert files(shelf)[0].stat().st_mode & 0o777 == 0o600


def test_without_a_name_they_get_the_one_of_their_content(shelf):
    with shelf.arriving([jpeg()]) as arrived:
        assert arrived.sha256 == name_of(jpeg())


@pytest.mark.parametrize(
    ("content", "expected", "code"),
    [
        (jpeg(), "0" * 64, "digest_differs"),
        (b"GIF89a" + b"\x00" * 500, None, "no_image"),
        (b"GIF89a", None, "no_image"),
        (b"", None, "no_image"),
    ],
)
def test_what_is_refused_leaves_nothing(shelf, content, expected, code):
    with pytest.raises(Invalid) as refused, shelf.arriving([content[:3], content[3:]], expected=expected):
        pass
    assert refused.value.errors[0].code == code
    assert files(shelf) == []
    with pytest.raises(Invalid):
        passing([content], expected=expected or name_of(content))


def test_what_breaks_off_leaves_nothing(shelf):
    def breaks_off():
        yield jpeg()[:100]
        raise ConnectionError("the phone is gone")

    with pytest.raises(ConnectionError), shelf.arriving(breaks_off()):
        pass
    assert files(shelf) == []


def test_a_full_disk_is_told_and_leaves_nothing(shelf, monkeypatch):
    def full(_handle: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", full)
        with pytest.raises(OSError, match="No space"), shelf.arriving([jpeg()]):
            pass
    assert files(shelf) == []
    with shelf.arriving([jpeg()]) as arrived:
        assert shelf.original(arrived.sha256).exists()


def test_content_name_and_folders_are_on_the_disk_before_anybody_is_told(shelf, monkeypatch):
    """In this order: the content, the new folders, the name; a power cut in between loses nothing that was promised."""
    synced: list[str] = []
    fsync = os.fsync

    def note(handle: int) -> None:
        synced.append(os.readlink(f"/proc/self/fd/{handle}"))
        fsync(handle)

    monkeypatch.setattr(os, "fsync", note)
    with shelf.arriving([jpeg()]) as arrived:
        told = list(synced)
    folder = shelf.original(arrived.sha256).parent
    assert "incoming" in told[0]
    assert told[1:] == [str(shelf.folder), str(folder.parent), str(folder)]


def test_the_same_bytes_at_once_are_one_file(shelf):
    barrier = threading.Barrier(4)

    def send() -> None:
        barrier.wait()
        with shelf.arriving([jpeg()]):
            pass

    threads = [threading.Thread(target=send) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(files(shelf)) == 1


def test_no_sweep_begins_while_something_arrives(shelf):
    swept = threading.Event()

    def sweep() -> None:
        with shelf.sweeping():
            swept.set()

    with shelf.arriving([jpeg()]):
        thread = threading.Thread(target=sweep)
        thread.start()
        assert not swept.wait(0.2)
    thread.join(5)
    assert swept.is_set()
