"""The README's tour, step by step: what it tells people to press is there, and what it promises happens."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import expect

from app.settings import ROOT
from tests.browser.flows.conftest import KELURAHAN, City
from tests.browser.flows.officers import litter_picked
from tests.browser.visitors import Visitor

README = (ROOT / "README.md").read_text()
OFFICE = "Kantor Kelurahan Pasir Kemangi"


def told(label: str) -> str:
    """The label, which the README names."""
    assert f"**{label}**" in README, label
    return label


def test_the_tour_of_the_readme_can_be_walked(visitor: Callable[..., Visitor], town: City) -> None:
    budi, officer, reader = visitor("1280"), visitor("1280"), visitor("1280")
    for each in (budi, officer):
        each.opens("/?lang=en")
    before = litter_picked(reader)

    budi.opens("/masuk")
    _signs_in(budi, "budi", town)
    budi.follows(told("Log an action"))
    budi.presses(told("Already done? Log it without the timer"))
    budi.page.get_by_label(told(f"At {OFFICE}")).check()
    budi.page.locator("[name=bags_large]").fill("1")
    budi.presses(told("Save the action"))
    budi.follows(told("See this action"))
    budi.sees("Waiting for a stamp")

    officer.opens("/masuk")
    _signs_in(officer, "petugas", town)
    officer.page.get_by_role("navigation").get_by_role("link", name=told("Desk")).click()
    officer.page.get_by_role("link", name=told("Untick all")).click()
    part = officer.page.locator("section").filter(has=officer.page.get_by_role("heading", name=told("Needs attention")))
    part.locator("[data-card]").filter(has_text="Pak Budi").last.get_by_role("checkbox").check()
    officer.page.get_by_role("button", name=told("Stamp selected")).click()
    officer.sees("1 action stamped.")

    budi.page.get_by_role("navigation").get_by_role("link", name=told("Booklet")).click()
    budi.sees(OFFICE)
    budi.page.get_by_role("navigation").get_by_role("link", name=told("Leaderboard")).click()
    assert "*You and your neighbours this month*" in README
    budi.sees("You and your neighbours this month")
    assert litter_picked(reader) == before + 1
    budi.opens(f"/kelurahan/{KELURAHAN}")
    expect(budi.page.get_by_role("link", name=told("where does this number come from?")).first).to_be_visible()

    officer.page.get_by_role("link", name=told("Undo")).click()
    officer.page.locator("[name=alasan]").fill("A tour.")
    officer.presses(told("Cancel the stamp"))
    assert litter_picked(reader) == before

    lurah, admin = visitor("1280"), visitor("1280")
    for each, name in ((lurah, "pak.lurah"), (admin, "admin")):
        each.opens("/masuk?lang=en")
        _signs_in(each, name, town)
    lurah.opens(f"/kelurahan/{KELURAHAN}/rekap")
    lurah.sees("Lurah Pasir Kemangi")
    lurah.opens("/undang")
    lurah.sees("PKK")
    admin.opens("/saya")
    admin.page.get_by_role("contentinfo").get_by_role("link", name=told("Administration")).click()
    admin.arrives("/admin")


def _signs_in(visitor: Visitor, name: str, town: City) -> None:
    visitor.fills(name=name, password=town.password(name))
    visitor.presses("Sign in")
