"""What the documents tell people to type exists: every command, every option, every page linked."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from app.cli import sabuk

ROOT = Path(__file__).resolve().parents[2]
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md")])
_COMMAND = re.compile(r"(?:bin/|`)sabuk ([a-z][^`\n|#]*)")
_LINK = re.compile(r"\]\((?!https?:|#)([^)#]+)")


_CONTEXT = click.Context(sabuk)


def commands() -> Iterator[tuple[str, str]]:
    for page in PAGES:
        for found in _COMMAND.finditer(page.read_text()):
            yield page.name, found[1].strip().rstrip(".,;:)")


@pytest.mark.parametrize(("page", "line"), sorted(set(commands())))
def test_every_command_written_down_exists(page: str, line: str) -> None:
    words = shlex.split(line.replace("...", ""))
    command: click.Command = sabuk
    while words and isinstance(command, click.Group) and not words[0].startswith("-"):
        names = words.pop(0).split("|")
        commands = [command.get_command(_CONTEXT, name) for name in names]
        assert all(commands), f"{page}: there is no `sabuk {line}`"
        command = commands[0]
    options = {name for parameter in command.params for name in [*parameter.opts, *parameter.secondary_opts]} | {"--help", "--"}
    told = [word.split("=")[0].strip("[]") for word in words if word.startswith(("--", "[--"))]
    assert set(told) <= options, f"{page}: `sabuk {line}` has no {set(told) - options}"


@pytest.mark.parametrize("page", PAGES, ids=[page.name for page in PAGES])
def test_every_link_leads_somewhere(page: Path) -> None:
    for target in _LINK.findall(page.read_text()):
        assert (page.parent / target).exists(), f"{page.name} links to {target}"


def test_the_readme_leads_to_every_page() -> None:
    linked = {(ROOT / target).resolve() for target in _LINK.findall((ROOT / "README.md").read_text())}
    assert {page.name for page in PAGES if page.name != "README.md" and page not in linked} == set()


def test_every_command_has_help_with_an_example() -> None:
    def walk(command: click.Command, path: str) -> Iterator[str]:
        if isinstance(command, click.Group):
            for name in command.list_commands(_CONTEXT):
                child = command.get_command(_CONTEXT, name)
                assert child is not None
                yield from walk(child, f"{path} {name}")
        elif path not in (command.help or "").partition("Example:")[2]:
            yield path

    assert list(walk(sabuk, "sabuk")) == []
