"""Nobody makes their own numbers: what somebody recorded for an adult is another's to stamp, release and review, on every way."""

from __future__ import annotations

import runpy
from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import insert, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from app.actions import service as actions
from app.actions.models import Action, Stamp
from app.actions.rules.words import Capacity, Status
from app.core.errors import NotAllowed, NotFound
from app.core.geo import Point
from app.database.schema import FOLDER
from app.people.models import Account, Tenure
from app.photo_consent import service as photo_consent
from app.photo_consent.models import PhotoRelease
from app.reviews.models import Review
from app.reviews.rules import Decision
from app.stamping import queries, service
from app.stamping.service import decide_review
from tests.factories.actions import MONDAY, NOW, at, body, fix_at, holes, record, stamp
from tests.factories.cast import Cast, grant, make_account
from tests.factories.city import EAST, IN_TERATAI, MELATI, WEST
from tests.page_client import PageClient
from tests.photo_consent.steps import make_pair
from tests.stamping.counting import counted, problems

SignedIn = Callable[[Account], PageClient]
Actors = dict[str, Account]

RECORDER, OWNER, OFFICER, LURAH, KECAMATAN, ELSEWHERE = "recorder", "owner", "officer", "lurah", "kecamatan", "elsewhere"
OTHERS = {OFFICER, LURAH, KECAMATAN}


@pytest.fixture
def actors(session: Session, cast: Cast) -> Actors:
    """All of them hold a post that stamps; the head of PKK has recorded what Bu Kader dug."""
    grant(session, cast.kader.person_id, "officer", MELATI)
    return {
        RECORDER: make_account(session, "ketua.pkk", f"coordinator@{MELATI}"),
        OWNER: cast.kader,
        OFFICER: make_account(session, "petugas", f"officer@{MELATI}"),
        LURAH: cast.lurah,
        KECAMATAN: make_account(session, "camat", f"kecamatan@{WEST}"),
        ELSEWHERE: make_account(session, "camat.timur", f"kecamatan@{EAST}"),
    }


def entered(session: Session, actors: Actors, number: int = 0, *, is_held: bool = False) -> Action:
    """Bu Kader's holes, recorded by the head of PKK."""
    sent = holes(20, rw="05", captured_at=at(MONDAY, 5 + number), on_behalf_of=str(actors[OWNER].person.uuid))
    action = record(session, actors[RECORDER], sent)
    assert action.capacity is Capacity.CADRE
    action.status = Status.HELD if is_held else Status.WAITING
    session.flush()
    return action


def send_form(client: PageClient, fields: dict[str, Any]) -> None:
    """The desk's form as somebody would forge it: though the page shows them none, its token is on every page."""
    token = client.get("/meja").text.split('name="csrf_token" value="')[1].split('"')[0]
    client.post("/meja/cap", data={"csrf_token": token, **fields}, status=303)


def by_page(client: PageClient, action: Action) -> None:
    send_form(client, {"aksi": [str(action.id)]})


def alone_by_page(client: PageClient, action: Action) -> None:
    send_form(client, {"satu": str(action.id), "catatan": "Saya lihat."})


def by_wire(client: PageClient, action: Action) -> None:
    client.post("/api/v1/stamps", json={"actions": [str(action.id)], "note": "Saya lihat."})


def in_bulk(client: PageClient, action: Action) -> None:
    client.post("/api/v1/stamps", json={"actions": [str(uuid4()), str(action.id), str(uuid4())], "note": "Saya lihat."})


STAMPING: dict[str, tuple[Callable[[PageClient, Action], None], bool]] = {
    "page": (by_page, False),
    "page, released": (alone_by_page, True),
    "wire": (by_wire, False),
    "wire, released": (by_wire, True),
    "wire, many": (in_bulk, True),
}


@pytest.mark.long_on_postgis
@pytest.mark.parametrize("way", list(STAMPING))
def test_whoever_recorded_it_stamps_it_on_no_way(session: Session, actors: Actors, signed_in: SignedIn, way: str) -> None:
    ask, is_held = STAMPING[way]
    stamped = set()
    for number, (name, account) in enumerate(actors.items()):
        action = entered(session, actors, number, is_held=is_held)
        ask(signed_in(account), action)
        session.refresh(action)
        stamped |= {name} if action.status is Status.STAMPED else set()
    assert stamped == OTHERS


