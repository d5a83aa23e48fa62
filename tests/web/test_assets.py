"""Styles and scripts travel once: small, compressed, named by their content."""

from __future__ import annotations

import gzip
import re
from pathlib import Path

import pytest

from app.settings import ROOT
from app.web.assets import Assets, unbuilt
from app.web.sources import COMMON, REST, joined_styles, style_files

HEAVIEST = {COMMON: 8 * 1024, REST: 10 * 1024}
"""Bytes of gzip; of the common one as much as the page for logging may have in all."""


@pytest.fixture
def assets(app) -> Assets:
    """What the application serves: built, or as it lies in static/."""
    return app.extensions["assets"]


@pytest.fixture(scope="module")
def raw() -> Assets:
    return unbuilt(ROOT / "static")


@pytest.mark.parametrize("name", HEAVIEST)
def test_each_stylesheet_is_light(raw, name):
    assert len(raw.styles[name].packed) <= HEAVIEST[name], f"{len(raw.styles[name].packed)} bytes of gzip"


def selectors(styles: str) -> set[str]:
    """The classes that a stylesheet speaks of."""
    return set(re.findall(r"\.([a-z][\w-]*)", " ".join(re.findall(r"[^{}]+(?={)", styles))))


TEMPLATES = ROOT / "templates"
WITHOUT = re.compile(r"{% block styles %}(?!.*stylesheet\('rest'\))")
"""Emptied, or refilled with a sheet of the page's own."""


def classes_of(file: Path) -> set[str]:
    """The classes that the template writes, itself or by what it takes from others."""
    text = file.read_text()
    found = {name for each in re.findall(r'class="([^"{]*)"', text) for name in each.split()}
    taken = re.findall(r"""{% (?:from|include|import) ["']([\w/.]+)["']""", text)
    return found.union(*(classes_of(TEMPLATES / other) for other in taken))


def own_selectors(assets, file: Path) -> set[str]:
    own = re.findall(r"stylesheet\('(\w+)'\)", file.read_text())
    return {each for name in own for each in selectors(assets.styles[name].body.decode())}


def test_a_page_without_the_second_stylesheet_uses_no_class_that_stands_only_there(raw):
    common, rest = (selectors(raw.styles[name].body.decode()) for name in (COMMON, REST))
    light = {
        file: classes_of(file) & (rest - common - own_selectors(raw, file))
        for file in TEMPLATES.rglob("*.html")
        if WITHOUT.search(file.read_text())
    }
    assert {"record.html", "record_shell.html", "outbox.html", "offline.html"} <= {file.name for file in light}
    assert {file.name: names for file, names in light.items() if names} == {}


def test_the_layers_are_named_before_anything_stands_in_one(raw):
    assert raw.styles[COMMON].body.startswith(b"@layer tokens,reset,layout,components,pages;")


def test_every_style_has_its_layer_and_its_place_in_the_order():
    styles = ROOT / "static" / "css"
    ordered = [file for files in style_files(styles).values() for file in files]
    assert sorted(styles.rglob("*.css")) == sorted(ordered), "each in exactly one"
    for file in ordered:
        outside = re.sub(r"/\*.*?\*/|@layer [a-z, ]+;", "", file.read_text(), flags=re.DOTALL)
        assert outside.strip().startswith("@layer "), file
        assert outside.count("@layer") == 1, file


def test_no_style_fetches_anything_from_elsewhere(raw):
    for styles in raw.styles.values():
        assert not re.search(rb"url\((?!\"#)|@import|@font-face", styles.body)


def test_joining_styles_takes_away_only_what_nobody_reads(tmp_path):
    (tmp_path / "tokens.css").write_text("/* a\nb */ @layer tokens {\n  a > b ,\n c { margin: calc(1px + 2px) ; }\n}\n")
    (tmp_path / "components").mkdir()
    (tmp_path / "components" / "words.css").write_text('.x::after { content: ""; }\n')
    assert joined_styles(tmp_path) == '@layer tokens{a > b,c{margin: calc(1px + 2px)}}.x::after{content: ""}'


