"""Says where imports run against the ladder of rooms, the shelves in a room or the purity of rules.

The standard library only. docs/architecture.md explains the directions, tests/test_architecture.py asks.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import chain, count
from pathlib import Path

APP = Path(__file__).resolve().parent.parent / "app"

ARCHITECTURE = APP.parent / "docs" / "architecture.md"


def ladder(told: str) -> dict[str, list[list[str]]]:
    """Group -> its lines of rooms, upper to lower, as docs/architecture.md shows them below "Rooms on a ladder".

    A room may import rooms on lower lines; rooms on one line do not know each other.
    """
    block = told.split("## Rooms on a ladder", 1)[1].split("```", 2)[1]
    groups: dict[str, list[list[str]]] = {}
    for line in filter(None, block.splitlines()):
        if line.startswith("# "):
            groups[line[2:].strip()] = lines = []
        else:
            lines.append(line.split("  ", 1)[0].split(" | "))
    return groups


GROUPS = ladder(ARCHITECTURE.read_text("utf-8"))
LEVELS = {room: -line for line, rooms in enumerate(chain.from_iterable(GROUPS.values())) for room in rooms}

GATHERERS = {"app.application", "app.cli", "app.models", "app.work"}
"""Know every room, because gathering them is all they do."""
TOP = GATHERERS | {"app", "app.settings", "app.serve", "app.processes", "app.gunicorn_config", "app.gunicorn_worker"}

SHELVES = {
    "rules": 0, "models": 1, "queries": 2, "service": 3, "access": 4, "forms": 5, "answers": 5, "views": 6, "cli": 6, "jobs": 6,
}  # fmt: skip
WITHOUT_SHELVES = {"core", "graphics", "database", "web", "jobs", "channels"}
"""Rooms that are tools of the whole house; everything in them but commands may be used."""
EDGES = {"access", "forms", "answers", "views", "cli", "jobs"}

OPEN_TO_OTHERS = {"rules", "queries", "service"}
JOINS = {"models", "queries", "service"}
"""Shelves that may also use the tables of lower rooms: a query that joins two rooms lives in the upper one. Others may name
such a table in a type, imported under TYPE_CHECKING."""

PURE = set(
    """
    __future__ abc bisect calendar collections copy dataclasses datetime decimal difflib enum fractions functools hashlib heapq
    itertools json math operator re statistics string typing unicodedata uuid zoneinfo
    """.split()  # noqa: SIM905 - names read better without quotes
)
PURE_PACKAGES = {
    "pydantic": "the shape of programme files",
    "pydantic_core": "its errors",
    "ruamel": "a programme file's text becomes values; the file is read elsewhere",
    "shapely": "outlines are computed with, never looked up",
    "numpy": "the same",
    "h3": "a point's cell is arithmetic",
    "holidays": "a table of days in the form of a package",
}
"""package -> why rules may import it."""

LATE_IMPORTS = {
    ("app.places.service", "pyogrio"): "GDAL, 60 MB in a process, which only a file of areas needs",
    ("app.operations.service", "prometheus_client"): "a library that only a server that is watched needs",
    ("app.core.spreadsheets", "openpyxl"): "half a second of a start, which only a table of a spreadsheet needs",
    ("app.places.service", "pyproj"): "the same for other reference systems",
    ("app.database.migrations", "alembic"): "a tenth of each start, needed by none that finds its schema current",
    ("app.demo.service", "PIL"): "only the demo draws",
    ("app.graphics.cards", "PIL"): "only a card that somebody shares is a picture of points",
    ("app.serve", "gunicorn"): "every other command does without a web server",
    ("app.notices.jobs", "app"): "libraries of ciphers and of HTTP, which a house that nobody asked to push does without",
    ("app.people.service", "cryptography"): "the same ciphers, which only a form that comes back with a password needs",
    ("app.work", "app"): "the same library of ciphers, at the first start alone",
    ("app.serve", "app"): "the application once all is ready, for its children; decoders of photographs for the job runner alone",
    ("app.cli", "app"): "what only tells of commands does without the application",
    ("app.cli", "flask"): "the same",
}
"""(package, imported) -> why it may stand inside a function."""

CLOCKS = {"utc_now", "now", "today", "utcnow"}
ENDS = {"commit", "rollback"}


@dataclass(frozen=True, slots=True)
class Module:
    name: str
    tree: ast.Module

    @property
    def room(self) -> str:
        return self.name.split(".")[1] if self.name not in TOP else ""

    @property
    def shelf(self) -> str:
        parts = self.name.split(".")
        return parts[2] if len(parts) > 2 else ""

    @property
    def package(self) -> str:
        """Room and shelf: app.places.service for app.places.service.read."""
        return ".".join(self.name.split(".")[:3])


@dataclass(frozen=True, slots=True)
class Import:
    name: str
    line: int
    inside_function: bool
    for_types_only: bool


@cache
def parsed(source: str) -> ast.Module:
    """The same tree for the same source: several tests look at the whole house."""
    return ast.parse(source)


@cache
def looked_at(tree: ast.Module) -> tuple[tuple[ast.AST, bool, bool], ...]:
    """Every import and call of the tree, whether it stands inside a function, and whether it is there for types only."""
    found = []
    ahead: list[tuple[ast.AST, bool, bool]] = [(tree, False, False)]
    while ahead:
        node, late, typing = ahead.pop()
        if isinstance(node, ast.Import | ast.ImportFrom | ast.Call):
            found.append((node, late, typing))
        late = late or isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        typing = typing or (isinstance(node, ast.If) and ast.unparse(node.test).endswith("TYPE_CHECKING"))
        ahead += [(inner, late, typing) for inner in ast.iter_child_nodes(node)]
    return tuple(found)


def house() -> dict[str, str]:
    """Every module of the program by its name, with its source."""
    files = {file: file.relative_to(APP.parent).with_suffix("").parts for file in APP.rglob("*.py")}
    return {".".join(parts[:-1] if parts[-1] == "__init__" else parts): file.read_text() for file, parts in files.items()}


def violations(sources: Mapping[str, str]) -> list[str]:
    """Every sentence that could be said against these modules."""
    modules = [Module(name, parsed(source)) for name, source in sources.items()]
    parts = [name.split(".") for name in sources]
    known = {".".join(name[:end]) for name in parts for end in range(1, len(name) + 1)}
    return sorted({complaint for module in modules for complaint in _complaints(module, known)})


def rings(sources: Mapping[str, str]) -> list[list[str]]:
    """The groups of modules that import each other in a ring when they are loaded, each sorted; empty where there is none.

    Imports inside functions and for types alone load nothing; the packages in which a module lies are no import of its own.
    """
    known = set(sources)
    order, index, lowest, open_ones, found = count(), dict[str, int](), dict[str, int](), list[str](), list[list[str]]()
    loads = {name: _loaded(Module(name, parsed(source)), known) for name, source in sources.items()}

    def visit(name: str) -> None:
        """Tarjan's strongly connected components, 1972."""
        index[name] = lowest[name] = next(order)
        open_ones.append(name)
        for other in loads[name]:
            if other not in index:
                visit(other)
            if other in open_ones:
                lowest[name] = min(lowest[name], lowest[other])
        if lowest[name] == index[name]:
            ring = [open_ones.pop()]
            while ring[-1] != name:
                ring.append(open_ones.pop())
            if len(ring) > 1:
                found.append(sorted(ring))

    for name in sources:
        if name not in index:
            visit(name)
    return sorted(found)


