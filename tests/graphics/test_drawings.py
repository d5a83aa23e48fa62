"""Belts and stamps as drawings: whole SVG that says its name, without anything that could clash or run."""

from __future__ import annotations

import re
from xml.etree import ElementTree

import pytest

from app.graphics.drawings import CLOTHS, MAX_RIM_LENGTH, belt, knot, stamp

SVG = "{http://www.w3.org/2000/svg}"
GIVEN = {
    "place": "SDN Citarum",
    "day": "23 Nov 2026",
    "post": "Wali kelas",
    "serial": "b3f1c2d4",
    "code": "7K3Q-X9M2-B4TAC",
    "label": "Cap SDN Citarum",
}


def parsed(drawing: str) -> ElementTree.Element:
    return ElementTree.fromstring(drawing)  # noqa: S314 - our own drawing


def all_drawings() -> list[str]:
    belts = [draw(colour, stripes, "Sabuk") for colour in [*CLOTHS, "none"] for stripes in (0, 3, 12) for draw in (belt, knot)]
    return [*belts, stamp(**GIVEN), stamp(**GIVEN, voided="Batal"), belt("green", 1, "Sabuk", width=600)]


@pytest.mark.parametrize("drawing", all_drawings())
def test_a_drawing_is_whole_says_its_name_and_holds_nothing_that_clashes_or_runs(drawing):
    root = parsed(drawing)
    assert root.tag == f"{SVG}svg"
    assert root.get("role") == "img"
    assert root[0].tag == f"{SVG}title"
    assert root[0].text
    assert not re.search(r"\b(?:id|style|on\w+|href)=|<(?:script|style|image|foreignObject)", drawing)


def test_words_of_people_are_words_and_nothing_else():
    bold = "<b>\"&'</b>"
    drawing = stamp(place=bold, day=bold, post=bold, serial=bold, code=bold, label=bold, voided=bold)
    assert "<b>" not in drawing.lower()
    assert parsed(drawing)[0].text == bold
    assert parsed(belt("white", 0, bold, description=bold))[1].text == bold


def sewn(colour: str, stripes: int) -> int:
    return belt(colour, stripes, "Sabuk").count(f'stroke="{CLOTHS[colour].stripe}"')


@pytest.mark.parametrize(("stripes", "drawn"), [(0, 0), (1, 1), (2, 2), (3, 3)])
def test_up_to_three_stripes_are_sewn_one_by_one(stripes, drawn):
    assert sewn("green", stripes) == drawn


def test_more_stripes_are_one_patch_with_their_number():
    assert sewn("black", 14) == 1
    assert ">14</text>" in belt("black", 14, "Sabuk hitam")


def test_stripes_have_the_colour_of_the_belt_that_comes_next():
    assert CLOTHS["white"].stripe == CLOTHS["green"].ground
    assert CLOTHS["red"].stripe == CLOTHS["black"].ground


def luminance(colour: str) -> float:
    parts = [int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("colour", CLOTHS)
@pytest.mark.parametrize("ground", ["#fbf7ef", "#121c17"])
def test_every_belt_is_seen_on_paper_and_in_the_dark(colour, ground):
    cloth = CLOTHS[colour]
    assert max(contrast(cloth.ground, ground), contrast(cloth.edge, ground)) >= 2.5


def test_no_belt_yet_is_an_outline():
    assert CLOTHS["white"].ground not in belt("none", 0, "Belum punya sabuk")
    assert "stroke-dasharray" in belt("none", 0, "Belum punya sabuk")


def turn_of(drawing: str) -> float:
    found = re.search(r'<g transform="rotate\(([-0-9.]+)\)"', drawing)
    assert found
    return float(found[1])


def test_a_stamp_is_turned_slightly_by_its_serial_and_always_the_same():
    turns = {turn_of(stamp(**{**GIVEN, "serial": str(n)})) for n in range(40)}
    assert len(turns) > 20
    assert all(-11 <= turn <= 11 for turn in turns)
    assert stamp(**GIVEN) == stamp(**GIVEN)


def test_only_a_void_stamp_is_struck_through():
    assert "stamp-void" not in stamp(**GIVEN)
    assert "BATAL" in stamp(**GIVEN, voided="Batal")
    assert "data-voided" in stamp(**GIVEN, voided="Batal")


def rims(drawing: str) -> list[ElementTree.Element]:
    return [text for text in parsed(drawing).iter(f"{SVG}text") if text.get("rotate")]


def test_each_letter_round_the_rim_has_its_place():
    upper, lower = rims(stamp(**GIVEN))
    assert (upper.text, lower.text) == ("SDN CITARUM", "WALI KELAS")
    for rim in (upper, lower):
        assert {len(str(rim.get(name)).split()) for name in ("x", "y", "rotate")} == {len(str(rim.text))}
    xs = [float(x) for x in str(lower.get("x")).split()]
    assert xs == sorted(xs), "read from left to right below as above"
    assert all(float(y) > 0 for y in str(lower.get("y")).split())


def test_a_long_name_is_shortened_and_set_smaller():
    upper = rims(stamp(**{**GIVEN, "place": "Kelurahan Babakan Ciamis " * 3}))[0]
    assert len(str(upper.text)) == MAX_RIM_LENGTH
    assert str(upper.text).endswith("…")
    assert float(str(upper.get("font-size"))) < 14


def test_a_stamp_without_a_post_is_still_a_stamp():
    assert parsed(stamp(**{**GIVEN, "post": "", "place": ""}))[0].text


@pytest.mark.parametrize(("code", "lines"), [("7K3Q-X9M2-B4TAC", ["7K3Q-X9M2", "B4TAC"]), ("A1B2C3D4", ["A1B2C3D4"])])
def test_a_stamp_shows_the_code_by_which_it_is_checked(code, lines):
    written = [text.text for text in parsed(stamp(**{**GIVEN, "code": code})).iter(f"{SVG}text")]
    assert written[-len(lines) :] == lines
