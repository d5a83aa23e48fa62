"""`/kotak-keluar` as the server sends it: the same for everybody, with every sentence that its script needs."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import Any

import pytest

from app.people.models import Account
from app.settings import ROOT
from tests.factories.cast import Cast
from tests.page_client import PageClient

SignedIn = Callable[[Account], PageClient]
SHELL = "/kotak-keluar?kerangka=1&lang=id"


def words(page: PageClient, language: str) -> dict[str, Any]:
    found = re.search(
        r'<script type="application/json">(.*?)</script>', page.get(f"/kotak-keluar?lang={language}").text, re.DOTALL
    )
    assert found
    told: dict[str, Any] = json.loads(found[1])
    return told


def test_the_shell_knows_nobody_whoever_asks(cast: Cast, page: PageClient, signed_in: SignedIn) -> None:
    strangers, own = page.get(SHELL), signed_in(cast.budi).get(SHELL)
    assert own.data == strangers.data
    for private in ("Budi", cast.office.name, str(cast.budi.person.uuid), "csrf"):
        assert private not in own.text, private
    assert f'account="{cast.budi.person.uuid}"' in signed_in(cast.budi).get("/kotak-keluar").text


@pytest.mark.usefixtures("cast")
@pytest.mark.parametrize("language", ["id", "en"])
def test_every_sentence_that_the_script_says_is_there(page: PageClient, language: str) -> None:
    said = words(page, language)
    source = "".join(file.read_text() for file in sorted((ROOT / "static" / "js" / "outbox").glob("*.js")))
    asked = set(re.findall(r"\bwords\.(\w+)", source))
    assert asked - {"told", "states"} <= set(said)
    offers = re.search(r"const OFFERS = \{(.*?)\n\};", source, re.DOTALL)
    assert offers
    assert set(re.findall(r"(\w+): \[", offers[1])) == set(said["states"])
    told = set(re.findall(r'\btell\("(\w+)"', source)) | set(re.findall(r'problem: "(\w+)"', source))
    assert told <= set(said["told"])


@pytest.mark.usefixtures("cast")
def test_the_two_languages_say_the_same_things(page: PageClient) -> None:
    indonesian, english = words(page, "id"), words(page, "en")
    assert indonesian.keys() == english.keys()
    assert indonesian["states"].keys() == english["states"].keys()
    assert {key for key in indonesian["states"] if indonesian["states"][key] == english["states"][key]} == set()
    assert indonesian["programmes"].keys() == {"gps", "biopori"}


def test_every_page_says_what_waits(page: PageClient) -> None:
    for path in ("/", "/masuk", "/kota"):
        assert "<outbox-state " in page.get(path).text, path
