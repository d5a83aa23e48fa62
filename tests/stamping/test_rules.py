"""Who stamps whom: as whom somebody acted against who wants to stamp, and where their post lies."""

from __future__ import annotations

from datetime import date

import pytest

from app.actions.rules.words import Capacity
from app.core.catalogue import ENGLISH, INDONESIAN
from app.people.rules import ActiveTenure, Post
from app.programmes.rules import Definition
from app.programmes.rules.reading import read
from app.programmes.service import bundled
from app.stamping.rules import (
    ActionPlace,
    BulkFlag,
    BulkRow,
    Stamper,
    another_stamps,
    bulk_flags,
    is_kept_from,
    may_decide,
    stands_above,
    why_flagged,
    with_those_above,
)

SITE, OTHER_SITE = 1, 2
CITY, KECAMATAN, KELURAHAN, RW, OTHER_RW, OTHER_KELURAHAN = 10, 11, 12, 13, 14, 22
PLACE = ActionPlace(site_id=SITE, rw_id=RW, ancestors=frozenset({CITY, KECAMATAN, KELURAHAN}), rws=frozenset({RW, OTHER_RW}))


def programme(code: str) -> Definition:
    definition = read(bundled()[code]).definition
    assert definition is not None
    return definition


def held(post: Post, *, area: int | None = None, site: int | None = None) -> ActiveTenure:
    return ActiveTenure(tenure_id=7, post=post, movement=None, area_id=area, site_id=site, valid_from=None, valid_until=None)


STAMPERS = {
    "teacher of the school": held(Post.TEACHER, site=SITE),
    "teacher elsewhere": held(Post.TEACHER, site=OTHER_SITE),
    "principal of the school": held(Post.PRINCIPAL, site=SITE),
    "principal elsewhere": held(Post.PRINCIPAL, site=OTHER_SITE),
    "officer of the site": held(Post.OFFICER, site=SITE),
    "officer of the kelurahan": held(Post.OFFICER, area=KELURAHAN),
    "officer of the kecamatan": held(Post.OFFICER, area=KECAMATAN),
    "officer of the city": held(Post.OFFICER, area=CITY),
    "officer of another kelurahan": held(Post.OFFICER, area=OTHER_KELURAHAN),
    "lurah": held(Post.LURAH, area=KELURAHAN),
    "lurah of another kelurahan": held(Post.LURAH, area=OTHER_KELURAHAN),
    "coordinator of the kelurahan": held(Post.COORDINATOR, area=KELURAHAN),
    "coordinator of the rw": held(Post.COORDINATOR, area=RW),
    "coordinator of another rw": held(Post.COORDINATOR, area=OTHER_RW),
    "cadre": held(Post.CADRE, area=KELURAHAN),
    "volunteer": held(Post.VOLUNTEER, site=SITE),
    "rw": held(Post.RW, area=RW),
    "administrator": held(Post.ADMINISTRATOR, area=CITY),
    "agency": held(Post.AGENCY, area=CITY),
    "sponsor": held(Post.SPONSOR, area=CITY),
}
KELURAHAN_OFFICE = {"officer of the kelurahan", "officer of the kecamatan", "officer of the city", "lurah"}
MAY = {
    ("gps", "pupil"): {"teacher of the school", "principal of the school"},
    ("gps", "teacher"): {"principal of the school"} | KELURAHAN_OFFICE,
    ("gps", "principal"): KELURAHAN_OFFICE,
    ("gps", "volunteer"): {"officer of the site", "principal of the school"} | KELURAHAN_OFFICE,
    ("biopori", "volunteer"): {"coordinator of the kelurahan", "coordinator of the rw"} | KELURAHAN_OFFICE,
    ("biopori", "cadre"): {"coordinator of the kelurahan", "coordinator of the rw"} | KELURAHAN_OFFICE,
    ("biopori", "coordinator"): {"coordinator of the kelurahan", "coordinator of another rw"} | KELURAHAN_OFFICE,
}


@pytest.mark.parametrize(("code", "capacity"), list(MAY))
def test_who_stamps_whom(code: str, capacity: str) -> None:
    stampers = programme(code).stamping[capacity]  # type: ignore[index]
    may = {name for name, post in STAMPERS.items() if may_decide([post], stampers, PLACE, is_own=False)}
    assert may == MAY[code, capacity]


@pytest.mark.parametrize("name", list(STAMPERS))
def test_nobody_stamps_their_own(name: str) -> None:
    for code in ("gps", "biopori"):
        for stampers in programme(code).stamping.values():
            assert may_decide([STAMPERS[name]], stampers, PLACE, is_own=True) is None


