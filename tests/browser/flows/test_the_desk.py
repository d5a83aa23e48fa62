"""An officer on Monday morning: 63 wait, 41 of them in order, and a phone is all there is."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from playwright.sync_api import Browser, Page
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.actions.models import Action
from app.actions.rules.words import Status
from app.core.clock import utc_now
from app.database import db
from app.database.transaction import write_transaction
from app.people.models import Account, Person
from app.stamping import queries
from app.stamping.models import StampBulk
from tests.browser.conftest import PHONE
from tests.browser.flows import clocks
from tests.browser.flows.conftest import City, made_town
from tests.browser.visitors import Visitor
from tests.conftest import application
from tests.serving import serving

READY, LOOK, HELD = 41, 14, 8
FOUND = (
    [],
    [["radius_perhaps", "look", {"distance_m": 214, "radius_m": 200, "accuracy_m": 22, "site": "SDN Contoh"}]],
    [["minutes_short", "hold", {"minutes": 5, "shortest": 10, "longest": 30}]],
)
"""By how much attention it asks for."""
SCREEN_PX = 560
"""Of rows between the head of the page and the button, on a phone."""


@pytest.fixture
def monday(tmp_path: Path) -> Iterator[City]:
    """The town, in which 63 actions wait for its officer."""
    instance = shutil.copytree(made_town(), tmp_path, dirs_exist_ok=True)
    with application(_database(instance), instance) as app, app.app_context(), write_transaction(db.session()) as session:
        _let_wait(session)
    with serving(None, instance, **clocks.environment_of(instance)) as server:
        yield City(server, instance)


def _database(instance: Path) -> str:
    return f"sqlite:///{instance / 'sabuk.sqlite3'}"


def _let_wait(session: Session) -> None:
    """Copies of an action that the officer may stamp, one for each of 63 new neighbours; what waited before is done."""
    officer = session.scalars(select(Account).where(Account.name == "petugas")).one()
    now = utc_now()
    by = queries.stamper(session, officer.person_id, now)
    mine, _ = queries.queue(session, officer.person_id, limit=300, after=None, now=now)
    for action in mine:
        action.status = Status.WITHDRAWN
    done = session.scalars(select(Action).where(Action.status == Status.STAMPED, Action.minutes.is_not(None)))
    pattern = next(action for action in done if queries.right_to_stamp(session, action, by) is not None)
    columns = {column.name: getattr(pattern, column.name) for column in Action.__table__.columns}
    for number in range(READY + LOOK + HELD):
        attention = 0 if number < READY else 1 if number < READY + LOOK else 2
        neighbour = Person(name=f"Tetangga {number}", is_adult=True, shown=True, created_at=now)
        session.add(neighbour)
        session.flush()
        of_its_own = {
            "id": uuid4(),
            "person_id": neighbour.id,
            "status": Status.HELD if attention == 2 else Status.WAITING,
            "attention": attention,
            "findings": FOUND[attention],
            "received_at": now - timedelta(hours=number),
            "measures": {"bags_small": number + 1},
        }
        session.add(Action(**columns | of_its_own))


@pytest.mark.long
def test_63_wait_and_41_in_order_are_looked_at_and_stamped_in_two_taps_and_taken_back(monday: City, browser: Browser) -> None:
    room = browser.new_context(viewport={"width": PHONE[0], "height": PHONE[1]}, locale="id", reduced_motion="reduce")
    room.add_init_script(clocks.script(monday.instance))
    officer = Visitor(room.new_page(), monday.url)
    officer.signs_in("petugas", monday.password("petugas"))
    officer.page.get_by_role("navigation", name="Utama").get_by_role("link", name="Meja").click()
    officer.sees("63 aksi menunggu cap Anda.")
    officer.sees("41 dipilih")
    button = officer.page.get_by_role("button", name="Cap yang dipilih")
    screens = _scrolls_until_seen(officer.page)
    assert screens <= 16, "a phone's screen shows several rows"
    box = button.bounding_box()
    assert box
    assert box["y"] + box["height"] <= PHONE[1] - 64, "in reach, above the ways through the house"
    button.click()
    officer.sees("41 aksi dicap.")
    assert _bulk(monday) == (41, 0, [])

    officer.follows("Yang sudah saya cap")
    officer.follows("Batalkan 41 cap ini sekaligus")
    officer.fills(alasan="Keliru hari.")
    officer.presses("Batalkan 41 cap ini")
    officer.sees("41 cap dibatalkan")
    officer.sees("63 aksi menunggu cap Anda.")

    officer.sees("41 dipilih")
    button.click()
    officer.sees("41 aksi dicap.")
    assert _bulk(monday)[2] == ["unseen"], "stamped blind: another officer looks"
    room.close()


def _scrolls_until_seen(page: Page) -> int:
    """Screen by screen, until every row that is ticked has been on the screen; how many it took."""
    unseen = page.locator("[data-when=unseen]")
    for screens in range(1, 40):
        page.mouse.wheel(0, SCREEN_PX)
        page.wait_for_timeout(300)
        if unseen.is_hidden():
            return screens
    raise AssertionError(unseen.inner_text())


def _bulk(city: City) -> tuple[int, int | None, list[str]]:
    """Of the last decision: how many were chosen, how many of these unseen, and its flags."""
    with application(_database(city.instance), city.instance) as app, app.app_context():
        bulk = db.session().scalars(select(StampBulk).order_by(StampBulk.decided_at.desc())).first()
        assert bulk
        return bulk.asked, bulk.unseen, list(bulk.flags)
