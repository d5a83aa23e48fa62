"""What the people of the demo city did: made by chance, judged and stamped by the house's own rules."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from types import MappingProxyType
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from app.actions import service as actions
from app.actions.rules.assess import AreaSeen, Circumstances, SiteSeen, assess
from app.actions.rules.findings import is_programme_day
from app.actions.rules.submission import Fix, PhotoLink, Submission, digest
from app.actions.rules.timing import timing
from app.actions.rules.words import Capacity, Source, Status
from app.core.geo import Point, distance_m
from app.demo.service.calendar import Habit, days
from app.demo.service.cast import Doer, Officer
from app.people.rules import Movement
from app.places.queries import AreaAt
from app.programmes.queries import Current
from app.programmes.rules import credits
from app.programmes.rules.definition import Circle
from app.sites.rules import radius_m

METRES_PER_DEGREE = 111_000.0
CADRE_REACH_M = 250.0
"""How far from the middle of her kelurahan a cadre digs."""


@dataclass(frozen=True, slots=True)
class InventedAction:
    """One action with its stamp, or without, as rows of their tables."""

    action: dict[str, Any]
    stamp: dict[str, Any] | None
    photos: tuple[PhotoLink, ...] = ()


@dataclass(frozen=True, slots=True)
class Pictured:
    """Photographs of one action, which is an orderly one."""

    photos: tuple[PhotoLink, ...]
    waits: bool
    """Nobody has stamped it yet."""


@dataclass(frozen=True, slots=True)
class Scene:
    """All that actions are made from."""

    current: Current
    ground: Callable[[Point], AreaAt | None]
    outside_m: Callable[[int, Point], float | None]
    officers: dict[int, Officer]
    chance: random.Random
    now: datetime


def made_actions(
    scene: Scene, doer: Doer, movement: Movement | None, habit: Habit, pictured: Mapping[int, Pictured] = MappingProxyType({})
) -> Iterator[InventedAction]:
    """The doer's actions, the oldest first; those of the last days still wait for their stamp.

    `pictured`: how many actions back from the newest -> what photographs show of it.
    """
    zone = ZoneInfo(doer.kelurahan.timezone)
    last_page = (0, "")
    today = scene.now.astimezone(zone).date()
    for back, day in reversed(list(enumerate(days(scene.current.definition, habit, today, scene.chance)))):
        start = datetime.combine(day, time(7, scene.chance.randrange(50)), zone)
        told = _made_action(scene, doer, movement, start, last_page, pictured.get(back))
        if told.stamp is not None:
            last_page = (told.stamp["page"], told.stamp["link"])
        yield told


def _made_action(
    scene: Scene,
    doer: Doer,
    movement: Movement | None,
    start: datetime,
    last_page: tuple[int, str],
    pictured: Pictured | None,
) -> InventedAction:
    chance, definition = scene.chance, scene.current.definition
    point = _position(scene, doer, strays=pictured is None)
    site_seen, ground = _site_seen(scene, doer, point), scene.ground(point)
    received = start + timedelta(minutes=chance.randrange(20, 600))
    sent = Submission(
        id=UUID(int=chance.getrandbits(128), version=4),
        programme=definition.code,
        captured_at=start,
        sent_at=received,
        minutes=chance.randrange(10, 31) if definition.minutes else None,
        fix=Fix(point, Source.DEVICE, float(chance.randrange(4, 40)), start + timedelta(seconds=3)),
        site=None,
        rt=None,
        rw=None,
        measures=_measures(chance, definition.code),
        photos=pictured.photos if pictured else (),
        on_behalf_of=None,
        note="",
    )
    when = timing(sent, received, doer.kelurahan.timezone)
    seen = Circumstances(
        observed_on=start.date(),
        is_place_known=ground is not None,
        site=site_seen,
        area=None if site_seen else AreaSeen(doer.kelurahan.name, scene.outside_m(doer.kelurahan.id, point) or 0.0),
    )
    setting = actions.ActionContext(
        programme_id=scene.current.programme_id,
        version_id=scene.current.version_id,
        person_id=doer.person_id,
        recorded_by=doer.account_id,
        capacity=Capacity.CADRE if movement else Capacity.VOLUNTEER,
        movement=movement.value if movement else None,
        observed_on=seen.observed_on,
        site_id=doer.site.site_id if doer.site else None,
        circle_id=doer.site.circle_id if doer.site else None,
        distance_m=round(site_seen.distance_m) if site_seen else None,
        kelurahan_id=ground.kelurahan_id if ground else None,
        kecamatan_id=ground.kecamatan_id if ground else None,
        city_id=ground.city_id if ground else None,
        rw_id=_rw_id(doer, ground),
        rw_proposed=None,
        digest=digest(sent),
    )
    row = actions.action_row(sent, setting, when, assess(sent, definition, when, seen), now=received)
    waits = pictured is not None and pictured.waits
    return InventedAction(row, None if waits else _stamp(scene, row, last_page), sent.photos)


def _rw_id(doer: Doer, ground: AreaAt | None) -> int | None:
    """The RW of the site or of the cadre, where the action was done in its kelurahan."""
    if ground is None or ground.kelurahan_id != (doer.site.kelurahan_id if doer.site else doer.kelurahan.id):
        return None
    return doer.site.rw_id if doer.site else doer.rw_id


def _position(scene: Scene, doer: Doer, *, strays: bool) -> Point:
    """Near where the doer acts; who strays is seldom a little further than the circle reaches."""
    circle = scene.current.definition.place
    radius = radius_m(doer.site, circle) if doer.site and isinstance(circle, Circle) else CADRE_REACH_M
    spread = radius / METRES_PER_DEGREE * (1.3 if scene.chance.random() < 0.03 and strays else 0.6)
    lon, lat = scene.chance.uniform(-spread, spread), scene.chance.uniform(-spread, spread)
    return Point(round(doer.near.lon + lon, 6), round(doer.near.lat + lat, 6))


def _site_seen(scene: Scene, doer: Doer, point: Point) -> SiteSeen | None:
    circle = scene.current.definition.place
    if doer.site is None or not isinstance(circle, Circle):
        return None
    far = distance_m(doer.site.centre, point)
    return SiteSeen(doer.site.name, far, radius_m(doer.site, circle), is_confirmed=doer.site.is_confirmed)


def _measures(chance: random.Random, code: str) -> dict[str, object]:
    if code == "biopori":
        return {"holes": chance.randrange(1, 6), "diameter_cm": 10, "depth_cm": 100}
    bags = chance.randrange(3)
    return {"bags_small": chance.randrange(3), "bags_large": bags, "kg": chance.randrange(1, 60) / 10, "kg_method": "estimated"}


def _stamp(scene: Scene, row: dict[str, Any], last_page: tuple[int, str]) -> dict[str, Any] | None:
    """The officer's word, where one reaches the place: evenings, not yet for the last three days, seldom not at all."""
    officer = scene.officers.get(row["kelurahan_id"])
    at = row["received_at"] + timedelta(hours=scene.chance.randrange(1, 48))
    is_held = row["status"] is Status.HELD
    if officer is None or at > scene.now - timedelta(days=1) or (is_held and scene.chance.random() < 0.5):
        return None
    row["status"] = Status.STAMPED
    decision = actions.OfficerDecision(
        officer.person_id, officer.account_id, officer.tenure_id, "Sudah dilihat di tempat." if is_held else "", at
    )
    counted = credits(
        scene.current.definition,
        measures=row["measures"],
        minutes=row["minutes"],
        movement=row["movement"],
        on_programme_day=is_programme_day(row["findings"]),
    )
    return actions.stamp_row(
        row["id"], row["digest"], row["person_id"], row["observed_at"], decision=decision, credits=counted, last_page=last_page
    )
