"""`/catat`: the form of people without a recorder on their phone."""

from __future__ import annotations

import io
import os
import re
from collections.abc import Callable
from typing import Any

import pytest
from PIL import Image
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.actions.models import Action, ActionPhoto
from app.actions.rules.words import Source, Status
from app.media import rules as media_rules
from app.media.models import Photo
from app.people.models import Account
from app.places import queries as places
from app.places import service as places_service
from app.sync.forms import page as page_form
from tests.factories.actions import NOW
from tests.factories.cast import Cast
from tests.factories.city import IN_MELATI, MELATI
from tests.media.pictures import jpeg, name_of
from tests.media.shelf import send
from tests.page_client import PageClient

SignedIn = Callable[[Account], PageClient]
FILLED = {
    "action_id": "5d1f0c5e-0000-4000-8000-00000000000b",
    "started": "2026-11-16T07:05",
    "where": "device",
    "lon": f"{IN_MELATI.lon:.7f}",
    "lat": f"{IN_MELATI.lat:.7f}",
    "accuracy_m": "12.5",
    "fixed_at": "2026-11-16T00:06:00Z",
    "minutes": "15",
    "bags_large": "2",
    "kg": "3.5",
    "kg_method": "weighed",
}


def the_only_action(session: Session) -> Action:
    return session.scalars(select(Action)).one()


def test_the_phones_position_is_recorded_as_the_wire_records_it(session: Session, cast: Cast, signed_in: SignedIn) -> None:
    page = signed_in(cast.budi)
    for _ in range(2):
        answer = page.submit("/catat", FILLED)
        assert answer.headers["Location"] == f"/aksi/{FILLED['action_id']}"
    action = the_only_action(session)
    assert (action.source, action.accuracy_m, action.minutes, action.status) == (Source.DEVICE, 12.5, 15, Status.WAITING)
    assert action.measures == {"bags_large": 2, "kg": "3.5", "kg_method": "weighed"}
    assert action.observed_at.isoformat() == "2026-11-16T00:05:00+00:00"


def test_a_cadre_is_led_to_the_programme_of_her_area(cast: Cast, signed_in: SignedIn) -> None:
    kader = signed_in(cast.kader)
    assert 'data-programme="biopori"' in kader.get("/catat").text
    assert 'data-programme="gps"' in kader.get("/catat?program=gps").text
    assert 'href="/catat?program=biopori"' in kader.get("/kota").text
    budi = signed_in(cast.budi)
    assert 'data-programme="gps"' in budi.get("/catat").text
    assert 'href="/catat"' in budi.get("/kota").text


def test_without_script_a_place_is_chosen_and_pinned(session: Session, cast: Cast, signed_in: SignedIn) -> None:
    signed_in(cast.budi).submit(
        "/catat", FILLED | {"where": str(cast.office.uuid), "lon": "", "lat": "", "accuracy_m": "", "fixed_at": ""}
    )
    action = the_only_action(session)
    assert action.source is Source.PIN
    assert action.accuracy_m is None
    assert action.distance_m == 0
    assert "position_pin" in [row[0] for row in action.findings]


@pytest.mark.parametrize(
    ("typed", "rw", "proposed"), [("", "05", None), ("RW 5", "05", None), ("6", "06", None), ("17", None, "17")]
)
def test_another_rw_than_ones_own_can_be_named(
    session: Session, cast: Cast, signed_in: SignedIn, typed: str, rw: str | None, proposed: str | None
) -> None:
    places_service.rw(session, cast.city.areas[MELATI], "06", now=NOW)
    signed_in(cast.budi).submit("/catat", FILLED | {"rw": typed})
    action = the_only_action(session)
    named = places.areas(session).by_id[action.rw_id].name if action.rw_id is not None else None
    assert (named, action.rw_proposed) == (rw, proposed)


def test_a_way_of_weighing_without_a_weight_says_nothing(session: Session, cast: Cast, signed_in: SignedIn) -> None:
    signed_in(cast.budi).submit("/catat", FILLED | {"kg": "", "kg_method": "estimated"})
    assert the_only_action(session).measures == {"bags_large": 2}


def test_photographs_go_with_the_action(session: Session, cast: Cast, signed_in: SignedIn) -> None:
    picture = io.BytesIO()
    Image.effect_noise((64, 48), 50).convert("RGB").save(picture, "JPEG")
    holes = {name: FILLED[name] for name in ("action_id", "started", "where", "lon", "lat", "accuracy_m")} | {"holes": "2"}
    fields = holes | {"photos": (io.BytesIO(picture.getvalue()), "lubang.jpg", "image/jpeg")}
    signed_in(cast.kader).submit("/catat?program=biopori", fields)
    linked = session.scalars(select(ActionPhoto)).all()
    assert [photo.action_id for photo in linked] == [the_only_action(session).id]


