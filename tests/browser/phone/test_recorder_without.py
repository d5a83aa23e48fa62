"""`/catat` on a phone that lacks what the recorder stands on: what was typed is not lost, on neither of its two pages."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests import long
from tests.browser.phone.conftest import MakeRecorder
from tests.browser.phone.recording import Recorder, file
from tests.media.pictures import jpeg

SHELL, SERVERS = "/catat?kerangka=1&lang=id", "/catat"
LACKS = {
    "no locks": "Object.defineProperty(Navigator.prototype, 'locks', { value: undefined });",
    "opening throws": "IDBFactory.prototype.open = () => { throw new DOMException('no', 'SecurityError'); };",
    "opening fails": """IDBFactory.prototype.open = () => {
        const asked = { error: new DOMException("no", "UnknownError") };
        setTimeout(() => asked.onerror());
        return asked;
    };""",
    "opening hangs": "IDBFactory.prototype.open = () => ({});",
    "reading throws": "IDBObjectStore.prototype.get = () => { throw new DOMException('no', 'UnknownError'); };",
    "reading hangs": "IDBObjectStore.prototype.get = () => ({});",
    "a script breaks": "window.BroadcastChannel = undefined;",
}
OLD = """for (const name of ["querySelector", "querySelectorAll", "closest", "matches"]) {
  const there = Element.prototype[name];
  Element.prototype[name] = function (asked) {
    if (asked.includes(":has(")) throw new DOMException("not a selector", "SyntaxError");
    return there.call(this, asked);
  };
}
CSS.supports = () => false;
Response.json = undefined;"""
PATIENCE_MS = 11_000


def lacking(recorder: MakeRecorder, script: str, path: str) -> Recorder:
    """Budi's phone without that, at the page; its clock is put on past every patience."""
    budi = recorder()
    budi.is_at(60, 12)
    budi.page.context.add_init_script(script)
    budi.page.clock.install()
    budi.opens(path, waits=False)
    budi.page.wait_for_selector("action-recorder[state]")
    budi.page.clock.run_for(PATIENCE_MS)
    budi.waits()
    return budi


def recorded(page: Page, url: str) -> dict[str, object]:
    """What the server has, asked on the page of the action to which saving has led."""
    page.wait_for_url("**/aksi/*")
    found: dict[str, object] = page.context.request.get(f"{url}/api/v1/actions/{page.url.rpartition('/')[2]}").json()
    return found


@pytest.mark.parametrize("path", long.first(1, [SHELL, SERVERS]))
@pytest.mark.parametrize("lack", ["no locks", "opening hangs"])
def test_where_nothing_can_be_kept_saving_waits_for_a_signal_and_then_sends(recorder: MakeRecorder, lack: str, path: str) -> None:
    budi = lacking(recorder, LACKS[lack], path)
    budi.sees("Perlu sinyal")
    budi.fills_by_hand()
    budi.page.locator("[name=kg]").fill("3,5")
    budi.page.locator("[name=note]").fill("jangan hilang")
    budi.page.clock.run_for(PATIENCE_MS)
    budi.page.get_by_label("Foto sesudah").set_input_files([file(jpeg(901))])
    budi.page.context.set_offline(True)
    for _ in range(2):
        budi.page.clock.run_for(1000)
        budi.presses("Simpan aksi")
        budi.sees("Tidak ada sinyal. Tekan Simpan lagi")
        expect(budi.page.locator("[name=note]")).to_have_value("jangan hilang")
    budi.page.context.set_offline(False)
    budi.presses("Simpan aksi")
    action = recorded(budi.page, budi.url)
    assert [each["role"] for each in action["photos"]] == ["after"]  # type: ignore[attr-defined]
    assert "jangan hilang" in budi.page.locator("main").inner_text()
    assert "3,5" in budi.page.locator("main").inner_text()


