"""Writes docs/data-dictionary.md from the models: every table, every column, what each means.

    .venv/bin/python -m docs.dictionary

What a table or column means is said once, as the docstring below it in the room's models.py.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from sqlalchemy import CheckConstraint, Column, Table, UniqueConstraint

import app.models  # noqa: F401 - every table
from app.database import Base

DOCS = Path(__file__).resolve().parent
FILE = DOCS / "data-dictionary.md"
HEAD = """# Data dictionary
Every table and column, written from the models by `python -m docs.dictionary`; a test holds this page to them.

Times are UTC with zone (`UtcTime`); days are local days of the place. Geometries are WGS84 (EPSG:4326): WKB in SQLite, PostGIS
geometries there. Words of an enumeration are stored as words and held by a CHECK. Measures that are decimals are tallied in
thousandths (grams of a kilogram).
"""


COMMON = {
    "id": "the row's own number",
    "uuid": "the random name that the world may see",
    "created_at": "when the row was made",
    "recorded_at": "when it was written down",
    "recorded_by": "the account that wrote it down; none: the operator at the command line",
    "account_id": "whose account did it or holds it",
    "person_id": "whose it is",
    "programme_id": "the programme",
    "area_id": "the area",
    "site_id": "the site",
    "valid_from": "from when it holds",
    "valid_until": "until when it held; none: it still does",
    "period": "week 2026-W48, month 2026-11, year 2026, or all",
}
"""What a column of this name means wherever its model says nothing else."""


def explanations() -> dict[str, tuple[str, dict[str, str]]]:
    """Class name of each model -> (what the table holds, column attribute -> what it means), read from the source."""
    found = {}
    for file in sorted((DOCS.parent / "app").glob("*/models.py")):
        for node in ast.parse(file.read_text()).body:
            if isinstance(node, ast.ClassDef):
                found[node.name] = (_flat(ast.get_docstring(node) or ""), dict(_attributes(node)))
    return found


def _attributes(model: ast.ClassDef) -> Iterator[tuple[str, str]]:
    for line, following in zip(model.body, model.body[1:], strict=False):
        is_text = isinstance(following, ast.Expr) and isinstance(following.value, ast.Constant)
        if isinstance(line, ast.AnnAssign) and isinstance(line.target, ast.Name) and is_text:
            yield line.target.id, _flat(str(following.value.value))


def _flat(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip()


def page() -> str:
    said = explanations()
    parts = [HEAD]
    for mapper in sorted(Base.registry.mappers, key=lambda mapper: mapper.local_table.name):
        about, columns = said[mapper.class_.__name__]
        table = Base.metadata.tables[mapper.local_table.name]
        room = mapper.class_.__module__.split(".")[1]
        parts.append(f"## {table.name}\n{about} Room: `{room}`.\n")
        parts.append("| column | type | null | refers to | meaning |\n|---|---|---|---|---|")
        for column in table.columns:
            attribute = mapper.get_property_by_column(column).key
            parts.append(_row(table, column, columns.get(attribute) or COMMON.get(attribute, "")))
        if rules := list(_rules(table)):
            parts.append("\n" + "\n".join(rules))
        parts.append("")
    return "\n".join(parts)


def _row(table: Table, column: Column[object], meaning: str) -> str:
    refers = ", ".join(f"`{key.target_fullname}`" for key in sorted(column.foreign_keys, key=lambda key: key.target_fullname))
    key = " (key)" if column in set(table.primary_key) else ""
    null = "yes" if column.nullable else ""
    return f"| `{column.name}`{key} | {_type(column)} | {null} | {refers} | {meaning} |"


def _type(column: Column[object]) -> str:
    kind = column.type
    words = getattr(kind, "enums", None)
    if words:
        return " ".join(words)
    length = getattr(kind, "length", None)
    shape = getattr(kind, "kind", None)
    name = type(kind).__name__
    return f"{name}({length or shape})" if length or shape else name


def _rules(table: Table) -> Iterator[str]:
    for constraint in sorted(table.constraints, key=lambda constraint: str(constraint.name)):
        if isinstance(constraint, UniqueConstraint):
            yield f"- unique: {', '.join(column.name for column in constraint.columns)}"
        elif isinstance(constraint, CheckConstraint) and not str(constraint.sqltext).startswith("__"):
            text = _flat(str(constraint.sqltext))
            if " IN (" not in text or "POSTCOMPILE" not in text:
                yield f"- check: `{text}`"
    for index in sorted(table.indexes, key=lambda index: str(index.name)):
        if index.unique:
            yield f"- unique where it stands: {', '.join(column.name for column in index.columns)} (`{index.name}`)"


if __name__ == "__main__":
    FILE.write_text(page())
