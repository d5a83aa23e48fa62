"""Addresses that leave the house begin as the operator says, whatever a request gives as its host."""

from __future__ import annotations

from pathlib import Path

import pytest
from flask import Flask

from app.serve import _address
from app.settings import ADDRESS, ROOT, Settings
from app.web.addresses import whole_address

FROM_REQUESTS = ("_external=", "request.host_url", "request.url_root", "request.base_url", "request.root_url")


def test_a_forged_host_is_in_no_address(app: Flask) -> None:
    with app.test_request_context("/", headers={"Host": "evil.example", "X-Forwarded-Host": "evil.example"}):
        assert whole_address("people.reset_password") == f"{ADDRESS}/atur-ulang"


def test_no_address_is_made_of_a_request() -> None:
    sources = [*ROOT.glob("app/**/*.py"), *ROOT.glob("templates/**/*.html")]
    assert len(sources) > 300
    assert [(str(file), word) for file in sources for word in FROM_REQUESTS if word in file.read_text()] == []


@pytest.mark.parametrize(
    ("said", "address"),
    [
        (None, ADDRESS),
        ("https://sabuk.example", "https://sabuk.example"),
        (" https://sabuk.example:8443/ ", "https://sabuk.example:8443"),
    ],
)
def test_the_operator_says_how_addresses_begin(
    said: str | None, address: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("SABUK_INSTANCE", str(tmp_path))
    monkeypatch.delenv("SABUK_ADDRESS", raising=False)
    if said is not None:
        monkeypatch.setenv("SABUK_ADDRESS", said)
    assert Settings.from_env().address == address


@pytest.mark.parametrize(
    "said",
    [
        "",
        "sabuk.example",
        "ftp://sabuk.example",
        "https://",
        "https://sabuk.example/app",
        "https://a/?b",
        "https://[a",
        "https://a:b",
    ],
)
def test_what_begins_no_address_is_told_by_its_name(said: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("SABUK_INSTANCE", str(tmp_path))
    monkeypatch.setenv("SABUK_ADDRESS", said)
    with pytest.raises(ValueError, match="SABUK_ADDRESS"):
        Settings.from_env()


def test_the_server_says_where_it_answers() -> None:
    assert _address("127.0.0.1", 8080) == "http://127.0.0.1:8080"
    assert _address("::1", 80) == "http://[::1]:80"
    everywhere = "0.0.0.0"  # noqa: S104 - asked about, not bound
    assert everywhere not in _address(everywhere, 8000)
