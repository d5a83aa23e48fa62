"""A new version is taken over while the one before is in the middle of sending."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.phone import house as houses
from tests.browser.phone.house import House, Phone, action_body, is_served
from tests.browser.phone.proxy import Proxy, proxied
from tests.browser.phone.test_shell_wire import phone_is_done, wake
from tests.media.pictures import jpeg

TOMORROW = b"3x"


@pytest.fixture
def signal(house: House) -> Iterator[Proxy]:
    with proxied(house.url) as proxy:
        yield proxy


@pytest.fixture
def phone(browser: Browser, signal: Proxy) -> Iterator[Phone]:
    made = houses.phone(browser, signal.url, service_workers="allow")
    yield made
    made.context.close()


def finds_the_next_version(page: Page, signal: Proxy) -> None:
    signal.edition = TOMORROW
    page.evaluate("async () => { (await navigator.serviceWorker.ready).update(); }")
    expect(page.locator("new-version")).to_be_visible()


def takes_it_over(page: Page) -> None:
    with page.expect_navigation():
        page.get_by_role("button", name="Pakai sekarang").click()


@pytest.mark.long
@pytest.mark.parametrize("held", ["/api/v1/photos/", "/api/v1/actions/"])
def test_while_the_page_sends(house: House, phone: Phone, signal: Proxy, held: str) -> None:
    page = phone.signs_in()
    is_served(page)
    finds_the_next_version(page, signal)
    signal.held = held
    kept = phone.keeps(action_body(33), jpeg(733), account=house.budi)
    phone.waits_until(lambda: signal.has_heard("PUT", held))
    takes_it_over(page)
    signal.held = ""
    phone.waits_until_empty()
    assert [receipt["id"] for receipt in phone.receipts()] == [kept]
    assert len(house.actions(kept)) == 1


@pytest.mark.parametrize("held", ["/api/v1/photos/", "/api/v1/actions/"])
def test_while_the_worker_sends_which_is_finished_first(house: House, phone: Phone, signal: Proxy, held: str) -> None:
    page = phone.signs_in()
    kept = phone.keeps_and_leaves(34, house.budi)
    signal.held = held
    wake(page, signal.url)
    phone_is_done(page, lambda: signal.has_heard("PUT", held))
    phone.opens()
    finds_the_next_version(page, signal)
    with page.expect_navigation():
        page.get_by_role("button", name="Pakai sekarang").click()
        expect(page.locator("new-version")).to_contain_text("yang sedang dikirim diselesaikan dulu")
        signal.held = ""
    phone.waits_until_empty()
    assert [receipt["id"] for receipt in phone.receipts()] == [kept]
    assert len(house.actions(kept)) == 1
