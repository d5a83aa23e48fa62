"""Invitations: offered by who stands above, taken once, while whoever offered them still may."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core.catalogue import ENGLISH, INDONESIAN
from app.core.clock import local_day
from app.core.errors import Conflict, Invalid, NotAllowed, NotFound
from app.core.ids import new_id
from app.people import queries, service
from app.people.models import Account, Invitation, Tenure
from app.people.rules import InvitationState, Movement, Post, needs_confirmation
from tests.factories.actions import NOW
from tests.factories.browsing import make_hash, open_session, with_password
from tests.factories.cast import NPSN, Cast, make_account
from tests.factories.city import CITY, KENANGA, MELATI, TERATAI

pytestmark = pytest.mark.long_on_postgis

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
                session, made.uuid, name, full_name=name, hashed=make_hash(), language=INDONESIAN, now=NOW
            )
            service.confirm(session, made.uuid, session.get_one(Account, made.invited_by), now=NOW)
            held = queries.tenures_on(session, above.person_id, NOW.date())
            assert [(each.post, each.movement, each.valid_from) for each in held] == [
                (post, movement, local_day(NOW, "Asia/Jakarta"))
            ]
    titles = queries.post_titles(session, queries.tenures(session, service.account(session, "kader.kenanga").person_id))
    assert [(title.said(INDONESIAN), title.said(ENGLISH)) for title in titles] == [
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
    for name in ("", "   ", "\u3164", "x" * 121, "a\x00b"):
        with pytest.raises(Invalid) as refused:
            service.invite(session, cast.lurah, Post.COORDINATOR, MELATI, name=name, now=NOW)
        assert [error.field for error in refused.value.errors] == ["name"]


def test_an_invitation_is_taken_once(session: Session, cast: Cast, offered: Callable[..., Invitation]) -> None:
    made = offered()
    assert service.accept(session, made.uuid, cast.citra, now=NOW) is made
    service.confirm(session, made.uuid, cast.lurah, now=NOW)
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
            service.accept_as_new(session, made.uuid, "siti", full_name="Siti", hashed=make_hash(), language=ENGLISH, now=now)
    assert queries.account_by_name(session, "siti") is None
    assert service.accept(session, late.uuid, cast.citra, now=LATE - timedelta(seconds=1)) is late


@pytest.mark.parametrize("post", list(Post))
def test_posts_with_powers_are_confirmed(post: Post) -> None:
    assert needs_confirmation(post) is (post not in (Post.VOLUNTEER, Post.CADRE, Post.SPONSOR))


def test_a_post_with_powers_begins_once_the_inviter_knows_who_took_it(
    session: Session, cast: Cast, offered: Callable[..., Invitation]
) -> None:
    made = offered(Post.OFFICER)
    service.accept(session, made.uuid, cast.budi, now=NOW)
    assert service.standing_of(session, made, now=NOW) is InvitationState.WAITING
    assert {held.post for held in queries.tenures(session, cast.budi.person_id)} == {Post.VOLUNTEER}
    for somebody in (cast.budi, cast.kader):
        with pytest.raises(NotFound):
            service.confirm(session, made.uuid, somebody, now=NOW)
    secret = open_session(session, cast.budi)
    for _ in range(2):
        service.confirm(session, made.uuid, cast.lurah, now=NOW + timedelta(days=1))
    officer = next(held for held in queries.tenures(session, cast.budi.person_id) if held.post is Post.OFFICER)
    assert officer.valid_from == local_day(NOW + timedelta(days=1), "Asia/Jakarta")
    assert service.standing_of(session, made, now=NOW) is InvitationState.ACCEPTED
    assert queries.account_by_session(session, secret, now=NOW) is cast.budi, "who waits goes on where they are signed in"
    with pytest.raises(service.Closed):
        service.decline(session, made.uuid, cast.lurah, now=NOW)


def test_who_is_not_the_one_gets_no_post_nor_do_they_later(
    session: Session, cast: Cast, offered: Callable[..., Invitation]
) -> None:
    declined, late, orphaned = offered(), offered(), offered()
    for made in (declined, late, orphaned):
        service.accept(session, made.uuid, cast.citra, now=NOW)
    for _ in range(2):
        service.decline(session, declined.uuid, cast.lurah, now=NOW)
    assert service.standing_of(session, declined, now=NOW) is InvitationState.DECLINED
    assert service.standing_of(session, late, now=LATE) is InvitationState.EXPIRED
    (lurahs,) = session.scalars(select(Tenure).where(Tenure.person_id == cast.lurah.person_id))
    for made, now in ((declined, NOW), (late, LATE)):
        with pytest.raises(service.Closed):
            service.confirm(session, made.uuid, cast.lurah, now=now)
    service.end_now(session, lurahs, ended_by=None, now=NOW)
    assert service.standing_of(session, orphaned, now=NOW) is InvitationState.REVOKED
    with pytest.raises(service.Closed):
        service.confirm(session, orphaned.uuid, cast.lurah, now=NOW)
    assert queries.tenures(session, cast.citra.person_id) == ()


def test_what_waits_counts_already_for_who_resets_the_password(
    session: Session, cast: Cast, offered: Callable[..., Invitation]
) -> None:
    """Else an officer would take the account over by a code and be confirmed in place of its owner."""
    officer = make_account(session, "petugas", f"officer@{MELATI}")
    assert service.may_be_handed(session, cast.budi, by=officer, now=NOW)
    made = offered(Post.OFFICER)
    service.accept(session, made.uuid, cast.budi, now=NOW)
    assert not service.may_be_handed(session, cast.budi, by=officer, now=NOW)
    with_password(session, cast.budi, "makan-kucing")
    assert service.recognise(session, "pak.budi", "makan-kucing", now=NOW).needs_longer
    assert service.may_be_handed(session, cast.budi, by=officer, now=LATE)


def test_the_number_is_of_the_invitation_and_of_who_took_it(
    session: Session, cast: Cast, offered: Callable[..., Invitation]
) -> None:
    numbers = []
    for account in (cast.citra, cast.budi, cast.kader, cast.guru):
        made = offered()
        service.accept(session, made.uuid, account, now=NOW)
        numbers.append(service.check_number(made))
    assert all(len(number) == 4 and number.isdigit() for number in numbers)
    assert len(set(numbers)) > 1


def test_it_ends_with_the_post_of_whoever_offered_it(session: Session, cast: Cast, offered: Callable[..., Invitation]) -> None:
    made = offered()
    tenure = session.scalars(select(Tenure).where(Tenure.person_id == cast.lurah.person_id)).one()
    service.end(session, tenure, last_day=NOW.date() - timedelta(days=1), ended_by=None, now=NOW)
    assert service.standing_of(session, made, now=NOW) is InvitationState.REVOKED
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
