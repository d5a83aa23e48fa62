"""Every page that the application has, as each post sees it: reached by links, without barriers, and small.

A new page is looked at without a line here. One that no page leads to is named by the first test: lead to it, or name it among
STARTS. What the pages weigh is written beside the pictures (SABUK_SCREENSHOTS keeps them).
"""

from __future__ import annotations

import json
import os
import shutil
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import Browser, Page

from app.application import create_app
from app.database import db
from app.database.transaction import write_transaction
from app.people import queries as people
from app.people.models import MembershipRequest
from app.places import queries as places
from app.reviews.models import Review
from app.settings import Settings
from tests.browser.conftest import PHONE, THEMES, listen, loading, problems_of
from tests.browser.flows.conftest import KELURAHAN, City, sabuk
from tests.browser.visitors import Visitor
from tests.browser.walking import Room, Walk, Weight, pages_of, weighing
from tests.databases import made_once
from tests.serving import serving

pytestmark = pytest.mark.long

ROLES = {
    "anybody": None,
    "volunteer": "budi",
    "cadre": "bu.kader",
    "teacher": "bu.guru",
    "officer": "petugas",
    "lurah": "pak.lurah",
    "administrator": "admin",
}
"""Who looks -> sign-in name in the demo city; whoever comes first looks at what all see alike."""
STARTS = ("/", "/_components", "/daftar?usia=18", "/tanpa-sinyal")
FULL = (
    "/kota?kota=99.01",
    "/kota?kota=99.01&indicator=people&period=2026",
    f"/kelurahan/{KELURAHAN}",
    f"/kelurahan/{KELURAHAN}/rekap",
    f"/kelurahan/{KELURAHAN}/fakta",
    "/peringkat?scope=city:99.01&limit=100&period=all",
    "/peringkat?scope=city:99.01&subject=kelurahan&period=all",
    "/peringkat?scope=city:99.01&subject=school&period=all",
)
"""Where the most stands."""
WITH_A_PERSON = ("public.front", "public.board", "sync.record", "public.kelurahan_page")
"""Pages that anybody reads and that say more to who has signed in: looked at a second time as a volunteer and as a lurah."""
COORDINATORS = ("stamping.", "admin.", "places.", "people.invit", "people.people_in_reach")
MOST, MAX_FOR_COORDINATORS = 60_000, 150_000
"""Bytes of a page with all that it loads, compressed, photographs and maps left out."""
FOUND = "found.json"
"""Where the city's folder keeps what was found in it."""


@dataclass(frozen=True, slots=True)
class Known:
    """The full city, and what each of its people finds there."""

    city: City
    rooms: dict[str, Room | None]
    """Role -> what the browser keeps once they have signed in."""
    ways: dict[str, dict[str, str]]
    """Role -> endpoint -> address of every page that they reach."""


@pytest.fixture(scope="session")
def known(tmp_path_factory: pytest.TempPathFactory, browser: Browser) -> Iterator[Known]:
    """A server with a full city, beside it Bandung where its outlines are there."""
    made = made_once("every-page", lambda instance: _explore(instance, browser))
    instance = shutil.copytree(made, tmp_path_factory.mktemp("full"), dirs_exist_ok=True)
    with serving(None, instance) as server:
        yield Known(City(server, instance), **json.loads((instance / FOUND).read_text()))


def _explore(instance: Path, browser: Browser) -> None:
    """Makes the city, and finds every page that somebody can reach there."""
    sabuk(instance, "db", "upgrade")
    sabuk(instance, "demo", "load", "--people", "100", "--actions", "1500")
    for file in ("bandung_kecamatan.geojson", "bandung_kelurahan.geojson") if os.environ.get("SABUK_PLACES") else ():
        sabuk(instance, "places", "import", str(Path(os.environ["SABUK_PLACES"]) / file))
    with serving(None, instance) as server:
        city, app = City(server, instance), _app(instance)
        rooms = _sign_all_in(city, browser)
        starts = _starts(city, browser, rooms, app)
        ways = {role: Walk(app, browser, city.url, rooms[role]).go(starts[role]) for role in ROLES}
    (instance / FOUND).write_text(json.dumps({"rooms": rooms, "ways": ways}))


def _app(instance: Path) -> Flask:
    return create_app(Settings(database_url=f"sqlite:///{instance / 'sabuk.sqlite3'}", instance=instance, secret_key="x"))


def _sign_all_in(full: City, browser: Browser) -> dict[str, Room | None]:
    """Role -> what that person's browser keeps from then on."""
    kept: dict[str, Room | None] = {}
    for role, name in ROLES.items():
        room = browser.new_context(locale="id")
        if name is not None:
            visitor = Visitor(room.new_page(), full.url)
            visitor.signs_in(name, full.password(name))
        kept[role] = {"cookies": room.cookies(), "origins": []} if name is not None else None
        room.close()
    return kept


