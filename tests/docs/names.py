"""Says which names in backticks the code does not have: paths, functions, classes, settings, tables, addresses, elements.

Fenced blocks are commands and examples, which other tests play. docs/data-dictionary.md is written from the models.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

FOLDERS = ("app", "tests", "static", "static/js", "templates", "migrations", "docs", "")
"""Where a path may begin, beside the top: a room is named without `app/`, a script without `static/js/`."""
SOURCES = ("app", "bench", "bin", "docs", "migrations", "requirements", "static", "templates", "tests")
WRITTEN = {".css", ".html", ".js", ".json", ".toml", ".yaml", ".yml", ".conf", ".service", ".svg", ".txt", ".in", ""}
"""Endings of files whose words are names too; "" are the commands in bin/."""
MADE = (".cache/", ".venv", "instance/", "photos/", "static/dist", "manifest.json", "node_modules")
"""Paths that commands make: no clone has them."""

_FENCE = re.compile(r"(?ms)^```.*?^```")
_TOKEN = re.compile(r"`([^`\n]+)`")
_ADDRESS = re.compile(r"^(?:(?:GET|PUT|POST|DELETE) )?(/\S*)$")
_ENDING = r"\.(?:py|js|css|html|json|md|txt|toml|ya?ml|bin|conf|service|sh|svg)"
_PATH = re.compile(rf"^(?=.*[a-z])(?:[\w.<>-]+/)+(?:[\w.<>-]+)?$|^[\w-]+{_ENDING}$")
_PROGRAM = re.compile(r"(?:^| )((?:bin|bench)/[\w-]+)|python -m ([\w.]+)")
_NAME = re.compile(r"^@?([A-Za-z_]\w*(?:\.\w+)*)(?:\((.*)\))?$")
_SETTING = re.compile(r"\b(?:SABUK_\w+|DATABASE_URL)\b")
_ELEMENT = re.compile(r"^<([a-z]+(?:-[a-z]+)+)>$")
_LONG_WORD = re.compile(r"\b[a-z]+_[a-z_]+\b")
_WORD = re.compile(r"[A-Za-z_][\w-]*")
_DOTTED = re.compile(r"[A-Za-z_]\w*(?:\.\w+)+")
_PROSE = re.compile(r'(?s)""".*?"""|"(?:[^"\\\n]|\\.)*"|#[^\n]*')
_MACRO = re.compile(r"{%-? macro (\w+)\((.*?)\)", re.DOTALL)
_ARGUMENT = re.compile(r"(?:^|, )(\w+)(?==)")


def tokens(page: str) -> Iterator[tuple[str, str]]:
    """Each name in backticks, with the path that stands directly before it ("" where none does)."""
    text = _FENCE.sub("", page)
    before, end = "", -1
    for found in _TOKEN.finditer(text):
        told = found[1]
        follows = end >= 0 and text[end : found.start()] in (" ", "\n")
        yield told, before if follows else ""
        if _PATH.match(told):
            before, end = told, found.end()
        elif follows:
            end = found.end()


def addresses_of(rules: Iterator[str]) -> list[re.Pattern[str]]:
    """Patterns of the application's addresses: a variable part may be anything."""
    return [re.compile("^" + re.sub(r"<[^>]*>", "[^/]+", rule.replace(".", r"\.")) + "$") for rule in rules]


