"""Consent and the word of a second person."""

from __future__ import annotations

import pytest
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from app.actions.models import ActionPhoto
from app.audit.models import AuditLine
from app.core.errors import Conflict, Invalid, NotAllowed, NotFound
from app.media.models import Photo
from app.media.rules import Fault, PhotoState
from app.people import service as people
from app.photo_consent import queries
from app.photo_consent import service as photo_consent
from app.photo_consent.models import PhotoRelease
from app.photo_consent.rules import ConsentState
from app.stamping import queries as stamping_queries
from app.stamping import service as stamping
from app.sync import service as sync
from tests.factories.actions import NOW, action_days, at, fix_at, stamp
from tests.factories.cast import Cast, grant, make_account
from tests.factories.city import IN_TERATAI, MELATI, TERATAI
from tests.photo_consent.steps import make_pair, released

pytestmark = pytest.mark.long_on_postgis


def stands(session: Session, action_id: object) -> ConsentState:
    (pair,) = queries.pairs_of(session, [action_id])[action_id]  # type: ignore[list-item, index]
    return pair.standing


def test_only_the_owner_consents(session: Session, cast: Cast) -> None:
    action = make_pair(session, cast.budi)
    for somebody in (cast.lurah, cast.citra, cast.guru):
        with pytest.raises(NotFound):
            photo_consent.consent(session, action.id, 1, somebody, now=NOW)
    photo_consent.consent(session, action.id, 1, cast.budi, now=NOW)
    photo_consent.consent(session, action.id, 1, cast.budi, now=NOW)
    assert stands(session, action.id) is ConsentState.ASKED


def test_there_is_a_pair_to_consent_to_or_nothing(session: Session, cast: Cast) -> None:
    action = make_pair(session, cast.budi)
    for number in (0, 2, 3):
        with pytest.raises(NotFound):
            photo_consent.consent(session, action.id, number, cast.budi, now=NOW)
    assert session.scalars(select(PhotoRelease)).all() == []


def test_what_was_withdrawn_or_refused_is_not_released(session: Session, cast: Cast) -> None:
    withdrawn, refused = make_pair(session, cast.budi, 82), make_pair(session, cast.kader, 83, programme="gps")
    sync.withdraw(session, withdrawn.id, cast.budi, now=NOW)
    stamping.refuse(session, [refused.id], cast.lurah, reason="bukan di sini", now=NOW)
    for action, owner in ((withdrawn, cast.budi), (refused, cast.kader)):
        with pytest.raises(Conflict):
            photo_consent.consent(session, action.id, 1, owner, now=NOW)


def test_a_childs_photographs_are_never_released(session: Session, cast: Cast) -> None:
    action = make_pair(session, cast.guru, on_behalf_of=str(cast.ani.uuid), fix=fix_at(IN_TERATAI))
    with pytest.raises(NotFound):
        photo_consent.consent(session, action.id, 1, cast.guru, now=NOW)
    account = people.create(session, "ani", full_name="Ani Kecil", now=NOW)
    account.person.is_adult = account.person.shown = False
    action.person_id = account.person_id
    session.flush()
    with pytest.raises(NotAllowed):
        photo_consent.consent(session, action.id, 1, account, now=NOW)


def test_nobody_clears_their_own(session: Session, cast: Cast) -> None:
    other = make_account(session, "petugas.dua", f"officer@{MELATI}")
    grant(session, cast.budi.person_id, "officer", MELATI)
    action = make_pair(session, cast.budi)
    stamp(session, cast.lurah, action)
    photo_consent.consent(session, action.id, 1, cast.budi, now=NOW)
    assert stamping_queries.pairs_asked(session, cast.budi, limit=9, now=NOW) == []
    with pytest.raises(NotAllowed):
        stamping.look_at_photographs(session, action.id, 1, cast.budi, declines=None, now=NOW)
    action.recorded_by = other.id
    with pytest.raises(NotAllowed):
        stamping.look_at_photographs(session, action.id, 1, other, declines=None, now=NOW)
    stamping.look_at_photographs(session, action.id, 1, cast.lurah, declines=None, now=NOW)
    assert stands(session, action.id) is ConsentState.CLEARED


def test_an_officer_elsewhere_is_not_asked_and_may_not_answer(session: Session, cast: Cast) -> None:
    elsewhere = make_account(session, "petugas.teratai", f"officer@{TERATAI}")
    action = make_pair(session, cast.budi)
    stamp(session, cast.lurah, action)
    photo_consent.consent(session, action.id, 1, cast.budi, now=NOW)
    for officer, problem in ((elsewhere, NotFound), (cast.citra, NotAllowed)):
        assert stamping_queries.pairs_asked(session, officer, limit=9, now=NOW) == []
        with pytest.raises(problem):
            stamping.look_at_photographs(session, action.id, 1, officer, declines=None, now=NOW)
    (asked,) = stamping_queries.pairs_asked(session, cast.lurah, limit=9, now=NOW)
    assert asked.action.id == action.id


