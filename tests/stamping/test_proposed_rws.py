"""An RW that somebody names and of which nothing is known counts nowhere until lurah or coordinator records it."""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.audit.models import AuditLine
from app.people.models import Account
from app.places import queries as places
from app.places import service as places_service
from app.places.models import Area
from app.stamping import queries
from tests.factories.actions import MONDAY, NOW, at, holes, record, stamp
from tests.factories.cast import Cast, make_account
from tests.factories.city import KENANGA, MELATI
from tests.page_client import PageClient

SignedIn = Callable[[Account], PageClient]


def proposed(session: Session, account: Account) -> list[tuple[str, str, int, int]]:
    found = queries.proposed_rws(session, queries.stamper(session, account.person_id, NOW), limit=20)
    return [(each.kelurahan.code, each.number, each.actions, each.people) for each in found]


def test_the_lurah_records_a_proposed_rw_and_what_waits_counts_there(session: Session, cast: Cast, signed_in: SignedIn) -> None:
    before, late = (record(session, cast.citra, holes(rw="17", captured_at=at(MONDAY, hour))) for hour in (7, 9))
    record(session, cast.budi, holes(rw="17"))
    record(session, cast.budi, holes(rw="18", captured_at=at(MONDAY, 9)))
    stamp(session, cast.lurah, before)
    assert proposed(session, cast.lurah) == [(MELATI, "17", 2, 2), (MELATI, "18", 1, 1)]
    lurah = signed_in(cast.lurah)
    shown = lurah.get("/meja").text
    assert "RW yang belum tercatat" in shown
    assert shown.count('action="/meja/rw"') == 2
    lurah.submit("/meja", {"kelurahan": MELATI, "rw": "17"}, to="/meja/rw")
    assert "RW 17 Melati sudah dicatat." in lurah.get("/meja").text
    assert proposed(session, cast.lurah) == [(MELATI, "18", 1, 1)]
    made = places.rw_named(session, cast.city.areas[MELATI], "17")
    assert made is not None
    stamp(session, cast.lurah, late)
    assert (before.rw_id, late.rw_id) == (None, made.id)
    (line,) = session.scalars(select(AuditLine).where(AuditLine.kind == "places.rw"))
    assert (line.account_id, line.details) == (cast.lurah.id, {"names": ["17"]})


def test_only_lurah_and_coordinator_of_the_kelurahan_record_it(session: Session, cast: Cast, signed_in: SignedIn) -> None:
    record(session, cast.citra, holes(rw="17"))
    areas = session.scalars(select(func.count(Area.id))).one()
    others = ("officer@" + MELATI, f"coordinator@{MELATI}/05", "lurah@" + KENANGA)
    named = [make_account(session, f"petugas.{number}", post) for number, post in enumerate(others)]
    areas = session.scalars(select(func.count(Area.id))).one()
    for account in named:
        assert proposed(session, account) == []
        post(signed_in(account), MELATI, "17", status=404)
    post(signed_in(cast.budi), MELATI, "17", status=403)
    # Nor does the lurah make what nobody proposed, nor what is no RW.
    for code, number in ((MELATI, "99"), (MELATI, "x"), (KENANGA, "17"), ("", ""), (MELATI, "17" * 300)):
        post(signed_in(cast.lurah), code, number, status=404)
    assert session.scalars(select(func.count(Area.id))).one() == areas
    head = make_account(session, "ketua.pkk", f"coordinator@{MELATI}")
    for _ in range(2):
        post(signed_in(head), MELATI, "17", status=303)
    assert session.scalars(select(func.count(Area.id))).one() == areas + 1


def post(client: PageClient, code: str, number: str, *, status: int) -> None:
    token = client.get("/").text.split('name="csrf_token" value="')[1].split('"')[0]
    client.post("/meja/rw", data={"csrf_token": token, "kelurahan": code, "rw": number}, status=status)


def test_an_rw_recorded_elsewhere_is_proposed_no_longer(session: Session, cast: Cast) -> None:
    action = record(session, cast.citra, holes(rw="17"))
    made = places_service.rw(session, cast.city.areas[MELATI], "17", now=NOW)
    assert proposed(session, cast.lurah) == []
    assert queries.rw_of(session, action) is not None
    stamp(session, cast.lurah, action)
    assert action.rw_id == made.id