def test_an_asset_is_kept_for_ever_and_sent_compressed(page, assets):
    for asset in assets.all():
        packed = page.get(asset.address, headers={"Accept-Encoding": "gzip"})
        assert (packed.data if asset.is_picture else gzip.decompress(packed.data)) == asset.body
        assert packed.headers["Cache-Control"] == "public, max-age=31536000, immutable"
        assert packed.headers.get("Vary") == (None if asset.is_picture else "Accept-Encoding")
        assert packed.content_type == asset.kind
        assert page.get(asset.address, headers={"Accept-Encoding": "identity"}).data == asset.body


def test_a_page_asks_for_the_stylesheet_that_is_there(page, assets):
    assert f'href="{assets.styles[COMMON].address}"' in page.get("/_components").text


def test_an_asset_of_another_day_is_not_there(page):
    page.get("/aset/sabuk.000000000000.css", status=404)


def test_the_mark_is_there_at_the_old_address(page):
    assert page.get("/favicon.ico").content_type.startswith("image/svg+xml")


def house(folder, scripts: dict[str, str]):
    for part in ("css", "icons", "js"):
        (folder / part).mkdir()
    for name, text in scripts.items():
        file = folder / "js" / f"{name}.js"
        file.parent.mkdir(exist_ok=True)
        file.write_text(text)
    return folder


def test_a_script_imports_others_by_their_content(tmp_path):
    made = unbuilt(
        house(
            tmp_path, {"a": 'import { b } from "./b.js";\nimport "./c.js"\nimport("./b.js")', "b": "export const b = 1", "c": ""}
        )
    )
    body = made.scripts["a"].body.decode()
    assert body.count(made.scripts["b"].address) == 2
    assert made.scripts["c"].address in body
    assert "./" not in body


def test_a_script_lies_in_a_folder_and_is_asked_for_by_its_name(tmp_path):
    made = unbuilt(house(tmp_path, {"map/a": 'import "../common/b.js"', "common/b": "1"}))
    assert made.scripts["b"].address in made.scripts["a"].body.decode()


def test_two_scripts_of_one_name_are_refused(tmp_path):
    with pytest.raises(ValueError, match="same name"):
        unbuilt(house(tmp_path, {"map/a": "", "common/a": ""}))


def test_a_type_that_a_comment_takes_from_a_module_is_no_import(tmp_path):
    scripts = {"a": '/** @typedef {import("./b.js").B} B */\nimport "./b.js"', "b": '/**\n * @param {import("./a.js").A} a\n */'}
    made = unbuilt(house(tmp_path, scripts))
    assert '{import("./b.js").B}' in made.scripts["a"].body.decode()
    assert made.scripts["a"].body.decode().endswith(f'import "{made.scripts["b"].address}"')


def test_a_change_below_changes_the_name_above(tmp_path):
    names = []
    for text in ("1", "2"):
        folder = tmp_path / text
        folder.mkdir()
        names.append(unbuilt(house(folder, {"a": 'import "./b.js"', "b": text})).scripts["a"].address)
    assert names[0] != names[1]


@pytest.mark.parametrize(
    ("scripts", "why"),
    [
        ({"a": 'import "./b.js"', "b": 'import "./a.js"'}, "a > b > a"),
        ({"a": 'import "./gone.js"'}, "gone.js is imported by a.js"),
    ],
)
def test_scripts_that_cannot_be_put_together_are_refused_at_start(tmp_path, scripts, why):
    with pytest.raises(RuntimeError, match=why):
        unbuilt(house(tmp_path, scripts))


def test_drawings_for_pages_carry_nothing_that_runs_or_clashes(assets):
    for name, asset in assets.icons.items():
        assert not re.search(r"\b(?:id|style|on\w+|href)=|<script", asset.body.decode()), name
