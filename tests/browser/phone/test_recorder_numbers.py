"""Numbers as people type them: the phone reads them by the server's rule, one table for both (tests/core/test_numerals.py)."""

from __future__ import annotations

import json

import pytest
from playwright.sync_api import Browser, expect

from app.settings import ROOT
from tests.browser.phone.conftest import MakeRecorder
from tests.serving import Server

CASES = json.loads((ROOT / "tests" / "numerals.json").read_text())
READS = """async ([address, { read, written }]) => {
  const { readNumber, writeNumber } = await import(address);
  const kinds = ["amount", "whole", "degrees"];
  return {
    read: read.map(({ text }) => ({ text, ...Object.fromEntries(kinds.map((kind) => [kind, readNumber(text, kind)])) })),
    written: written.map(({ number }) => ({ number, id: writeNumber(number, "id"), en: writeNumber(number, "en") })),
    many: ["9".repeat(400), `0,${"1".repeat(400)}`, `1${".000".repeat(200)}`].map((text) => readNumber(text, "amount")),
  };
}"""


def test_the_phone_agrees_with_the_table(browser: Browser, site: Server) -> None:
    page = browser.new_page()
    page.goto(site.url + "/catat")
    source = (ROOT / "static" / "js" / "numerals.js").read_text()
    page.route("**/aset/numerals.js", lambda route: route.fulfill(content_type="text/javascript", body=source))
    found = page.evaluate(READS, ["/aset/numerals.js", CASES])
    page.close()
    assert found == {**CASES, "many": ["number"] * 3}


@pytest.mark.parametrize(
    ("language", "shown", "asked"), [("en", "3.5", "Thousands or a fraction?"), ("id", "3,5", "Ribuan atau pecahan?")]
)
def test_a_comma_is_kept_in_every_browser_and_what_is_unclear_is_asked(
    recorder: MakeRecorder, language: str, shown: str, asked: str
) -> None:
    budi = recorder(locale=language)
    budi.is_at(60, 12)
    budi.opens(f"/catat?lang={language}")
    budi.page.get_by_role("button", name="Sudah selesai" if language == "id" else "Done already").click()
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
