"""Maps to move in: a position pointed at by tap, by drag and by keyboard; a city's areas; what happens when they do not come."""

from __future__ import annotations

import re
import shutil
import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import closing
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
import shapely
from playwright.sync_api import Browser, BrowserContext, Page, Route, expect

from app.web import sources
from tests.browser.conftest import DESK, PHONE, Look, listen
from tests.browser.visitors import Visitor, sign_ins
from tests.media.pictures import jpeg
from tests.serving import Server, demo_instance, serving

HEAVIEST_MAP = 60 * 1024
"""Bytes of gzip that a map's code and style may cost, on tap alone."""
TILE = jpeg(1)
KEPT = """async () => {
  const found = [];
  for (const name of await caches.keys()) for (const request of await (await caches.open(name)).keys()) found.push(request.url);
  return found;
}"""
PLACE = re.compile(r"(-?\d+\.\d+), ?(-?\d+\.\d+)")


@pytest.fixture(scope="session", autouse=True)
def _built() -> None:
    assert sources.manifest(), "static/dist is missing or of other sources: bin/assets (bin/test does it)"


@pytest.fixture
def enter(browser: Browser, demo_site: Server) -> Iterator[Callable[..., Visitor]]:
    """Somebody signed in, before a browser."""
    rooms: list[BrowserContext] = []

    def entered(name: str = "", size: tuple[int, int] = PHONE, **options: Any) -> Visitor:
        window: Any = {"width": size[0], "height": size[1]}
        rooms.append(browser.new_context(viewport=window, locale="id", reduced_motion="reduce", **options))
        visitor = Visitor(rooms[-1].new_page(), demo_site.url)
        if name:
            visitor.signs_in(name, sign_ins(demo_site.log.parent)[name][0])
            visitor.page.wait_for_url(f"{demo_site.url}/saya")
        return visitor

    yield entered
    for room in rooms:
        room.close()


def by_hand(page: Page) -> None:
    """Past the timer."""
    page.get_by_role("button", name="Sudah selesai? Catat tanpa pengukur waktu").click()


def places_told(page: Page) -> None:
    """The places to choose from, which stand folded until the position has been asked for."""
    folded = page.locator("details:not([open]) > summary", has_text="Pilih tempat sendiri")
    if folded.is_visible():
        folded.press("Enter")


def sites_known(page: Page) -> None:
    """A page that was kept on the phone asks the phone for its owner's places, which takes a moment."""
    expect(page.locator("map-pin")).to_have_attribute("sites", re.compile("name"))


def opened(page: Page) -> None:
    """The pin's map, open and drawn."""
    places_told(page)
    page.get_by_role("button", name="Tunjuk di peta").click()
    expect(page.locator("map-pin .area").first).to_be_visible()
    page.wait_for_load_state("networkidle")


def position(page: Page) -> tuple[float, float]:
    lon, lat = (page.locator(f"[name={name}]").input_value() for name in ("lon", "lat"))
    return float(lon), float(lat)


def told(page: Page) -> str:
    return page.locator("map-pin [data-told]").inner_text()


def stored(server: Server, action_id: str) -> tuple[str, float | None, shapely.Point]:
    """How the position of an action stands in the database."""
    with closing(sqlite3.connect(server.log.parent / "sabuk.sqlite3")) as database:
        ((source, accuracy, place),) = database.execute(
            "SELECT source, accuracy_m, position FROM action WHERE id = ?", [UUID(action_id).hex]
        )
    return source, accuracy, shapely.from_wkb(place)


def test_a_pin_set_by_tap_becomes_an_action_that_an_officer_looks_at(enter: Callable[..., Visitor], demo_site: Server) -> None:
    budi = enter("budi")
    budi.opens("/catat?program=gps")
    # Who has just signed in on a new phone is known there only once the server has answered.
    expect(budi.page.locator("map-pin")).to_have_attribute("sites", re.compile("lon"))
    opened(budi.page)
    assert re.search(r"Kelurahan Pasir Kemangi\. 0 m dari .+; batasnya \d+ m\.", told(budi.page))
    box = budi.page.locator("map-pin [data-ground]").bounding_box()
    assert box
    budi.page.mouse.click(box["x"] + box["width"] / 2 + 30, box["y"] + box["height"] / 2 + 20)
    expect(budi.page.locator("map-pin [data-told]")).not_to_contain_text(" 0 m dari")
    budi.presses("Pakai titik ini")
    assert told(budi.page).startswith("Titik di peta dipilih: Kelurahan Pasir Kemangi.")
    assert budi.page.locator("[name=where]:checked").input_value() == "typed"
    expect(budi.page.get_by_role("button", name="Tunjuk di peta")).to_be_focused()
    lon, lat = position(budi.page)
    by_hand(budi.page)
    action = budi.action(budi.saves())
    source, accuracy, place = stored(demo_site, action["id"])
    assert (source, accuracy) == ("pin", None)
    assert (place.x, place.y) == pytest.approx((lon, lat), abs=1e-9)
    assert {finding["code"]: finding["level"] for finding in action["findings"]}["position_pin"] == "look"


