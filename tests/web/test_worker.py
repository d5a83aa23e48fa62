"""The service worker is served with what it has to know, and changes whenever that does."""

from __future__ import annotations

import json
import re

import pytest
from flask import Flask

from app.settings import ROOT
from app.web import worker
from app.web.assets import Asset, Assets, unbuilt
from app.web.shells import Shell
from app.web.worker import Worker
from tests.page_client import PageClient

CODE = 'self.addEventListener("fetch", () => {});'


@pytest.fixture
def built(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Assets:
    """The house with a worker, whether esbuild is here or not."""
    made = unbuilt(ROOT / "static")
    made.service_worker = Asset.made("sw", ".js", CODE.encode())
    made.is_built = True
    monkeypatch.setitem(app.extensions, "assets", made)
    monkeypatch.setitem(app.extensions, "worker", Worker(app.extensions["worker"].shells))
    return made


def told(page: PageClient) -> dict:
    answer = page.get("/sw.js")
    assert answer.content_type == "text/javascript; charset=utf-8"
    before, _, code = answer.text.partition(";\n")
    assert code == CODE
    known: dict = json.loads(before.removeprefix("self.SABUK="))
    return known


def test_without_a_build_there_is_no_worker(page: PageClient, app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(app.extensions, "assets", unbuilt(ROOT / "static"))
    page.get("/sw.js", status=404)
    assert "new-version" not in page.get("/masuk").text


def test_the_worker_is_asked_for_again_and_answers_briefly(page: PageClient, built: Assets) -> None:
    answer = page.get("/sw.js")
    assert answer.headers["Cache-Control"] == "no-cache"
    page.get("/sw.js", headers={"If-None-Match": answer.headers["ETag"]}, status=304)


def test_it_knows_every_file_that_its_shells_ask_for_and_what_those_ask_for(page: PageClient, built: Assets) -> None:
    known = told(page)
    for address in known["files"]:
        assert built.at(address), address
    for each in re.findall(r'/aset/[\w.-]+\.(?:css|js)"', page.get(known["shells"]["id"][known["offline"]]).text):
        assert each.rstrip('"') in known["files"]
    assert built.scripts["offline-page"].address in known["files"]
    assert built.scripts["database"].address in known["files"], "which store.js imports, which offline-page.js imports"
    assert not [each for each in known["files"] if each.endswith((".png", ".webp"))]


def test_files_named_beside_each_other_and_on_tap_are_found() -> None:
    assets = unbuilt(ROOT / "static")
    far = Asset.made("far", ".js", b"export const far = 1;")
    tap = Asset.made("tap", ".js", f'import{{a}}from"./{far.address.rpartition("/")[2]}";'.encode())
    tapped_map = Asset.made("maps-on-tap", ".js", b"L")
    near = Asset.made(
        "near",
        ".js",
        f'import("./{tap.address.rpartition("/")[2]}");import("./{tapped_map.address.rpartition("/")[2]}")'.encode(),
    )
    assets._by_address |= {each.address: each for each in (far, tap, near, tapped_map)}  # noqa: SLF001 - as a build would
    assert set(worker._asked_for(assets, f'<script src="{near.address}">')) == {near.address, tap.address, far.address}  # noqa: SLF001


def test_the_shells_are_those_of_both_languages(page: PageClient, built: Assets) -> None:
    known = told(page)
    assert set(known["shells"]) == {"id", "en"}
    for language, pages in known["shells"].items():
        for address, kept_as in pages.items():
            assert kept_as == f"{address}?kerangka=1&lang={language}"
            assert f'<html lang="{language}" data-shell>' in page.get(kept_as).text


def test_its_version_changes_with_a_shell_alone(page: PageClient, built: Assets, app: Flask) -> None:
    state = ["one"]
    shells = (*app.extensions["worker"].shells, Shell("/pasang", lambda _session: state[0]))
    app.extensions["worker"].shells = shells
    first = told(page)["version"]
    assert told(page)["version"] == first
    page.get("/masuk?lang=en")
    assert told(page)["version"] == first, "who asks, and how, is no part of it"
    app.extensions["worker"].shells = shells[:-1]
    state[0] = "two"
    assert told(page)["version"] != first


def test_a_shell_that_is_not_there_is_left_out(page: PageClient, built: Assets, app: Flask) -> None:
    app.extensions["worker"].shells = (*app.extensions["worker"].shells, Shell("/tidak-ada"))
    assert set(told(page)["shells"]["id"]) == {"/tanpa-sinyal"} | {
        each.address for each in app.extensions["worker"].shells if page.get(each.asked_in("id"), status=None).status_code == 200
    }


def test_the_code_of_the_worker_imports_nothing_late() -> None:
    """A service worker must not import on tap: everything it needs is in its one file."""
    assert not re.search(r"\bimport\s*\(", (ROOT / "static" / "js" / "worker" / "sw.js").read_text())


def test_the_shells_are_rendered_alike_each_time(page: PageClient, built: Assets, app: Flask) -> None:
    """Else each process of the server would have a version of its own, and phones would be told of new ones for ever."""
    first = told(page)
    app.extensions["worker"].made = None
    assert told(page) == first
