"""`<action-recorder>`: position, timer, fields, drafts and keeping, on a phone without a worker of its own."""

from __future__ import annotations

import re
from typing import Any

from playwright.sync_api import expect

from app.actions.rules.findings import Finding, Level
from app.actions.rules.sentences import sentence
from app.core.catalogue import INDONESIAN
from tests.browser.conftest import Look
from tests.browser.phone.conftest import MakeRecorder
from tests.browser.phone.recording import SAVE, file, is_soon_after
from tests.media.pictures import jpeg


def test_a_fix_that_settles_slowly_is_kept_at_its_best(recorder: MakeRecorder) -> None:
    budi = recorder()
    budi.is_at(60, 900)
    budi.opens()
    budi.presses("Mulai")
    for north_m, accuracy_m in ((180, 150), (120, 60), (95, 14), (96, 35)):
        budi.is_at(north_m, accuracy_m)
        budi.page.wait_for_timeout(150)
    budi.sees("95\u00a0m dari")
    budi.sees("akurasi 14\u00a0m")
    draft = budi.the_draft()
    assert draft["body"]["fix"]["accuracy_m"] == 14
    assert draft["body"]["fix"]["source"] == "device"
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z", draft["body"]["fix"]["fixed_at"])
    assert [round(fix["accuracy_m"]) for fix in draft["fixes"]][-4:] == [150, 60, 14, 35]


WALK = [(60, 12, "inside", "Anda di dalam"), (205, 12, "perhaps", "Mungkin di dalam"), (231, 12, "outside", "Anda di luar")]


def test_who_walks_is_told_in_the_servers_words(recorder: MakeRecorder) -> None:
    budi = recorder()
    for metres, accuracy_m, where, title in WALK:
        budi.is_at(metres, accuracy_m)
        budi.opens()
        budi.sees(title)
        values = {"distance_m": metres, "radius_m": 200, "site": budi.site["name"], "accuracy_m": accuracy_m}
        server = sentence(Finding(f"radius_{where}", Level.OK, values)).said(INDONESIAN)
        said = budi.page.locator(".here p").inner_text().replace("\u00a0", " ")
        assert server.startswith(said.partition(". ")[0].rstrip(".")), (server, said)


ASKS = """
navigator.permissions.query = async () => ({ state: "prompt" });
window.asked = 0;
const watch = navigator.geolocation.watchPosition.bind(navigator.geolocation);
navigator.geolocation.watchPosition = (...all) => ((window.asked += 1), watch(...all));
"""


def test_the_position_is_asked_for_on_a_tap_after_it_was_said_what_for(recorder: MakeRecorder) -> None:
    budi = recorder()
    budi.page.context.add_init_script(ASKS)
    budi.is_at(40, 10)
    budi.opens()
    budi.sees("hanya selama mencatat")
    expect(budi.page.locator("[data-first]")).to_have_attribute("open", "")
    assert budi.page.evaluate("() => window.asked") == 0
    budi.presses("Pakai lokasi HP saya")
    budi.sees("Anda di dalam")
    assert budi.page.evaluate("() => window.asked") == 1
    budi.opens()
    expect(budi.page.locator("[data-first]")).not_to_have_attribute("open", "")


def test_so_short_an_action_is_kept_only_when_it_is_meant(recorder: MakeRecorder) -> None:
    budi = recorder()
    budi.is_at(40, 10)
    budi.opens()
    budi.presses("Mulai")
    budi.page.wait_for_timeout(500)
    budi.presses("Selesai")
    budi.page.wait_for_timeout(500)
    budi.page.get_by_role("button", name=SAVE, exact=True).click()
    budi.sees("Belum 10 menit")
    assert (budi.is_asked(), budi.kept("entries")) == (True, [])
    budi.page.get_by_role("button", name=SAVE, exact=True).click()
    budi.is_in("kept")


