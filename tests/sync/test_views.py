"""Who sees an action, who takes it back, who records for whom (docs/wire.md)."""

from __future__ import annotations

from datetime import date
from uuid import UUID, uuid4

from sqlalchemy.orm import Session

from app.actions.models import Action
from app.people import service as people
from tests.factories.actions import MONDAY, NOW, at, body, fix_at, holes
from tests.factories.cast import Cast, grant, make_account
from tests.factories.city import IN_TERATAI, MELATI, TERATAI
from tests.factories.fixtures import Clock
from tests.sync.wire import Sign, address, rows


def test_owner_recorder_and_officers_of_the_place_see_it_and_nobody_else(signed_in: Sign, cast: Cast, session: Session) -> None:
    where = address()
    signed_in(cast.guru).put(where, json=body(on_behalf_of=str(cast.ani.uuid), fix=fix_at(IN_TERATAI)), status=201)
    head = make_account(session, "bu.kepala", "principal@npsn:20219345")
    colleague = make_account(session, "pak.guru", "teacher@npsn:20219345")
    city_officer = make_account(session, "petugas", "officer@32.99")
    for seer in (cast.guru, head, colleague):
        assert signed_in(seer).get(where).json["status"] == "waiting"
    nobody = {
        signed_in(other).get(where, status=404).data for other in (cast.budi, cast.citra, cast.lurah, cast.kader, city_officer)
    }
    nobody.add(signed_in(cast.guru).get(address(), status=404).data)
    assert len(nobody) == 1, "absent and forbidden answer alike"


def test_an_owner_sees_his_own(signed_in: Sign, cast: Cast, session: Session) -> None:
    where = address()
    receipt = signed_in(cast.budi).put(where, json=body(), status=201).json
    officer = make_account(session, "petugas", "officer@32.99.01")
    for seer in (cast.budi, cast.lurah, officer):
        assert signed_in(seer).get(where).json == receipt


def test_an_owner_withdraws_and_a_repeat_does_not_undo_it(signed_in: Sign, cast: Cast, session: Session) -> None:
    where, budi = address(), signed_in(cast.budi)
    first = budi.put(where, json=body(), status=201).json
    assert budi.delete(where).json == first | {"status": "withdrawn"}
    assert budi.delete(where).json["status"] == "withdrawn"
    assert budi.put(where, json=body()).json["status"] == "withdrawn"
    assert budi.get(where).json["status"] == "withdrawn"
    assert rows(session) == 1


def test_what_is_withdrawn_no_longer_fills_the_cap(signed_in: Sign, cast: Cast) -> None:
    where, budi = address(), signed_in(cast.budi)
    budi.put(where, json=body(), status=201)
    second = budi.put(address(), json=body(captured_at=at(MONDAY, 9)), status=201).json
    assert second["status"] == "held"
    budi.delete(where)
    budi.delete(address(UUID(second["id"])))
    assert budi.put(address(), json=body(captured_at=at(MONDAY, 11)), status=201).json["status"] == "waiting"


def test_nobody_withdraws_what_is_another_s_or_not_there(signed_in: Sign, cast: Cast) -> None:
    where = address()
    signed_in(cast.guru).put(where, json=body(on_behalf_of=str(cast.ani.uuid), fix=fix_at(IN_TERATAI)), status=201)
    told = {
        signed_in(cast.guru).delete(where, status=404).data,
        signed_in(cast.budi).delete(where, status=404).data,
        signed_in(cast.budi).delete(address(), status=404).data,
    }
    assert len(told) == 1


def test_what_an_officer_has_decided_is_not_withdrawn(signed_in: Sign, cast: Cast, clock: Clock) -> None:
    stamped, refused, budi, lurah = uuid4(), uuid4(), signed_in(cast.budi), signed_in(cast.lurah)
    budi.put(address(stamped), json=body(), status=201)
    budi.put(address(refused), json=body(captured_at=at(MONDAY, 12)), status=201)
    lurah.post("/api/v1/stamps", json={"actions": [str(stamped)]})
    lurah.post("/api/v1/refusals", json={"actions": [str(refused)], "reason": "tidak ada di sana"})
    for decided, status in ((stamped, "stamped"), (refused, "refused")):
        answer = budi.delete(address(decided), status=409).json
        assert answer["type"] == "urn:sabuk:problem:already_decided"
        assert budi.get(address(decided)).json["status"] == status


def test_a_teacher_records_for_a_pupil_of_her_school(signed_in: Sign, cast: Cast, session: Session) -> None:
    receipt = (
        signed_in(cast.guru).put(address(), json=body(on_behalf_of=str(cast.ani.uuid), fix=fix_at(IN_TERATAI)), status=201).json
    )
    assert receipt["kelurahan"]["code"] == TERATAI
    assert receipt["site"]["name"] == "SDN Teratai 1"
    action = session.get_one(Action, UUID(receipt["id"]))
    assert (action.person_id, action.recorded_by, action.capacity.value) == (cast.ani.id, cast.guru.id, "pupil")


def test_nobody_records_for_whom_they_are_not_responsible(signed_in: Sign, cast: Cast, session: Session) -> None:
    cases = [
        (cast.guru, cast.budi.person.uuid),
        (cast.guru, uuid4()),
        (cast.budi, cast.ani.uuid),
        (cast.lurah, cast.budi.person.uuid),
        (cast.kader, cast.budi.person.uuid),
        (cast.budi, cast.budi.person.uuid),
        (cast.citra, cast.budi.person.uuid),
    ]
    told = {signed_in(who).put(address(), json=body(on_behalf_of=str(whom)), status=403).data for who, whom in cases}
    assert len(told) == 1, "unknown persons and persons out of reach answer alike"
    assert rows(session) == 0


def test_a_cadre_records_for_the_residents_of_her_rw(signed_in: Sign, cast: Cast, session: Session) -> None:
    resident = make_account(session, "bu.rt", f"volunteer@{MELATI}/05")
    stranger = make_account(session, "pak.jauh", f"volunteer@{MELATI}/06")
    sent = holes(on_behalf_of=str(resident.person.uuid))
    assert signed_in(cast.kader).put(address(), json=sent, status=201).json["kelurahan"]["code"] == MELATI
    signed_in(cast.kader).put(address(), json=holes(on_behalf_of=str(stranger.person.uuid)), status=403)


def test_a_teacher_who_left_no_longer_records_for_the_class(signed_in: Sign, cast: Cast, session: Session) -> None:
    left = make_account(session, "bu.dulu")
    tenure = grant(session, left.person_id, "teacher", "npsn:20219345")
    people.end(session, tenure, last_day=date(2026, 11, 13), ended_by=None, now=NOW)
    sent = {"on_behalf_of": str(cast.ani.uuid), "fix": fix_at(IN_TERATAI)}
    signed_in(left).put(address(), json=body(**sent), status=403)
    friday = body(**sent, captured_at=at(date(2026, 11, 13), 7))
    assert signed_in(left).put(address(), json=friday, status=201).json["status"] == "waiting"