def test_twenty_times_twenty_holes_stamped_alone_change_no_number(session: Session, actors: Actors, signed_in: SignedIn) -> None:
    made = [entered(session, actors, number) for number in range(10)]
    before = counted(session)
    ids = [str(action.id) for action in made]
    client = signed_in(actors[RECORDER])
    send_form(client, {"aksi": ids})
    answers = client.post("/api/v1/stamps", json={"actions": ids}).json["results"]
    assert {(each["problem"], each["detail"]) for each in answers} == {("own_record", "Anda yang mencatat; lurah yang mengecap.")}
    assert counted(session) == before
    assert Status.STAMPED not in {action.status for action in made}


def test_each_queue_shows_what_is_its_reader_s_to_stamp(session: Session, actors: Actors, signed_in: SignedIn) -> None:
    action = entered(session, actors)
    shows = {}
    for name, account in actors.items():
        page, more = queries.queue(session, account.person_id, limit=5, after=None, now=NOW)
        assert more is None
        shows[name] = action in page
    assert {name for name, shown in shows.items() if shown} == OTHERS
    wire = signed_in(actors[KECAMATAN]).get("/api/v1/stamping/queue").json["actions"]
    assert [each["id"] for each in wire] == [str(action.id)]


def test_the_desk_tells_the_recorder_who_stamps_instead(
    session: Session, cast: Cast, actors: Actors, signed_in: SignedIn
) -> None:
    action = entered(session, actors)
    shown = signed_in(actors[RECORDER]).get("/meja").text
    assert "Anda yang mencatat; lurah yang mengecap." in shown
    assert f'value="{action.id}"' not in shown
    assert "Anda yang mencatat" not in signed_in(actors[OFFICER]).get("/meja").text
    grant(session, cast.lurah.person_id, "coordinator", MELATI)
    record(session, cast.lurah, holes(rw="05", captured_at=at(MONDAY, 12), on_behalf_of=str(cast.kader.person.uuid)))
    assert "Anda yang mencatat; kecamatan yang mengecap." in signed_in(cast.lurah).get("/meja").text


def test_where_the_recorder_s_phone_was_holds_nothing_of_the_owner_s_own(session: Session, actors: Actors) -> None:
    """The head of PKK writes it down at her office while Bu Kader digs elsewhere."""
    entered(session, actors)
    far = fix_at(Point(IN_TERATAI.lon + 0.1, IN_TERATAI.lat))
    own = [
        record(session, actors[OWNER], holes(1, rw="05", captured_at=at(MONDAY, 5, 1), fix=far)),
        record(session, actors[OWNER], holes(1, rw="05", captured_at=at(MONDAY, 5, 2))),
    ]
    assert ["travel_impossible" in {row[0] for row in action.findings} for action in own] == [False, False]
    session.expire_all()


def test_the_lurah_s_own_record_goes_to_the_kecamatan(session: Session, cast: Cast, actors: Actors) -> None:
    own = record(session, cast.lurah, holes(rw="05", captured_at=at(MONDAY, 13)))
    assert queries.queue(session, actors[KECAMATAN].person_id, limit=5, after=None, now=NOW)[0] == [own]
    assert problems(stamp(session, actors[KECAMATAN], own)) == [None]


def test_a_kecamatan_sees_nothing_else(session: Session, cast: Cast, actors: Actors) -> None:
    plain = record(session, cast.budi, body())
    assert queries.queue(session, actors[KECAMATAN].person_id, limit=5, after=None, now=NOW) == ([], None)
    assert problems(stamp(session, actors[KECAMATAN], plain)) == ["not_found"]
    assert not queries.is_officer_of(session, plain, actors[KECAMATAN].person_id, now=NOW)


def test_whoever_recorded_it_may_refuse_it_and_take_its_stamp_back(session: Session, actors: Actors, signed_in: SignedIn) -> None:
    refused, stamped = entered(session, actors, 0), entered(session, actors, 1)
    stamp(session, actors[LURAH], stamped)
    client = signed_in(actors[RECORDER])
    client.submit(f"/meja/tolak/{refused.id}", {"alasan": "Saya salah ketik."})
    [given] = actions_stamps(session, stamped)
    client.post(f"/api/v1/stamps/{given.id}/void", json={"reason": "Saya salah ketik."})
    session.expire_all()
    assert (refused.status, stamped.status) == (Status.REFUSED, Status.WAITING)


def actions_stamps(session: Session, action: Action) -> list[Stamp]:
    return list(session.scalars(select(Stamp).where(Stamp.action_id == action.id, Stamp.voided_at.is_(None))))


