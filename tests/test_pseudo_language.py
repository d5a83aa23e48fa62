"""Every page in a language that puts brackets around each sentence: what is glued from pieces, or in no catalogue, stands out."""

from __future__ import annotations

import html
import re
import shutil
from collections.abc import Iterator
from html.parser import HTMLParser

import pytest
from babel.dates import get_day_names, get_month_names
from babel.messages.catalog import Catalog
from babel.messages.pofile import write_po
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import text

from app.application import create_app
from app.core import catalogue
from app.database import db
from app.settings import Settings
from tests.browser.visitors import sign_ins
from tests.serving import demo_instance
from translations import catalogues

pytestmark = pytest.mark.long

PSEUDO = "su"
OPEN, CLOSE, MARK = "⟦", "⟧", "\ue000"
ROLES = (None, "budi", "bu.kader", "bu.guru", "kepala.sekolah", "ketua.pkk", "petugas", "pak.lurah", "admin")
STARTS = (
    "/",
    "/saya",
    "/meja",
    "/admin",
    "/buku",
    "/kota",
    "/metode",
    "/daftar",
    "/cek/1",
    "/nothing",
    "/undang/x",
    "/catat",
    "/kotak-keluar",
)
OF_A_BLOCK = {
    "article", "aside", "body", "button", "caption", "dd", "details", "div", "dl", "dt", "fieldset", "figcaption", "figure",
    "footer", "form", "h1", "h2", "h3", "h4", "head", "header", "html", "label", "legend", "li", "main", "nav", "ol", "option",
    "p",
    "section", "select", "summary", "svg", "table", "tbody", "td", "text", "th", "thead", "title", "tr", "ul",
    "br", "code", "small", "span",
}  # fmt: skip
SAID = {"alt", "aria-label", "placeholder", "title"}
"""Attributes that people read or hear."""
NOT_SAID = ("script", "style", "code")
"""What stands in code is typed as it is, in every language."""
KEYS = "/admin/program/kunci"
"""The page that lists the keys of a programme's file, which are English in every language."""
SAME_EVERYWHERE = {
    *"Sabuk Hijau WIB GPS CSV GeoJSON YAML NPSN NIK KiB Bahasa Indonesia English Python SQLite PostgreSQL".split(),  # noqa: SIM905
}
"""Names, among them those of languages and programs, and forms of files."""


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """The demo city in a house that also speaks the pseudo-language."""
    pseudo = Catalog(locale=PSEUDO, charset="utf-8")
    for message in catalogues.sentences():
        if message.id:
            words = message.id if isinstance(message.id, str) else message.id[0]
            # What holds no letter but in its values, an hour for example, is written and not said.
            said = OPEN + words + CLOSE if re.search(r"[^\W\d_]", re.sub(r"%\(\w+\)s", "", words)) else words
            forms = said if isinstance(message.id, str) else (said,) * pseudo.num_plurals
            pseudo.add(message.id, forms, context=message.context)
    folder = tmp_path_factory.mktemp("translations")
    target = folder / PSEUDO / "LC_MESSAGES" / "messages.po"
    target.parent.mkdir(parents=True)
    with target.open("wb") as file:
        write_po(file, pseudo)
    instance = tmp_path_factory.mktemp("pseudo") / "demo"
    shutil.copytree(demo_instance(), instance)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(catalogue, "FOLDER", folder)
        catalogue.forget()
        yield create_app(Settings(f"sqlite:///{instance / 'sabuk.sqlite3'}", instance, "a secret"))
    catalogue.forget()


@pytest.fixture(scope="module")
def pages(app: Flask) -> dict[str, str]:
    """Address -> page, each kind once for each role."""
    passwords = sign_ins(demo_instance())
    found: dict[str, str] = {}
    for role in ROLES:
        client = app.test_client()
        if role:
            token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', client.get("/masuk").get_data(as_text=True))
            assert token is not None
            client.post("/masuk", data={"name": role, "password": passwords[role][0], "csrf_token": token[1]})
        found |= {f"{role}: {address}": page for address, page in _walked(client)}
    assert len(found) > 200
    return found


def _walked(client: FlaskClient) -> Iterator[tuple[str, str]]:
    ahead, kinds = list(STARTS), set()
    while ahead:
        address = ahead.pop(0)
        kind = re.sub(r"[0-9a-f]{8}-[0-9a-f-]{27}|(?<=/cek/)\w+|\d+(\.\d+)*|=[^&]*", "#", address)
        if kind in kinds:
            continue
        kinds.add(kind)
        answer = client.get(address, query_string=None if "?" in address else {"lang": PSEUDO})
        if answer.mimetype == "text/html" and answer.status_code not in (302, 303):
            page = answer.get_data(as_text=True)
            yield address, page
            links = map(html.unescape, re.findall(r'href="(/[^"#]*)', page))
            ahead += [link for link in links if not re.match(r"/static|/keluar|//", link) and not re.search(r"lang=|tema=", link)]


