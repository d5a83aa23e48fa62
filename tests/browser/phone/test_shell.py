"""The service worker: what a phone opens without a signal, what it says there, and what it never keeps."""

from __future__ import annotations

import json
import re
from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.browser.phone.conftest import Phone
from tests.browser.phone.house import until

MakePhone = Callable[..., Phone]


def test_without_a_signal_a_page_that_needs_one_says_so_honestly(phone: MakePhone) -> None:
    budi = phone()
    budi.opens("/kota")
    budi.is_ready()
    budi.signal.is_cut = True
    answer = budi.page.goto(f"{budi.url}/peringkat")
    assert answer is not None
    assert answer.status == 503
    expect(budi.page.get_by_role("heading", level=1)).to_have_text("Tidak ada sinyal")
    expect(budi.page.get_by_role("status").filter(has_text="menunggu")).to_have_text("Tidak ada catatan yang menunggu di HP ini.")
    assert budi.page.url.endswith("/peringkat"), "the address stays, so that trying again asks for the same page"


def test_it_counts_ones_own_entries_that_wait(phone: MakePhone) -> None:
    budi = phone()
    budi.opens("/kota")
    budi.is_ready()
    budi.signal.is_cut = True
    budi.opens("/peringkat")
    keep(budi, "3f0e1c52-0000-4000-8000-000000000001", None)
    keep(budi, "3f0e1c52-0000-4000-8000-000000000002", "somebody else")
    budi.opens("/peringkat")
    expect(budi.page.locator("offline-page")).to_have_text("Catatan Anda aman di HP ini: 1 menunggu sinyal.")


def test_the_page_comes_by_itself_once_there_is_a_signal(phone: MakePhone) -> None:
    budi = phone()
    budi.opens("/kota")
    budi.is_ready()
    budi.signal.is_cut = True
    budi.opens("/peringkat")
    budi.signal.is_cut = False
    budi.page.evaluate("() => dispatchEvent(new Event('online'))")
    expect(budi.page.get_by_role("heading", level=1)).to_have_text("Papan peringkat")


def test_trying_again_asks_for_the_same_page_without_script_of_ours(phone: MakePhone) -> None:
    budi = phone()
    budi.opens("/kota")
    budi.is_ready()
    budi.signal.is_cut = True
    budi.opens("/peringkat?lingkup=kota")
    budi.signal.is_cut = False
    budi.page.get_by_role("link", name="Coba lagi").click()
    expect(budi.page.get_by_role("heading", level=1)).to_have_text("Papan peringkat")
    assert budi.page.url.endswith("/peringkat?lingkup=kota")


@pytest.mark.parametrize("is_cut", [True, False])
def test_a_programme_that_is_not_there_is_told(phone: MakePhone, is_cut: bool) -> None:
    budi = phone()
    budi.opens("/kota")
    budi.is_ready()
    budi.signal.is_cut = is_cut
    budi.opens("/catat?program=lomba-2019")
    expect(budi.page.locator("action-recorder[ready]")).to_be_attached()
    expect(budi.page.get_by_text("Program itu tidak ada")).to_be_visible()
    budi.opens("/catat?program=biopori")
    expect(budi.page.locator("action-recorder[ready] form")).to_have_attribute("data-programme", "biopori")
    expect(budi.page.get_by_text("Program itu tidak ada")).to_be_hidden()


def test_a_programme_that_began_after_the_phone_kept_the_page_comes_from_the_server(phone: MakePhone) -> None:
    budi = phone()
    budi.opens("/kota")
    budi.is_ready()
    forget = """async () => {
      for (const name of await caches.keys()) for (const request of await (await caches.open(name)).keys()) {
        if (!new URL(request.url).pathname.startsWith("/catat")) continue;
        const kept = await caches.match(request);
        const text = (await kept.text()).replaceAll('data-programme="biopori"', 'data-programme="older"');
        await (await caches.open(name)).put(request, new Response(text, { headers: { "Content-Type": "text/html" } }));
      }
    }"""
    budi.page.evaluate(forget)
    budi.opens("/catat?program=biopori")
    expect(budi.page.get_by_role("main").get_by_role("group")).to_have_text(re.compile("Gerakan Sejuta Biopori"))
    expect(budi.page.locator("[data-elsewhere]")).to_have_count(0)


def test_language_and_theme_that_the_reader_chose_hold_without_a_signal(phone: MakePhone) -> None:
    citra = phone(locale="en")
    citra.opens("/kota?tema=gelap")
    citra.is_ready()
    until(citra.page, "async () => !!(await caches.match('/tanpa-sinyal?kerangka=1&lang=en'))")
    citra.signal.is_cut = True
    citra.opens("/peringkat")
    expect(citra.page.get_by_role("heading", level=1)).to_have_text("No signal")
    assert citra.page.evaluate("() => document.documentElement.dataset.theme") == "dark"


