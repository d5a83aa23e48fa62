"""A programme's plain values as the text of a file that people can edit; read again, it says the same."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.nodes import MappingNode, SequenceNode
from ruamel.yaml.representer import SafeRepresenter

WIDTH = 110
PARTED = ("name", "place", "days", "calendar", "measures", "evidence", "caps", "credit", "ladder", "badges", "frame")
"""Keys with a free line above them: the file's paragraphs."""


class _Representer(SafeRepresenter):
    """Lists of bare words on one line, everything else below one another."""

    def represent_list(self, data: list[Any]) -> SequenceNode:
        are_words = all(not isinstance(each, Mapping | list) for each in data)
        node: SequenceNode = self.represent_sequence("tag:yaml.org,2002:seq", data, flow_style=are_words)
        return node

    def represent_dict(self, data: dict[str, Any]) -> MappingNode:
        node: MappingNode = self.represent_mapping("tag:yaml.org,2002:map", data, flow_style=not data)
        return node


_Representer.add_representer(list, _Representer.represent_list)
_Representer.add_representer(dict, _Representer.represent_dict)


class _Sheet:
    """What is written upon, in memory."""

    def __init__(self) -> None:
        self.words: list[bytes] = []

    def write(self, words: bytes) -> None:
        self.words.append(words)


def written(document: Mapping[str, Any]) -> str:
    """The document as a file: its keys in their order."""
    yaml = YAML(typ="safe", pure=True)
    yaml.Representer = _Representer
    yaml.default_flow_style = False
    yaml.allow_unicode = True
    yaml.width = WIDTH
    yaml.sort_base_mapping_type_on_output = False  # type: ignore[assignment]
    parts = []
    for key, value in document.items():
        sheet = _Sheet()
        yaml.dump({key: value}, sheet)
        parts.append(("\n" if key in PARTED else "") + b"".join(sheet.words).decode())
    return "".join(parts)