def test_a_phone_that_tells_no_position_lets_the_place_be_chosen(recorder: MakeRecorder) -> None:
    budi = recorder(permissions=[])
    budi.opens()
    budi.sees("HP tidak memberi lokasi")
    budi.fills_by_hand()
    budi.presses("Simpan aksi")
    budi.sees("Lokasinya belum ada. Tunggu lokasi HP, atau pilih tempatnya.")
    assert budi.kept("entries") == []
    budi.page.get_by_label(f"Di {budi.site['name']}").check()
    # Nobody knows where the phone is: it is not said to be inside.
    budi.sees("Tempat Anda pilih sendiri")
    expect(budi.page.locator("[data-where]")).not_to_contain_text("Anda di dalam")
    budi.presses("Simpan aksi")
    budi.is_in("kept")
    [entry] = budi.kept("entries")
    assert entry["body"]["fix"] == {"lon": budi.site["lon"], "lat": budi.site["lat"], "source": "pin"}


def test_coordinates_written_by_hand_are_a_pin(recorder: MakeRecorder) -> None:
    budi = recorder()
    budi.is_at(10, 5)
    budi.opens()
    budi.page.get_by_text("Pilih tempat sendiri").click()
    budi.page.locator("[name=where][value=typed]").check()
    budi.page.locator("[name=lon]").fill("106.99")
    budi.page.locator("[name=lat]").fill("-5.39")
    budi.settles()
    assert budi.the_draft()["body"]["fix"] == {"lon": 106.99, "lat": -5.39, "source": "pin"}


def test_the_timer_tells_the_actions_start_and_its_whole_minutes(recorder: MakeRecorder) -> None:
    budi = recorder()
    budi.is_at(10, 5)
    budi.page.clock.install(time="2026-11-23T00:05:20Z")
    budi.opens()
    budi.presses("Mulai")
    budi.page.clock.run_for("00:30")
    budi.sees("Belum 10 menit: 10 menit lagi.")
    budi.page.clock.run_for("12:00")
    expect(budi.page.locator("[data-face]")).to_have_text(re.compile(r"12\.3\d"))
    budi.sees("Sudah cukup. Boleh sampai 30 menit.")
    budi.presses("Selesai")
    budi.taps("Kantong besar", 2)
    budi.taps("Berat sampah", 3)
    budi.presses("Simpan aksi")
    budi.is_in("kept")
    [entry] = budi.kept("entries")
    body = entry["body"]
    assert is_soon_after(body["captured_at"], "2026-11-23T07:05:20+07:00")
    assert body["minutes"] == 12
    assert body["measures"] == {"bags_large": 2, "kg": 1.5, "kg_method": "estimated"}


def test_what_was_stopped_too_early_runs_on(recorder: MakeRecorder) -> None:
    budi = recorder()
    budi.is_at(10, 5)
    budi.page.clock.install(time="2026-11-23T00:05:00Z")
    budi.opens()
    budi.presses("Mulai")
    budi.page.clock.run_for("04:00")
    budi.presses("Selesai")
    assert budi.page.locator("[name=minutes]").input_value() == "4"
    budi.presses("Belum selesai: lanjutkan")
    budi.is_in("running")
    budi.page.clock.run_for("07:00")
    budi.presses("Selesai")
    assert budi.page.locator("[name=minutes]").input_value() == "11"


def test_kept_is_said_only_of_what_is_whole_on_the_phone_without_a_signal(recorder: MakeRecorder) -> None:
    budi = recorder()
    budi.is_at(60, 12)
    budi.opens()
    budi.presses("Mulai")
    budi.has_buttons()
    budi.page.context.set_offline(True)
    budi.presses("Selesai")
    budi.taps("Kantong kecil", 3)
    budi.page.locator("[name=note]").fill("Hujan deras")
    budi.presses("Simpan aksi")
    budi.is_in("kept")
    budi.sees("Tersimpan di HP ini. Dikirim begitu ada sinyal.")
    [entry] = budi.kept("entries")
    assert entry["id"][:6].upper() in budi.page.locator(".kept").inner_text()
    assert entry["programme"] == "gps"
    assert entry["state"] == "waiting"
    assert entry["body"]["note"] == "Hujan deras"
    assert "sent_at" not in entry["body"]
    assert budi.kept("drafts") == []
    assert budi.kept("draft_photos") == []


