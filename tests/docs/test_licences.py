"""What the program is served with may be combined with its licence, and the licence is said the same everywhere."""

from __future__ import annotations

import json
import re
import tomllib
from importlib import metadata
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
OURS = "AGPL-3.0-or-later"

COMBINED_WITH_OURS = {
    "MIT",
    "MIT License",
    "MIT-0",
    "MIT-CMU",
    "0BSD",
    "BSD License",
    "BSD-2-Clause",
    "BSD-3-Clause",
    "Zlib",
    "CC0-1.0",
    "PSF-2.0",
    "Python Software Foundation License",
    "Apache-2.0",
    "Apache Software License",
    "MPL-2.0",
    "Mozilla Public License 2.0 (MPL 2.0)",
    "LGPL-3.0-only",
}
"""As SPDX names them, or the index's older classifiers. Apache-2.0, the MPL-2.0 and the LGPL-3.0 say that they may be combined
with the GPL's third version; the AGPL's section 13 joins the two."""


def of_expression(expression: str) -> list[str]:
    """The licences of an SPDX expression, each of which has to be kept: of a choice the first that we may take."""
    choices = [part.strip("() ").split(" OR ") for part in expression.split(" AND ")]
    return [next((name for name in names if name in COMBINED_WITH_OURS), names[0]) for names in choices]


def licences(package: str) -> list[str]:
    """The licences that an installed package names."""
    told = metadata.metadata(package)
    expression = told.get("License-Expression")
    if expression:
        return of_expression(expression)
    classifiers = [line.split(" :: ")[-1] for line in told.get_all("Classifier") or [] if line.startswith("License :: ")]
    named = [name for name in classifiers if name != "OSI Approved"]
    return named or [(told.get("License") or "none named").splitlines()[0]]


def test_every_locked_package_may_be_combined_with_ours() -> None:
    locked = re.findall(r"(?m)^([\w.-]+)==", (ROOT / "requirements" / "base.txt").read_text())
    assert len(locked) > 40
    others = {package: found for package in locked if not set(found := licences(package)) <= COMBINED_WITH_OURS}
    assert others == {}, "may it be served with ours? then docs/dependencies.md says so"


def test_every_locked_package_for_browsers_may_be_combined_with_ours() -> None:
    packages = json.loads((ROOT / "package-lock.json").read_text())["packages"]
    named = {path: row.get("license", "none named") for path, row in packages.items() if path}
    others = {path: each for path, each in named.items() if not set(of_expression(each)) <= COMBINED_WITH_OURS}
    assert others == {}


def test_the_licence_is_said_the_same_everywhere() -> None:
    assert tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["license"] == OURS
    assert json.loads((ROOT / "package.json").read_text())["license"] == OURS
    assert json.loads((ROOT / "package-lock.json").read_text())["packages"][""]["license"] == OURS
    head = (ROOT / "LICENSE").read_text().split(maxsplit=7)
    assert " ".join(head[:7]) == "GNU AFFERO GENERAL PUBLIC LICENSE Version 3,"
    assert OURS in (ROOT / "README.md").read_text()


def test_the_locks_carry_no_address():
    for lock in (ROOT / "package-lock.json", *sorted((ROOT / "requirements").glob("*.txt"))):
        assert "://" not in lock.read_text(), lock.name
