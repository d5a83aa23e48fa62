"""The foot of pages leads to the source of what runs, where an operator says where that is."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest
from flask import Flask

from app.settings import Settings
from tests.factories.stage import Stage
from tests.page_client import PageClient

ADDRESS = "https://code.example/kota/sabuk-hijau?tag=a&b"
LINK = '<li><a href="https://code.example/kota/sabuk-hijau?tag=a&amp;b">Kode sumber</a></li>'


@pytest.fixture
def told(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(app.config, "SETTINGS", dataclasses.replace(app.config["SETTINGS"], source_url=ADDRESS))


def test_pages_lead_to_the_source_of_what_runs(page: PageClient, told: None) -> None:
    for path, status in (("/", 200), ("/masuk", 200), ("/tidak-ada", 404)):
        assert LINK in page.get(path, status=status).text
    assert ">Source code</a>" in page.get("/masuk?lang=en").text


@pytest.mark.parametrize("path", ["/catat", "/catat?kerangka=1"])
def test_the_page_for_logging_has_no_byte_to_spare_for_it(page: PageClient, stage: Stage, told: None, path: str) -> None:
    assert "Kode sumber" not in page.get(path).text


def test_where_nothing_is_said_nothing_stands(page: PageClient) -> None:
    assert "Kode sumber" not in page.get("/masuk").text


@pytest.mark.parametrize("said", [f" {ADDRESS}\n", "", "  "])
def test_the_operator_says_where_the_source_is(said: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("SABUK_INSTANCE", str(tmp_path))
    monkeypatch.setenv("SABUK_SOURCE_URL", said)
    assert Settings.from_env().source_url == said.strip()


@pytest.mark.parametrize(
    "said", ["code.example", "ftp://code.example", "https://", "javascript:1", "https://a b", "https://[a", "https://a:b/"]
)
def test_what_no_browser_opens_is_refused_at_the_start(said: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("SABUK_INSTANCE", str(tmp_path))
    monkeypatch.setenv("SABUK_SOURCE_URL", said)
    with pytest.raises(ValueError, match=r"SABUK_SOURCE_URL is .* whole address"):
        Settings.from_env()