CODE = re.compile(r"https?://\S+|\b[0-9A-Z]{4}-[0-9A-Z]{4}(?:-[0-9A-Z]{5})?\b|^\s*[0-9A-HJKMNP-TV-Z]{5}\s*$")
"""Addresses, and codes of stamps, which may be made of letters alone; a drawing has them on two lines."""


class Blocks(HTMLParser):
    """What a page says, block by block, and in the attributes that are read out."""

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[str] = []
        self._text, self._hidden, self._after_link = "", 0, False
        self.feed(page)
        self._end()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._hidden += tag in NOT_SAID
        self.found += [value for name, value in attrs if value and (name in SAID or name.startswith("words-"))]
        # A link goes on with a sentence only where it stands in one or right after it.
        within = self._text.count(OPEN) > self._text.count(CLOSE)
        apart = tag == "a" and not within and (self._after_link or not self._text.rstrip().endswith(CLOSE))
        if tag in OF_A_BLOCK or apart:
            self._end()

    def handle_endtag(self, tag: str) -> None:
        self._hidden -= tag in NOT_SAID
        if tag in OF_A_BLOCK:
            self._end()
        self._after_link = tag == "a"

    def handle_data(self, data: str) -> None:
        self._after_link = self._after_link and not data.strip()
        if not self._hidden:
            self._text += data

    def _end(self) -> None:
        if words := " ".join(CODE.sub("", self._text).split()):
            self.found.append(words)
        self._text = ""


def sentences_and_rest(block: str) -> str:
    """The block with a mark in place of each sentence; after it the sign with which the sentence ended."""
    told, depth, last = "", 0, ""
    for letter in block:
        if letter == OPEN:
            depth += 1
        elif letter == CLOSE:
            depth -= 1
            if depth == 0:
                told += MARK + (last if last in ".!?:" else "")
        elif depth == 0:
            told += letter
        last = letter
    return told


def glued(block: str) -> bool:
    """Whether a sentence stands beside words or another sentence with nothing that parts them."""
    parts = re.split(r"[.!?:;,()·|/→–+=“”]", sentences_and_rest(block))
    return any(part.count(MARK) > 1 or (MARK in part and re.search(r"[^\W\d_]{2}", part.replace(MARK, ""))) for part in parts)


@pytest.mark.parametrize(
    ("block", "is_glued"),
    [
        ("⟦Tinggal⟧ 3 ⟦lagi⟧", True),
        ("⟦Kelurahan⟧ Melati", True),
        ("⟦Tinggal 3 lagi di Melati⟧", False),
        ("⟦Target⟧: 12 Melati", False),
        ("⟦Foto⟧ (⟦boleh kosong⟧)", False),
        ("⟦Sesuai.⟧ ⟦⟦12 m⟧ dari Melati⟧", False),
        ("⟦Target⟧ 12", False),
        ("Melati", False),
    ],
)
def test_what_is_glued_is_told_from_what_is_not(block, is_glued):
    assert glued(block) is is_glued


def test_no_sentence_is_glued_from_pieces(pages):
    found = {
        re.sub(r"\d+", "0", block): address for address, page in pages.items() for block in Blocks(page).found if glued(block)
    }
    assert found == {}


def test_every_sentence_is_in_the_catalogue(app, pages):
    """What stands outside of brackets is a name, a number or a word of the city's own data."""
    known = SAME_EVERYWHERE | _words_of_the_city(app)
    strange: dict[str, str] = {}
    for address, page in pages.items():
        for block in Blocks(page).found if KEYS not in address else ():
            words = {word for word in re.findall(r"\w+", sentences_and_rest(block).replace(MARK, " ")) if word.isalpha()}
            # Two letters are a person's initials or a unit, a to f part of a code.
            words = {word for word in words if not re.fullmatch("[A-Fa-f]+", word)}
            if missing := {word for word in words if len(word) > 2 and word not in known and word.lower() not in known}:
                strange[f"{sorted(missing)}: {block}"] = address
    assert strange == {}


def _words_of_the_city(app: Flask) -> set[str]:
    """Every word that the database holds, and the names of days and months."""
    words: set[str] = set()
    with app.app_context():
        for table in db.metadata.sorted_tables:
            for row in db.session().execute(text(f'SELECT * FROM "{table.name}"')):  # noqa: S608 - a table of ours
                words |= set(re.findall(r"[^\W\d_]+", " ".join(map(str, row))))
    for names in (get_month_names, get_day_names):
        for width in ("wide", "abbreviated"):
            words |= {word for name in names(width, locale=PSEUDO).values() for word in re.findall(r"[^\W\d_]+", name)}
    return words | {word.lower() for word in words}
