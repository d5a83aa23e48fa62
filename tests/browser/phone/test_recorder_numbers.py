"""Numbers as people type them, in the fields of the recorder; tests/js/numerals.test.js holds what is read of each."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.phone.conftest import MakeRecorder


@pytest.mark.parametrize(
    ("language", "shown", "asked"), [("en", "3.5", "Thousands or a fraction?"), ("id", "3,5", "Ribuan atau pecahan?")]
)
def test_a_comma_is_kept_in_every_browser_and_what_is_unclear_is_asked(
    recorder: MakeRecorder, language: str, shown: str, asked: str
) -> None:
    budi = recorder(locale=language)
    budi.is_at(60, 12)
    budi.opens(f"/catat?lang={language}")
    budi.page.get_by_role("button", name="Sudah selesai" if language == "id" else "Already done").click()
    budi.has_buttons()
    kg = budi.page.locator("[name=kg]")
    kg.press_sequentially("1.250")
    budi.settles()
    budi.opens(budi.page.url.removeprefix(budi.url))
    expect(kg).to_have_value("1.250")  # a draft keeps what is no number yet
    save = budi.page.get_by_role("button", name="Simpan aksi" if language == "id" else "Save the action")
    save.click()
    budi.sees(asked)
    expect(kg).to_be_focused()
    more = budi.page.get_by_role("button", name="Berat sampah: tambah" if language == "id" else "Weight of litter: more")
    more.click()
    expect(kg).to_have_value("1.250")  # a tap takes nothing away
    kg.fill("3,0")
    more.click()
    expect(kg).to_have_value(shown)
    kg.fill("3,5")
    save.click()
    budi.is_in("kept")
    assert budi.kept("entries")[0]["body"]["measures"]["kg"] == 3.5
