"""How much of the rules their tests hold: rules are changed one place at a time, and the tests that need no database run.

`python -m bench.mutants` (in .venv) takes places of every room by chance from a fixed seed, changes each alone in a process of
its own, and prints how many of the changes made a test fail, and those that none noticed. Nothing is written to the project.
"""

from __future__ import annotations

import argparse
import ast
import contextlib
import gc
import importlib
import json
import os
import random
import re
import resource
import subprocess
import sys
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.machinery import SourceFileLoader
from pathlib import Path
from types import CodeType, FunctionType

import hypothesis
import pytest

ROOT = Path(__file__).resolve().parent.parent
PATIENCE_S = 60
"""Seconds of the processor. A change that makes the tests need more is noticed too: a loop does not end."""
SEED = 20261130

SWAPPED: dict[type[ast.AST], type[ast.AST]] = {
    ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt, ast.Eq: ast.NotEq, ast.NotEq: ast.Eq,
    ast.Is: ast.IsNot, ast.IsNot: ast.Is, ast.In: ast.NotIn, ast.NotIn: ast.In,
    ast.And: ast.Or, ast.Or: ast.And,
    ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.FloorDiv, ast.Div: ast.Mult, ast.FloorDiv: ast.Mult, ast.Mod: ast.FloorDiv,
    ast.BitOr: ast.BitAnd, ast.BitAnd: ast.BitOr,
}  # fmt: skip
OTHER_CALL = {"min": "max", "max": "min", "any": "all", "all": "any"}


@dataclass(frozen=True, slots=True)
class Mutant:
    """One place of one file, changed in one way."""

    file: Path
    line: int
    was: str
    becomes: str
    tree: ast.Module

    def __str__(self) -> str:
        return f"{self.file.relative_to(ROOT)}:{self.line}: {self.was} -> {self.becomes}"


@dataclass(frozen=True, slots=True)
class Room:
    name: str
    files: tuple[Path, ...]
    tests: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RoomScore:
    room: str
    places: int
    tried: int
    survivors: tuple[Mutant, ...]

    def row(self) -> str:
        held = self.tried - len(self.survivors)
        share = f"{100 * held // self.tried} %" if self.tried else "-"
        return f"| {self.room} | {self.places} | {self.tried} | {held} | {share} |"


def changes(node: ast.AST) -> Iterator[ast.AST]:
    """What may stand in the node's place; each is a copy that differs from it in one thing."""
    match node:
        case ast.Compare(ops=ops):
            for place, operator in enumerate(ops):
                yield _with(node, ops=[*ops[:place], SWAPPED[type(operator)](), *ops[place + 1 :]])
        case ast.BoolOp(op=op):
            yield _with(node, op=SWAPPED[type(op)]())
        case ast.BinOp(op=op) if type(op) in SWAPPED:
            yield _with(node, op=SWAPPED[type(op)]())
        case ast.UnaryOp(op=ast.Not(), operand=operand):
            yield operand
        case ast.Constant(value=bool() as value):
            yield ast.Constant(not value)
        case ast.Constant(value=int() | float() as value):
            yield ast.Constant(value + 1)
            yield ast.Constant(value - 1)
        case ast.Call(func=ast.Name(id=name)) if name in OTHER_CALL:
            yield _with(node, func=ast.Name(OTHER_CALL[name], ast.Load()))
        case ast.Return(value=ast.expr() as value) if not (isinstance(value, ast.Constant) and value.value is None):
            yield _with(node, value=ast.Constant(None))
        case ast.If(test=ast.Name() | ast.Attribute() | ast.Call() as test):
            yield _with(node, test=ast.UnaryOp(ast.Not(), test))
        case ast.IfExp(test=ast.Name() | ast.Attribute() | ast.Call() as test):
            yield _with(node, test=ast.UnaryOp(ast.Not(), test))


def _with(node: ast.AST, **change: object) -> ast.AST:
    return type(node)(**{**{name: getattr(node, name, None) for name in node._fields}, **change})


def _of_code(node: ast.AST) -> Iterator[ast.AST]:
    """The node and all that is run below it: no annotation, decorator or bare text."""
    if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
        return
    yield node
    for name, part in ast.iter_fields(node):
        if name not in ("annotation", "returns", "decorator_list", "type_comment"):
            for each in part if isinstance(part, list) else [part]:
                if isinstance(each, ast.AST):
                    yield from _of_code(each)


def places_of(file: Path) -> list[int]:
    """The numbers, among the nodes of the file's code, of those that may be changed."""
    return [number for number, node in enumerate(_of_code(ast.parse(file.read_text()))) if any(True for _ in changes(node))]


def mutant(file: Path, place: int, chance: random.Random) -> Mutant:
    """The file with that node changed in one of the ways that it may be."""
    tree = ast.parse(file.read_text())
    node = list(_of_code(tree))[place]
    other = ast.copy_location(chance.choice(list(changes(node))), node)
    was, line = _said(node), getattr(node, "lineno", 0)
    _put(tree, node, other)
    return Mutant(file, line, was, _said(other), ast.fix_missing_locations(tree))


