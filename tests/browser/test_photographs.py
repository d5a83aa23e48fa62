"""Photographs as people see them: on the desk, with the action, before and after."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser.conftest import DESK, OTHER_VIEWS, VIEWS, Look, View
from tests.media.pictures import jpeg
from tests.serving import Server

KELURAHAN = "{}/kelurahan/99.01.01.1001"
"""Where the main cast of the demo acts."""
FILES = {name: [{"name": f"{name}.jpg", "mimeType": "image/jpeg", "buffer": jpeg(seed)}] for seed, name in enumerate("ab", 71)}


@pytest.fixture
def views() -> tuple[View, ...]:
    """All in one: what is told here happens once."""
    return VIEWS + OTHER_VIEWS


@pytest.fixture(scope="session")
def sign_ins(demo_site: Server) -> dict[str, str]:
    """Sign-in name of each of the demo's people -> password."""
    lines = (demo_site.log.parent / "demo-sign-ins.txt").read_text().splitlines()
    return {name: password for name, _, password, _ in (line.split() for line in lines if line.count("-") >= 3)}


@pytest.fixture
def enter(browser: Browser, demo_site: Server, sign_ins: dict[str, str]) -> Iterator[Callable[[str], Page]]:
    """A page of somebody who has signed in."""
    yield from _entering(browser, demo_site, sign_ins)


@pytest.fixture
def enter_with_keyboard(whole_browser: Browser, demo_site: Server, sign_ins: dict[str, str]) -> Iterator[Callable[[str], Page]]:
    """The same in a window that has the keyboard: what a dialog gives back is the window's focus."""
    yield from _entering(whole_browser, demo_site, sign_ins)


def _entering(browser: Browser, demo_site: Server, sign_ins: dict[str, str]) -> Iterator[Callable[[str], Page]]:
    rooms: list[BrowserContext] = []

    def entered(name: str, **options: Any) -> Page:
        size: Any = {"width": DESK[0], "height": DESK[1]}
        rooms.append(browser.new_context(viewport=size, locale="id", reduced_motion="reduce", **options))
        page = rooms[-1].new_page()
        page.goto(f"{demo_site.url}/masuk")
        page.locator("[name=name]").fill(name)
        page.locator("[name=password]").fill(sign_ins[name])
        page.get_by_role("button", name="Masuk", exact=True).click()
        page.wait_for_url(f"{demo_site.url}/saya")
        return page

    yield entered
    for room in rooms:
        room.close()


def test_before_and_after_from_the_form_to_the_desk(demo_site: Server, enter: Callable[[str], Page], look: Look) -> None:
    budi = enter("budi", java_script_enabled=False)
    budi.goto(f"{demo_site.url}/catat?program=gps")
    budi.locator("[name=where]").nth(1).check()
    budi.locator("[name=photos_before]").set_input_files(FILES["a"])
    budi.locator("[name=photos_after]").set_input_files(FILES["b"])
    look(budi.url, "catat", storage_state=budi.context.storage_state())
    budi.get_by_role("button", name="Simpan aksi").click()
    action = budi.url
    for _ in range(40):
        if budi.locator("img[loading=lazy]").count() == 2:
            break
        budi.wait_for_timeout(500)
        budi.reload()
    expect(budi.locator("figcaption")).to_have_text(["Sebelum", "Sesudah"])
    look(action, "aksi", storage_state=budi.context.storage_state())
    lurah = enter("pak.lurah")
    look(f"{demo_site.url}/meja", "meja", storage_state=lurah.context.storage_state())
    lurah.goto(action)
    expect(lurah.locator("figcaption")).to_have_text(["Sebelum", "Sesudah"])


@pytest.fixture
def with_pictures(demo_site: Server, browser: Browser) -> None:
    """The job runner has looked at what the demo shows."""
    page = browser.new_page(locale="id")
    for _ in range(60):
        page.goto(KELURAHAN.format(demo_site.url))
        if page.locator(".pairs li").count() >= 2:
            break
        page.wait_for_timeout(500)
    assert page.locator(".pairs li").count() >= 2
    page.close()


