"""The manifest of the installed app, the page that says that there is no signal, and how to install."""

from __future__ import annotations

import io
import re

import pytest
from PIL import Image

from app.settings import ROOT
from app.web import phone
from tests.page_client import PageClient

HEAVIEST = 100 * 1024
LANGUAGES = pytest.mark.parametrize("language", ["id", "en"])


@LANGUAGES
def test_the_manifest_speaks_the_readers_language_and_stays_one_app(page: PageClient, language: str) -> None:
    answer = page.get(f"/manifest.webmanifest?lang={language}")
    assert answer.content_type == "application/manifest+json"
    told = answer.get_json(force=True)
    assert (told["id"], told["scope"], told["display"], told["lang"]) == ("/", "/", "standalone", language)
    assert told["description"] == phone.DESCRIPTION.said(language)
    assert len(told["short_name"]) <= 12
    assert [each["url"] for each in told["shortcuts"]] == ["/catat", "/kotak-keluar", "/buku"]
    assert "Set-Cookie" not in answer.headers


@LANGUAGES
def test_every_picture_of_the_manifest_is_there_as_told(page: PageClient, language: str) -> None:
    told = page.get(f"/manifest.webmanifest?lang={language}").get_json(force=True)
    for each in [*told["icons"], *told["screenshots"]]:
        answer = page.get(each["src"])
        picture = Image.open(io.BytesIO(answer.data))
        assert f"{picture.width}x{picture.height}" == each["sizes"]
        assert answer.content_type == each["type"]
        assert "Content-Encoding" not in answer.headers
    assert {(each["sizes"], each["purpose"]) for each in told["icons"]} == {
        (size, purpose) for size in ("192x192", "512x512") for purpose in ("any", "maskable")
    }
    assert {each["form_factor"] for each in told["screenshots"]} == {"narrow", "wide"}


def test_committed_pictures_are_small() -> None:
    for file in (ROOT / "static" / "pictures").iterdir():
        assert file.stat().st_size <= HEAVIEST, file


def test_a_maskable_icon_fills_its_square_and_keeps_the_mark_in_the_middle() -> None:
    icon = Image.open(ROOT / "static" / "pictures" / "icon-maskable-512.png").convert("RGB")
    cloth = icon.getpixel((0, 0))
    assert "#{:02x}{:02x}{:02x}".format(*cloth) == phone.CLOTH
    middle, reach = 256, 0.4 * 512
    for x in range(0, 512, 4):
        for y in range(0, 512, 4):
            if (x - middle) ** 2 + (y - middle) ** 2 > reach**2:
                assert icon.getpixel((x, y)) == cloth, (x, y)


@LANGUAGES
def test_every_page_names_its_manifest_and_icons(page: PageClient, language: str) -> None:
    html = page.get(f"/masuk?lang={language}").text
    assert f'<link rel="manifest" href="/manifest.webmanifest?lang={language}">' in html
    touch = re.search(r'rel="apple-touch-icon" href="([^"]+)"', html)
    assert touch
    page.get(touch[1])


@LANGUAGES
@pytest.mark.parametrize("address", ["/tanpa-sinyal", "/pasang"])
def test_the_pages_of_the_phone_stand_in_both_languages(page: PageClient, address: str, language: str) -> None:
    assert f'<html lang="{language}"' in page.get(f"{address}?lang={language}").text


def test_the_way_to_another_language_leads_out_of_the_shell(page: PageClient) -> None:
    assert 'href="/tanpa-sinyal?lang=en"' in page.get("/tanpa-sinyal?kerangka=1&lang=id").text
