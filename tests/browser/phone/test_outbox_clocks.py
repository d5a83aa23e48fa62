"""Phones whose clock is wrong: at the action, when sending, or all the time."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.phone.house import House, Phones, action_body, row
from tests.factories.live import past_days


def test_a_pause_reckoned_by_a_wrong_clock_is_not_kept(house: House, make_phone: Phones) -> None:
    phone = make_phone()
    phone.signs_in()
    phone.context.set_offline(True)
    kept = phone.keeps(action_body(11), account=house.budi)
    change = "{ state: 'full', problem: { status: 503 }, nextTryAt: Date.now() + 2 * 86400000 }"
    phone.page.evaluate(f"async (id) => (await import('/uji/store/entry-store.js')).changeEntry(id, {change})", kept)
    phone.context.set_offline(False)
    phone.flushes()
    phone.waits_until_empty()
    assert len(house.actions(kept)) == 1


def test_a_clock_of_1970_when_sending_is_named_and_nothing_is_to_be_put_right(house: House, make_phone: Phones) -> None:
    phone = make_phone()
    page = phone.signs_in()
    phone.context.set_offline(True)
    kept = phone.keeps(action_body(33), account=house.budi)
    page.evaluate("() => { globalThis.RealDate = Date; " + WRONG % (-50 * 365 * 86400_000, -50 * 365 * 86400_000) + "; }")
    phone.context.set_offline(False)
    phone.flushes(ask=True)
    expect(page.locator(row(kept))).to_contain_text("Jam HP ini salah")
    assert [entry["state"] for entry in phone.entries()] == ["full"]
    page.evaluate("() => { globalThis.Date = RealDate; }")
    phone.flushes()
    phone.waits_until_empty()
    assert len(house.actions(kept)) == 1


WRONG = """(() => {
  const Real = Date;
  globalThis.Date = class extends Real {
    constructor(...given) { given.length ? super(...given) : super(Real.now() + %d); }
    static now() { return Real.now() + %d; }
  };
})()"""


@pytest.mark.parametrize(
    ("hours", "finding", "level", "corrected_h"),
    [(1, "clock_corrected", "look", -1), (-48, "clock_wrong", "hold", 0)],
    ids=["an hour fast", "2 days slow"],
)
def test_a_clock_that_is_wrong_all_the_time(
    house: House, make_phone: Phones, hours: int, finding: str, level: str, corrected_h: int
) -> None:
    phone = make_phone()
    phone.context.add_init_script(WRONG % (hours * 3600_000, hours * 3600_000))
    page = phone.signs_in()
    # Noon by the phone, so that its hour too many names no other day.
    begun = page.evaluate("() => new Date(new Date(Date.now() - 26 * 3600000).setUTCHours(5)).toISOString()")
    kept = phone.keeps(action_body() | {"captured_at": begun, "note": f"{hours} h"}, account=house.budi)
    phone.waits_until_empty()
    [action] = house.actions(kept)
    assert {code: level for code, level, _ in action.findings}.get(finding) == level
    assert (action.observed_at - action.captured_at).total_seconds() == pytest.approx(corrected_h * 3600, abs=60)
    assert len(phone.receipts()) == 1, "a receipt is not too old by a wrong clock"


def test_a_clock_that_was_wrong_at_the_action_and_is_right_when_sending(house: House, make_phone: Phones) -> None:
    """Two clocks agree against the fix: they are believed, and an officer looks."""
    phone = make_phone()
    phone.signs_in()
    day = past_days(20)[-1].isoformat()
    wrong = action_body(19) | {"captured_at": f"{day}T10:05:00+07:00"}
    wrong["fix"] |= {"fixed_at": f"{day}T07:05:03+07:00"}
    kept = phone.keeps(wrong, account=house.budi)
    phone.waits_until_empty()
    [action] = house.actions(kept)
    assert {code: level for code, level, _ in action.findings}.get("fix_time_off") == "look"
    assert action.observed_at == action.captured_at
