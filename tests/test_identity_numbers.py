"""No NIK and no KK is kept: hidden in what people write freely, refused where something is named."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable
from uuid import uuid4

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.actions.models import Action, Refusal
from app.audit.models import AuditLine
from app.core.catalogue import ENGLISH
from app.core.errors import Invalid
from app.jobs.models import Job
from app.people import service as people
from app.people.models import Account
from app.people.rules import Post
from app.people.service.news import NEWS
from app.places import service as places
from app.places.models import SiteKind
from app.places.service import ImportOptions
from app.sites.service import facts
from app.stamping import service as stamping
from app.web.logging import JsonLines
from tests.factories.actions import NOW, body, make_action, stamp
from tests.factories.cast import Cast, make_account
from tests.factories.city import CITY, IN_MELATI, KENANGA, LONG_AGO, MELATI
from tests.page_client import PageClient
from tests.places.drawing import collection, feature, square

SignedIn = Callable[[Account], PageClient]
NIK, DOTS = "3273 0112 0190 0001", "•••• •••• •••• ••••"


def test_a_note_with_a_number_is_kept_without_it_and_its_repeat_is_a_repeat(
    session: Session, cast: Cast, signed_in: SignedIn
) -> None:
    page, path = signed_in(cast.budi), f"/api/v1/actions/{uuid4()}"
    first = page.put(path, json=body(note=f"Dengan Pak Adi, {NIK}."), status=201).json
    assert {"code": "note_number_hidden", "level": "ok"}.items() <= first["findings"][-1].items()
    assert session.scalars(select(Action.note)).one() == f"Dengan Pak Adi, {DOTS}."
    assert page.put(path, json=body(note=f"Dengan Pak Adi, {NIK}."), status=200).json["received_at"] == first["received_at"]
    page.put(path, json=body(note=f"Dengan Pak Adi, {DOTS}."), status=409)
    assert NIK not in page.get(f"/aksi/{path[-36:]}").text


def test_an_officers_words_are_kept_without_it(session: Session, cast: Cast) -> None:
    stamped, refused = make_action(session, cast.budi), make_action(session, cast.budi, captured_at="2026-11-16T09:05:00+07:00")
    (result,) = stamp(session, cast.lurah, stamped, note=f"Kenal: {NIK}")
    made = result.stamp
    assert made is not None
    assert made.note == f"Kenal: {DOTS}"
    stamping.void(session, made.id, cast.lurah, reason=f"Bukan {NIK}", now=NOW)
    stamping.refuse(session, [refused.id], cast.lurah, reason=f"Milik {NIK}", now=NOW)
    session.flush()
    assert made.void_reason == f"Bukan {DOTS}"
    assert session.scalars(select(Refusal.reason)).one() == f"Milik {DOTS}"
    assert not [line.details for line in session.scalars(select(AuditLine)) if NIK in json.dumps(line.details)]


def test_reasons_of_the_administration_are_kept_without_it(session: Session, cast: Cast) -> None:
    admin = make_account(session, "bu.admin", f"administrator@{CITY}")
    people.close_account(session, cast.citra.person.uuid, reason=f"Akun ganda, {NIK}", by=admin, now=NOW)
    session.flush()
    told = [line.details["reason"] for line in session.scalars(select(AuditLine)) if "reason" in line.details]
    assert told == [f"Akun ganda, {DOTS}"]


NAMED: dict[str, tuple[str, Callable[[Session, Cast], object]]] = {
    "a username": ("name", lambda session, _: people.create(session, "3273011201900001", full_name="Adi", now=NOW)),
    "a person": ("full_name", lambda session, _: people.create(session, "adi", full_name=f"Adi {NIK}", now=NOW)),
    "a person's new name": ("full_name", lambda session, cast: people.rename(session, cast.budi, f"Budi {NIK}", now=NOW)),
    "an invitation": (
        "name",
        lambda session, cast: people.invite(session, cast.lurah, Post.COORDINATOR, MELATI, name=f"Bu Sri {NIK}", now=NOW),
    ),
    "a site": (
        "name",
        lambda session, _: facts.add_site(
            session, kind=SiteKind.WORKPLACE, name=f"Rumah {NIK}", centre=IN_MELATI,
            radius_m=None, npsn=None, rw=None, set_by=None, now=NOW,
        ),
    ),
    "a site's new name": (
        "name",
        lambda session, cast: facts.rename_site(session, cast.office, f"Rumah {NIK}", by_account_id=cast.lurah.id, now=NOW),
    ),
    "where an area's figures come from": (
        "source",
        lambda session, cast: places.set_figures(
            session, 1, population=9, households=3, source=f"Pak Adi {NIK}", by_account_id=cast.lurah.id, now=NOW
        ),
    ),
    "a source": ("source", lambda _session, _cast: places.source_of({}, ImportOptions(source=f"ktp-{NIK}.geojson"))),
}  # fmt: skip


@pytest.mark.parametrize("what", NAMED)
def test_nothing_is_named_by_it(what: str, session: Session, cast: Cast) -> None:
    field, name = NAMED[what]
    with pytest.raises(Invalid) as refused:
        name(session, cast)
    assert [(error.field, error.code) for error in refused.value.errors] == [(field, "identity_number")]


def test_whoever_is_told_why_their_name_was_hidden_reads_nobodys_number(session: Session, cast: Cast) -> None:
    admin = make_account(session, "bu.admin", f"administrator@{CITY}")
    people.hide_name(session, cast.citra.person.uuid, reason=f"Nama milik {NIK}", by=admin, now=NOW)
    (job,) = session.scalars(select(Job).where(Job.kind == NEWS))
    assert (NIK in str(job.payload), DOTS in str(job.payload)) == (False, True)


def test_a_row_of_an_import_with_it_is_refused_by_its_number(session: Session) -> None:
    drawn = collection(
        feature(MELATI, "Melati", square(0, 0), district="Barat", regency=f"Kota {NIK}"),
        feature(KENANGA, f"Kenanga {NIK}", square(0, 1), district="Barat", regency="Kota"),
        source=f"oleh {NIK}",
    )
    read = places.read_survey(drawn, ImportOptions())
    assert [(each.number, each.refusals[0].said(ENGLISH)) for each in read.refused] == [
        (2, "its field name holds a NIK, KK or other 16 digits")
    ]
    assert NIK not in str(read.accepted[0].names_above)
    assert places.source_of(drawn, ImportOptions()) == f"oleh {DOTS}"
    report = places.import_areas(session, drawn, ImportOptions(), now=LONG_AGO)
    assert not report.is_applied


def test_no_line_of_the_log_holds_it() -> None:
    record = logging.LogRecord("sabuk", logging.ERROR, __file__, 1, "row %s is wrong", (NIK,), None)
    try:
        raise ValueError(NIK)
    except ValueError as error:
        record.exc_info = (type(error), error, error.__traceback__)
    assert NIK not in JsonLines().format(record)