def _starts(full: City, browser: Browser, rooms: dict[str, Room | None], app: Flask) -> dict[str, list[str]]:
    """Where each begins; what lies behind an action begins there."""
    room = browser.new_context()
    waiting, stamped, beside = (_recorded(room.request, full) for _ in range(3))
    answer = room.request.post(
        f"{full.url}/api/v1/stamps",
        headers={"Authorization": f"Bearer {full.token('petugas')}"},
        data={"actions": [stamped, beside], "note": "Sudah dilihat."},
    )
    result, _ = answer.json()["results"]
    office = _office(full, browser)
    room.close()
    with app.app_context(), write_transaction(db.session()) as session:
        session.add(Review(action_id=uuid.UUID(stamped), opened_at=datetime.now(UTC)))
        asks = people.account_by_name(session, "bu.kader")
        site = places.site_by_uuid(session, uuid.UUID(office))
        assert asks is not None
        assert site is not None
        session.add(MembershipRequest(person_id=asks.person_id, site_id=site.id, ends_others=False, asked_at=datetime.now(UTC)))
    begins = {role: list(STARTS) for role in ROLES}
    begins["volunteer"] += [f"/aksi/{waiting}", f"/aksi/{stamped}"]
    begins["officer"] += ["/meja", f"/aksi/{waiting}", f"/meja/batal/{result['stamp']}"]
    begins["officer"] += ["/admin/lokasi?jenis=school", f"/admin/lokasi/{office}/pastikan"]
    begins["officer"] += ["/anggota", "/meja/dicap", f"/cek/{result['stamp']}"]
    begins["administrator"] += [f"/admin/wilayah/{KELURAHAN}", *_of_a_volunteer(full, browser, rooms["administrator"])]
    lurah = browser.new_context(locale="id", storage_state=rooms["lurah"])  # type: ignore[arg-type]
    visitor = Visitor(lurah.new_page(), full.url)
    visitor.opens("/undang/cadre")
    visitor.fills(name="Ibu Nia", rw="7")
    visitor.page.get_by_label("PKK", exact=True).check()
    visitor.presses("Buat undangan")
    begins["lurah"].append(visitor.path)
    begins["anybody"].append(visitor.page.locator("[name=link]").input_value().strip().removeprefix(full.url))
    lurah.close()
    return begins


def _office(full: City, browser: Browser) -> str:
    """The site at which Pak Budi acts."""
    room = browser.new_context()
    [site] = room.request.get(f"{full.url}/api/v1/me", headers={"Authorization": f"Bearer {full.token('budi')}"}).json()["sites"]
    room.close()
    return str(site["id"])


def _of_a_volunteer(full: City, browser: Browser, administrator: Room | None) -> list[str]:
    """The page of Pak Budi as an administrator sees it, and what it leads to when his account is closed or his name hidden."""
    room = browser.new_context(locale="id", storage_state=administrator)  # type: ignore[arg-type]
    visitor = Visitor(room.new_page(), full.url)
    visitor.opens("/admin/orang?cari=budi")
    visitor.page.get_by_role("row").get_by_role("link", name="Pak Budi").click()
    path = visitor.path
    room.close()
    return [path, f"{path}/buka", f"{path}/tampilkan-nama"]


def _recorded(asks: Any, full: City) -> str:
    """An action of Pak Budi's at his office, a while ago."""
    by = {"Authorization": f"Bearer {full.token('budi')}"}
    [site] = asks.get(f"{full.url}/api/v1/me", headers=by).json()["sites"]
    action_id, now = str(uuid.uuid4()), datetime.now(UTC)
    body = {
        "programme": "gps",
        "captured_at": (now - timedelta(hours=1)).isoformat(),
        "sent_at": now.isoformat(),
        "minutes": 15,
        "fix": {"lon": site["lon"], "lat": site["lat"], "accuracy_m": 9, "source": "device"},
        "measures": {"bags_large": 1},
    }
    answer = asks.put(f"{full.url}/api/v1/actions/{action_id}", headers=by, data=body)
    assert answer.status == 201, answer.text()
    return action_id


def test_some_page_leads_to_every_page(known: Known) -> None:
    reached = {endpoint for walked in known.ways.values() for endpoint in walked}
    pages = pages_of(_app(known.city.instance))
    forgotten = {endpoint: rule.rule for endpoint, rule in pages.items() if endpoint not in reached}
    assert forgotten == {}


@pytest.mark.parametrize("role", ROLES)
def test_pages_are_legible_without_barriers_and_small(role: str, known: Known, browser: Browser, pictures: Path) -> None:
    ways = known.ways
    before = {endpoint for earlier in list(ROLES)[: list(ROLES).index(role)] for endpoint in ways[earlier]}
    mine = {
        endpoint: path
        for endpoint, path in ways[role].items()
        if endpoint not in before or (endpoint in WITH_A_PERSON and role in ("volunteer", "lurah"))
    }
    addresses = [*mine.items(), *((path, path) for path in FULL if role == "anybody")]
    problems: list[str] = []
    weighed: dict[str, Weight] = {}
    for endpoint, path in addresses:
        room = browser.new_context(
            storage_state=known.rooms[role],  # type: ignore[arg-type]
            locale="id",
            reduced_motion="reduce",
            service_workers="block",
            viewport={"width": PHONE[0], "height": PHONE[1]},
        )
        found, weighed[path] = _looked_at(room.new_page(), known.city.url + path)
        problems += [f"{role} {path}: {problem}" for problem in found]
        most = MAX_FOR_COORDINATORS if endpoint.startswith(COORDINATORS) else MOST
        if weighed[path].bytes > most:
            problems.append(f"{role} {path}: {weighed[path].bytes} bytes in {weighed[path].requests} requests, more than {most}")
        room.close()
    table = [f"{weight.bytes:>7} bytes {weight.requests:>3} requests  {path}" for path, weight in weighed.items()]
    (pictures / f"weights-{role}.txt").write_text("\n".join(table) + "\n")
    assert problems == [], "\n".join(problems)


def _looked_at(page: Page, url: str) -> tuple[list[str], Weight]:
    """What stands against the page at a phone's width, in light and dark, and what it weighs."""
    heard = listen(page)
    weight, rests = weighing(page), loading(page)
    answer = page.goto(url)
    rests()
    weighed = weight()
    problems = [] if answer and answer.status == 200 else [f"answers {answer and answer.status}"]
    for theme in THEMES:
        page.emulate_media(color_scheme=theme)
        problems += [f"{theme}: {problem}" for problem in problems_of(page, only_colour=theme != THEMES[0])]
    return problems + heard(200), weighed
