"""Invitations: offered by who stands above, taken once, while whoever offered them still may."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core.clock import local_day
from app.core.errors import Conflict, Invalid, NotAllowed, NotFound
from app.core.ids import new_id
from app.core.text import Language
from app.people import queries, service
from app.people.models import Account, Invitation, Tenure
from app.people.rules import Movement, Post, Standing
from tests.factories.browsing import sealed
from tests.factories.cast import NPSN, Cast, make_account
from tests.factories.city import CITY, KENANGA, MELATI, TERATAI
from tests.factories.deeds import NOW

LATE = NOW + timedelta(days=14)


@pytest.fixture
def offered(session: Session, cast: Cast) -> Callable[..., Invitation]:
    def make(post: Post = Post.COORDINATOR, place: str = MELATI, by: Account | None = None, **change: object) -> Invitation:
        return service.invite(session, by or cast.lurah, post, place, name="Ibu Ketua", now=NOW, **change)  # type: ignore[arg-type]

    return make


def test_the_whole_chain_from_the_city_to_the_cadre_and_the_teacher(session: Session, cast: Cast) -> None:
    admin = make_account(session, "admin", f"administrator@{CITY}")
    chain = [
        (Post.LURAH, KENANGA, "lurah.kenanga", None),
        (Post.COORDINATOR, KENANGA, "ketua.kenanga", None),
        (Post.CADRE, f"{KENANGA}/07", "kader.kenanga", Movement.DASAWISMA),
    ]
    school = [(Post.PRINCIPAL, f"npsn:{NPSN}", "kepsek", None), (Post.TEACHER, f"npsn:{NPSN}", "guru.baru", None)]
    for ways in (chain, school):
        above = admin
        for post, place, name, movement in ways:
            made = service.invite(session, above, post, place, movement=movement, name=name, now=NOW)
            above = service.accept_as_new(
                session, made.uuid, name, full_name=name, sealed=sealed(), language=Language.INDONESIAN, now=NOW
            )
            held = queries.tenures_on(session, above.person_id, NOW.date())
            assert [(each.post, each.movement, each.valid_from) for each in held] == [
                (post, movement, local_day(NOW, "Asia/Jakarta"))
            ]
    titles = queries.post_titles(session, queries.tenures(session, service.account(session, "kader.kenanga").person_id))
    assert [(title.id, title.en) for title in titles] == [
        ("Kader Dasawisma di RW 07 Kenanga", "Cadre (Dasawisma) at RW 07 Kenanga")
    ]


def test_nobody_offers_what_is_not_below_them(session: Session, offered: Callable[..., Invitation]) -> None:
    for post, place in (
        (Post.LURAH, KENANGA),
        (Post.COORDINATOR, TERATAI),
        (Post.TEACHER, f"npsn:{NPSN}"),
        (Post.ADMINISTRATOR, CITY),
    ):
        with pytest.raises(NotAllowed):
            offered(post, place)
    assert session.scalars(select(Invitation)).all() == []


def test_an_invitation_needs_a_name(session: Session, cast: Cast) -> None:
    for name in ("", "   ", "x" * 121, "a\x00b"):
        with pytest.raises(Invalid) as refused:
            service.invite(session, cast.lurah, Post.COORDINATOR, MELATI, name=name, now=NOW)
        assert [error.field for error in refused.value.errors] == ["name"]


def test_an_invitation_is_taken_once(session: Session, cast: Cast, offered: Callable[..., Invitation]) -> None:
    made = offered()
    assert service.accept(session, made.uuid, cast.citra, now=NOW) is made
    tenure = session.scalars(select(Tenure).where(Tenure.person_id == cast.citra.person_id)).one()
    assert (tenure.post, tenure.granted_by) == (Post.COORDINATOR, cast.lurah.id)
    for again in (cast.citra, cast.budi):
        with pytest.raises(service.Closed):
            service.accept(session, made.uuid, again, now=NOW)
    with pytest.raises(service.Closed):
        service.revoke(session, made.uuid, cast.lurah, now=NOW)


def test_a_taken_back_or_late_one_opens_nothing_and_makes_nobody(
    session: Session, cast: Cast, offered: Callable[..., Invitation]
) -> None:
    late, revoked = offered(), offered()
    service.revoke(session, revoked.uuid, cast.lurah, now=NOW)
    service.revoke(session, revoked.uuid, cast.lurah, now=NOW)
    for made, now in ((late, LATE), (revoked, NOW)):
        with pytest.raises(service.Closed):
            service.accept_as_new(
                session, made.uuid, "siti", full_name="Siti", sealed=sealed(), language=Language.ENGLISH, now=now
            )
    assert queries.account_by_name(session, "siti") is None
    assert service.accept(session, late.uuid, cast.citra, now=LATE - timedelta(seconds=1)) is late


def test_it_ends_with_the_post_of_whoever_offered_it(session: Session, cast: Cast, offered: Callable[..., Invitation]) -> None:
    made = offered()
    tenure = session.scalars(select(Tenure).where(Tenure.person_id == cast.lurah.person_id)).one()
    service.end(session, tenure, last_day=NOW.date() - timedelta(days=1), ended_by=None, now=NOW)
    assert service.standing_of(session, made, now=NOW) is Standing.REVOKED
    with pytest.raises(service.Closed):
        service.accept(session, made.uuid, cast.citra, now=NOW)


def test_nobody_takes_their_own_nor_takes_back_another_s(
    session: Session, cast: Cast, offered: Callable[..., Invitation]
) -> None:
    made = offered()
    with pytest.raises(Conflict):
        service.accept(session, made.uuid, cast.lurah, now=NOW)
    with pytest.raises(NotFound):
        service.revoke(session, made.uuid, cast.guru, now=NOW)
    with pytest.raises(NotFound):
        service.accept(session, new_id(), cast.citra, now=NOW)


def test_where_a_post_may_be_offered_is_listed(session: Session, cast: Cast) -> None:
    today = NOW.date()
    admin = make_account(session, "admin", f"administrator@{CITY}")
    principal = make_account(session, "kepsek", f"principal@npsn:{NPSN}")

    def places(of: Account, post: Post) -> queries.Offerable:
        return queries.offerable(session, queries.tenures_on(session, of.person_id, today), post)

    assert [name for _, name in places(admin, Post.LURAH).areas] == [
        f"Kelurahan {name}" for name in ("Kenanga", "Melati", "Seroja", "Teratai")
    ]
    assert places(cast.lurah, Post.CADRE) == queries.Offerable(((MELATI, "Kelurahan Melati"),), has_rw=True)
    assert places(cast.lurah, Post.RW).needs_rw
    assert places(principal, Post.TEACHER).sites == ((cast.school.uuid, "SDN Teratai 1"),)
    assert places(admin, Post.PRINCIPAL) == queries.Offerable()
