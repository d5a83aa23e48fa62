"""Persons, accounts, posts held through time, tokens."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from app.audit.models import AuditLine
from app.core.errors import Conflict, Invalid
from app.database import Base
from app.people import queries, service
from app.people.models import AccessToken, Account, Person, Tenure
from app.people.rules import Movement, Post
from app.places import queries as places
from tests.factories.actions import MONDAY, NOW
from tests.factories.cast import NPSN, Cast, make_account
from tests.factories.city import MELATI, TERATAI


def test_a_person_and_an_account_are_two_things(session: Session, cast: Cast) -> None:
    """Whose actions are counted, and who signs in: a pupil is a person without an account."""
    assert session.scalars(select(Account).where(Account.person_id == cast.ani.id)).all() == []
    assert cast.budi.person.id == cast.budi.person_id
    assert queries.public_name(cast.ani) == "Ani"


def refuse(session: Session, row: Base, why: str) -> None:
    """The database itself does not take the row."""
    session.add(row)
    with pytest.raises(IntegrityError, match=why):
        session.flush()
    session.rollback()


def test_the_database_shows_no_child_and_holds_one_account_a_person(session: Session, cast: Cast) -> None:
    session.commit()
    refuse(session, Person(name="Adik", is_adult=False, shown=True, created_at=NOW), "children_are_never_shown")
    refuse(session, Account(name="budi.kedua", person_id=cast.budi.person_id, created_at=NOW), "person_id")


def test_a_sign_in_name_is_taken_once(session: Session, cast: Cast) -> None:
    with pytest.raises(Conflict, match=r"pak\.budi is taken"):
        service.create(session, "pak.budi", now=NOW)


def test_a_full_name_can_be_read(session: Session) -> None:
    for name in ("\u3164", "\u2800", "..."):
        with pytest.raises(Invalid) as refused:
            service.create(session, "baru", full_name=name, now=NOW)
        assert [error.field for error in refused.value.errors] == ["full_name"]


def test_a_post_is_held_from_its_first_to_its_last_day(session: Session, cast: Cast) -> None:
    tenure = service.grant(
        session, cast.citra.person_id, Post.OFFICER, MELATI, valid_from=MONDAY, granted_by=cast.lurah.id, now=NOW
    )
    service.end(session, tenure, last_day=MONDAY + timedelta(days=2), ended_by=cast.lurah.id, now=NOW)
    held = [bool(queries.tenures_on(session, cast.citra.person_id, MONDAY + timedelta(days=n))) for n in range(-1, 4)]
    assert held == [False, True, True, True, False]
    with pytest.raises(Invalid, match="need correcting"):
        service.end(session, tenure, last_day=MONDAY - timedelta(days=1), ended_by=None, now=NOW)


def test_the_same_post_again_is_the_same_tenure_and_anew_after_its_end(session: Session, cast: Cast) -> None:
    first = service.grant(session, cast.citra.person_id, Post.LURAH, TERATAI, granted_by=None, now=NOW)
    assert service.grant(session, cast.citra.person_id, Post.LURAH, TERATAI, granted_by=None, now=NOW) is first
    service.end(session, first, last_day=MONDAY, ended_by=None, now=NOW)
    again = service.grant(
        session, cast.citra.person_id, Post.LURAH, TERATAI, valid_from=date(2027, 1, 1), granted_by=None, now=NOW
    )
    assert again.id != first.id


def test_a_cadre_works_in_the_name_of_a_movement(session: Session, cast: Cast) -> None:
    plain = service.grant(session, cast.citra.person_id, Post.CADRE, MELATI, granted_by=None, now=NOW)
    of_kb = service.grant(session, cast.citra.person_id, Post.CADRE, TERATAI, movement=Movement.KB, granted_by=None, now=NOW)
    assert (plain.movement, of_kb.movement) == (Movement.PKK, Movement.KB)
    with pytest.raises(Invalid):
        service.grant(session, cast.citra.person_id, Post.OFFICER, TERATAI, movement=Movement.KB, granted_by=None, now=NOW)


def test_posts_lie_where_they_can(session: Session, cast: Cast) -> None:
    for post, place in ((Post.LURAH, f"npsn:{NPSN}"), (Post.TEACHER, MELATI), (Post.PRINCIPAL, f"{MELATI}/05")):
        with pytest.raises(Invalid):
            service.grant(session, cast.citra.person_id, post, place, granted_by=None, now=NOW)
    session.commit()
    area, citra = cast.city.areas[MELATI], cast.citra.person_id
    refuse(session, Tenure(person_id=citra, post=Post.OFFICER, created_at=NOW), "one_place")
    led = Tenure(person_id=citra, post=Post.RW, movement=Movement.PKK, area_id=area, created_at=NOW)
    refuse(session, led, "only_cadres_have_a_movement")


def test_an_rw_is_made_when_a_post_is_given_there(session: Session, cast: Cast) -> None:
    tenure = service.grant(session, cast.citra.person_id, Post.RW, f"{MELATI}/12", granted_by=None, now=NOW)
    area = places.areas(session).by_id[tenure.area_id or 0]
    assert (area.code, area.name) == (f"{MELATI}/12", "12")


def test_a_token_opens_until_it_is_revoked_or_the_account_disabled(session: Session, cast: Cast) -> None:
    token, other = (service.create_token(session, cast.citra, now=NOW) for _ in range(2))
    session.flush()
    assert queries.account_by_token(session, token) is cast.citra
    assert token not in session.scalars(select(AccessToken.digest)).all()
    cast.citra.disabled_at = NOW
    session.flush()
    assert queries.account_by_token(session, token) is None
    cast.citra.disabled_at = None
    assert service.revoke_tokens(session, cast.citra, now=NOW) == 2
    session.flush()
    assert [queries.account_by_token(session, one) for one in (token, other, "", "x")] == [None] * 4


def test_who_signs_up_has_made_the_account_and_no_command_on_the_server(session: Session) -> None:
    made = service.create(session, "warga.baru", hashed=service.PasswordHash("x"), now=NOW)
    session.flush()
    asked = select(AuditLine.account_id).where(
        AuditLine.kind == "people.create", AuditLine.subject == f"person:{made.person.uuid}"
    )
    assert session.scalars(asked).one() == made.id


def test_what_is_done_to_people_is_written_down(session: Session, cast: Cast) -> None:
    session.query(AuditLine).delete()
    made = make_account(session, "petugas")
    tenure = service.grant(session, made.person_id, Post.OFFICER, MELATI, granted_by=cast.lurah.id, now=NOW)
    service.create_token(session, made, now=NOW)
    service.revoke_tokens(session, made, now=NOW)
    service.end(session, tenure, last_day=MONDAY, ended_by=cast.lurah.id, now=NOW)
    lines = session.execute(select(AuditLine.kind, AuditLine.account_id).order_by(AuditLine.id)).all()
    assert [tuple(line) for line in lines] == [
        ("people.create", None),
        ("people.grant", cast.lurah.id),
        ("people.token", None),
        ("people.revoke_tokens", None),
        ("people.end", cast.lurah.id),
    ]
