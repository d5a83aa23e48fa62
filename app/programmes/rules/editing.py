"""A programme file with some of its values changed: every other letter stays, comments, order, quotes and layout among them.

The text is composed once; each change becomes a stretch of it that is put in another's place.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from ruamel.yaml import YAML
from ruamel.yaml.nodes import CollectionNode, MappingNode, Node, ScalarNode, SequenceNode

from app.core.errors import Invalid
from app.programmes.rules.yaml_text import plain

Step = str | int
Path = tuple[Step, ...]
Value = str | int | float | date | Sequence[str | int] | None
"""None stands in the file as `null`: what was said is taken back, and its line with its comment stays."""

NEIGHBOURS: Mapping[Path, str] = {
    ("days",): "calendar",
    ("hours",): "calendar",
    ("minutes",): "calendar",
    ("caps",): "ladder",
    ("ladder", "further"): "rungs",
    ("ladder", "rungs", "stripes"): "threshold",
}
"""A key that may be missing (without the places in lists) -> the key above which it is written; of others above the first."""
PLAIN_WORD = re.compile(r"[A-Za-z][A-Za-z0-9_]*")
COMMENT = re.compile(r"(?:^|\s)(#.*)$", re.MULTILINE)


@dataclass(frozen=True, slots=True, order=True)
class _Splice:
    """From one place in the text to another, counted in letters, something else stands now."""

    start: int
    end: int
    words: str


def with_values(text: str, values: Mapping[Path, Value]) -> str:
    """The file's text with these values; a key that is missing is written, None at one that is missing writes nothing.

    A path names keys and places in lists: ("ladder", "rungs", 0, "threshold"). Raises Invalid where the text is no sound YAML,
    LookupError where a path leads through a list that is shorter.
    """
    errors = plain(text).errors
    if errors:
        raise Invalid(errors)
    root = YAML(typ="safe", pure=True).compose(text)
    assert isinstance(root, MappingNode)  # noqa: S101 - what `plain` takes is a mapping
    splices = [splice for path, value in _gathered(root, values).items() for splice in _splices(text, root, path, value)]
    for splice in sorted(splices, reverse=True):
        text = text[: splice.start] + splice.words + text[splice.end :]
    return text


def next_version(text: str, *, version: int, effective_from: date) -> str:
    """The same rules under another number and from another day: where somebody begins to change them."""
    return with_values(text, {("version",): version, ("effective_from",): effective_from})


_Written = Value | Mapping[str, Value]


def _gathered(root: MappingNode, values: Mapping[Path, Value]) -> dict[Path, _Written]:
    """The values, those below one missing key together: the key is written once."""
    gathered: dict[Path, _Written] = {}
    below: dict[Path, dict[str, Value]] = {}
    for path, value in values.items():
        above, last = path[:-1], path[-1]
        if isinstance(last, str) and above and not isinstance(_found(root, above), CollectionNode):
            if value is not None:
                below.setdefault(above, {})[last] = value
        else:
            gathered[path] = value
    return gathered | below


def _found(root: MappingNode, path: Path) -> Node | None:
    """What stands at the path; None where its last key is missing."""
    node: Node | None = root
    for step in path:
        node = node.value[step] if isinstance(node, SequenceNode) and isinstance(step, int) else _pair(node, step)[1]
    return node


def _pair(node: Node | None, key: Step) -> tuple[Node | None, Node | None]:
    pairs = node.value if isinstance(node, MappingNode) else ()
    return next(((name, value) for name, value in pairs if name.value == key), (None, None))


def _splices(text: str, root: MappingNode, path: Path, value: _Written) -> Iterator[_Splice]:
    mapping, key = _found(root, path[:-1]), path[-1]
    name, node = _pair(mapping, key)
    if isinstance(mapping, SequenceNode):
        raise LookupError(path)
    if node is None and value is not None and isinstance(mapping, MappingNode):
        yield _added(text, mapping, path, value)
    elif isinstance(node, ScalarNode) and node.start_mark.index < node.end_mark.index:
        yield _Splice(node.start_mark.index, node.end_mark.index, _word(value, like=node))
    elif node is not None and name is not None:
        start = text.index(":", name.end_mark.index) + 1
        stretch = text[start : _end(node)].rstrip()
        kept = "".join(f"  {comment}" for comment in COMMENT.findall(stretch))
        yield _Splice(start, start + len(stretch), f" {_word(value)}{kept}")


def _end(node: Node) -> int:
    """Where the last word of it ends: the mark of a block stands only at what comes after."""
    if isinstance(node, CollectionNode) and not node.flow_style and node.value:
        last = node.value[-1]
        return _end(last[1] if isinstance(node, MappingNode) else last)
    return int(node.end_mark.index)


def _added(text: str, mapping: MappingNode, path: Path, value: _Written) -> _Splice:
    """A key that was missing, above its neighbour; above what is said of the neighbour where that begins a line."""
    line = f"{path[-1]}: {_word(value)}"
    if not mapping.value:
        place = text.index("{", mapping.start_mark.index) + 1
        return _Splice(place, place, line)
    wanted = NEIGHBOURS.get(tuple(step for step in path if isinstance(step, str)), "")
    neighbour = _pair(mapping, wanted)[0] or mapping.value[0][0]
    place, column = neighbour.start_mark.index, neighbour.start_mark.column
    if mapping.flow_style:
        return _Splice(place, place, line + ", ")
    if column == 0:
        place = _above_comments(text, place)
    return _Splice(place, place, line + "\n" + " " * column)


def _above_comments(text: str, place: int) -> int:
    while place > 0 and text[text.rfind("\n", 0, place - 1) + 1] == "#":
        place = text.rfind("\n", 0, place - 1) + 1
    return place


def _word(value: _Written, like: ScalarNode | None = None) -> str:
    """As it stands in a file. Words that YAML could take for something else are quoted, as the word before was if it was."""
    if value is None:
        return "null"
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{key}: {_word(inner)}" for key, inner in value.items()) + "}"
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, int | float):
        return repr(value)
    if not isinstance(value, str):
        return "[" + ", ".join(_word(each) for each in value) + "]"
    if PLAIN_WORD.fullmatch(value) and value.lower() not in ("null", "true", "false"):
        return value
    quote = like.style if like is not None and like.style in ("'", '"') else '"'
    return quote + value + quote
