"""What officers do at the desk, and what everybody reads afterwards."""

from __future__ import annotations

import re
from typing import Any

from playwright.sync_api import Locator, expect

from tests.browser.flows.conftest import KELURAHAN
from tests.browser.visitors import Visitor

LOOKED_AT_MS = 30_000
"""How long a photograph may wait for the job runner."""


def card_of(officer: Visitor, person: str) -> Locator:
    """The person's card on the desk, on whichever page of it."""
    officer.opens("/meja")
    while True:
        card = officer.page.locator("[data-card]").filter(has_text=person)
        if card.count():
            return card.first
        officer.page.get_by_role("link", name="Berikutnya").click()


def stamps_by_touch(officer: Visitor, person: str) -> None:
    """Only this one is ticked, and the button at the thumb pressed."""
    card_of(officer, person)
    officer.page.get_by_role("link", name="Kosongkan pilihan").click()
    card = officer.page.locator("[data-card]").filter(has_text=person).first
    expect(officer.page.locator("form[data-bulk] :checked")).to_have_count(0)
    card.get_by_role("checkbox").check()
    officer.page.get_by_role("button", name="Cap yang dipilih").click()


def stamps_by_keyboard(officer: Visitor, person: str) -> None:
    """J walks down, X unticks what is not meant, C stamps; no mouse."""
    card_of(officer, person)
    keyboard = officer.page.keyboard
    for _ in range(officer.page.locator("form [data-card]:has(input[type=checkbox])").count()):
        keyboard.press("j")
        here = officer.page.locator("[data-card]:focus")
        if here.get_by_role("checkbox").is_checked() is not (person in here.inner_text()):
            keyboard.press("x")
    for _ in range(officer.page.locator("[data-card]").count()):
        if person in officer.page.locator("[data-card]:focus").inner_text():
            break
        keyboard.press("k")
    keyboard.press("c")


def has_been_looked_at(owner: Visitor, action_id: str) -> dict[str, Any]:
    """The action, once the job runner has seen its photographs."""
    for _ in range(LOOKED_AT_MS // 250):
        told = owner.action(action_id)
        if all(finding["code"] != "photos_pending" for finding in told["findings"]):
            return told
        owner.page.wait_for_timeout(250)
    raise AssertionError(f"nobody has looked at the photographs of {action_id}")


def litter_picked(reader: Visitor) -> int:
    """The kelurahan's number, as its page has it."""
    reader.opens(f"/kelurahan/{KELURAHAN}")
    return int(reader.page.locator("#gps .now .value").inner_text().replace(".", ""))


def on_the_board(reader: Visitor, person: str) -> tuple[str, str] | None:
    """Rank and score of the person in the city this month; None where they stand nowhere.

    The board of a kelurahan names nobody as long as few were there: on the first days of a month.
    """
    rows = reader.rows("/peringkat.csv?limit=100")
    return next(((row["Peringkat"], row["Aksi yang dicap"]) for row in rows if row["Nama"] == person), None)


def takes_back(officer: Visitor, reason: str) -> None:
    """Undo what was stamped just now."""
    officer.page.get_by_role("link", name="Batalkan").click()
    officer.fills(alasan=reason)
    officer.presses("Batalkan cap")
    expect(officer.page.locator("main")).to_contain_text(re.compile("Cap dibatalkan"))
