"""The pages of the phone as pictures, and without barriers."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page

from tests import long
from tests.browser.conftest import Look
from tests.serving import Server


@pytest.mark.parametrize("locale", long.first(1, ["id", "en"]))
@pytest.mark.parametrize("address", ["/tanpa-sinyal", "/pasang"])
def test_the_pages_of_the_phone_look_right(look: Look, site: Server, address: str, locale: str) -> None:
    look(site.url + address, f"phone{address.replace('/', '-')}-{locale}", locale=locale)


@pytest.mark.long
def test_the_notice_of_a_newer_version_looks_right(look: Look, site: Server) -> None:
    def show(page: Page) -> None:
        page.evaluate("() => { document.querySelector('new-version').hidden = false; }")

    look(site.url + "/masuk", "phone-new-version", before=show)


@pytest.mark.long
def test_the_offer_to_install_looks_right(look: Look, site: Server) -> None:
    def offer(page: Page) -> None:
        page.evaluate("() => dispatchEvent(Object.assign(new Event('beforeinstallprompt'), { prompt() {} }))")

    look(site.url + "/pasang", "phone-install-offer", before=offer)
