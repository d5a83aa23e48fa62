"""Bringing the demo city into a database."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from pathlib import Path
from typing import Any

import shapely
from sqlalchemy import insert
from sqlalchemy.orm import Session

from app.actions.models import Action, ActionPhoto, Stamp
from app.core.geo import Point
from app.demo.service import cast, photographs
from app.demo.service.actions import InventedAction, Scene, made_actions
from app.demo.service.aims import count_pupils, write_aims
from app.demo.service.calendar import QUIET_EVERY, habits
from app.demo.service.city import CITY_CODE, demo_city, demo_sites
from app.demo.service.passwords import demo_password
from app.media.service import Store
from app.people import queries as people_queries
from app.people import service as people
from app.people.models import Account
from app.people.rules import Movement, Post
from app.places import queries as places_queries
from app.places import service as places
from app.places.queries import AreaEntry, AreaLevel, SiteAt
from app.programmes import queries as programmes
from app.programmes import service as programmes_service
from app.rebuild.service.rebuild import rebuild
from app.sites.service import facts as site_facts

BATCH_SIZE = 2000
WARDS = ("02", "05", "07")
"""The RWs in which cadres dig."""
GPS_PART = 0.85
"""The part of the people who pick litter; the others dig."""


@dataclass(frozen=True, slots=True)
class Loaded:
    people: int
    actions: int
    stamps: int


def is_loaded(session: Session) -> bool:
    return people_queries.account_by_name(session, "budi") is not None


def load(
    session: Session,
    *,
    count: int,
    actions: int,
    seed: int,
    sign_ins: Path,
    now: datetime,
    advance: Callable[[int], None],
    store: Store | None = None,
) -> Loaded:
    """The city, its sites, `count` people beside the cast, and as many `actions`, all counted. Into a database without the demo.

    With a store for photographs a few of the actions are shown in drawings.
    """
    chance = random.Random(seed)  # noqa: S311 - a repeatable invention needs no secret chance
    programmes_service.apply_bundled(session, now=now)
    places.import_areas(session, demo_city(seed), places.ImportOptions(is_demo=True), now=now)
    index = places_queries.areas(session)
    city = index.by_code(CITY_CODE)
    if city is None:
        raise RuntimeError("the demo city is missing after its own import")
    kelurahan = [area for area in index.of_level(AreaLevel.KELURAHAN) if index.covers(city.id, area.id)]
    officers = cast.officers(session, kelurahan, now=now)
    sites = _sites(session, seed, officers, now)
    middles = {area.id: _middle(places_queries.outline_geojson(session)[area.id]) for area in kelurahan}
    wards = {area.id: [places.rw(session, area.id, name, now=now).id for name in WARDS] for area in kelurahan}
    budi, kader = _main_cast(session, sites, middles, wards, sign_ins, now)
    pickers = cast.volunteers(session, round(count * GPS_PART), sites, chance, index.by_id, now=now)
    diggers = cast.cadres(session, count - round(count * GPS_PART), middles, chance, index.by_id, wards, now=now)
    pickers, diggers = [budi, *pickers], [(kader, Movement.PKK), *diggers]
    doers = {"gps": pickers, "biopori": [doer for doer, _ in diggers]}
    album = photographs.take_in(session, store, doers, now=now) if store is not None else {}
    told = _all_made_actions(session, pickers, diggers, officers, actions, chance, now, album)
    written, stamped, shown = _write(session, told, advance)
    photographs.settle(session, album, doers, shown, now=now)
    rebuild(session, now=now)
    write_aims(session, city, kelurahan, seed=seed, now=now)
    count_pupils(session, seed=seed, now=now)
    return Loaded(count, written, stamped)


def _sites(session: Session, seed: int, officers: dict[int, cast.Officer], now: datetime) -> list[SiteAt]:
    """The city's sites, confirmed by the officers of their kelurahan."""
    made = []
    for plan in demo_sites(demo_city(seed), seed):
        site = site_facts.add_site(
            session,
            kind=plan.kind,
            name=plan.name,
            centre=plan.centre,
            npsn=plan.npsn,
            rw=plan.rw,
            rt=plan.rt,
            set_by=None,
            now=now,
        )
        if site.kelurahan_id in officers:
            site_facts.confirm_site(session, site, by_account_id=officers[site.kelurahan_id].account_id, now=now)
            made.append(site.id)
    session.flush()
    return places_queries.sites_at(session, made, now)