def _put(tree: ast.Module, node: ast.AST, other: ast.AST) -> None:
    for parent in ast.walk(tree):
        for name, part in ast.iter_fields(parent):
            if part is node:
                setattr(parent, name, other)
            elif isinstance(part, list):
                part[:] = [other if each is node else each for each in part]


def _said(node: ast.AST) -> str:
    words = ast.unparse(ast.fix_missing_locations(node)).splitlines()
    return words[0] if len(words[0]) <= 90 else f"{words[0][:87]}..."


def rooms() -> list[Room]:
    found = []
    for folder in sorted((ROOT / "app").iterdir()):
        shelf, single = folder / "rules", folder / "rules.py"
        files = sorted(shelf.rglob("*.py")) if shelf.is_dir() else [single] if single.exists() else []
        if files:
            found.append(Room(folder.name, tuple(files), tuple(_tests_of(folder.name))))
    return found


def _tests_of(room: str) -> list[str]:
    """The room's own tests, and those of other rooms that name its rules."""
    tests = sorted((ROOT / "tests").rglob("test_*.py"))
    own = ROOT / "tests" / room
    others = (f"app.{room}.rules", f"app.{room} import rules")
    apart = ("browser", "bench", "ground", "fuzz", "docs")
    return [
        str(test.relative_to(ROOT))
        for test in tests
        if (
            test.is_relative_to(own)
            or (test.parent.name not in ("tests", *apart) and any(name in test.read_text() for name in others))
        )
        and not STAGE.search(test.read_text())
    ]


STAGE = re.compile(r"""\btests(\.| import [^\n]*\b)(databases|serving)\b|parametrize\("kind\"""")
"""What stands in a file of tests that makes databases or servers of its own, or chooses the stage's."""


class WithoutStage:
    """Leaves out every test that asks for something of tests/conftest.py: the application, a database, the cast."""

    def __init__(self) -> None:
        self.files: set[str] = set()

    def pytest_collection_modifyitems(self, items: list[pytest.Function]) -> None:
        items[:] = [item for item in items if not self._asked(item)]
        self.files.update(str(item.path.relative_to(ROOT)) for item in items)

    @staticmethod
    def _asked(item: pytest.Function) -> set[str]:
        return {*item.fixturenames} - {*item._fixtureinfo.name2fixturedefs, "request"}  # noqa: SLF001 - told nowhere else


class InForks(WithoutStage):
    """Runs the tests as the code is, then with each change, every time in a copy of the process that has read everything."""

    def __init__(self, mutants: Sequence[Mutant]) -> None:
        super().__init__()
        self.mutants = mutants
        self.passes_unchanged = False
        self.unnoticed: list[int] = []

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        functions = _functions({mutant.file for mutant in self.mutants})
        gc.freeze()  # what no collection looks at is not copied
        self.passes_unchanged = bool(session.items) and apart(lambda: self._run(session, session.items)) == "0"
        for number, mutant in enumerate(self.mutants if self.passes_unchanged else ()):
            items = sorted(session.items, key=lambda item: not _names(item.path, mutant.file))
            if apart(lambda: self._run_changed(session, items, functions[mutant.file], mutant)) in ("0", UNCHANGED):  # noqa: B023
                self.unnoticed.append(number)
        return True

    def _run_changed(
        self, session: pytest.Session, items: Sequence[pytest.Item], functions: Sequence[FunctionType], mutant: Mutant
    ) -> str:
        return self._run(session, items) if _swap(functions, mutant) else UNCHANGED

    @staticmethod
    def _run(session: pytest.Session, items: Sequence[pytest.Item]) -> str:
        _end_in_time()
        for item in items:
            session.config.hook.pytest_runtest_protocol(item=item, nextitem=None)
            if session.testsfailed:
                break
        return str(session.testsfailed)


UNCHANGED = "unchanged"
BROKE_DOWN = '[false, ["its tests"], []]'


@cache
def _names(test: Path, file: Path) -> bool:
    """Whether the test's file names the changed one: it is the likeliest to notice."""
    return ".".join(file.relative_to(ROOT).with_suffix("").parts) in test.read_text()


def _functions(files: Collection[Path]) -> dict[Path, list[FunctionType]]:
    found: dict[Path, list[FunctionType]] = {file: [] for file in files}
    for each in gc.get_objects():
        if isinstance(each, FunctionType) and (file := Path(each.__code__.co_filename)) in found:
            found[file].append(each)
    return found


def _swap(functions: Sequence[FunctionType], mutant: Mutant) -> bool:
    """Give every function of the file its changed code; False where the change lies in none, or its function cannot take it."""
    new = {(code.co_qualname, code.co_firstlineno): code for code in _codes(compile(mutant.tree, str(mutant.file), "exec"))}
    changed = False
    for function in functions:
        code = new.get((function.__code__.co_qualname, function.__code__.co_firstlineno))
        if code is not None and code != function.__code__ and code.co_freevars == function.__code__.co_freevars:
            function.__code__ = code
            changed = True
    return changed