def test_another_language_is_kept_once_it_is_chosen(phone: MakePhone) -> None:
    citra = phone()
    citra.opens("/kota")
    citra.is_ready()
    citra.opens("/kota?lang=en")
    until(citra.page, "async () => !!(await caches.match('/tanpa-sinyal?kerangka=1&lang=en'))")
    citra.signal.is_cut = True
    citra.opens("/peringkat")
    expect(citra.page.get_by_role("heading", level=1)).to_have_text("No signal")


def test_the_outlines_of_a_map_that_was_opened_are_there_without_a_signal(phone: MakePhone) -> None:
    budi = phone()
    budi.opens("/kota")
    budi.is_ready()
    ask = "async () => { const answer = await fetch('/api/v1/outlines.geojson'); return (await answer.json()).features.length; }"
    known = budi.page.evaluate(ask)
    assert known > 20
    until(budi.page, "async () => !!(await caches.match('/api/v1/outlines.geojson'))")
    budi.signal.is_cut = True
    assert budi.page.evaluate(ask) == known


def test_shells_are_fetched_without_cookies(phone: MakePhone, passwords: dict[str, str]) -> None:
    budi = phone()
    budi.signs_in("budi", passwords["budi"])
    budi.is_ready()
    shells = [(path, headers) for _, path, headers in budi.signal.asked if "kerangka=1" in path]
    assert shells
    assert [path for path, headers in shells if "Cookie" in headers] == []


@pytest.mark.long
def test_no_cache_holds_anything_of_a_person_after_everything_was_used(phone: MakePhone, passwords: dict[str, str]) -> None:
    budi = phone()
    budi.signs_in("budi", passwords["budi"])
    budi.is_ready()
    me = budi.page.evaluate("async () => (await fetch('/api/v1/me')).json()")
    for path in ("/saya", "/buku", "/catat", "/catat?program=biopori", "/saya/akun", "/peringkat", "/kota", "/kotak-keluar"):
        budi.opens(path)
    budi.opens("/buku")
    for link in {each.get_attribute("href") for each in budi.page.locator('a[href^="/aksi/"]').all()[:3]}:
        budi.opens(str(link))
    kept = budi.caches()
    everything = json.dumps(kept)
    addresses = {address for cache in kept.values() for address in cache}
    assert addresses <= {address for address in addresses if address.startswith("/aset/") or "kerangka=1" in address} | {
        "/pilihan",
        "/terbuka",
        "/api/v1/outlines.geojson",
    }
    private = ["Budi", "set-cookie", str(me["id"]), *site_words(me)]
    assert [word for word in private if word in everything] == []
    # Scripts may name what a page of the server tells of its reader; kept pages tell nothing.
    pages = json.dumps([text for name, cache in kept.items() if name.startswith("kerangka-") for text in cache.values()])
    assert "Catat aksi" in pages
    assert [word for word in ("csrf_token", "/keluar", 'name=\\"sabuk-account') if word in pages] == []
    assert not any("/foto" in address or "tile" in address or "/aksi/" in address for address in addresses)


def site_words(me: dict) -> list[str]:
    return [str(word) for site in me["sites"] for word in (site["id"], site["name"])]


def test_after_signing_out_the_way_back_shows_nobody(phone: MakePhone, passwords: dict[str, str]) -> None:
    budi = phone()
    budi.signs_in("budi", passwords["budi"])
    budi.is_ready()
    budi.opens("/saya/akun")
    with budi.page.expect_navigation():
        budi.page.locator("footer").get_by_role("button", name="Keluar").click()
    budi.page.go_back()
    expect(budi.page.locator("body")).not_to_contain_text("Pak Budi")
    budi.signal.is_cut = True
    budi.opens("/saya")
    expect(budi.page.get_by_role("heading", level=1)).to_have_text("Tidak ada sinyal")
    expect(budi.page.locator("body")).not_to_contain_text("Budi")


def keep(phone: Phone, entry: str, account: str | None) -> None:
    """Write an entry as the store does (static/js/store/store.js)."""
    phone.page.evaluate(
        """([id, account]) => new Promise((done, failed) => {
             const request = indexedDB.open("sabuk");
             request.onerror = () => failed(request.error);
             request.onsuccess = () => {
               const work = request.result.transaction(["entries"], "readwrite", { durability: "strict" });
               work.objectStore("entries").put({
                 id, account, version: 1, programme: "gps", body: { programme: "gps" }, keptAt: new Date().toISOString(),
                 state: "waiting", problem: null, tries: 0, nextTryAt: Date.now() + 3600e3, declined: [],
               });
               work.oncomplete = () => (request.result.close(), done());
             };
           })""",
        [entry, account],
    )
