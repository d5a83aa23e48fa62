"""The phone reckons metres and circles as the server does: one table of cases for both (tests/actions/test_assess.py)."""

from __future__ import annotations

import json

import pytest
from playwright.sync_api import Browser

from app.settings import ROOT
from tests.serving import Server

CASES = json.loads((ROOT / "tests" / "distances.json").read_text())
RECKONS = """async ([address, cases]) => {
  const { circle, distanceM } = await import(address);
  return cases.map((each) => {
    const metres = distanceM(each.site, each.point);
    return [metres, circle(metres, each.radius_m, each.accuracy_m, each.perhaps_m)];
  });
}"""


def test_the_phone_agrees_with_the_table(browser: Browser, site: Server) -> None:
    page = browser.new_page()
    page.goto(site.url + "/catat")
    source = (ROOT / "static" / "js" / "geo.js").read_text()
    page.route("**/aset/geo.js", lambda route: route.fulfill(content_type="text/javascript", body=source))
    reckoned = page.evaluate(RECKONS, ["/aset/geo.js", CASES])
    page.close()
    for case, (metres, where) in zip(CASES, reckoned, strict=True):
        assert metres == pytest.approx(case["distance_m"], rel=1e-4, abs=0.001), case["what"]
        assert where == case["where"], case["what"]
