"""What browsers load is built from the sources alone: small, complete, the same each time, and never of other sources."""

from __future__ import annotations

import gzip
import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from app.settings import ROOT
from app.web import assets, bundle, sources
from app.web.sources import APART, COMMON

ELEMENT = 'import { far } from "./far.js";\ncustomElements.define("near-far", class extends HTMLElement { far = far; });\n'
HEAVIEST_MAP = 60 * 1024
"""Bytes of gzip."""
SCRIPTS = {
    "near-far": ELEMENT,
    "far": "export const far = () => import('./on-tap.js');\n",
    "on-tap": "export const spoken = 'Nah …';\n",
    "desk-keys": "console.info('desk');\n",
    "nobody-asks": "nonsense(;\n",
    "sw": 'import { far } from "./far.js";\nself.addEventListener("fetch", () => far());\n',
    "shrink-worker": "onmessage = () => postMessage('smaller');\n",
}


@pytest.fixture(scope="session")
def program() -> Path:
    found = bundle.esbuild()
    if found is None:
        pytest.skip("esbuild is not in node_modules: bin/assets installs it")
    return found


@pytest.fixture
def house(tmp_path: Path) -> Path:
    """A project of a few files."""
    root = tmp_path / "house"
    for folder in ("static/js", "static/css", "static/icons", "templates/part"):
        (root / folder).mkdir(parents=True)
    for name, text in SCRIPTS.items():
        (root / "static" / "js" / f"{name}.js").write_text(text)
    (root / "static" / "css" / "tokens.css").write_text("@layer tokens { :root { --ink: #1f2a24; } } /* ink */\n")
    (root / "static" / "icons" / "mark.svg").write_text("<svg/>")
    (root / "templates" / "page.html").write_text("""<script src="{{ script('near-far') }}"></script>""")
    (root / "templates" / "part" / "desk.html").write_text(
        """<script src="{{ script("desk-keys") }}"></script> {{ script('shrink-worker') }}"""
    )
    return root


def built(house: Path, program: Path) -> sources.Manifest:
    return bundle.build(house, program, house / "static" / "dist")


def served(house: Path) -> assets.Assets:
    told = sources.manifest(house)
    assert told is not None
    return assets.built(house / "static", told)


def content(folder: Path) -> dict[str, bytes]:
    return {file.name: file.read_bytes() for file in folder.iterdir()}


def test_the_same_sources_make_the_same_bytes(program, house, tmp_path):
    built(house, program)
    moved = tmp_path / "elsewhere" / "deep"
    shutil.copytree(house, moved, ignore=shutil.ignore_patterns("dist"))
    built(moved, program)
    assert content(house / "static" / "dist") == content(moved / "static" / "dist")
    before = content(house / "static" / "dist")
    built(house, program)
    assert content(house / "static" / "dist") == before


def test_the_sources_of_this_house_make_the_same_bytes(program, tmp_path):
    for folder in ("one", "two"):
        bundle.build(ROOT, program, tmp_path / folder)
    assert content(tmp_path / "one") == content(tmp_path / "two")


def test_the_manifest_names_every_file_and_each_is_compressed_beside_itself(program, house):
    told = built(house, program)
    dist = house / "static" / "dist"
    names = {file.name for file in dist.iterdir()} - {"manifest.json"}
    assert names == {each for name in told["all"] for each in (name, f"{name}.gz")}
    assert set(told["files"].values()) <= set(told["all"])
    for name in told["all"]:
        assert gzip.decompress((dist / f"{name}.gz").read_bytes()) == (dist / name).read_bytes()
        assert re.fullmatch(r"[a-z-]+\.[A-Z0-9]{8}\.(js|css)", name), name
    assert json.loads((dist / "manifest.json").read_text()) == told


def test_every_script_that_a_page_asks_for_is_there(program, house):
    files = built(house, program)["files"]
    assert files["near-far.js"] == files[f"{COMMON}.js"]
    assert files["desk-keys.js"] == files["desk.js"] != files[f"{COMMON}.js"]
    assert "nobody-asks.js" not in files
    assert "desk" not in (house / "static" / "dist" / files[f"{COMMON}.js"]).read_text()


def test_a_script_is_found_in_its_folder(program, house):
    (house / "static" / "js" / "pages").mkdir()
    (house / "static" / "js" / "desk-keys.js").rename(house / "static" / "js" / "pages" / "desk-keys.js")
    files = built(house, program)["files"]
    assert "'desk'" in (house / "static" / "dist" / files["desk-keys.js"]).read_text().replace('"', "'")


def test_what_is_imported_on_tap_is_not_loaded_before(program, house):
    told = built(house, program)
    body = (house / "static" / "dist" / told["files"][f"{COMMON}.js"]).read_text()
    assert f'import("./{told["files"]["on-tap.js"]}")' in body
    assert "Nah …" in (house / "static" / "dist" / told["files"]["on-tap.js"]).read_text()


def test_a_worker_is_one_classic_file(program, house):
    told = built(house, program)
    for name in ("sw.js", "shrink-worker.js"):
        body = (house / "static" / "dist" / told["files"][name]).read_text()
        assert body.startswith(("(()=>{", '"use strict";(()=>{')), body
        assert not re.search(r"\bimport\b|\bexport\b", body)


@pytest.mark.parametrize(
    ("file", "text"),
    [
        ("static/js/far.js", "export const far = 1;"),
        ("static/css/tokens.css", "@layer tokens { :root { --ink: black; } }"),
        ("templates/page.html", "{{ script('shrink-worker') }}"),
        ("package-lock.json", "{}"),
    ],
)
def test_what_is_built_of_other_sources_is_not_used(program, house, file, text):
    built(house, program)
    assert sources.manifest(house)
    (house / file).write_text(text)
    assert sources.manifest(house) is None