@pytest.mark.long
@pytest.mark.usefixtures("with_pictures")
def test_released_pairs_are_for_all_to_see(demo_site: Server, browser: Browser, look: Look) -> None:
    page = browser.new_page(locale="id", viewport={"width": DESK[0], "height": DESK[1]})
    for address in (
        KELURAHAN.format(demo_site.url),
        demo_site.url,
        f"{demo_site.url}/program/gps",
        f"{demo_site.url}/program/biopori",
    ):
        page.goto(address)
        pictures = page.locator(".pairs img")
        for number in range(pictures.count()):
            pictures.nth(number).scroll_into_view_if_needed()
            page.wait_for_function("img => img.complete && img.naturalWidth > 0", arg=pictures.nth(number).element_handle())
        assert pictures.count() == 2 or address == KELURAHAN.format(demo_site.url)
    page.close()
    look(KELURAHAN.format(demo_site.url), "kelurahan-foto", before=see_all)
    look(demo_site.url, "landing-foto", before=see_all)
    look(f"{demo_site.url}/program/biopori?lang=en", "program-foto-en", locale="en", before=see_all)


@pytest.mark.usefixtures("with_pictures")
def test_consent_a_look_and_a_change_of_mind(demo_site: Server, enter: Callable[[str], Page], look: Look) -> None:
    budi, lurah = enter("budi", java_script_enabled=False), enter("pak.lurah", java_script_enabled=False)
    lurah.goto(f"{demo_site.url}/meja")
    lurah.get_by_role("link", name="pasang foto menunggu Anda periksa").click()
    look(lurah.url, "meja-foto", storage_state=lurah.context.storage_state(), before=see_all)
    first = lurah.locator("li.card").first
    action = first.locator("p a").get_attribute("href")
    first.locator("summary").click()
    first.get_by_label("Apa alasannya?").fill("   ")
    first.get_by_role("button", name="Jangan tampilkan").click()
    expect(lurah.locator("main")).to_contain_text("Tulis alasannya.")
    first = lurah.locator("li.card").first
    first.locator("summary").click()
    first.get_by_label("Apa alasannya?").fill("Nomor rumahnya terbaca.")
    first.get_by_role("button", name="Jangan tampilkan").click()
    budi.goto(f"{demo_site.url}{action}")
    expect(budi.locator("main")).to_contain_text("Nomor rumahnya terbaca.")
    look(budi.url, "aksi-ditolak", storage_state=budi.context.storage_state(), before=see_all)
    lurah.get_by_role("button", name="Tampilkan saja").first.click()
    budi.reload()
    expect(budi.locator("main")).to_contain_text("Boleh dilihat umum")
    budi.get_by_role("button", name="Cabut izin").click()
    budi.get_by_role("button", name="Izinkan dilihat umum").click()
    expect(budi.locator("main")).to_contain_text("Petugas memeriksa fotonya dulu")
    look(budi.url, "aksi-izin", storage_state=budi.context.storage_state(), before=see_all)


def see_all(page: Page) -> None:
    """Scroll past every picture, so that the lazy ones are there."""
    for picture in page.locator("img[loading=lazy]").all():
        picture.scroll_into_view_if_needed()
    page.evaluate("scrollTo(0, 0)")


def test_the_desk_opens_a_photograph_by_key_and_closes_it_again(
    demo_site: Server, enter_with_keyboard: Callable[[str], Page]
) -> None:
    lurah = enter_with_keyboard("pak.lurah")
    lurah.goto(f"{demo_site.url}/meja")
    for _ in range(60):
        lurah.keyboard.press("j")
        if lurah.locator("[data-card]:focus photo-viewer a").count():
            break
    lurah.keyboard.press("f")
    viewer = lurah.get_by_role("dialog")
    expect(viewer).to_be_visible()
    assert viewer.locator("img").get_attribute("src", timeout=1000).endswith("?ukuran=1600")  # type: ignore[union-attr]
    lurah.keyboard.press("ArrowRight")
    lurah.keyboard.press("Escape")
    expect(viewer).to_be_hidden()
    assert lurah.url == f"{demo_site.url}/meja"
    expect(lurah.locator("[data-card]:focus photo-viewer")).to_have_count(1)
    lurah.keyboard.press("j")
    expect(lurah.locator("[data-card]:focus")).to_have_count(1)