def test_photographs_are_cleared_by_another(session: Session, cast: Cast, actors: Actors) -> None:
    action = make_pair(session, cast.budi)
    action.recorded_by = actors[RECORDER].id
    grant(session, actors[RECORDER].person_id, "officer", MELATI)
    grant(session, cast.budi.person_id, "officer", MELATI)
    stamp(session, actors[LURAH], action)
    photo_consent.consent(session, action.id, 1, cast.budi, now=NOW)
    named = actors | {OWNER: cast.budi}
    for reason in (None, "Ada wajah."):
        may = set()
        for name, account in named.items():
            try:
                service.look_at_photographs(session, action.id, 1, account, declines=reason, now=NOW)
            except (NotAllowed, NotFound):
                continue
            may.add(name)
        assert may == OTHERS
    asked = {name for name, account in named.items() if queries.pairs_decided(session, account, limit=5, now=NOW)}
    assert asked == OTHERS
    assert session.scalars(select(PhotoRelease.declined_by)).first() is not None


def test_a_review_is_another_s_to_decide(session: Session, actors: Actors) -> None:
    action = entered(session, actors)
    stamp(session, actors[OFFICER], action)
    review = Review(action_id=action.id, opened_at=NOW)
    session.add(review)
    session.flush()
    listed = {name for name, who in actors.items() if queries.reviews(session, who.person_id, after=None, limit=5, now=NOW)[0]}
    assert listed == OTHERS
    may = set()
    for name, account in actors.items():
        try:
            decide_review(session, review.id, account, decision=Decision.STANDS, reason="Sudah saya lihat.", now=NOW)
        except NotFound:
            continue
        may.add(name)
        review.closed_at = review.closed_by = review.decision = None
        session.flush()
    assert may == OTHERS


def test_a_teacher_records_and_stamps_her_class(session: Session, cast: Cast) -> None:
    action = record(session, cast.guru, body(fix=fix_at(IN_TERATAI), on_behalf_of=str(cast.ani.uuid)))
    assert problems(stamp(session, cast.guru, action)) == [None]
    assert session.scalars(select(Stamp.recorder_id)).one() is None


def row(session: Session, action: Action, by: Account, **change: Any) -> dict[str, Any]:
    tenure = session.scalars(select(Tenure).where(Tenure.person_id == by.person_id).limit(1)).one()
    made = actions.stamp_row(
        action.id, action.digest, action.person_id, action.observed_at, credits={"actions": 1}, last_page=(0, ""),
        decision=actions.OfficerDecision(by.person_id, by.id, tenure.id, "", NOW),
    )  # fmt: skip
    return made | change


def test_the_database_itself_lets_nobody_stamp_what_they_recorded(session: Session, actors: Actors) -> None:
    action = entered(session, actors)
    # Whatever the statement says of the recorder: the database takes the action's own.
    for said in ({}, {"recorder_id": None}, {"recorder_id": actors[OFFICER].person_id}):
        with pytest.raises(IntegrityError, match="nobody_stamps_what_they_recorded"), session.begin_nested():
            session.execute(insert(Stamp), row(session, action, actors[RECORDER], **said))
    session.execute(insert(Stamp), row(session, action, actors[OFFICER]))
    assert session.scalars(select(Stamp.recorder_id)).one() == actors[RECORDER].person_id
    with pytest.raises(IntegrityError, match="nobody_stamps_what_they_recorded"), session.begin_nested():
        session.execute(Stamp.__table__.update().values(stamper_id=actors[RECORDER].person_id))


def test_what_one_person_stamped_alone_before_is_looked_at_again(session: Session, actors: Actors, signed_in: SignedIn) -> None:
    """The migration opens a review: shown with its reason, another's to decide, nothing voided."""
    action, plain = entered(session, actors, 0), entered(session, actors, 1)
    stamp(session, actors[OFFICER], action, plain)
    action.recorded_by = actors[OFFICER].id
    session.flush()
    [migration] = FOLDER.glob("versions/*_reviews_of_what_its_recorder_stamped.py")
    for _ in range(2):
        session.execute(runpy.run_path(str(migration))["_ALONE"], {"now": NOW})
    assert session.scalars(select(Review.action_id)).all() == [action.id]
    assert "Yang mengecap aksi ini juga yang mencatatnya." in signed_in(actors[LURAH]).get("/admin/tinjauan").text
    assert "Yang mengecap" not in signed_in(actors[OFFICER]).get("/admin/tinjauan").text
    assert action.status is Status.STAMPED
