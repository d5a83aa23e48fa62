"""The page that shows every component with its examples, which stand as data beside each macro."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from flask import current_app, render_template
from flask.typing import ResponseReturnValue
from markupsafe import Markup
from ruamel.yaml import YAML

from app.core.text import Multilingual, Text
from app.graphics import charts
from app.settings import ROOT
from app.web.pages import said
from app.web.surfaces import Surface, SurfaceBlueprint

blueprint = SurfaceBlueprint("web", __name__, Surface.PAGE)

COMPONENTS = ROOT / "templates" / "components"
CHARTS = {"bars": charts.Bars, "line": charts.TimeSeries, "progress": charts.Progress, "range": charts.Range}


@dataclass(frozen=True, slots=True)
class Example:
    """One call of a macro, and what came of it."""

    macro: str
    about: str
    shown: Markup


@dataclass(frozen=True, slots=True)
class Component:
    """One file of templates/components with what it offers."""

    name: str
    purpose: str
    examples: tuple[Example, ...]


@blueprint.get("/_components")
def components() -> ResponseReturnValue:
    """Every macro with its examples."""
    return render_template("web/components.html", components=[_component(file) for file in _files()])


def _files() -> list[Path]:
    return sorted(COMPONENTS.glob("*.yaml"))


def _component(file: Path) -> Component:
    told = _read(file)
    module = current_app.jinja_env.get_template(f"components/{file.stem}.html").module
    examples = [Example(each["macro"], said(_value(each["about"])), _shown(module, each)) for each in told["examples"]]
    return Component(file.stem, said(_value(told["purpose"])), tuple(examples))


@lru_cache(maxsize=64)
def _read(file: Path) -> Any:  # noqa: ANN401 - what the file says
    return YAML(typ="safe", pure=True).load(file.read_text())


def _shown(module: object, example: dict[str, Any]) -> Markup:
    arguments = {name: _value(given) for name, given in example.get("with", {}).items()}
    if "inside" in example:
        inside = Markup(f"<p>{Markup.escape(said(_value(example['inside'])))}</p>")  # noqa: S704 - escaped above
        arguments["caller"] = lambda: inside
    return Markup(getattr(module, example["macro"])(**arguments))  # noqa: S704 - a macro's own answer


def _value(given: Any) -> Any:  # noqa: ANN401 - what the file says
    """Words in several languages become a Text, charts become charts; everything else stays."""
    if isinstance(given, list):
        return [_value(each) for each in given]
    if not isinstance(given, dict):
        return given
    if set(given) == {"id", "en"}:
        return Multilingual(**given)
    if "chart" in given:
        return _chart(given)
    return {name: _value(each) for name, each in given.items()}


def _chart(given: dict[str, Any]) -> charts.Chart:
    named = {name: _words_now(value) for name, value in given.items() if name not in ("chart", "points")}
    if "points" in given:
        named["points"] = tuple(charts.ChartPoint(_words_now(label), value) for label, value in given["points"])
    made: charts.Chart = CHARTS[given["chart"]](**named)
    return made


def _words_now(given: Any) -> Any:  # noqa: ANN401 - what the file says
    value = _value(given)
    return said(value) if isinstance(value, Text) else value
