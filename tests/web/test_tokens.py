"""The colours of the house are legible: computed from the file that the stylesheet is made of."""

from __future__ import annotations

import re

import pytest

from app.graphics import palette
from app.graphics.drawings import CLOTHS, STAMP_INK
from app.settings import ROOT
from tests.graphics.test_drawings import contrast

CSS = ROOT / "static" / "css"
BLOCK = re.compile(r"(:root[^{,]*)\{([^{}]*)\}")
COLOUR = re.compile(r"--([a-z-]+):\s*(#[0-9a-f]{6});")


def palettes() -> dict[str, dict[str, str]]:
    """Each set of tokens by its selector."""
    blocks = BLOCK.findall((CSS / "tokens.css").read_text())
    return {selector.strip(): dict(COLOUR.findall(body)) for selector, body in blocks}


SETS = palettes()
LIGHT, BY_DEVICE, BY_CHOICE = SETS[":root"], SETS[':root:not([data-theme="light"])'], SETS[':root[data-theme="dark"]']

TONES = ["leaf", "water", "soil", "marigold-ink", "brick", "stamp"]
TEXTS = [
    *[(tone, ground) for tone in ["ink", "ink-soft", *TONES] for ground in ("paper", "sheet")],
    *[("ink", ground) for ground in ("shade", "leaf-wash", "water-wash", "soil-wash", "marigold-wash", "brick-wash")],
    ("ink-soft", "shade"),
    ("leaf", "leaf-wash"),
    ("water", "water-wash"),
    ("soil", "soil-wash"),
    ("marigold-ink", "marigold-wash"),
    ("brick", "brick-wash"),
    ("stamp", "stamp-wash"),
    ("on-leaf", "leaf"),
    ("on-leaf", "leaf-deep"),
    ("on-brick", "brick"),
    ("on-marigold", "marigold"),
]


def test_both_ways_into_the_dark_have_the_same_colours():
    assert BY_DEVICE == BY_CHOICE
    assert set(BY_DEVICE) == set(LIGHT)


@pytest.mark.parametrize(("text", "ground"), TEXTS)
@pytest.mark.parametrize("theme", [LIGHT, BY_DEVICE], ids=["light", "dark"])
def test_text_stands_out_from_its_ground(theme, text, ground):
    assert contrast(theme[text], theme[ground]) >= 4.5


@pytest.mark.parametrize("ground", ["paper", "sheet"])
@pytest.mark.parametrize("theme", [LIGHT, BY_DEVICE], ids=["light", "dark"])
def test_the_edge_of_a_field_stands_out(theme, ground):
    assert contrast(theme["edge"], theme[ground]) >= 3


def cloths() -> dict[str, dict[str, str]]:
    """What the stylesheet says of each belt across the page; what it leaves out is the green one's."""
    style = (CSS / "components" / "frame.css").read_text()
    blocks = re.findall(r"\.cloth(?:\[data-belt=\"([a-z]+)\"\])?[^{}]*\{([^{}]*)\}", style)
    green = dict(COLOUR.findall(blocks[0][1]))
    return {name or "green": green | dict(COLOUR.findall(body)) for name, body in blocks}


@pytest.mark.parametrize("name", CLOTHS)
def test_the_belt_across_the_page_is_of_the_cloth_that_is_drawn(name):
    cloth = cloths()[name]
    assert cloth["cloth"] == CLOTHS[name].ground.lower()
    assert cloth["cloth-edge"] == CLOTHS[name].edge.lower()
    assert contrast(cloth["thread"], cloth["cloth"]) >= 4.5


def test_drawings_have_the_colours_of_the_light_page_where_no_style_reaches_them():
    named = {
        name.lower().replace("_", "-"): colour for name, colour in vars(palette).items() if name.isupper() and name != "TONES"
    }
    assert len(named) > 10
    assert named == {name: LIGHT[name] for name in named}


def test_a_stamp_on_paper_has_the_ink_of_the_page():
    assert STAMP_INK.lower() == LIGHT["stamp"]