def picture(seed: int) -> tuple[io.BytesIO, str, str]:
    return io.BytesIO(jpeg(seed)), f"{seed}.jpg", "image/jpeg"


def test_photographs_say_by_their_field_what_they_show(session: Session, cast: Cast, signed_in: SignedIn) -> None:
    fields = {"photos_after": [picture(42), picture(43)], "photos_before": picture(41), "photos": picture(44)}
    signed_in(cast.budi).submit("/catat", FILLED | fields)
    linked = session.scalars(select(ActionPhoto).order_by(ActionPhoto.place)).all()
    assert [(photo.sha256, photo.role) for photo in linked] == [
        (name_of(jpeg(41)), "before"), (name_of(jpeg(42)), "after"), (name_of(jpeg(43)), "after"), (name_of(jpeg(44)), None),
    ]  # fmt: skip


def test_six_photographs_in_all_are_the_limit(session: Session, cast: Cast, signed_in: SignedIn) -> None:
    many = {"photos_before": [picture(seed) for seed in range(50, 54)], "photos": [picture(seed) for seed in range(54, 57)]}
    assert "Paling banyak 6 foto" in signed_in(cast.budi).submit("/catat", FILLED | many, status=422).text
    assert session.scalars(select(Photo)).all() == []


def test_photographs_may_be_as_large_as_phones_make_them(session: Session, cast: Cast, signed_in: SignedIn) -> None:
    large = [jpeg(seed) + os.urandom(200_000) for seed in (61, 62)]
    fields = {"photos": [(io.BytesIO(content), "besar.jpg", "image/jpeg") for content in large]}
    signed_in(cast.budi).submit("/catat", FILLED | fields)
    linked = session.scalars(select(ActionPhoto).order_by(ActionPhoto.place)).all()
    assert [photo.sha256 for photo in linked] == [name_of(content) for content in large]


def test_a_photograph_larger_than_the_wire_takes_is_refused(
    session: Session, cast: Cast, signed_in: SignedIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    photo = jpeg(63)
    monkeypatch.setattr(page_form, "MAX_FILE_BYTES", len(photo) - 1)
    fields = {"photos_after": (io.BytesIO(photo), "besar.jpg", "image/jpeg")}
    answer = signed_in(cast.budi).submit("/catat", FILLED | fields, status=422).text
    assert 'id="photos_after-error"' in answer
    assert session.scalars(select(Photo)).all() == []


@pytest.mark.parametrize("fixed_at", ["0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00", "1970-01-01T00:00:00Z"])
def test_a_time_that_cannot_be_is_no_witness(session: Session, cast: Cast, signed_in: SignedIn, fixed_at: str) -> None:
    signed_in(cast.budi).submit("/catat", FILLED | {"fixed_at": fixed_at})
    assert the_only_action(session).status is Status.WAITING


@pytest.mark.parametrize(("typed", "kg"), [("3,5", "3.5"), ("3.5", "3.5"), ("0,125", "0.125"), ("1,2500", "1.25")])
def test_a_number_is_recorded_as_it_was_typed_with_a_comma_or_a_point(
    session: Session, cast: Cast, signed_in: SignedIn, typed: str, kg: str
) -> None:
    signed_in(cast.budi).submit("/catat", FILLED | {"kg": typed, "lon": FILLED["lon"].replace(".", ",")})
    assert the_only_action(session).measures["kg"] == kg


@pytest.mark.parametrize(
    ("typed", "words"), [("1.250", "Ribuan atau pecahan?"), ("1,250", "Ribuan atau pecahan?"), ("1.250,5", "Antara 0 dan 1000")]
)
def test_what_can_be_read_in_two_ways_is_asked_about_and_shown_as_it_was_typed(
    session: Session, cast: Cast, signed_in: SignedIn, typed: str, words: str
) -> None:
    answer = signed_in(cast.budi).submit("/catat", FILLED | {"kg": typed}, status=422).text
    assert words in answer
    assert f'value="{typed}"' in answer
    assert session.scalars(select(Action)).all() == []


def test_a_page_gone_back_to_and_changed_can_be_sent_as_another_action(session: Session, cast: Cast, signed_in: SignedIn) -> None:
    page = signed_in(cast.budi)
    page.submit("/catat", FILLED)
    answer = page.submit("/catat", FILLED | {"bags_large": "3"}, status=422).text
    assert "kirim lagi" in answer
    anew = re.search(r'name="action_id"[^>]*value="([^"]+)"', answer)
    assert anew
    assert anew[1] != FILLED["action_id"]
    page.submit("/catat", FILLED | {"bags_large": "3", "action_id": anew[1]})
    assert len(session.scalars(select(Action)).all()) == 2


def test_what_is_no_photograph_is_said_of_its_field(session: Session, cast: Cast, signed_in: SignedIn) -> None:
    fields = {"photos_before": (io.BytesIO(b"%PDF-1.7"), "surat.pdf", "application/pdf")}
    answer = signed_in(cast.budi).submit("/catat", FILLED | fields, status=422).text
    assert 'id="photos_before-error"' in answer
    assert session.scalars(select(Action)).all() == []


def test_photographs_that_do_not_come_along_are_said_to_be_chosen_again(cast: Cast, signed_in: SignedIn) -> None:
    page = signed_in(cast.budi)
    told = "pilih lagi fotonya"
    assert told in page.submit("/catat", FILLED | {"minutes": "-1", "photos_after": picture(64)}, status=422).text
    assert told not in page.submit("/catat", FILLED | {"minutes": "-1"}, status=422).text
    assert told not in page.get("/catat").text


def test_too_many_photographs_without_an_action_are_told_on_the_form(
    session: Session, cast: Cast, signed_in: SignedIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(media_rules, "MAX_UNNAMED", 1)
    send(session, cast.budi, jpeg(58))
    answer = signed_in(cast.budi).submit("/catat", FILLED | {"photos": picture(59), "note": "jangan hilang"}, status=429)
    assert "Kirim dulu aksinya" in answer.text
    assert "jangan hilang" in answer.text
    assert int(answer.headers["Retry-After"]) > 0


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"where": "device", "lon": "", "lat": ""}, "Lokasinya belum ada"),
        ({"where": "typed", "lon": "0", "lat": "0"}, "Lokasinya belum ada"),
        ({"minutes": "-1"}, 'name="minutes"'),
        ({"started": "kemarin"}, 'name="started"'),
        ({"kg": "9999"}, 'name="kg"'),
        ({"bags_large": "1.5"}, 'name="bags_large"'),
        ({"rw": "lima"}, 'name="rw"'),
        ({"action_id": "x"}, "tekan Simpan lagi"),
        ({"action_id": ""}, "tekan Simpan lagi"),
        ({"started": "1970-01-01T00:00"}, 'name="started"'),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_lost(
    session: Session, cast: Cast, signed_in: SignedIn, change: dict[str, Any], words: str
) -> None:
    answer = signed_in(cast.budi).submit("/catat", FILLED | {"note": "jangan hilang"} | change, status=422)
    assert (words in answer.text and "jangan hilang" in answer.text and "aria-invalid" in answer.text) or words in answer.text
    assert session.scalars(select(Action)).all() == []


