"""A stamp is told on the volunteer's page."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from playwright.sync_api import APIRequestContext, Browser, expect

from tests.browser.conftest import OTHER_VIEWS, VIEWS, Look, View
from tests.browser.visitors import sign_ins
from tests.serving import Server


@pytest.fixture
def views() -> tuple[View, ...]:
    """All in one: what is told here happens once."""
    return VIEWS + OTHER_VIEWS


def test_a_stamp_is_told_and_read(browser: Browser, demo_site: Server, look: Look) -> None:
    known = sign_ins(demo_site.log.parent)
    (password, budi), (_, lurah) = known["budi"], known["pak.lurah"]
    context = browser.new_context(locale="id", base_url=demo_site.url)
    page = context.new_page()
    _stamped_once(context.request, budi, lurah)
    page.goto("/masuk?next=/kabar")
    page.locator("[name=name]").fill("budi")
    page.locator("[name=password]").fill(password)
    page.get_by_role("button", name="Masuk", exact=True).click()
    expect(page.locator(".told")).to_contain_text("1 aksi Anda sudah dicap.")
    state = context.storage_state()
    look(f"{demo_site.url}/kabar", "kabar", storage_state=state)
    look(f"{demo_site.url}/saya", "saya-kabar", storage_state=state)
    page.get_by_role("button", name="Tandai sudah dibaca").click()
    expect(page.locator("[data-new]")).to_have_count(0)
    context.close()


def _stamped_once(request: APIRequestContext, volunteer: str, officer: str) -> None:
    """The volunteer logs fifteen minutes of this morning at their site, and the officer stamps it."""
    site = request.get("/api/v1/me", headers=_as(volunteer)).json()["sites"][0]
    now = datetime.now(UTC)
    action = {
        "programme": "gps",
        "captured_at": (now - timedelta(minutes=20)).isoformat(),
        "sent_at": now.isoformat(),
        "minutes": 15,
        "fix": {"lon": site["lon"], "lat": site["lat"], "accuracy_m": 9.0, "source": "device"},
        "measures": {"bags_small": 1},
    }
    name = uuid4()
    assert request.put(f"/api/v1/actions/{name}", data=action, headers=_as(volunteer)).status == 201
    stamped = request.post("/api/v1/stamps", data={"actions": [str(name)], "note": "dilihat di tempat"}, headers=_as(officer))
    assert stamped.json()["results"][0]["problem"] is None, stamped.text()


def _as(token: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {token}"}
