"""What lies in static/ for pages: which file goes into which bundle, and one digest over all that a build is made from.

The standard library only: run by itself (`python -P app/web/sources.py`, as bin/assets does) it ends with 0 when static/dist is
made from these sources, without loading the application.
"""

from __future__ import annotations

import hashlib
import json
import re
import sys
from pathlib import Path
from typing import TypedDict

ROOT = Path(__file__).resolve().parents[2]

COMMON = "sabuk"
"""The bundle, and the stylesheet, of every page."""
APART: dict[str, frozenset[str]] = {
    "desk": frozenset({"desk-keys"}),
    "outbox": frozenset({"outbox-list", "offline-page"}),
    "notices": frozenset({"push-switch"}),
    "stepper": frozenset({"number-stepper"}),
    "few": frozenset({"install-button", "photo-viewer", "print-page"}),
    "account": frozenset({"near-me", "show-password"}),
}
"""Scripts that only some readers need, by the name of their bundle: they weigh nothing on the pages of all others."""
REST = "rest"
"""The stylesheet of desks and of public pages, after the common one; the pages that a phone keeps do without."""
STYLES: dict[str, tuple[str, ...]] = {
    COMMON: (
        *("tokens.css", "reset.css", "layout.css"),
        *("components/controls.css", "components/frame.css", "components/words.css"),
        *("pages/maps.css", "pages/record.css"),
    ),
    REST: ("components/*.css", "pages/*.css", "print.css"),
    "map": ("map/*.css",),
    "photos": ("tap/photos.css",),
    "outbox": ("tap/outbox.css",),
}
"""Each stylesheet's files in their order, which is also the order of its layers; a file belongs to the first that names it."""
OF_PACKAGES: dict[str, tuple[str, ...]] = {"map": ("leaflet/dist/leaflet.css",)}
"""What a stylesheet begins with once it is built: a package's style, as one of our components."""

HOW_IT_IS_MADE = ("package-lock.json", "app/web/sources.py", "app/web/bundle.py")
_NAMED = re.compile(r"""\bscript\(['"](?P<name>[a-z0-9-]+)['"]\)""")


def style_files(folder: Path) -> dict[str, list[Path]]:
    """The files of each stylesheet."""
    taken: set[Path] = set()
    found: dict[str, list[Path]] = {}
    for name, patterns in STYLES.items():
        found[name] = [file for pattern in patterns for file in sorted(folder.glob(pattern)) if file not in taken]
        taken.update(found[name])
    return found


def joined_styles(folder: Path, name: str = COMMON) -> str:
    """One stylesheet, without what only its writers read."""
    files = style_files(folder)[name]
    text = re.sub(r"/\*.*?\*/", "", "".join(file.read_text() for file in files), flags=re.DOTALL)
    text = re.sub(r"\s+", " ", text)
    return re.sub(r" ?([{};,]) ?", r"\1", text).replace(";}", "}").strip()


def named_scripts(templates: Path) -> list[str]:
    """The scripts that pages ask for: script('name') in a template."""
    return sorted({found["name"] for file in templates.rglob("*.html") for found in _NAMED.finditer(file.read_text())})


def script_files(folder: Path) -> dict[str, Path]:
    """Each script by its name, which it bears alone, in whichever folder it lies."""
    found: dict[str, Path] = {}
    for file in sorted(folder.rglob("*.js")):
        other = found.setdefault(file.stem, file)
        if other != file:
            raise ValueError(f"{other} and {file} have the same name")
    return found


def is_worker(name: str) -> bool:
    """A script that runs beside pages, not in them: one classic file of its own."""
    return name == "sw" or name.endswith("-worker")


def bundle_of(name: str) -> str:
    """The bundle in which a page's script travels."""
    return next((bundle for bundle, names in APART.items() if name in names), COMMON)


def digest(root: Path = ROOT) -> str:
    """One word for everything that a build is made from: scripts, styles, what pages ask for, packages, and how it is built."""
    files = [
        *sorted(file for part in ("js", "css") for file in (root / "static" / part).rglob("*") if file.is_file()),
        *(file for name in HOW_IT_IS_MADE if (file := root / name).exists()),
    ]
    known = hashlib.sha256(json.dumps(named_scripts(root / "templates")).encode())
    for file in files:
        known.update(f"{file.relative_to(root).as_posix()}\n".encode())
        known.update(hashlib.sha256(file.read_bytes()).digest())
    return known.hexdigest()[:32]


class Manifest(TypedDict):
    """What static/dist/manifest.json says."""

    sources: str
    """The digest of what it is made from."""
    files: dict[str, str]
    """The file of each name that pages and scripts know: "number-stepper.js" lies in "sabuk.3QKZB6VD.js"."""
    all: list[str]


def manifest(root: Path = ROOT) -> Manifest | None:
    """What static/dist holds; None where nothing is built, or from other sources."""
    try:
        read: Manifest = json.loads((root / "static" / "dist" / "manifest.json").read_text())
    except (OSError, ValueError):
        return None
    return read if read["sources"] == digest(root) else None


if __name__ == "__main__":
    sys.exit(manifest() is None)
