"""The shell of `/catat`: what a phone keeps of it is the same for everybody."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from sqlalchemy.orm import Session

from app.people.models import Account
from app.sync.views.record import shell_state
from tests.factories.cast import Cast
from tests.page_client import PageClient

SignedIn = Callable[[Account], PageClient]
SHELL = "/catat?kerangka=1&lang=id"


def test_the_shell_knows_nobody_whoever_asks(cast: Cast, page: PageClient, signed_in: SignedIn) -> None:
    strangers = page.get(SHELL)
    own = signed_in(cast.budi).get(SHELL)
    assert own.data == strangers.data
    assert "Pak Budi" in signed_in(cast.budi).get("/catat").text
    for private in ("Budi", cast.office.name, str(cast.office.uuid), "csrf", "/keluar"):
        assert private not in own.text, private
    assert "Set-Cookie" not in own.headers
    assert "Cookie" not in own.headers.get("Vary", "")


@pytest.mark.usefixtures("cast")
def test_the_shell_holds_every_programmes_form(page: PageClient) -> None:
    shell = page.get(SHELL).text
    assert shell.count("<template data-programme=") == 2
    assert 'name="bags_large"' in shell
    assert 'name="diameter_cm"' in shell
    assert shell.count('<form class="stack" method="post"') == 2, "sent by itself, it would lose nothing in an address"
    assert "Buka halamannya dari server." in shell
    assert "Log an action" in page.get("/catat?kerangka=1&lang=en").text


@pytest.mark.usefixtures("cast")
def test_a_shell_remembers_no_language_and_no_theme(page: PageClient) -> None:
    page.get("/?lang=en&tema=gelap")
    shell = page.get(SHELL).text
    assert '<html lang="id" data-shell>' in shell


@pytest.mark.usefixtures("cast")
def test_the_state_of_the_shell_is_that_of_its_programmes(session: Session) -> None:
    assert len(shell_state(session).split()) == 2


def test_without_programmes_there_is_no_shell(page: PageClient) -> None:
    page.get(SHELL, status=404)
