"""What the house keeps on disk is its own user's."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.settings import Settings


@pytest.fixture(autouse=True)
def _mask() -> Iterator[None]:
    """Files are for everybody, as on most machines, until the house says otherwise."""
    before = os.umask(0o022)
    yield
    os.umask(before)


def modes(folder: Path) -> dict[str, int]:
    return {path.name: path.stat().st_mode & 0o777 for path in (folder, *folder.rglob("*"))}


def test_what_the_house_makes_and_what_an_older_version_left_open_is_for_its_user_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    instance = tmp_path / "instance"
    instance.mkdir()
    for name in ("sabuk.sqlite3", "sabuk.sqlite3-wal", "push-keys.json"):
        (instance / name).write_text("")
    assert set(modes(instance).values()) == {0o755, 0o644}
    monkeypatch.setenv("SABUK_INSTANCE", str(instance))
    monkeypatch.delenv("SABUK_SECRET_KEY", raising=False)
    Settings.from_env()
    (instance / "photos").mkdir()
    (instance / "photos" / "0a1b").write_text("")
    assert modes(instance) == {
        "instance": 0o700,
        "sabuk.sqlite3": 0o600,
        "sabuk.sqlite3-wal": 0o600,
        "push-keys.json": 0o600,
        "secret": 0o600,
        "photos": 0o700,
        "0a1b": 0o600,
    }


def test_a_folder_of_another_user_is_left_to_them(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(*_: object) -> None:
        raise PermissionError

    tmp_path.chmod(0o750)
    monkeypatch.setattr(Path, "chmod", refused)
    monkeypatch.setenv("SABUK_INSTANCE", str(tmp_path))
    assert Settings.from_env().instance == tmp_path


@pytest.mark.parametrize(
    "said",
    [
        "http://hook.example/x",
        "ftp://127.0.0.1/x",
        "hook.example",
        "https://",
        "https://me:secret@hook.example/",
        "http://localhost.example/",
    ],
)
def test_a_webhook_over_an_open_network_is_refused_and_its_address_not_told(said, tmp_path, monkeypatch):
    monkeypatch.setenv("SABUK_INSTANCE", str(tmp_path))
    monkeypatch.setenv("SABUK_ERROR_WEBHOOK", said)
    with pytest.raises(ValueError, match="SABUK_ERROR_WEBHOOK") as told:
        Settings.from_env()
    assert said not in str(told.value).replace("https://,", "")


@pytest.mark.parametrize(
    "said", ["", "https://hook.example/x?y=z", "http://127.0.0.1:9000/", "http://[::1]/", "http://localhost:1/"]
)
def test_a_webhook_of_the_operator_is_taken(said, tmp_path, monkeypatch):
    monkeypatch.setenv("SABUK_INSTANCE", str(tmp_path))
    monkeypatch.setenv("SABUK_ERROR_WEBHOOK", said)
    assert Settings.from_env().error_webhook == said


def test_a_token_that_could_be_guessed_is_refused(tmp_path, monkeypatch):
    monkeypatch.setenv("SABUK_INSTANCE", str(tmp_path))
    monkeypatch.setenv("SABUK_METRICS_TOKEN", "secret")
    with pytest.raises(ValueError, match="SABUK_METRICS_TOKEN needs at least 24 letters"):
        Settings.from_env()