@dataclass
class House:
    """What the code has, to be asked for by name."""

    root: Path
    addresses: list[re.Pattern[str]]
    tables: dict[str, set[str]]
    """Table -> its columns."""
    others: dict[str, str] = field(default_factory=dict)
    """Names that belong to somebody else's program or format -> whose they are."""

    def complaint(self, told: str, before: str) -> str:
        """What is wrong with this name, "" where nothing is."""
        if told in self.others:
            return ""
        if address := _ADDRESS.match(told):
            return "" if self.has_address(address[1]) else "no such address"
        if _PATH.match(told):
            return "" if self.files_of(told) or told.startswith(MADE) else "no such file"
        if element := _ELEMENT.match(told):
            return "" if element[1] in self.words else "no such element"
        if name := _NAME.match(told):
            return self._complaint_of_name(name[1], name[2], before)
        for program, module in _PROGRAM.findall(told):
            if not self.files_of(program or module.replace(".", "/") + ".py"):
                return "no such program"
        rest = _PROGRAM.sub("", told)
        missing = {*_SETTING.findall(rest), *_LONG_WORD.findall(rest)} - self.words
        return f"the code has no {', '.join(sorted(missing))}" if missing else ""

    def _complaint_of_name(self, name: str, arguments: str | None, before: str) -> str:
        if before:
            return "" if any(name in defined(file) for file in self.files_of(before)) else f"{before} defines no such name"
        if arguments and name in self.macros:
            unknown = set(_ARGUMENT.findall(arguments)) - self.macros[name]
            return f"the macro takes no {', '.join(sorted(unknown))}" if unknown else ""
        if "." not in name or name in self.words:
            return "" if name in self.words else "the code has no such name"
        first, *rest = name.split(".")
        if first in self.tables:
            return "" if rest[0] in self.tables[first] else f"the table {first} has no such column"
        if (self.root / "app" / first).is_dir():
            return "" if self._in_room(first, rest) else f"the room {first} has no such name"
        return "" if {first, *rest} <= self.words else "the code has no such name"

    def _in_room(self, room: str, rest: list[str]) -> bool:
        for length in range(len(rest) - 1, -1, -1):
            place = "/".join([room, *rest[:length]])
            files = self.files_of(place + ".py") or self.files_of(place)
            if any(".".join(rest[length:]) in defined(file) for file in files):
                return True
        return False

    def has_address(self, told: str) -> bool:
        path, cut = re.split(r"[?#]", told)[0], False
        if path.endswith(("/...", "...")):
            path, cut = path.removesuffix("..."), True
        pattern = re.sub(r"{[^}]*}|<[^>]*>", "x", path).split("|")[0]
        return any(
            one.match(pattern) or ((cut or path.endswith("/")) and one.pattern[1:].startswith(path)) for one in self.addresses
        )

    def files_of(self, told: str) -> list[Path]:
        """The files and folders that a path of the docs names; a `<part>` fits anything."""
        pattern = re.sub(r"<[^>]*>", "*", told.rstrip("/"))
        if not pattern:
            return []
        places = [self.root / folder for folder in FOLDERS]
        found = [path for place in places for path in place.glob(pattern)]
        if not found and "/" not in pattern:
            found = [path for path in self.written if path.name == pattern]
        return found

    @cached_property
    def written(self) -> list[Path]:
        top = [path for path in self.root.iterdir() if path.is_file()]
        return top + [
            path for name in SOURCES for path in (self.root / name).rglob("*") if path.is_file() and "dist" not in path.parts
        ]

    @cached_property
    def macros(self) -> dict[str, set[str]]:
        """Macro -> its arguments."""
        found = [match for path in self.written if path.suffix == ".html" for match in _MACRO.findall(path.read_text("utf-8"))]
        return {name: set(_WORD.findall(arguments)) for name, arguments in found}

    @cached_property
    def words(self) -> set[str]:
        """Every identifier, and every word that stands for itself."""
        found: set[str] = set()
        for path in self.written:
            if path.suffix == ".py" and path.parent != Path(__file__).parent:
                found |= words_of(path.read_text("utf-8"))
            elif path.suffix in WRITTEN and not {"tests", "requirements"} & {*path.relative_to(self.root).parts}:
                text = path.read_text("utf-8", errors="replace")
                found |= {*_WORD.findall(text), *_DOTTED.findall(text)}
        return found


def words_of(source: str) -> set[str]:
    """Words of a module but for docstrings, comments and texts with blanks; codes, kinds and keys are texts of one word."""
    code = _PROSE.sub(lambda found: "" if " " in found[0] or found[0].startswith(("#", '"""')) else found[0], source)
    return {*_WORD.findall(code), *_DOTTED.findall(code)}


def defined(file: Path) -> set[str]:
    """Names that a module has at its top, members of its classes as Class.member; of a folder those of all modules in it."""
    if file.is_dir():
        return {name for module in file.rglob("*.py") for name in defined(module)}
    if file.suffix != ".py":
        return set(_WORD.findall(file.read_text("utf-8")))

    def names(body: list[ast.stmt], prefix: str) -> Iterator[str]:
        for node in body:
            match node:
                case ast.FunctionDef(name=name):
                    yield prefix + name
                case ast.ClassDef(name=name, body=inner):
                    yield prefix + name
                    yield from names(inner, f"{prefix}{name}.")
                case ast.Assign(targets=[ast.Name(id=name)]) | ast.AnnAssign(target=ast.Name(id=name)):
                    yield prefix + name
                case ast.Import(names=aliases) | ast.ImportFrom(names=aliases):
                    yield from (prefix + (alias.asname or alias.name) for alias in aliases)

    return set(names(ast.parse(file.read_text("utf-8")).body, ""))
