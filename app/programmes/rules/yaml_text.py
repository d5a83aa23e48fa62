"""A programme file's text as plain values, each error with the key and the line at which it stands.

Only what the file needs of YAML 1.2 is read: no anchors, aliases, tags, directives or second documents, so nothing in it can
grow, run or be read in two ways.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.events import (
    AliasEvent,
    CollectionEndEvent,
    CollectionStartEvent,
    DocumentStartEvent,
    Event,
    NodeEvent,
    ScalarEvent,
)
from ruamel.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from app.core.errors import FieldError
from app.core.text import Text

MAX_BYTES = 256 * 1024
DEEPEST = 12
MAX_VALUES = 20_000

_TAG = "tag:yaml.org,2002:"
_WHOLE = re.compile(r"[-+]?[0-9]{1,18}")
_DECIMAL = re.compile(r"[-+]?[0-9]{1,18}\.[0-9]{1,18}")


@dataclass(slots=True)
class PlainText:
    """The values of the text; none where there are errors."""

    document: dict[str, Any] = field(default_factory=dict)
    errors: list[FieldError] = field(default_factory=list)


def plain(text: str | bytes) -> PlainText:
    """The text as mappings, sequences, strings, numbers, booleans and nulls."""
    decoded, error = _decoded(text)
    error = error or _trouble(decoded)
    if error:
        return PlainText(errors=[error])
    node = _yaml().compose(decoded)
    if not isinstance(node, MappingNode):
        return PlainText(errors=[_error("file", "no_mapping", Text("Berkas ini kosong atau bukan daftar kunci."))])
    result = PlainText()
    result.document = _value(node, "", result.errors)
    return result


def as_text(content: str | bytes) -> str:
    """The file as it is kept: without a byte order mark, its lines ended by line feeds. Bytes must be UTF-8, as `plain` asks."""
    text = content.decode("utf-8") if isinstance(content, bytes) else content
    return text.removeprefix("\ufeff").replace("\r\n", "\n")


def _yaml() -> YAML:
    return YAML(typ="safe", pure=True)


def _decoded(text: str | bytes) -> tuple[str, FieldError | None]:
    size = len(text.encode("utf-8", "replace") if isinstance(text, str) else text)
    if size > MAX_BYTES:
        kilobytes = MAX_BYTES // 1024
        return "", _error("file", "too_large", Text("Berkas lebih besar dari %(kilobytes)s KiB.", kilobytes=kilobytes))
    if isinstance(text, str):
        return text.removeprefix("\ufeff"), None
    try:
        return text.decode("utf-8-sig"), None
    except UnicodeDecodeError:
        return "", _error("file", "encoding", Text("Simpan berkas ini sebagai UTF-8."))


def _trouble(text: str) -> FieldError | None:
    """What keeps the text from being read at all; found without building anything."""
    try:
        return next(_refused(_yaml().parse(text)), None)
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        return _unreadable(text, mark.line + 1 if mark else 1, error.problem or "")
    except YAMLError:
        return _error("file", "unreadable", Text("Berkas memuat karakter kendali."))


def _refused(events: Iterator[Event]) -> Iterator[FieldError]:
    """Everything that the file may not use, in the order of the file."""
    depth, documents, values = 0, 0, 0
    for event in events:
        line = event.start_mark.line + 1
        if isinstance(event, DocumentStartEvent):
            documents += 1
            if documents > 1 or event.version or event.tags:
                yield _at(
                    line,
                    "one_document",
                    Text("Satu berkas untuk satu program, tanpa arahan %."),
                )
        elif isinstance(event, AliasEvent) or (isinstance(event, NodeEvent) and event.anchor):
            yield _at(line, "alias", Text("Rujukan (& dan *) tidak dipakai di sini."))
        elif isinstance(event, ScalarEvent | CollectionStartEvent) and event.tag:
            yield _at(line, "tag", Text("Penanda jenis (!) tidak dipakai di sini."))
        depth += isinstance(event, CollectionStartEvent) - isinstance(event, CollectionEndEvent)
        values += isinstance(event, ScalarEvent)
        if depth > DEEPEST:
            yield _at(line, "too_deep", Text("Lebih dari %(deepest)s tingkat.", deepest=DEEPEST))
        if values > MAX_VALUES:
            yield _error("file", "too_many", Text("Lebih dari %(max_values)s isian.", max_values=MAX_VALUES))


def _unreadable(text: str, line: int, problem: str) -> FieldError:
    lines = text.splitlines()
    near = lines[max(0, line - 2) : line]
    if "\\t" in problem or any(re.match(r" *\t", each) for each in near):
        return _at(line, "tab", Text("Pakai spasi, bukan tab, di awal baris."))
    return _at(
        line,
        "unreadable",
        Text(
            "Baris ini tidak terbaca sebagai YAML (%(problem)s); periksa indentasi, tanda kutip, dan titik dua di atasnya.",
            problem=problem,
        ),
    )


def _value(node: Node, path: str, errors: list[FieldError]) -> Any:  # noqa: ANN401 - whatever stands in the file
    if isinstance(node, MappingNode):
        return _mapping(node, path, errors)
    if isinstance(node, SequenceNode):
        return [_value(item, f"{path}[{place}]", errors) for place, item in enumerate(node.value)]
    return _scalar(str(node.tag), str(node.value), path, errors)


def _mapping(node: MappingNode, path: str, errors: list[FieldError]) -> dict[str, Any]:
    mapping: dict[str, Any] = {}
    for key, value in node.value:
        line = key.start_mark.line + 1
        if not isinstance(key, ScalarNode) or key.tag not in (f"{_TAG}str", f"{_TAG}timestamp") or key.value == "<<":
            errors.append(_error(path or "file", "key", Text("Kunci di baris %(line)s harus kata.", line=line)))
            continue
        inner = f"{path}.{key.value}" if path else key.value
        if key.value in mapping:
            errors.append(_error(inner, "duplicate", Text("Kunci ini sudah ada di baris %(line)s.", line=line)))
        mapping[key.value] = _value(value, inner, errors)
    return mapping


def _scalar(tag: str, text: str, path: str, errors: list[FieldError]) -> str | int | float | bool | None:
    kind = tag.removeprefix(_TAG)
    if kind in ("str", "timestamp"):
        return text
    if kind == "null":
        return None
    if kind == "bool":
        return text.lower() == "true"
    if _WHOLE.fullmatch(text):
        return int(text)
    if _DECIMAL.fullmatch(text):
        return float(text)
    errors.append(
        _error(
            path,
            "number",
            Text("%(text)s bukan angka yang dapat dipakai; tulis misalnya 12 atau 3.5.", text=text[:40]),
        )
    )
    return None


def _at(line: int, code: str, message: Text) -> FieldError:
    return _error(f"line {line}", code, message)


def _error(where: str, code: str, message: Text) -> FieldError:
    return FieldError(where, code, message)