def _codes(code: CodeType) -> Iterator[CodeType]:
    for part in code.co_consts:
        if isinstance(part, CodeType):
            yield part
            yield from _codes(part)


def _end_in_time() -> None:
    resource.setrlimit(resource.RLIMIT_CPU, (PATIENCE_S, PATIENCE_S))


def _options(tests: Iterable[str]) -> list[str]:
    # Every table is there when files of tests are read, as it is on the stage.
    return [
        "-x",
        "-p",
        "app.models",
        "-q",
        "--noconftest",
        "--assert=plain",
        "-p",
        "no:cacheprovider",
        "-m",
        "not browser and not long",
        *tests,
    ]


def _in_forks(room: Room, mutants: Sequence[Mutant]) -> str:
    forks = InForks(mutants)
    if pytest.main(_options(room.tests), plugins=[forks]) == pytest.ExitCode.INTERRUPTED:
        raise RuntimeError(f"{room.name}: its files of tests cannot be read")
    return json.dumps([forks.passes_unchanged, sorted(forks.files), forks.unnoticed])


def _from_the_start(tests: Iterable[str], mutant: Mutant) -> str:
    """pytest's status where the change is there before anything is read: tables and constants are read once."""
    _end_in_time()
    load: Callable[[SourceFileLoader, str], object] = SourceFileLoader.get_code

    def get_code(loader: SourceFileLoader, name: str) -> object:
        is_it = loader.path == str(mutant.file)
        return compile(mutant.tree, loader.path, "exec") if is_it else load(loader, name)

    SourceFileLoader.get_code = get_code  # type: ignore[method-assign, assignment]
    return str(int(pytest.main(_options(tests), plugins=[WithoutStage()])))


def apart(work: Callable[[], str]) -> str:
    """What the work gives in a copy of this process, which says nothing; empty where it did not come to its end."""
    hear, tell = os.pipe()
    child = os.fork()
    if child == 0:
        nothing = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nothing, 1)
        os.dup2(nothing, 2)
        with contextlib.suppress(BaseException):
            os.write(tell, work().encode())
        os._exit(0)
    os.close(tell)
    with open(hear) as told:
        given = told.read()
    os.waitpid(child, 0)
    return given


def preload() -> None:
    """Import every library that the tests' stage imports, and nothing of ours: a copy then has only our own to read."""
    ask = "import sys, pytest, tests.conftest; print(*sys.modules)"
    told = subprocess.run([sys.executable, "-c", ask], cwd=ROOT, check=True, capture_output=True, text=True)
    for name in told.stdout.split():
        if name.partition(".")[0] not in ("app", "tests", "__main__"):
            with contextlib.suppress(Exception):
                importlib.import_module(name)


def score(room: Room, most: int, seed: int, tell: Callable[[str], None]) -> RoomScore:
    places = [(file, number) for file in room.files for number in places_of(file)]
    chance = random.Random(f"{seed} {room.name}")
    mutants = [mutant(file, number, chance) for file, number in chance.sample(places, min(most, len(places)))]
    passes, tests, unnoticed = json.loads(apart(lambda: _in_forks(room, mutants)) or BROKE_DOWN)
    if tests and not passes:
        raise SystemExit(f"{room.name}: its tests fail as the code is")
    tell(f"{room.name}: {' '.join(tests) or 'no test without a database'}")
    survivors = []
    for changed in mutants if not tests else [mutants[number] for number in unnoticed]:
        if not tests or apart(lambda changed=changed: _from_the_start(tests, changed)) == "0":  # type: ignore[misc]
            survivors.append(changed)
            tell(f"  survives: {changed}")
    return RoomScore(room.name, len(places), len(mutants), tuple(survivors))


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench.mutants", description=(__doc__ or "").partition("\n\n")[0])
    parser.add_argument("rooms", nargs="*", help="all when left out")
    parser.add_argument("--most", type=int, default=30, help="changes tried in each room (30)")
    parser.add_argument("--seed", type=int, default=SEED)
    given = parser.parse_args()
    os.nice(10)
    # As tests/conftest.py has it: a slow machine is no change that was noticed.
    hypothesis.settings.register_profile("mutants", deadline=None, derandomize=True, database=None)
    hypothesis.settings.load_profile("mutants")
    preload()
    there = {room.name: room for room in rooms()}
    scores = []
    for name in given.rooms or there:
        scores.append(score(there[name], given.most, given.seed, lambda line: print(line, flush=True)))
        print(f"  {scores[-1].row()}", flush=True)
    print("\n| room | places | tried | noticed | share |\n|---|---|---|---|---|")
    print("\n".join(each.row() for each in scores))


if __name__ == "__main__":
    main()
