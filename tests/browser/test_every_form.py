"""Every form of the house is sent once in a browser: each answers, and what it finds wrong it says as a form does.

A new form is pressed without a line here, as soon as a page that links lead to has it.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import Browser, Page
from werkzeug.exceptions import HTTPException
from werkzeug.routing import RequestRedirect

from app.application import create_app
from app.settings import Settings
from tests.browser.pressing import NOT_THERE, FormSeen, forms_of, pressed
from tests.browser.visitors import Visitor, sign_ins
from tests.browser.walking import Room, Walk
from tests.serving import Server, demo_instance, serving

pytestmark = pytest.mark.long

ROLES = (None, "budi", "bu.kader", "bu.guru", "kepala.sekolah", "ketua.pkk", "petugas", "pak.lurah", "admin")
"""Who presses; whoever can close the accounts of others comes last."""
STARTS = ("/", "/daftar?usia=18", "/masuk")
BY_THE_RECORDER = "/catat"
"""With script the recorder keeps what its form says and sends it by the wire: tests/browser/phone."""
BY_A_POSITION = "/saya/lokasi/dekat"
"""With script it is sent once the browser has told the position: tests/browser/flows/test_a_place.py."""
SIGNS_OUT = ("people.sign_out", "people.sign_out_everywhere")
"""Pressed last by whoever meets it first, who signs in again."""
Key = tuple[str, str, frozenset[str]]


@pytest.fixture
def city(tmp_path: Path) -> Iterator[tuple[Server, Path]]:
    """The demo city, in a folder that is changed."""
    instance = shutil.copytree(demo_instance(), tmp_path / "demo", dirs_exist_ok=True)
    with serving(None, instance, "--host", "127.0.0.1") as server:
        yield server, instance


@pytest.mark.parametrize("script", [True, False], ids=["script", "no script"])
def test_every_form_is_answered(city: tuple[Server, Path], browser: Browser, script: bool, tmp_path: Path) -> None:
    server, instance = city
    app = create_app(Settings(database_url=f"sqlite:///{instance / 'sabuk.sqlite3'}", instance=instance, secret_key="x"))
    file = tmp_path / "wilayah.geojson"
    file.write_text('{"type": "FeatureCollection", "features": []}')
    known, done, problems = sign_ins(instance), set[Key](), list[str]()
    for name in ROLES:
        room = browser.new_context(locale="id", java_script_enabled=script, service_workers="block")
        visitor = Visitor(room.new_page(), server.url, script)
        if name:
            visitor.signs_in(name, known[name][0])
        kept: Room | None = {"cookies": room.cookies(), "origins": []} if name else None
        pages = Walk(app, browser, server.url, kept).go(STARTS).values()
        found = [(path, form) for path in pages for form in forms_of(room.request.get(server.url + path).text(), path)]
        for path, form in sorted(found, key=lambda each: _key(app, each[1])[1] in SIGNS_OUT):
            key = _key(app, form)
            if key in done or (script and form.action in (BY_THE_RECORDER, BY_A_POSITION)):
                continue
            wrong = pressed(visitor.page, server.url + path, form, file)
            if wrong == NOT_THERE:
                continue
            done.add(key)
            problems += [f"{name or 'anybody'} {path} -> {form.action}: {wrong}"] if wrong else []
            if name and not _is_in(visitor.page):
                visitor.signs_in(name, known[name][0])
        room.close()
    assert len(done) > 30, "pages with forms were not found"
    assert not problems, "\n".join(problems)


def _key(app: Flask, form: FormSeen) -> Key:
    """The same form on another page, or about another thing, is pressed once."""
    try:
        endpoint, _ = app.url_map.bind("").match(form.action, method=form.method.upper())
    except (HTTPException, RequestRedirect):
        endpoint = form.action
    return form.method, endpoint, form.names


def _is_in(page: Page) -> bool:
    return page.locator("meta[name=sabuk-account]").count() > 0
