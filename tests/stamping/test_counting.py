"""What counts from a stamp on, what a void takes back, and the chain of the booklet."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.actions import service as actions
from app.actions.models import Stamp
from app.actions.rules.words import Status
from app.audit.models import AuditLine
from app.awards.queries import belts
from app.core.errors import Invalid, NotFound
from app.leaderboard import queries as leaderboard
from app.leaderboard.rules import Ranked
from app.stamping import service
from app.tallies import queries as tallies
from app.tallies.rules import INSIDERS, Subject
from tests.factories.actions import MONDAY, NOW, action_days, at, make_action, stamp
from tests.factories.cast import Cast, make_account
from tests.factories.city import CITY, EAST, MELATI, TERATAI, WEST
from tests.stamping.counting import counted


def on_board(session: Session, cast: Cast, person_id: int) -> list[tuple[int, str, int]]:
    scope = leaderboard.find_scope(session, f"kelurahan:{MELATI}", person_id=None)
    board = leaderboard.board(
        session, cast.city.programmes["gps"], scope, "2026-11", Ranked.PERSON, limit=10, person_id=person_id, audience=INSIDERS
    )
    return [(row.rank, row.name, row.score) for row in board.rows]


def test_a_stamp_counts_for_person_site_and_every_area_at_once(session: Session, cast: Cast) -> None:
    stamp(session, cast.lurah, make_action(session, cast.budi, measures={"bags_large": 2, "kg": 3.5}, minutes=45))
    gps, areas = cast.city.programmes["gps"], cast.city.areas
    expected = {"actions": 1, "credit": 1, "minutes": 30, "bags_large": 2, "kg.estimated": 3500}
    for period in ("all", "2026", "2026-11", "2026-W47"):
        person = tallies.values(session, gps, Subject.PERSON, [cast.budi.person_id], period, audience=INSIDERS)
        assert {measure: value for (_, measure), value in person.items()} == expected
        for area in (MELATI, WEST, CITY):
            there = tallies.values(session, gps, Subject.AREA, [areas[area]], period, audience=INSIDERS)
            assert {measure: value for (_, measure), value in there.items()} == expected | {"people": 1, "ranked": 1}
        for area in (TERATAI, EAST):
            assert tallies.values(session, gps, Subject.AREA, [areas[area]], period, audience=INSIDERS) == {}
    assert (
        tallies.values(session, gps, Subject.SITE, [cast.office.id], "all", audience=INSIDERS)[cast.office.id, "kg.estimated"]
        == 3500
    )
    standing = next(one for one in belts.standing(session, cast.budi.person_id, MONDAY) if one.programme == "gps")
    assert (standing.stamped, standing.belt) == (1, "white")
    assert on_board(session, cast, cast.budi.person_id) == [(1, "Pak Budi", 1)]


def test_a_day_that_is_no_programme_day_counts_but_not_towards_the_belt(session: Session, cast: Cast) -> None:
    stamp(session, cast.lurah, make_action(session, cast.budi, captured_at="2026-11-15T07:00:00+07:00"))
    standing = next(one for one in belts.standing(session, cast.budi.person_id, MONDAY) if one.programme == "gps")
    assert (standing.stamped, standing.credit, standing.belt) == (1, 0, None)


def test_a_void_takes_everything_back(session: Session, cast: Cast) -> None:
    """Budi stands at 24; the stamp that is voided brought the green belt and a badge."""
    days = action_days(25)
    later = [make_action(session, cast.budi, captured_at=at(day, 7), measures={}) for day in days[1:]]
    stamp(session, cast.lurah, *later, note="terlambat")
    stamp(session, cast.lurah, make_action(session, cast.citra))
    before = counted(session)
    last = make_action(session, cast.budi, measures={"bags_large": 12, "kg": 0.5, "kg_method": "weighed"}, rw="05")
    word = stamp(session, cast.lurah, last)[0].stamp
    assert word is not None
    after = counted(session)
    assert {table for table in after if after[table] != before[table]} == set(after)
    assert on_board(session, cast, cast.citra.person_id)[0][1] == "Pak Budi"

    service.void(session, word.id, cast.lurah, reason="foto orang lain", now=NOW + timedelta(hours=1))
    assert counted(session) == before
    assert last.status is Status.WAITING
    assert (word.void_reason, word.voided_by) == ("foto orang lain", cast.lurah.id)
    noted = session.scalars(select(AuditLine).where(AuditLine.kind == "stamping.void")).all()
    assert [entry.subject for entry in noted] == [f"stamp:{word.id}"]


def test_a_void_asked_again_changes_nothing(session: Session, cast: Cast) -> None:
    action = make_action(session, cast.budi)
    word = stamp(session, cast.lurah, action)[0].stamp
    assert word is not None
    first, _ = service.void(session, word.id, cast.lurah, reason="keliru", now=NOW)
    nothing = counted(session)
    again, _ = service.void(session, word.id, cast.lurah, reason="lagi", now=NOW + timedelta(days=1))
    assert (again.voided_at, again.void_reason) == (first.voided_at, "keliru") == (NOW, "keliru")
    assert counted(session) == nothing


def test_what_was_voided_can_be_stamped_anew(session: Session, cast: Cast) -> None:
    action = make_action(session, cast.budi)
    first = stamp(session, cast.lurah, action)[0].stamp
    assert first is not None
    full = counted(session)
    service.void(session, first.id, cast.lurah, reason="keliru", now=NOW)
    colleague = make_account(session, "petugas", f"officer@{MELATI}")
    second = stamp(session, colleague, action)[0].stamp
    assert second is not None
    assert second.id != first.id
    assert (first.page, second.page) == (1, 2)
    assert counted(session) == full
    # The old word, voided again, takes nothing from the new one.
    service.void(session, first.id, cast.lurah, reason="keliru", now=NOW)
    assert counted(session) == full
    assert action.status is Status.STAMPED


def test_a_held_action_is_held_again_after_the_void(session: Session, cast: Cast) -> None:
    action = make_action(session, cast.budi, minutes=5)
    word = stamp(session, cast.lurah, action, note="ya")[0].stamp
    assert word is not None
    service.void(session, word.id, cast.lurah, reason="keliru", now=NOW)
    assert action.status is Status.HELD


def test_who_voids(session: Session, cast: Cast) -> None:
    action = make_action(session, cast.budi)
    word = stamp(session, cast.lurah, action)[0].stamp
    assert word is not None
    for reason in ("", "  "):
        with pytest.raises(Invalid):
            service.void(session, word.id, cast.lurah, reason=reason, now=NOW)
    with pytest.raises(NotFound):
        service.void(session, uuid4(), cast.lurah, reason="x", now=NOW)
    for stranger in (cast.guru, make_account(session, "petugas.lain", f"officer@{TERATAI}")):
        with pytest.raises(NotFound):
            service.void(session, word.id, stranger, reason="x", now=NOW)
    colleague = make_account(session, "petugas", f"officer@{WEST}")
    voided, _ = service.void(session, word.id, colleague, reason="keliru", now=NOW)
    assert voided.voided_by == colleague.id


def booklet(session: Session, person_id: int) -> Sequence[Stamp]:
    return session.scalars(select(Stamp).where(Stamp.person_id == person_id).order_by(Stamp.page)).all()


def is_whole(pages: Sequence[Stamp]) -> bool:
    """Computed here a second time, from the description in docs/wire.md."""
    previous = ""
    for number, page in enumerate(pages, start=1):
        linked = hashlib.sha256(f"{previous}\n{page.commitment}".encode()).hexdigest()
        if (page.page, page.link) != (number, linked):
            return False
        previous = page.link
    return True


def test_the_stamps_of_a_booklet_form_a_chain_that_voids_leave_whole(session: Session, cast: Cast) -> None:
    made = [make_action(session, cast.budi, captured_at=at(day, 7)) for day in action_days(6)]
    stamp(session, cast.lurah, *made[:3])
    words = [stamp(session, cast.lurah, one, now=NOW + timedelta(minutes=n))[0].stamp for n, one in enumerate(made[3:])]
    stamp(session, cast.lurah, make_action(session, cast.citra))
    service.void(session, words[0].id, cast.lurah, reason="x", now=NOW)  # type: ignore[union-attr]
    stamp(session, cast.lurah, made[3])
    pages = booklet(session, cast.budi.person_id)
    assert [page.page for page in pages] == [1, 2, 3, 4, 5, 6, 7]
    assert is_whole(pages)
    assert len({page.salt for page in pages}) == 7
    assert len(booklet(session, cast.citra.person_id)) == 1


def test_a_commitment_binds_to_the_action_and_to_whose_word_it_is(session: Session, cast: Cast) -> None:
    action = make_action(session, cast.budi)
    word = stamp(session, cast.lurah, action)[0].stamp
    assert word is not None
    content = {
        "stamp": word.id.hex, "action": action.id.hex, "digest": action.digest, "person": action.person_id,
        "observed_at": "2026-11-16T00:05:00.000000+00:00", "credits": word.credits, "stamper": cast.lurah.person_id,
        "tenure": word.tenure_id, "stamped_at": datetime(2026, 11, 16, 8, 40, 5, tzinfo=UTC).isoformat(timespec="microseconds"),
    }  # fmt: skip
    assert actions.commitment(word.salt, content) == word.commitment
    for change in ({"digest": "0" * 64}, {"person": 0}, {"stamper": 0}, {"credits": {"actions": 2}}):
        assert actions.commitment(word.salt, content | change) != word.commitment
