"""The sentences of the house, and each language's catalogue of them. `bin/translations` brings the catalogues up to date.

Babel's own readers find the sentences in Python and in templates. Indonesian has one form for one and for many, so code writes a
counted sentence (one with a value named `n`) once; here it becomes an entry with the plurals of the language.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import IO, Any

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir, extract_python
from babel.messages.pofile import read_po, write_po
from jinja2.ext import babel_extract

ROOT = Path(__file__).resolve().parents[1]
SOURCES = {"app": "python", "templates": "jinja"}
"""Folder -> how its files are read."""
KEYWORDS: dict[str, Any] = {
    "Text": None,
    "_": None,
    "pgettext": ((1, "c"), 2),
    "ngettext": (1, 2),
    "npgettext": ((1, "c"), 2, 3),
}
"""Function -> which of its arguments are the context (c), the sentence and its plural; None: the first is the sentence."""
COUNT = "%(n)s"

Found = tuple[int, str, Any, list[str]]


def sentences() -> Catalog:
    """All sentences of the house, each with the files in which it stands."""
    found = Catalog(charset="utf-8")
    for folder, way in SOURCES.items():
        method = [("**.py" if way == "python" else "**", {"python": python, "jinja": jinja}[way])]
        for file, _line, message, _comments, context in extract_from_dir(
            ROOT / folder, method_map=method, options_map={"**": {"encoding": "utf-8"}}, keywords=KEYWORDS
        ):
            found.add(message, locations=[(f"{folder}/{file}", 0)], context=context)
    return found


def path(language: str) -> Path:
    return ROOT / "translations" / language / "LC_MESSAGES" / "messages.po"


def read(language: str) -> Catalog:
    with path(language).open("rb") as source:
        return read_po(source, locale=language)


def update(language: str, known: Catalog) -> None:
    """Add what is new with nothing said for it, take out what is gone, keep the rest. A language that is not there begins."""
    there = read(language) if path(language).exists() else Catalog(locale=language, charset="utf-8")
    there.update(known, no_fuzzy_matching=True, update_creation_date=False)
    write(language, there)


def write(language: str, catalogue: Catalog) -> None:
    path(language).parent.mkdir(parents=True, exist_ok=True)
    with path(language).open("wb") as target:
        write_po(target, catalogue, width=120, sort_output=True, ignore_obsolete=True, include_lineno=False)


def python(file: IO[bytes], keywords: Iterable[str], comments: Iterable[str], options: dict[str, Any]) -> Iterator[Found]:
    return _counted(extract_python(file, keywords, comments, options))  # type: ignore[arg-type]


def jinja(file: IO[bytes], keywords: Iterable[str], comments: Iterable[str], options: dict[str, Any]) -> Iterator[Found]:
    return _counted(babel_extract(file, keywords, comments, options))


def _counted(found: Iterable[Any]) -> Iterator[Found]:
    for line, function, given, comments in found:
        arguments = [given] if isinstance(given, str) else list(given or ())
        said = arguments[: 2 if function == "pgettext" else 1]
        if not said or not all(said):
            continue
        if COUNT in said[-1]:
            yield line, "npgettext" if function == "pgettext" else "ngettext", (*said, said[-1]), comments
        else:
            yield line, function, tuple(said), comments


def main(languages: list[str]) -> None:
    known = sentences()
    for language in languages or sorted(
        each.name for each in (ROOT / "translations").iterdir() if (each / "LC_MESSAGES").is_dir()
    ):
        update(language, known)
        empty = sum(
            1 for each in read(language) if each.id and not all([each.string] if isinstance(each.string, str) else each.string)
        )
        sys.stdout.write(f"{language}: {len(known)} sentences, {empty} to be said\n")


if __name__ == "__main__":
    main(sys.argv[1:])