@pytest.mark.parametrize("lack", long.first(2, (each for each in LACKS if each not in ("no locks", "opening hangs"))))
def test_whatever_fails_the_kept_page_sends_what_was_typed(recorder: MakeRecorder, lack: str) -> None:
    budi = lacking(recorder, LACKS[lack], SHELL)
    budi.fills_by_hand()
    budi.page.locator("[name=note]").fill("jangan hilang")
    budi.page.clock.run_for(1000)
    budi.presses("Simpan aksi")
    recorded(budi.page, budi.url)
    assert "jangan hilang" in budi.page.locator("main").inner_text()


def test_without_a_position_too_the_kept_page_offers_the_sites(recorder: MakeRecorder) -> None:
    budi = lacking(recorder, LACKS["no locks"], SHELL)
    expect(budi.page.locator("[name=where][value]:not([value=device]):not([value=pin])")).not_to_have_count(0)
    assert not budi.page.locator("[name=where]").first.evaluate("(each) => !each.checked"), "the phone's position stays chosen"


def test_a_browser_without_newer_words_of_style_and_script_records_all_the_same(recorder: MakeRecorder) -> None:
    budi = recorder()
    budi.is_at(60, 12)
    budi.page.context.add_init_script(OLD)
    budi.opens(SHELL)
    budi.fills_by_hand()
    budi.presses("Simpan aksi")
    budi.is_in("kept")


def test_a_phone_that_stops_keeping_says_so_and_then_sends_under_the_same_number(recorder: MakeRecorder) -> None:
    budi = recorder()
    budi.is_at(60, 12)
    budi.opens(SHELL)
    budi.fills_by_hand()
    budi.chooses(file(jpeg(902)))
    budi.page.evaluate("() => { IDBObjectStore.prototype.add = () => { throw new DOMException('no', 'UnknownError'); }; }")
    draft = budi.the_draft()["id"]
    budi.presses("Simpan aksi")
    budi.sees("HP gagal menyimpan.")
    budi.presses("Simpan aksi")
    action = recorded(budi.page, budi.url)
    assert (action["id"], len(action["photos"])) == (draft, 1)  # type: ignore[arg-type]


def test_nobody_signed_in_loses_nothing_on_the_kept_page(recorder: MakeRecorder) -> None:
    budi = recorder(storage_state={"cookies": [], "origins": []})
    budi.page.context.clear_cookies()
    budi.is_at(60, 12)
    budi.page.context.add_init_script(LACKS["no locks"])
    budi.opens(SHELL)
    budi.fills_by_hand()
    budi.page.locator("[name=note]").fill("jangan hilang")
    budi.presses("Simpan aksi")
    budi.sees("Isian Anda masih ada")
    assert budi.page.locator("[name=note]").input_value() == "jangan hilang"


def test_the_kept_page_shows_the_way_to_the_servers_page_until_its_form_is_there(recorder: MakeRecorder) -> None:
    budi = recorder()
    budi.page.route("**/aset/*.js", lambda route: route.abort())
    budi.page.goto(budi.url + SHELL)
    budi.page.get_by_role("link", name="Buka halamannya dari server.").click()
    expect(budi.page.locator("form[data-programme] [name=csrf_token]")).to_have_count(1)
    expect(budi.page.get_by_role("button", name="Simpan aksi")).to_be_visible()


def test_signing_out_works_though_the_storage_does_not_answer(recorder: MakeRecorder) -> None:
    budi = recorder()
    budi.page.context.add_init_script(LACKS["opening hangs"])
    budi.page.clock.install()
    budi.page.goto(budi.url + "/kota")
    budi.page.locator("form[action='/keluar'] button").click()
    # However late its scripts come to ask on a busy machine, the clock goes on until they have given up.
    for _ in range(60):
        budi.page.clock.run_for(PATIENCE_MS)
        if budi.page.url == budi.url + "/":
            break
        budi.page.wait_for_timeout(250)
    budi.page.wait_for_url(budi.url + "/")


def test_an_outbox_that_cannot_be_read_says_so_instead_of_showing_nothing(recorder: MakeRecorder) -> None:
    budi = recorder()
    budi.page.context.add_init_script("if (location.pathname === '/kotak-keluar') " + LACKS["reading throws"])
    budi.opens("/kotak-keluar", waits=False)
    budi.sees("HP belum dapat membuka catatannya.")