def test_the_post_by_whose_right_it_is_stamped_is_told() -> None:
    mine = [held(Post.VOLUNTEER, site=SITE), STAMPERS["officer of the kelurahan"]]
    assert may_decide(mine, programme("gps").stamping["volunteer"], PLACE, is_own=False) is mine[1]


def test_outside_every_kelurahan_only_the_site_and_the_city_reach() -> None:
    nowhere = ActionPlace(site_id=None, rw_id=None, ancestors=frozenset({CITY}), rws=frozenset())
    stampers = programme("gps").stamping["volunteer"]
    may = {name for name, post in STAMPERS.items() if may_decide([post], stampers, nowhere, is_own=False)}
    assert may == {"officer of the city"}


@pytest.mark.parametrize("post", list(Post))
def test_lurah_and_kecamatan_stand_above_the_others(post: Post) -> None:
    is_above = post in (Post.LURAH, Post.KECAMATAN)
    assert stands_above([held(post, area=KELURAHAN)]) is is_above
    assert stands_above([held(Post.OFFICER, area=KELURAHAN), held(post, area=KELURAHAN)]) is is_above


def test_whoever_holds_nothing_stands_above_nobody() -> None:
    assert stands_above([]) is False


@pytest.mark.parametrize(
    ("posts", "who"),
    [
        ([], "lurah"),
        ([Post.OFFICER], "lurah"),
        ([Post.KECAMATAN], "lurah"),
        ([Post.LURAH], "kecamatan"),
        ([Post.OFFICER, Post.LURAH], "kecamatan"),
    ],
)
def test_what_somebody_recorded_the_next_above_stamps(posts: list[Post], who: str) -> None:
    told = another_stamps([held(post, area=KELURAHAN) for post in posts])
    assert told.said(INDONESIAN) == f"Anda yang mencatat; {who} yang mengecap."
    assert told.said(ENGLISH) == f"You recorded it; the {who} stamps it."


@pytest.mark.parametrize(
    ("capacity", "recorded_by", "is_kept"),
    [
        (Capacity.PUPIL, 5, False),
        (Capacity.PUPIL, 9, False),
        *(
            (capacity, account, account in (5, 6))
            for capacity in Capacity
            if capacity is not Capacity.PUPIL
            for account in (5, 6, 9)
        ),
    ],
)
def test_nobody_stamps_what_they_recorded_for_an_adult(capacity: Capacity, recorded_by: int, is_kept: bool) -> None:
    stamper = Stamper(person_id=1, account_ids=frozenset({5, 6}), tenures=())
    assert is_kept_from(recorded_by, capacity, stamper) is is_kept


@pytest.mark.parametrize(
    ("stampers", "with_above"),
    [
        ((), ("lurah@kelurahan", "kecamatan@kelurahan")),
        (("teacher@site",), ("teacher@site", "lurah@kelurahan", "kecamatan@kelurahan")),
        (("lurah@kelurahan", "officer@site"), ("lurah@kelurahan", "officer@site", "kecamatan@kelurahan")),
    ],
)
def test_those_above_stand_last_and_once(stampers: tuple[str, ...], with_above: tuple[str, ...]) -> None:
    assert with_those_above(stampers) == with_above


def rows(*of: tuple[int, int], programme_id: int = 1, has_days: bool = True) -> list[BulkRow]:
    """Actions as (person, day of November)."""
    return [BulkRow(programme_id, person, date(2026, 11, day), has_days=has_days) for person, day in of]


@pytest.mark.parametrize(
    ("bulk", "unseen", "within_a_minute", "flags"),
    [
        (rows((1, 16), (2, 16)), None, 2, ()),
        (rows((1, 16), (2, 16)), 0, 2, ()),
        (rows((1, 16), (2, 16)), 1, 2, (BulkFlag.UNSEEN,)),
        (rows((1, 16), (2, 16)), None, 200, ()),
        (rows((1, 16), (2, 16)), None, 201, (BulkFlag.RATE,)),
        (rows((1, 16), (1, 18), (2, 16)), None, 3, ()),
        (rows((1, 16), (1, 16)), None, 2, (BulkFlag.DAYS,)),
        (rows((1, 16), (1, 16), has_days=False), None, 2, ()),
        (rows((1, 16)) + rows((1, 16), programme_id=2), None, 2, ()),
        (rows((1, 16), (1, 16)), 2, 201, (BulkFlag.UNSEEN, BulkFlag.RATE, BulkFlag.DAYS)),
    ],
)
def test_somebody_else_looks_at_a_bulk_that_nobody_can_have_looked_at(
    bulk: list[BulkRow], unseen: int | None, within_a_minute: int, flags: tuple[BulkFlag, ...]
) -> None:
    assert bulk_flags(bulk, unseen=unseen, within_a_minute=within_a_minute) == flags
    assert len(why_flagged(flags)) == len(flags)
