"""The recorder in clumsy hands and by the keyboard alone, and how many taps it asks for."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.phone.conftest import MakeRecorder
from tests.browser.phone.recording import Recorder
from tests.browser.phone.test_recorder_photos import with_camera

__all__ = ["with_camera"]


def middle(budi: Recorder, name: str) -> tuple[float, float]:
    box = budi.page.get_by_role("button", name=name).bounding_box()
    assert box
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


@pytest.mark.parametrize(("pressed", "state"), [("Mulai", "running"), ("Sudah selesai?", "filling"), ("Selesai", "filling")])
def test_a_second_tap_does_not_press_what_comes_beneath_the_finger(recorder: MakeRecorder, pressed: str, state: str) -> None:
    budi = recorder()
    budi.is_at(10, 5)
    budi.opens()
    if pressed == "Selesai":
        budi.presses("Mulai")
        budi.page.wait_for_selector("action-recorder:not([turning])")
    budi.page.mouse.dblclick(*middle(budi, pressed))
    budi.settles()
    budi.is_in(state)
    assert budi.kept("entries") == []


def test_a_second_tap_on_saving_leads_nowhere(recorder: MakeRecorder) -> None:
    budi = recorder()
    budi.is_at(10, 5)
    budi.opens()
    budi.fills_by_hand()
    budi.page.wait_for_selector("action-recorder:not([turning])")
    budi.page.context.set_offline(True)
    budi.page.mouse.dblclick(*middle(budi, "Simpan aksi"))
    budi.is_in("kept")
    budi.settles()
    budi.is_in("kept")
    assert len(budi.kept("entries")) == 1


def test_an_action_is_logged_by_the_keyboard_alone(recorder: MakeRecorder) -> None:
    budi = recorder()
    budi.is_at(10, 5)
    budi.opens()
    budi.page.context.set_offline(True)
    keyboard = budi.page.keyboard
    for _ in range(40):
        keyboard.press("Tab")
        if budi.page.evaluate("() => document.activeElement.dataset.do") == "start":
            break
    keyboard.press("Enter")
    keyboard.press("Enter")
    budi.is_in("running")
    expect(budi.page.get_by_role("button", name="Selesai")).to_be_focused()
    budi.page.wait_for_selector("action-recorder:not([turning])")
    keyboard.press("Enter")
    keyboard.press("Enter")
    budi.is_in("filling")
    expect(budi.page.locator("details[data-in]")).to_be_focused()
    budi.page.wait_for_selector("action-recorder:not([turning])")
    passed = []
    while not passed or passed[-1] != "Simpan aksi":
        keyboard.press("Tab")
        passed.append(budi.page.evaluate("() => document.activeElement.name || document.activeElement.textContent.trim()"))
        assert len(passed) < 40, passed
    assert {"kg", "note"} <= set(passed), "the fields are on the way"
    keyboard.press("Enter")
    budi.is_in("kept")
    expect(budi.page.locator(".kept")).to_be_focused()


def test_three_taps_log_an_action_and_two_more_a_photograph(with_camera: Recorder) -> None:
    budi = with_camera
    budi.is_at(10, 5)
    budi.opens()
    budi.sees("Anda di dalam")
    taps = ["Mulai", "Ambil foto", "Ambil fotonya", "Selesai", "Simpan aksi"]
    for name in taps:
        budi.presses(name)
    budi.page.wait_for_selector("[state=kept], [state=sent]")
    assert len(taps) == 5
