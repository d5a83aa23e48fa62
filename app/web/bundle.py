"""Makes static/dist: scripts in few bundles, styles, all small, named by their content and compressed beside themselves.

`bin/assets` runs it when the sources have changed. esbuild does the work; it is installed with package-lock.json.
"""

from __future__ import annotations

import gzip
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory

from app.web import sources
from app.web.sources import Manifest

TARGET = "es2022"
"""What phones of 2022 understand. Older would cost each page a request more, for what stands in for fields of classes."""
SCRIPTS, OUT = "static/js", "out"


class BuildFailed(Exception):
    """The sources cannot be put together; the text says where."""


def esbuild(root: Path = sources.ROOT) -> Path | None:
    """The program for this machine, when node_modules holds it."""
    return next(iter(sorted((root / "node_modules" / "@esbuild").glob("*/bin/esbuild"))), None)


def build(root: Path, program: Path, into: Path) -> Manifest:
    """Write the files of root/static and their manifest into the folder.

    What is still named stays as it is, the manifest is replaced in one step, what nothing names any more is removed last.
    """
    made_from = sources.digest(root)
    with TemporaryDirectory() as folder:
        work = Path(folder).resolve()
        # Names are made of content and of paths: here every path is the same wherever the project lies.
        shutil.copytree(root / SCRIPTS, work / SCRIPTS)
        (work / "node_modules").symlink_to(sources.ROOT / "node_modules")
        scripts = _scripts(work)
        pages, workers = _pages(root, program, work, scripts), _workers(program, work, scripts)
        into.mkdir(parents=True, exist_ok=True)
        made = {file.name: file.read_bytes() for file in (work / OUT).iterdir()}
    for name, body in made.items():
        _put(into / name, body)
        # The time is left out of the archive: the same content is the same bytes.
        _put(into / f"{name}.gz", gzip.compress(body, 9, mtime=0))
    files = pages | workers
    told = Manifest(sources=made_from, files=dict(sorted(files.items())), all=sorted(made))
    _put(into / "manifest.json", (json.dumps(told, indent=1) + "\n").encode())
    kept = {"manifest.json", *made, *(f"{name}.gz" for name in made)}
    for file in into.iterdir():
        if file.name not in kept:
            file.unlink()
    return told


def _scripts(work: Path) -> dict[str, str]:
    """Name -> the path of the script from where it is built."""
    try:
        return {name: file.relative_to(work).as_posix() for name, file in sources.script_files(work / SCRIPTS).items()}
    except ValueError as wrong:
        raise BuildFailed(str(wrong)) from wrong


def _pages(root: Path, program: Path, work: Path, scripts: Mapping[str, str]) -> dict[str, str]:
    """Bundles and stylesheets of pages; what is only imported on tap becomes a file of its own."""
    wanted = [name for name in sources.named_scripts(root / "templates") if not sources.is_worker(name)]
    bundles: dict[str, list[str]] = {sources.COMMON: []}
    for name in wanted:
        if name not in scripts:
            raise BuildFailed(f"A template asks for {name}.js, which is not there in static/js.")
        bundles.setdefault(sources.bundle_of(name), []).append(name)
    for bundle, names in bundles.items():
        (work / f"{bundle}.js").write_text("".join(f'import "./{scripts[name]}";\n' for name in names))
    for style in sources.STYLES:
        imports = [f'@import "{file}" layer(components);' for file in sources.OF_PACKAGES.get(style, ())]
        (work / f"{style}.css").write_text("\n".join([*imports, sources.joined_styles(root / "static" / "css", style)]))
    entries = [f"{bundle}.js" for bundle in bundles] + [f"{style}.css" for style in sources.STYLES]
    made = _run(program, work, entries, "--format=esm", "--splitting")
    named = {f"{name}.js": made[f"{sources.bundle_of(name)}.js"] for name in wanted}
    return made | named


def _workers(program: Path, work: Path, scripts: Mapping[str, str]) -> dict[str, str]:
    entries = [file for name, file in scripts.items() if sources.is_worker(name)]
    return _run(program, work, entries, "--format=iife") if entries else {}


def _run(program: Path, work: Path, entries: list[str], *options: str) -> dict[str, str]:
    """The file made of each entry, and of each module that is imported on tap, by the source's name."""
    notes = work / "notes.json"
    done = subprocess.run(
        [
            str(program), *entries, *options, "--preserve-symlinks", "--bundle", "--minify", f"--target={TARGET}",
            "--charset=utf8", "--legal-comments=eof", "--loader:.png=dataurl", "--log-level=warning", "--color=false",
            "--entry-names=[name].[hash]", "--chunk-names=[name].[hash]", f"--outdir={OUT}", f"--metafile={notes}",
        ],
        cwd=work,
        capture_output=True,
        text=True,
        check=False,
    )  # fmt: skip
    if done.returncode or done.stderr.strip():
        raise BuildFailed(done.stderr.strip())
    outputs = json.loads(notes.read_text())["outputs"]
    return {Path(told["entryPoint"]).name: Path(name).name for name, told in outputs.items() if "entryPoint" in told}


def _put(file: Path, body: bytes) -> None:
    """The file is there whole or not at all."""
    draft = file.with_name(f".{file.name}.{os.getpid()}")
    draft.write_bytes(body)
    draft.replace(file)


def main() -> None:
    program = esbuild()
    if program is None:
        sys.exit("esbuild is not in node_modules: bin/assets installs it.")
    try:
        told = build(sources.ROOT, program, sources.ROOT / "static" / "dist")
    except BuildFailed as failed:
        sys.exit(f"static/dist could not be made:\n{failed}")
    sys.stderr.write(f"Made static/dist: {len(told['all'])} files.\n")


if __name__ == "__main__":
    main()