def test_only_what_is_stamped_and_consented_is_looked_at(session: Session, cast: Cast) -> None:
    action = make_pair(session, cast.budi)
    photo_consent.consent(session, action.id, 1, cast.budi, now=NOW)
    assert stamping_queries.pairs_asked(session, cast.lurah, limit=9, now=NOW) == []
    with pytest.raises(Conflict):
        stamping.look_at_photographs(session, action.id, 1, cast.lurah, declines=None, now=NOW)
    stamp(session, cast.lurah, action)
    photo_consent.take_back(session, action.id, 1, cast.budi, now=NOW)
    with pytest.raises(NotFound):
        stamping.look_at_photographs(session, action.id, 1, cast.lurah, declines=None, now=NOW)


def test_a_no_needs_its_reason_and_is_the_owners_to_read(session: Session, cast: Cast) -> None:
    action = released(session, cast)
    with pytest.raises(Invalid):
        stamping.look_at_photographs(session, action.id, 1, cast.lurah, declines="  ", now=NOW)
    stamping.look_at_photographs(session, action.id, 1, cast.lurah, declines=" Ada nomor motor. ", now=NOW)
    (pair,) = queries.pairs_of(session, [action.id])[action.id]
    assert (pair.standing, pair.leave.reason) == (ConsentState.DECLINED, "Ada nomor motor.")
    (decided,) = stamping_queries.pairs_decided(session, cast.lurah, limit=9, now=NOW)
    assert decided.pair == pair


def test_consent_given_again_is_looked_at_again(session: Session, cast: Cast) -> None:
    action = released(session, cast)
    photo_consent.take_back(session, action.id, 1, cast.budi, now=NOW)
    photo_consent.consent(session, action.id, 1, cast.budi, now=NOW)
    assert stands(session, action.id) is ConsentState.ASKED


def test_taking_back_does_not_wear_out_a_no(session: Session, cast: Cast) -> None:
    action = released(session, cast)
    stamping.look_at_photographs(session, action.id, 1, cast.lurah, declines="Ada nomor motor.", now=NOW)
    photo_consent.take_back(session, action.id, 1, cast.budi, now=NOW)
    photo_consent.consent(session, action.id, 1, cast.budi, now=NOW)
    assert stands(session, action.id) is ConsentState.DECLINED


def test_pairs_that_cannot_be_shown_take_nobodys_place(session: Session, cast: Cast) -> None:
    broken, whole = (
        make_pair(session, cast.budi, seed, captured_at=at(day, 7, 5)) for seed, day in zip((71, 72), action_days(2), strict=True)
    )
    for action in (broken, whole):
        stamp(session, cast.lurah, action)
        photo_consent.consent(session, action.id, 1, cast.budi, now=NOW)
    first = session.scalars(select(ActionPhoto.sha256).where(ActionPhoto.action_id == broken.id)).first()
    session.execute(
        update(Photo)
        .where(Photo.sha256 == first)
        .values(state=PhotoState.BROKEN, fault=Fault.UNREADABLE, digest_1600=None, digest_320=None)
    )
    asked = stamping_queries.pairs_asked(session, cast.lurah, limit=1, now=NOW)
    assert [each.action.id for each in asked] == [whole.id]


def test_every_word_is_in_the_audit_log(session: Session, cast: Cast) -> None:
    action = released(session, cast)
    photo_consent.take_back(session, action.id, 1, cast.budi, now=NOW)
    session.flush()
    told = session.scalars(select(AuditLine).where(AuditLine.kind.startswith("photograph.")).order_by(AuditLine.id)).all()
    assert [(line.kind, line.account_id) for line in told] == [
        ("photograph.consent", cast.budi.id), ("photograph.clear", cast.lurah.id), ("photograph.take_back", cast.budi.id),
    ]  # fmt: skip
    assert {line.subject for line in told} == {f"action:{action.id} photographs 1 2"}


def test_the_latest_pairs_are_found_by_kelurahan_and_programme(session: Session, cast: Cast) -> None:
    days = action_days(3)
    made = [released(session, cast, 90 + n, captured_at=at(day, 7, 5)) for n, day in enumerate(days)]
    melati, teratai = cast.city.areas[MELATI], cast.city.areas[TERATAI]
    later = NOW.replace(day=20)
    found = queries.public_pairs(session, limit=9, now=later, kelurahan_id=melati)
    assert len(found) == len(made)
    assert {(pair.kelurahan, pair.month.name) for pair in found} == {("Melati", "2026-11")}
    assert len(queries.public_pairs(session, limit=2, now=later, kelurahan_id=melati)) == 2
    assert queries.public_pairs(session, limit=9, now=later, kelurahan_id=teratai) == ()
    assert len(queries.public_pairs(session, limit=9, now=later, programme_id=made[0].programme_id)) == 3
    assert queries.public_pairs(session, limit=9, now=later, programme_id=cast.city.programmes["biopori"]) == ()