def _loaded(module: Module, known: set[str]) -> set[str]:
    """The modules of the program that are loaded with this one: those that it imports, and the packages around them."""
    named = {found.name for found in imports(module, known) if not found.inside_function and not found.for_types_only}
    parts = [name.split(".") for name in named]
    loaded = {".".join(each[:end]) for each in parts for end in range(1, len(each) + 1)}
    return {name for name in loaded & known if not f"{module.name}.".startswith(f"{name}.")}


def _complaints(module: Module, known: set[str]) -> Iterator[str]:
    if module.room and module.room not in LEVELS:
        yield f"{module.name}: the room {module.room} is not on the ladder"
        return
    if module.room and module.room not in WITHOUT_SHELVES and module.shelf and module.shelf not in SHELVES:
        yield f"{module.name}: there is no shelf {module.shelf}"
        return
    for found in imports(module, known):
        for why in _against(module, found):
            yield f"{module.name}:{found.line} imports {found.name}: {why}"
    for line, why in _wrong_calls(module):
        yield f"{module.name}:{line} {why}"


def imports(module: Module, known: set[str]) -> Iterator[Import]:
    """Everything that the module imports, wherever it does."""
    for node, late, typing in looked_at(module.tree):
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            base = "." * node.level + (node.module or "")
            names = [_module_named(base, alias.name, known) for alias in node.names]
        else:
            continue
        yield from (Import(name, node.lineno, late, typing) for name in names)