@pytest.mark.parametrize("language", ["id", "en"])
def test_the_shell_holds_no_person(cast: Cast, page: PageClient, language: str) -> None:
    shell = page.get(f"/catat?lang={language}").text
    assert cast.budi.person.name not in shell
    assert "Kantor Pos" not in shell
    assert "/masuk?next=/catat" in shell
    assert "<form" not in shell.split("<main")[1].split("</main")[0]


def test_each_programme_asks_for_its_own_measures(cast: Cast, signed_in: SignedIn) -> None:
    page = signed_in(cast.kader)
    gps = page.get("/catat?program=gps").text
    assert 'name="bags_large"' in gps
    assert "Hari yang dihitung: Senin, Rabu, Jumat." in gps
    biopori = page.get("/catat?program=biopori&lang=en").text
    assert 'name="holes"' in biopori
    assert 'name="minutes"' not in biopori
    assert "Days that count" not in biopori
    page.get("/catat?program=catur", status=404)


def test_withdrawing_asks_first(session: Session, cast: Cast, signed_in: SignedIn) -> None:
    page = signed_in(cast.budi)
    page.submit("/catat", FILLED)
    action = the_only_action(session)
    signed_in(cast.citra).get(f"/aksi/{action.id}/tarik", status=404)
    page.submit(f"/aksi/{action.id}/tarik", {})
    session.refresh(action)
    assert action.status is Status.WITHDRAWN
    assert page.get(f"/aksi/{action.id}/tarik", status=303)


def test_a_form_without_a_number_is_given_one_and_counts_once(session: Session, cast: Cast, signed_in: SignedIn) -> None:
    page = signed_in(cast.budi)
    answer = page.submit("/catat", FILLED | {"action_id": ""}, status=422).text
    given = re.search(r'name="action_id"[^>]*value="([^"]+)"', answer)
    assert given
    for _ in range(2):
        page.submit("/catat", FILLED | {"action_id": given[1]})
    assert str(the_only_action(session).id) == given[1]