def test_words_of_a_page_alone_need_no_new_build(program, house):
    built(house, program)
    page = house / "templates" / "page.html"
    page.write_text(f"<p>Baru</p>{page.read_text()}")
    assert sources.manifest(house)


def test_nothing_is_left_of_an_earlier_build(program, house):
    earlier = built(house, program)["files"]["near-far.js"]
    (house / "static" / "js" / "far.js").write_text("export const far = 'other';")
    later = built(house, program)
    assert later["files"]["near-far.js"] != earlier
    assert not (house / "static" / "dist" / earlier).exists()
    assert "on-tap.js" not in later["files"]


@pytest.mark.parametrize(
    ("file", "text", "why"),
    [
        ("static/js/far.js", "export const far = ;", "far.js"),
        ("static/js/far.js", 'import "./gone.js"; export const far = 1;', "gone.js"),
        ("static/js/map/far.js", "export const far = 1;", "far.js have the same name"),
        ("templates/page.html", "{{ script('never-was') }}", "never-was.js"),
    ],
)
def test_a_build_that_fails_says_where_and_leaves_what_was_there(program, house, file, text, why):
    built(house, program)
    before = content(house / "static" / "dist")
    (house / file).parent.mkdir(exist_ok=True)
    (house / file).write_text(text)
    with pytest.raises(bundle.BuildFailed, match=why):
        built(house, program)
    assert content(house / "static" / "dist") == before


def test_maps_are_no_part_of_what_every_page_loads_and_weigh_little(program, tmp_path):
    told = bundle.build(ROOT, program, tmp_path)
    weights = {name: (tmp_path / f"{told['files'][name]}.gz").stat().st_size for name in ("maps-on-tap.js", "map.css")}
    assert sum(weights.values()) <= HEAVIEST_MAP, weights
    eager = [name for name in told["all"] if name not in {told["files"][name] for name in weights}]
    assert b"leaflet" not in b"".join((tmp_path / name).read_bytes() for name in eager)
    assert b"@layer components" in (tmp_path / told["files"]["map.css"]).read_bytes()


def test_a_spoiled_or_missing_manifest_is_no_build(house):
    assert sources.manifest(house) is None
    (house / "static" / "dist").mkdir()
    (house / "static" / "dist" / "manifest.json").write_text("{")
    assert sources.manifest(house) is None


def test_whether_it_is_built_can_be_asked_without_the_application():
    asked = subprocess.run(
        [sys.executable, "-P", "-X", "importtime", str(ROOT / "app" / "web" / "sources.py")],
        capture_output=True, text=True, check=False, env={**os.environ, "PYTHONPATH": ""},
    )  # fmt: skip
    assert asked.returncode == (0 if sources.manifest() else 1)
    assert "flask" not in asked.stderr


def test_the_digest_is_the_same_wherever_the_sources_lie(house, tmp_path):
    moved = tmp_path / "moved"
    shutil.copytree(house, moved)
    assert sources.digest(house) == sources.digest(moved)


@pytest.fixture
def whole(program: Path, tmp_path: Path) -> Path:
    """This house in another place, built there."""
    root = tmp_path / "copy"
    for part in ("static", "templates"):
        shutil.copytree(ROOT / part, root / part, ignore=shutil.ignore_patterns("dist"))
    built(root, program)
    return root


def test_the_service_worker_is_served_at_the_root_and_asked_for_each_time(app, page, whole, monkeypatch):
    monkeypatch.setitem(app.extensions, "assets", served(whole))
    answer = page.get("/sw.js", headers={"Accept-Encoding": "gzip"})
    assert answer.headers["Cache-Control"] == "no-cache"
    assert answer.content_type == "text/javascript; charset=utf-8"
    assert "Set-Cookie" not in answer.headers
    assert gzip.decompress(answer.data).startswith(b"self.SABUK=")
    again = {"Accept-Encoding": "gzip", "If-None-Match": answer.headers["ETag"]}
    assert page.get("/sw.js", status=304, headers=again).data == b""
    plain = page.get("/sw.js", headers={"Accept-Encoding": "identity"})
    assert plain.data == gzip.decompress(answer.data)
    assert plain.headers["ETag"] != answer.headers["ETag"]


def test_without_a_build_pages_have_their_modules_and_there_is_no_service_worker(app, page, monkeypatch):
    raw = assets.unbuilt(ROOT / "static")
    monkeypatch.setitem(app.extensions, "assets", raw)
    page.get("/sw.js", status=404)
    text = page.get("/_components").text
    address = raw.scripts["number-stepper"].address
    assert hashlib.sha256(raw.scripts["number-stepper"].body).hexdigest()[:12] in address
    assert f'src="{address}"' in text
    assert page.get(address).data.startswith(b"// <number-stepper>")


def test_a_built_page_asks_for_bundles(app, page, whole, monkeypatch):
    ready = served(whole)
    monkeypatch.setitem(app.extensions, "assets", ready)
    text = page.get("/_components").text
    addresses = set(re.findall(r'<script type="module" src="([^"]+)"', text))
    assert ready.scripts[COMMON].address in addresses
    assert addresses <= {ready.scripts[name].address for name in (COMMON, *APART)}
    for asset in ready.all():
        answer = page.get(asset.address, headers={"Accept-Encoding": "gzip"})
        assert (answer.data if asset.is_picture else gzip.decompress(answer.data)) == asset.body
        assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"
