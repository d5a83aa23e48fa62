"""A new version takes over without losing anything: the server of today, then, at the same address, that of tomorrow."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.phone.conftest import Phone
from tests.browser.phone.house import until
from tests.browser.phone.test_shell import keep

MakePhone = Callable[..., Phone]
TOMORROW = b"2x"
ENTRY = "3f0e1c52-0000-4000-8000-0000000000aa"


def edition(page: Page) -> str:
    """The version of the shell that is open; empty: today's."""
    said: str = page.evaluate("() => document.querySelector('meta[name=edition]')?.content ?? ''")
    return said


def at_tomorrow(phone: Phone) -> Page:
    """A phone with an entry that waits, on which the newer worker is ready and waits too."""
    page = phone.opens("/kotak-keluar")
    phone.is_ready()
    keep(phone, ENTRY, "somebody")
    phone.signal.edition = TOMORROW
    page.reload()
    page.evaluate("async () => { (await navigator.serviceWorker.ready).update(); }")
    expect(page.locator("new-version")).to_be_visible()
    return page


def waiting(page: Page) -> list[str]:
    found: list[str] = page.evaluate(
        """() => new Promise(done => {
             const request = indexedDB.open("sabuk");
             request.onsuccess = () => {
               const asked = request.result.transaction(["entries"]).objectStore("entries").getAllKeys();
               asked.onsuccess = () => (request.result.close(), done(asked.result));
             };
           })"""
    )
    return found


def test_a_new_version_waits_until_it_is_asked(phone: MakePhone) -> None:
    budi = phone()
    page = at_tomorrow(budi)
    budi.signal.is_cut = True
    page.reload()
    assert edition(page) == "", "today's pages, until tomorrow's are taken over"
    expect(page.locator("new-version")).to_contain_text("Versi baru siap")


def test_its_button_takes_it_over_and_everything_that_waits_stays(phone: MakePhone) -> None:
    budi = phone()
    page = at_tomorrow(budi)
    names = set(budi.caches())
    with page.expect_navigation():
        page.get_by_role("button", name="Pakai sekarang").click()
    budi.signal.is_cut = True
    page.reload()
    assert edition(page) == TOMORROW.decode()
    assert waiting(page) == [ENTRY]
    expect(page.locator("new-version")).to_be_hidden()
    kept = {name for name in budi.caches() if name.startswith("kerangka-")}
    assert len(kept) == 1
    assert not kept & {name for name in names if TOMORROW.decode() not in name}


@pytest.mark.long
def test_it_takes_over_by_itself_once_every_page_is_closed(phone: MakePhone) -> None:
    budi = phone()
    page = at_tomorrow(budi)
    page.goto("about:blank")
    page.wait_for_timeout(500)
    budi.page = budi.opens_another("/kotak-keluar")
    budi.page.wait_for_function("() => document.querySelector('meta[name=edition]')")
    assert waiting(budi.page) == [ENTRY]


@pytest.mark.long
def test_a_page_that_is_open_keeps_the_files_of_its_version_until_it_is_closed(phone: MakePhone) -> None:
    budi = phone()
    page = at_tomorrow(budi)
    recorder = budi.opens_another("/kotak-keluar")
    todays = [address for address in budi.caches()["aset"] if address.endswith(".js") and TOMORROW.decode() not in address]
    assert todays
    with page.expect_navigation():
        page.get_by_role("button", name="Pakai sekarang").click()
    budi.is_ready(page)
    load = "async (addresses) => { for (const each of addresses) await import(each); return addresses.length; }"
    assert recorder.evaluate(load, todays) == len(todays), "though the server has them no more"
    assert recorder.url.endswith("/kotak-keluar"), "the page that did not ask is not loaded again"
    recorder.close()
    budi.opens("/kota", page)
    until(page, "async ([gone]) => !(await (await caches.open('aset')).match(gone))", arg=[todays[0]])
    left = budi.caches()["aset"]
    assert [address for address in left if address in todays] == []
    budi.signal.is_cut = True
    budi.opens("/kotak-keluar", page)
    assert edition(page) == TOMORROW.decode()


def test_the_first_worker_of_a_phone_is_no_news(phone: MakePhone) -> None:
    budi = phone()
    budi.opens("/kota")
    budi.is_ready()
    expect(budi.page.locator("new-version")).to_be_hidden()


@pytest.mark.long
def test_a_version_that_cannot_be_fetched_whole_leaves_the_one_before(phone: MakePhone) -> None:
    budi = phone()
    page = budi.opens("/kotak-keluar")
    budi.is_ready()
    budi.signal.edition = TOMORROW
    budi.signal.lost = "kerangka=1"
    page.evaluate(
        """async () => {
             const registration = await navigator.serviceWorker.ready;
             await registration.update().catch(() => {});
             while (registration.installing) await new Promise(done => setTimeout(done, 20));
           }"""
    )
    expect(page.locator("new-version")).to_be_hidden()
    budi.signal.is_cut = True
    page.reload()
    expect(page.get_by_role("heading", level=1)).to_have_text("Kotak keluar")
    assert edition(page) == ""