def test_fields_are_checked_on_the_phone_with_the_servers_sentences(recorder: MakeRecorder) -> None:
    budi = recorder()
    budi.is_at(60, 12)
    budi.opens("/catat?program=biopori")
    budi.page.locator("[name=holes]").fill("")
    budi.page.locator("[name=depth_cm]").fill("999")
    budi.presses("Simpan aksi")
    budi.sees("Isian ini wajib diisi.")
    budi.sees("Antara 10 dan 300.")
    expect(budi.page.locator("[name=holes]")).to_be_focused()
    assert budi.kept("entries") == []
    budi.page.locator("[name=depth_cm]").fill("80.5")
    expect(budi.page.locator(".error[data-told]")).to_have_text(["Isian ini wajib diisi."])
    expect(budi.page.locator("[aria-invalid]")).to_have_count(1)
    expect(budi.page.locator("[data-wrong]")).to_have_count(1)
    budi.page.locator("[name=holes]").fill("1.5")
    budi.presses("Simpan aksi")
    budi.sees("Isi dengan bilangan bulat.")
    expect(budi.page.locator(".error[data-told]")).to_have_count(1)
    budi.page.locator("[name=holes]").fill("2")
    budi.presses("Simpan aksi")
    budi.is_in("kept")
    assert budi.kept("entries")[0]["body"]["measures"] == {"holes": 2, "depth_cm": 80.5}


def test_a_note_that_is_too_long_is_told_and_not_cut(recorder: MakeRecorder) -> None:
    budi = recorder()
    budi.is_at(60, 12)
    budi.opens()
    budi.presses("Mulai")
    budi.presses("Selesai")
    note = budi.page.locator("[name=note]")
    note.fill("\U0001f343" * 1001)
    budi.presses("Simpan aksi")
    budi.sees("Paling panjang 1000 huruf.")
    assert budi.kept("entries") == []
    note.fill("\U0001f343" * 1000)
    budi.presses("Simpan aksi")
    budi.is_in("kept")
    assert len(budi.kept("entries")[0]["body"]["note"]) == 1000


def test_without_a_database_on_the_phone_the_form_is_sent_and_says_so(recorder: MakeRecorder) -> None:
    budi = recorder()
    budi.is_at(60, 12)
    budi.page.add_init_script("Object.defineProperty(window, 'indexedDB', { value: undefined })")
    budi.opens()
    budi.sees("Perlu sinyal")
    budi.sees("60\u00a0m dari")
    budi.presses("Mulai")
    budi.presses("Selesai")
    budi.page.locator("[name=photos_after]").set_input_files(file(jpeg(501)))
    expect(budi.page.locator("action-recorder[turning]")).to_have_count(0)
    budi.presses("Simpan aksi")
    budi.page.wait_for_url("**/aksi/*")
    budi.sees(f"60 m dari {budi.site['name']}, akurasi 12 m: di dalam batas 200 m")


def test_how_it_looks(recorder: MakeRecorder, look: Look) -> None:
    budi = recorder()
    budi.is_at(60, 12)
    state = budi.page.context.storage_state()
    site = budi.site

    def at(north_m: float) -> dict[str, Any]:
        there = {"longitude": site["lon"], "latitude": site["lat"] + north_m / 110_574, "accuracy": 12}
        return {"storage_state": state, "geolocation": there, "permissions": ["geolocation"]}

    def running(page: Any) -> None:
        page.get_by_role("button", name="Mulai", exact=True).click()

    def by_hand(page: Any) -> None:
        page.get_by_role("button", name=re.compile("Sudah selesai|Already done")).click()

    def kept(page: Any) -> None:
        by_hand(page)
        page.get_by_role("button", name="Simpan aksi").click()
        page.wait_for_selector("[state=kept], [state=sent]")

    def wrong(page: Any) -> None:
        by_hand(page)
        page.locator("[name=kg]").fill("9999")
        page.get_by_role("button", name="Save the action").click()

    look(f"{budi.url}/catat", "catat-mulai", **at(60))
    look(f"{budi.url}/catat", "catat-berjalan", before=running, **at(205))
    look(f"{budi.url}/catat", "catat-di-luar", before=by_hand, **at(260))
    look(f"{budi.url}/catat", "catat-tersimpan", before=kept, **at(60))
    look(f"{budi.url}/catat?program=biopori", "catat-biopori", **at(60))
    look(f"{budi.url}/catat?lang=en", "catat-salah-en", before=wrong, **(at(60) | {"locale": "en"}))
