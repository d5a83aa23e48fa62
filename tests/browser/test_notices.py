"""A stamp is told on the volunteer's page."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.conftest import OTHER_VIEWS, VIEWS, Look, View
from tests.browser.visitors import sign_ins, stamped_once
from tests.serving import Server


@pytest.fixture
def views() -> tuple[View, ...]:
    """All in one: what is told here happens once."""
    return VIEWS + OTHER_VIEWS


def test_a_stamp_is_told_and_read(browser: Browser, demo_site: Server, look: Look) -> None:
    known = sign_ins(demo_site.log.parent)
    (password, budi), (_, lurah), (_, officer) = known["budi"], known["pak.lurah"], known["petugas"]
    context = browser.new_context(locale="id", base_url=demo_site.url)
    page = context.new_page()
    stamped_once(context.request, demo_site.url, budi, lurah, officer)
    page.goto("/masuk?next=/kabar")
    page.locator("[name=name]").fill("budi")
    page.locator("[name=password]").fill(password)
    page.get_by_role("button", name="Masuk", exact=True).click()
    expect(page.locator(".told")).to_contain_text(re.compile(r"\d+ aksi Anda sudah dicap\."))
    state = context.storage_state()
    look(f"{demo_site.url}/kabar", "kabar", storage_state=state)
    look(f"{demo_site.url}/saya", "saya-kabar", storage_state=state)
    page.get_by_role("button", name="Tandai sudah dibaca").click()
    expect(page.locator("[data-new]")).to_have_count(0)
    context.close()