def _module_named(base: str, name: str, known: set[str]) -> str:
    """The module that `from base import name` reads from."""
    is_shelf = base.startswith("app.") and base.count(".") == 1 and name in SHELVES
    return f"{base}.{name}" if is_shelf or f"{base}.{name}" in known else base


def _against(module: Module, found: Import) -> Iterator[str]:
    if found.name.startswith("."):
        yield "write the whole name"
        return
    root = found.name.split(".")[0]
    if found.inside_function and (module.package, root) not in LATE_IMPORTS:
        yield "imports stand at the top"
    if module.shelf == "rules" and module.room not in WITHOUT_SHELVES and root not in PURE | {*PURE_PACKAGES, "app"}:
        yield "rules are pure"
    if root == "app" and module.name not in GATHERERS:
        yield from _against_room(module, found)


def _against_room(module: Module, found: Import) -> Iterator[str]:
    imported = found.name
    if imported in TOP:
        if imported in GATHERERS and module.name not in TOP:
            yield "only the gatherers know every room"
        if module.shelf in ("rules", "models", "queries") and module.room not in WITHOUT_SHELVES:
            yield "this shelf is handed what it needs"
        return
    _, room, shelf, *_rest = [*imported.split("."), "", ""]
    own_shelf = "" if module.room in WITHOUT_SHELVES else module.shelf
    if room == module.room:
        if room not in WITHOUT_SHELVES and shelf and shelf != own_shelf and SHELVES.get(shelf, 9) >= SHELVES[own_shelf]:
            yield f"the shelf {shelf} stands not below {own_shelf}"
    elif not module.room:
        if room not in WITHOUT_SHELVES:
            yield "only the gatherers know every room"
    elif LEVELS.get(room, 1) >= LEVELS[module.room]:
        yield f"the room {room} stands not below {module.room}"
    else:
        yield from _against_shelf(own_shelf, room, shelf, found)
    if own_shelf == "rules" and (room not in ("core", module.room) and shelf != "rules"):
        yield "rules know core and rules"


def _against_shelf(own_shelf: str, room: str, shelf: str, found: Import) -> Iterator[str]:
    if room in WITHOUT_SHELVES:
        if shelf == "cli":
            yield f"the commands of {room} are its own"
        if room == "web" and own_shelf and own_shelf not in EDGES:
            yield "only the edges know the web"
        return
    tables = {"models"} if own_shelf in JOINS or found.for_types_only else set()
    if shelf not in OPEN_TO_OTHERS | tables | ({"access"} if room == "people" else set()):
        yield f"the shelf {shelf or 'itself'} of {room} is its own"
    if SHELVES.get(shelf, 0) > SHELVES.get(own_shelf, 9):
        yield f"{own_shelf} stands below every {shelf}"


def _wrong_calls(module: Module) -> Iterator[tuple[int, str]]:
    """Calls that a shelf below the edges leaves to the edges."""
    if module.room in WITHOUT_SHELVES | {""} or module.shelf in EDGES | {""}:
        return
    for node, _, _ in looked_at(module.tree):
        if not isinstance(node, ast.Call):
            continue
        called = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        is_asked_for = isinstance(node.func, ast.Attribute) and called in CLOCKS | ENDS
        on = ast.unparse(node.func.value) if is_asked_for else ""  # type: ignore[attr-defined]
        if called == "utc_now" or (called in CLOCKS and on.split(".")[-1] in ("datetime", "date", "clock")):
            yield node.lineno, "asks the clock: it is handed `now`"
        if called in ENDS and "session" in on:
            yield node.lineno, f"calls {called}: transactions end at the edge"
        if module.shelf == "rules" and called in ("open", "print", "input", "read_text", "write_text"):
            yield node.lineno, f"calls {called}: rules are pure"