def test_a_pin_set_by_keyboard_alone(enter: Callable[..., Visitor]) -> None:
    budi = enter("budi", DESK)
    budi.opens("/catat?program=gps")
    places_told(budi.page)
    sites_known(budi.page)
    budi.page.get_by_role("button", name="Tunjuk di peta").focus()
    budi.page.keyboard.press("Enter")
    ground = budi.page.get_by_role("application", name="Peta dengan tanda silang di tengah")
    expect(ground).to_be_focused()
    expect(budi.page.locator("map-pin [data-told]")).to_contain_text("0 m dari")
    for key in ("ArrowRight", "ArrowRight", "ArrowUp", "+"):
        budi.page.keyboard.press(key)
    expect(budi.page.locator("map-pin [data-told]")).not_to_contain_text(" 0 m dari")
    before = told(budi.page)
    for _ in range(6):
        budi.page.keyboard.press("Tab")
        if budi.page.evaluate("document.activeElement.hasAttribute('data-use')"):
            break
    budi.page.keyboard.press("Enter")
    assert told(budi.page) == f"Titik di peta dipilih: {before}"
    assert all(position(budi.page))


def test_dragging_moves_what_the_cross_stands_on_and_closing_chooses_nothing(enter: Callable[..., Visitor]) -> None:
    budi = enter("budi")
    budi.opens("/catat?program=gps")
    opened(budi.page)
    before = told(budi.page)
    box = budi.page.locator("map-pin [data-ground]").bounding_box()
    assert box
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    budi.page.mouse.move(x, y)
    budi.page.mouse.down()
    budi.page.mouse.move(x - 60, y - 20, steps=4)
    budi.page.mouse.up()
    expect(budi.page.locator("map-pin [data-told]")).not_to_have_text(before)
    budi.presses("Tutup peta")
    assert [budi.page.locator(f"[name={name}]").input_value() for name in ("lon", "lat")] == ["", ""]
    opened(budi.page)
    assert told(budi.page) == before


def test_a_map_that_does_not_come_says_so_and_comes_later(enter: Callable[..., Visitor]) -> None:
    budi = enter("budi", service_workers="block")
    budi.opens("/catat?program=gps")
    cut: Callable[[Route], None] = lambda route: route.abort()  # noqa: E731 - a name for the type alone
    budi.page.route("**/api/v1/outlines.geojson*", cut)
    places_told(budi.page)
    budi.page.get_by_role("button", name="Tunjuk di peta").click()
    expect(budi.page.locator("map-pin [data-told]")).to_contain_text("Peta tidak terbuka")
    budi.page.unroute("**/api/v1/outlines.geojson*")
    opened(budi.page)


def test_nothing_of_a_map_is_loaded_before_the_tap_and_little_after(enter: Callable[..., Visitor], demo_site: Server) -> None:
    budi = enter("budi", service_workers="block")
    sizes: dict[str, int] = {}
    budi.page.on(
        "response",
        lambda answer: sizes.update({answer.url.removeprefix(demo_site.url): int(answer.headers.get("content-length", 0))}),
    )
    budi.opens("/catat?program=gps")
    budi.page.wait_for_load_state("networkidle")
    first = set(sizes)
    assert not any("map" in address or "outlines" in address for address in first)
    opened(budi.page)
    after = {address: size for address, size in sizes.items() if address not in first}
    assert {address.partition("?")[0].partition(".")[0] for address in after} == {
        "/aset/maps-on-tap",
        "/aset/map",
        "/api/v1/outlines",
    }
    assert sum(size for address, size in after.items() if address.startswith("/aset/")) <= HEAVIEST_MAP, after


def test_without_script_there_is_no_button_that_does_nothing(enter: Callable[..., Visitor]) -> None:
    for path in ("/catat?program=gps", "/kota", "/"):
        somebody = enter("budi", java_script_enabled=False)
        somebody.opens(path)
        expect(somebody.page.get_by_role("button", name=re.compile("peta", re.IGNORECASE))).to_have_count(0)


def test_a_city_opens_as_a_map_with_the_same_areas_and_shades(enter: Callable[..., Visitor]) -> None:
    somebody = enter(size=DESK)
    somebody.opens("/kota")
    drawn = somebody.page.locator("svg.map:not(.swatch) a > [data-step]").evaluate_all(
        "all => all.map(path => path.dataset.step).sort()"
    )
    somebody.presses("Peta interaktif")
    expect(somebody.page.locator("place-map .area").first).to_be_visible()
    shown = somebody.page.locator("place-map .area").evaluate_all("all => all.map(path => path.dataset.step).sort()")
    assert len(drawn) > 20
    assert shown == drawn
    expect(somebody.page.locator("place-map > svg.map")).to_be_hidden()
    somebody.page.locator("place-map .area[data-step='4']").first.click()
    slip = somebody.page.locator(".leaflet-popup")
    name = slip.locator("strong").inner_text()
    slip.get_by_role("link", name="Buka halaman kelurahan").click()
    assert somebody.page.get_by_role("heading", level=1).inner_text() == f"Kelurahan {name}"
    somebody.page.go_back()
    somebody.presses("Peta interaktif")
    somebody.presses("Kembali ke gambar")
    expect(somebody.page.locator("place-map > svg.map")).to_be_visible()


