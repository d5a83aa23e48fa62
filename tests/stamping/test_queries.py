"""The queue: whose actions each post sees, in which order, page by page."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from uuid import uuid4

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.actions.models import Action
from app.core.errors import NotAllowed
from app.people.models import Tenure
from app.stamping import queries, service
from tests.factories.actions import MONDAY, NOW, action_days, at, body, fix_at, holes, make_action, record, stamp
from tests.factories.cast import NPSN, Cast, make_account
from tests.factories.city import AT_SEA, CITY, EAST, IN_MELATI, IN_TERATAI, MELATI, TERATAI, WEST
from tests.stamping.counting import problems


@dataclass
class Stage:
    """One waiting action of each sort of doer."""

    cast: Cast
    actions: dict[str, Action]


@pytest.fixture
def stage(session: Session, cast: Cast) -> Stage:
    head = make_account(session, "bu.kepala", f"principal@npsn:{NPSN}")
    chief = make_account(session, "bu.ketua", f"coordinator@{MELATI}/06")
    at_school = body(fix=fix_at(IN_TERATAI))
    return Stage(
        cast,
        {
            "pupil": record(session, cast.guru, at_school | {"on_behalf_of": str(cast.ani.uuid)}),
            "teacher": record(session, cast.guru, at_school),
            "principal": record(session, head, at_school),
            "volunteer": record(session, cast.budi, body()),
            "cadre": record(session, cast.kader, holes(rw="05")),
            "coordinator": record(session, chief, holes(rw="06")),
            "at sea": record(session, cast.citra, body(fix=fix_at(AT_SEA))),
        },
    )


REACH = {
    f"teacher@npsn:{NPSN}": {"pupil"},
    f"principal@npsn:{NPSN}": {"pupil", "teacher"},
    f"officer@npsn:{NPSN}": set(),
    "officer@office": {"volunteer"},
    f"officer@{MELATI}": {"volunteer", "cadre", "coordinator"},
    f"lurah@{MELATI}": {"volunteer", "cadre", "coordinator"},
    f"coordinator@{MELATI}": {"cadre", "coordinator"},
    f"coordinator@{MELATI}/05": {"cadre", "coordinator"},
    f"coordinator@{MELATI}/06": set(),
    f"officer@{TERATAI}": {"teacher", "principal"},
    f"lurah@{TERATAI}": {"teacher", "principal"},
    f"officer@{WEST}": {"volunteer", "cadre", "coordinator"},
    f"officer@{EAST}": {"teacher", "principal"},
    f"officer@{CITY}": {"volunteer", "cadre", "coordinator", "teacher", "principal", "at sea"},
    f"cadre@{MELATI}": set(),
    f"rw@{MELATI}/05": set(),
    f"kecamatan@{WEST}": set(),
    f"agency@{CITY}": set(),
    f"administrator@{CITY}": set(),
}


def test_each_post_s_queue_holds_what_it_may_stamp_and_nothing_else(session: Session, stage: Stage) -> None:
    found, expected = {}, {}
    for number, (post, reach) in enumerate(REACH.items()):
        place = post.replace("@office", f"@site:{stage.cast.office.uuid}")
        officer = make_account(session, f"officer{number}", place)
        page, more = queries.queue(session, officer.person_id, limit=50, after=None, now=NOW)
        found[post] = {name for name, action in stage.actions.items() if action in page}, more
        expected[post] = reach, None
        for name, action in stage.actions.items():
            assert queries.is_officer_of(session, action, officer.person_id, now=NOW) is (name in reach), (post, name)
    assert found == expected


def test_what_is_not_in_the_queue_is_not_stamped_either(session: Session, stage: Stage) -> None:
    ids = [action.id for action in stage.actions.values()]
    results = service.stamp(session, [*ids, uuid4()], stage.cast.lurah, note="", now=NOW)
    stamped = {name for name, result in zip(stage.actions, results, strict=False) if result.stamp}
    assert stamped == REACH[f"lurah@{MELATI}"]
    assert {problem for problem in problems(results) if problem} == {"not_found"}
    assert {result.status for result in results if result.problem} == {None}


def test_a_post_that_has_ended_stamps_no_longer(session: Session, cast: Cast) -> None:
    action = make_action(session, cast.budi)
    tenure = session.scalars(select(Tenure).where(Tenure.person_id == cast.lurah.person_id)).one()
    tenure.valid_until = MONDAY - timedelta(days=1)
    with pytest.raises(NotAllowed):
        stamp(session, cast.lurah, action)
    assert queries.queue(session, cast.lurah.person_id, limit=5, after=None, now=NOW) == ((), None)


def test_the_queue_has_clean_ones_first_held_ones_last_the_oldest_first(session: Session, cast: Cast) -> None:
    fixes = {"clean": {}, "look": {"fix": fix_at(IN_MELATI, accuracy_m=150)}, "held": {"minutes": 5}}
    made = {
        (kind, day): make_action(session, make_account(session, f"relawan.{kind}.{n}", f"volunteer@site:{cast.office.uuid}"),
                                 captured_at=at(day, 7), **fix)
        for n, day in enumerate(action_days(3)) for kind, fix in fixes.items()
    }  # fmt: skip
    expected = [made[kind, day] for kind in fixes for day in sorted(action_days(3))]
    pages, after = [], None
    while True:
        page, after = queries.queue(session, cast.lurah.person_id, limit=2, after=after, now=NOW)
        pages.append(list(page))
        if after is None:
            break
    assert [action for page in pages for action in page] == expected
    assert [len(page) for page in pages] == [2, 2, 2, 2, 1]


def test_pages_skip_what_is_out_of_reach_without_losing_the_rest(session: Session, cast: Cast) -> None:
    """An officer's own actions lie between those of others, at the same instant."""
    officer = make_account(session, "petugas", f"officer@{MELATI}")
    others = [make_account(session, f"warga{n}") for n in range(4)]
    made = [make_action(session, one) for one in (others[0], officer, others[1], officer, officer, others[2], officer, others[3])]
    found, after = [], None
    for _ in range(4):
        page, after = queries.queue(session, officer.person_id, limit=1, after=after, now=NOW)
        found += page
    assert after is None
    assert {action.id for action in found} == {action.id for action in made if action.person_id != officer.person_id}