def _main_cast(
    session: Session,
    sites: list[SiteAt],
    middles: dict[int, Point],
    wards: dict[int, list[int]],
    sign_ins: Path,
    now: datetime,
) -> tuple[cast.Doer, cast.Doer]:
    """The people whom a visitor can be; how they sign in goes to a file that only its owner may read. Two of them act."""
    office = next(site for site in sites if site.npsn is None)
    schools = [site for site in sites if site.npsn is not None]
    near = [site for site in schools if site.kelurahan_id == office.kelurahan_id]
    school = (near or schools)[0]
    kelurahan = places_queries.areas(session).by_id[office.kelurahan_id or 0]
    posts = (
        ("budi", "Pak Budi", Post.VOLUNTEER, f"site:{office.uuid}", None),
        ("bu.guru", "Bu Guru", Post.TEACHER, f"npsn:{school.npsn}", None),
        ("kepala.sekolah", "Ibu Kepala Sekolah", Post.PRINCIPAL, f"npsn:{school.npsn}", None),
        ("bu.kader", "Bu Kader", Post.CADRE, kelurahan.code, Movement.PKK),
        ("ketua.pkk", "Ibu Ketua PKK", Post.COORDINATOR, kelurahan.code, None),
        ("petugas", "Petugas Kelurahan", Post.OFFICER, kelurahan.code, None),
        ("pak.lurah", "Pak Lurah", Post.LURAH, kelurahan.code, None),
        ("admin", "Administrator", Post.ADMINISTRATOR, CITY_CODE, None),
    )
    lines = [
        f"Demo sign-ins of {kelurahan.name}: name and password at /masuk; programs send Authorization: Bearer TOKEN.",
        f"  {'NAME':<15} {'POST':<14} {'PASSWORD':<38} TOKEN",
    ]
    made: dict[str, Account] = {}
    for name, full_name, post, place, movement in posts:
        made[name] = account = people.create(session, name, full_name=full_name, now=now)
        people.grant(session, account.person_id, post, place, movement=movement, granted_by=None, now=now)
        password = demo_password()
        people.set_password(
            session, account, people.hash_password(password, names=[name, full_name], posts=[post]), by=None, now=now
        )
        lines.append(f"  {name:<15} {post.value:<14} {password:<38} {people.create_token(session, account, now=now)}")
    sign_ins.unlink(missing_ok=True)
    sign_ins.touch(mode=0o600)
    sign_ins.write_text("\n".join(lines) + "\n")
    budi, kader = made["budi"], made["bu.kader"]
    return (
        cast.Doer(budi.person_id, budi.id, office, kelurahan, office.centre),
        cast.Doer(kader.person_id, kader.id, None, kelurahan, middles[kelurahan.id], wards[kelurahan.id][1]),
    )


def _middle(geojson: str) -> Point:
    inside = shapely.from_geojson(geojson).representative_point()
    return Point(inside.x, inside.y)


def _all_made_actions(
    session: Session,
    pickers: list[cast.Doer],
    diggers: list[tuple[cast.Doer, Movement]],
    officers: dict[int, cast.Officer],
    actions: int,
    chance: random.Random,
    now: datetime,
    album: photographs.Album,
) -> Iterator[InventedAction]:
    seen = places_queries.snapshot(session)
    today = places_queries.day_at(session, now)
    digs = round(actions * len(diggers) / max(1, len(pickers) + len(diggers)))
    for code, doers, total in (
        ("gps", [(doer, None) for doer in pickers], actions - digs),
        ("biopori", diggers, digs),
    ):
        current = programmes.current(session, code, today)
        if current is None:
            raise RuntimeError(f"the programme {code} is missing")
        scene = Scene(current, seen.ground, seen.border_distance_m, officers, chance, now)
        quiet = [_is_quiet(doer.kelurahan, officers) for doer, _ in doers]
        for number, ((doer, movement), habit) in enumerate(zip(doers, habits(total, quiet, chance), strict=True)):
            yield from made_actions(scene, doer, movement, habit, photographs.pictured(album, code, number))


def _is_quiet(kelurahan: AreaEntry, officers: dict[int, cast.Officer]) -> bool:
    """Every so many kelurahan, in the order of their codes."""
    return list(officers).index(kelurahan.id) % QUIET_EVERY == QUIET_EVERY - 1


def _write(
    session: Session, told: Iterator[InventedAction], advance: Callable[[int], None]
) -> tuple[int, int, list[InventedAction]]:
    """Rows go in by the thousand; how many actions and stamps there were, and the actions that photographs show."""
    written = stamped = 0
    shown: list[InventedAction] = []
    while batch := list(islice(told, BATCH_SIZE)):
        session.execute(insert(Action), [one.action for one in batch])
        stamps: list[dict[str, Any]] = [one.stamp for one in batch if one.stamp is not None]
        if stamps:
            session.execute(insert(Stamp), stamps)
        photos = [
            {"action_id": one.action["id"], "place": place, "sha256": photo.sha256, "role": photo.role}
            for one in batch
            for place, photo in enumerate(one.photos)
        ]
        if photos:
            session.execute(insert(ActionPhoto), photos)
        shown += [one for one in batch if one.photos]
        written, stamped = written + len(batch), stamped + len(stamps)
        advance(len(batch))
    return written, stamped, shown
