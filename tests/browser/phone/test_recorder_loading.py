"""Parts of the recorder that come when they are wanted: what a person can do where one of them does not come."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.phone.conftest import MakeRecorder, Phone, recorder_of
from tests.browser.phone.house import until
from tests.browser.phone.recording import Recorder, file
from tests.media.pictures import jpeg

LATER = ("photo-box", "form-check", "draft-list", "camera-box", "shrink-apart")


def loaded(budi: Recorder) -> str:
    return " ".join(budi.page.evaluate("() => performance.getEntriesByType('resource').map((each) => each.name)"))


def test_the_first_sight_does_without_what_comes_later(recorder: MakeRecorder) -> None:
    budi = recorder()
    budi.is_at(60, 12)
    budi.opens()
    budi.page.wait_for_load_state("networkidle")
    assert [part for part in LATER if part in loaded(budi)] == []
    budi.presses("Mulai")
    budi.has_camera()
    until(budi.page, "(part) => performance.getEntriesByType('resource').some((each) => each.name.includes(part))", "form-check")
    assert [part for part in LATER if part in loaded(budi)] == ["photo-box", "form-check"]


@pytest.mark.long
def test_a_signal_lost_after_the_first_sight_leaves_the_plain_way(recorder: MakeRecorder) -> None:
    budi = recorder()
    budi.is_at(60, 12)
    budi.opens()
    budi.page.context.set_offline(True)
    budi.presses("Mulai")
    photo = jpeg(801)
    budi.page.get_by_label("Foto sebelum").set_input_files([file(photo)])
    budi.settles()
    assert [(each["role"], each["content"]) for each in budi.kept("draft_photos")] == [("before", photo)]
    budi.presses("Selesai")
    budi.page.locator("[name=kg]").fill("9999")
    budi.presses("Simpan aksi")
    budi.settles()
    assert budi.kept("entries") == [], "the browser itself says what is wrong"
    expect(budi.page.locator("[name=kg]")).to_be_focused()
    budi.page.locator("[name=kg]").fill("2.5")
    budi.presses("Simpan aksi")
    budi.is_in("kept")
    [entry], [kept] = budi.kept("entries"), budi.kept("photos")
    assert entry["body"]["measures"]["kg"] == 2.5
    assert kept["content"] == photo


def test_no_place_is_told_also_while_the_words_have_not_come(recorder: MakeRecorder) -> None:
    budi = recorder(permissions=[])
    budi.opens()
    budi.page.context.set_offline(True)
    budi.fills_by_hand()
    budi.presses("Simpan aksi")
    budi.sees("HP tidak memberi lokasi")
    expect(budi.page.locator("fix-keeper .here")).to_be_in_viewport()
    assert budi.kept("entries") == []


@pytest.mark.long
def test_what_did_not_come_comes_with_the_signal_and_takes_what_was_chosen(recorder: MakeRecorder) -> None:
    budi = recorder()
    budi.is_at(60, 12)
    budi.opens()
    budi.page.context.set_offline(True)
    budi.presses("Mulai")
    budi.page.get_by_label("Foto sebelum").set_input_files([file(jpeg(802))])
    budi.settles()
    budi.page.context.set_offline(False)
    budi.presses("Selesai")
    expect(budi.page.locator(".shots li")).to_have_count(1)
    assert budi.page.get_by_label("Foto 1 menunjukkan").input_value() == "before"
    budi.settles()
    assert [photo["role"] for photo in budi.kept("draft_photos")] == ["before"]


@pytest.mark.long
def test_a_draft_keeps_its_photographs_where_their_part_does_not_come(recorder: MakeRecorder) -> None:
    budi = recorder()
    budi.is_at(60, 12)
    budi.opens()
    budi.presses("Mulai")
    budi.chooses(file(jpeg(803)))
    budi.page.route("**/aset/photo-box*", lambda route: route.abort())
    budi.opens()
    budi.is_in("running")
    budi.page.get_by_label("Foto sesudah").set_input_files([file(jpeg(804))])
    budi.settles()
    assert [photo["role"] for photo in budi.kept("draft_photos")] == ["before", "after"]


@pytest.mark.long
def test_a_list_of_drafts_that_does_not_come_says_that_they_are_safe(recorder: MakeRecorder) -> None:
    budi = recorder()
    budi.is_at(60, 12)
    budi.opens()
    budi.fills_by_hand()
    budi.taps("Kantong kecil", 2)
    budi.settles()
    budi.opens()
    budi.page.context.set_offline(True)
    waiting = budi.page.get_by_text("Draf di HP ini: 1")
    waiting.click()
    budi.sees("Draf Anda aman, tetapi daftarnya tidak dapat dimuat.")
    budi.page.context.set_offline(False)
    waiting.click()
    waiting.click()
    expect(budi.page.locator("draft-list li")).to_contain_text("Gerakan Pungut Sampah")
    expect(budi.page.locator("[data-failed]")).to_be_hidden()


def test_on_a_first_visit_they_are_there_without_a_signal_once_the_worker_is(
    phone: type[Phone], passwords: dict[str, str]
) -> None:
    mine = phone(permissions=["geolocation"], timezone_id="Asia/Jakarta")
    mine.signs_in("budi", passwords["budi"])
    budi = recorder_of(mine)
    budi.is_at(60, 12)
    budi.opens()
    budi.page.evaluate("async () => { await navigator.serviceWorker.ready; }")
    mine.signal.is_cut = True
    budi.presses("Mulai")
    budi.chooses(file(jpeg(805)))
