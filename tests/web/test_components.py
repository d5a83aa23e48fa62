"""Every macro stands on /_components with an example, and each example is a sound piece of a page."""

from __future__ import annotations

import re

import pytest
from ruamel.yaml import YAML

from app.settings import ROOT

FOLDER = ROOT / "templates" / "components"
FRAME = {"navigation", "new_version"}
"""Shown by every page: the ways through the house and its foot, and the notice of a newer version."""
FROM_FORMS = {"form_field", "form_stepper", "form_errors", "hidden", "show_password"}
"""Take a form; tests/web/test_forms.py shows them."""
SERVANTS = re.compile(r"^(?:optional|words|numeric|cell_words|one)$")
"""Macros that serve the others of their file."""
FILES = sorted(file.stem for file in FOLDER.glob("*.html") if file.stem not in FRAME)


def macros(name: str) -> set[str]:
    return set(re.findall(r"{% macro (\w+)\(", (FOLDER / f"{name}.html").read_text()))


def examples(name: str) -> list[dict]:
    return YAML(typ="safe", pure=True).load((FOLDER / f"{name}.yaml").read_text())["examples"]


@pytest.mark.parametrize("name", FILES)
def test_every_macro_has_an_example_and_is_told_at_the_head_of_its_file(name):
    offered = {macro for macro in macros(name) if not SERVANTS.match(macro)}
    assert offered - FROM_FORMS <= {example["macro"] for example in examples(name)} | {"knot"}
    head = (FOLDER / f"{name}.html").read_text().partition("#}")[0]
    assert all(macro in head for macro in offered)


@pytest.mark.parametrize("name", FILES)
def test_every_component_is_named_in_the_guide(name):
    assert f"| {name} |" in (ROOT / "docs" / "look.md").read_text()


@pytest.mark.parametrize("name", FILES)
def test_no_component_knows_the_request_or_the_database(name):
    text = (FOLDER / f"{name}.html").read_text()
    assert not re.search(r"\b(?:request|session|g|current_user|config)\.", text)
    assert not re.search(r"\bstyle=|\son\w+=", text)


@pytest.mark.parametrize("language", ["id", "en"])
def test_the_page_of_components_is_sound_and_in_one_language(page, language):
    shown = page.get(f"/_components?lang={language}").text
    for name in FILES:
        assert f'<section class="stack" id="{name}"' in shown
        for example in examples(name):
            assert example["about"][language].replace("'", "&#39;") in shown
            assert set(example["about"]) == {"id", "en"}


@pytest.mark.parametrize("path", sorted((ROOT / "templates").rglob("*.html")), ids=lambda path: path.stem)
def test_no_template_carries_its_own_style_or_calls_elsewhere(path):
    text = path.read_text()
    assert not re.search(r"\bstyle=|<style|https?://(?!www\.w3\.org|wa\.me)", text)