def test_the_slip_says_what_the_drawing_says(enter: Callable[..., Visitor]) -> None:
    somebody = enter(size=DESK)
    somebody.opens("/kota")
    link = somebody.page.locator("svg.map a:has([data-step='4'])").first
    said, href = link.get_attribute("aria-label"), link.get_attribute("href")
    somebody.presses("Peta interaktif")
    somebody.page.locator("place-map .area[data-step='4']").first.click()
    slip = somebody.page.locator(".leaflet-popup")
    assert said == f"{slip.locator('strong').inner_text()}: {slip.locator('p').first.inner_text()}"
    assert slip.get_by_role("link").first.get_attribute("href") == href


@pytest.mark.long
def test_how_an_open_city_map_looks(demo_site: Server, look: Look) -> None:
    def opens(page: Page) -> None:
        page.get_by_role("button", name="Peta interaktif").click()
        expect(page.locator("place-map .area").first).to_be_visible()
        page.locator("place-map .area[data-step='3']").first.click(force=True)

    look(f"{demo_site.url}/kota", "map-city", before=opens)
    look(f"{demo_site.url}/kota?programme=biopori&indicator=people&period=all", "map-city-people", before=opens_plainly)


def opens_plainly(page: Page) -> None:
    page.get_by_role("button", name="Peta interaktif").click()
    expect(page.locator("place-map .area").first).to_be_visible()


@pytest.mark.long
def test_how_an_open_pin_looks(demo_site: Server, enter: Callable[..., Visitor], look: Look) -> None:
    budi = enter("budi")
    look(f"{demo_site.url}/catat?program=gps", "map-pin", before=opened, storage_state=budi.page.context.storage_state())


@pytest.mark.long
def test_a_site_is_moved_by_pointing(demo_site: Server, enter: Callable[..., Visitor], look: Look) -> None:
    admin = enter("admin", DESK)
    admin.opens("/admin/lokasi")
    admin.page.locator("a[href^='/admin/lokasi/']").filter(has_text="SD").first.click()
    admin.page.wait_for_url(re.compile(r"/admin/lokasi/[0-9a-f-]{36}$"))
    admin.opens(f"{admin.path}/pindah")
    look(admin.page.url, "map-move-site", before=opened, storage_state=admin.page.context.storage_state())
    opened(admin.page)
    admin.page.locator("[name=radius_m]").fill("150")
    ring = admin.page.locator("map-pin .own-circle")
    narrow = ring.bounding_box()
    admin.page.locator("[name=radius_m]").fill("300")
    wide = ring.bounding_box()
    assert narrow
    assert wide
    assert wide["width"] == pytest.approx(2 * narrow["width"], rel=0.05)
    before = admin.page.locator("[name=point]").input_value()
    admin.page.locator("map-pin [data-ground]").focus()
    admin.page.keyboard.press("ArrowRight")
    admin.presses("Pakai titik ini")
    after = admin.page.locator("[name=point]").input_value()
    assert after != before
    assert point(after)[0] == pytest.approx(point(before)[0], abs=1e-5)


@pytest.fixture
def tile_server() -> Iterator[tuple[str, list[str]]]:
    """Somebody else's server of tiles: its address, and what it was asked for."""
    asked: list[str] = []

    class Tiles(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_response(200)
            self.send_header("Content-Type", "image/jpeg")
            self.end_headers()
            self.wfile.write(TILE)

        def log_message(self, *_: object) -> None:
            """Says nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Tiles)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}", asked
    server.shutdown()
    server.server_close()


@pytest.mark.long
def test_streets_lie_beneath_where_an_operator_says_so_and_are_kept_nowhere(
    tile_server: tuple[str, list[str]], tmp_path: Path, browser: Browser
) -> None:
    address, asked = tile_server
    tiles = {
        "SABUK_TILES": address + "/{z}/{x}/{y}.jpg",
        "SABUK_TILES_CREDIT": "Kota <Contoh>",
        "SABUK_TILES_CREDIT_HREF": f"{address}/hak",
    }
    instance = Path(shutil.copytree(demo_instance(), tmp_path / "tiled"))
    with serving(None, instance, "--host", "127.0.0.1", **tiles) as server:
        page = browser.new_page(viewport={"width": DESK[0], "height": DESK[1]}, locale="id", reduced_motion="reduce")
        heard = listen(page)
        page.goto(f"{server.url}/kota")
        assert not asked
        opens_plainly(page)
        expect(page.locator("place-map img.leaflet-tile-loaded").first).to_be_visible()
        assert re.fullmatch(r"/\d+/\d+/\d+\.jpg", asked[0])
        credit = page.locator(".leaflet-control-attribution").get_by_role("link", name="Kota <Contoh>")
        assert credit.get_attribute("href") == f"{address}/hak"
        kept = page.evaluate(KEPT)
        assert [url for url in kept if url.startswith(address)] == []
        assert heard(200) == []
        page.close()


def point(text: str) -> tuple[float, float]:
    found = PLACE.fullmatch(text)
    assert found, text
    return float(found[1]), float(found[2])
