"""What cities change most is typed into fields; a file comes of it that goes the way of every file."""

from __future__ import annotations

import re
from html import unescape

import pytest

from app.programmes import queries, service
from tests import long
from tests.admin.test_programme_pages import TOMORROW, apply, file_of, hidden, text_to_change
from tests.factories.actions import NOW
from tests.factories.browsing import sign_in, with_password
from tests.programmes.files import document_of

FIELDS = "/admin/program/gps/isian"


def shown_fields(page, path="/admin/program/gps/ubah"):
    """Name -> what stands in the fields of the page."""
    return fields_in(page.get(path).text)


def fields_in(html):
    form = html[html.index('class="stack rule-fields"') : html.index("<details")]
    given = {}
    for tag in re.findall(r"<input[^>]*>", form):
        name, value = re.search(r'name="([^"]+)"', tag)[1], re.search(r'value="([^"]*)"', tag)
        if 'type="checkbox"' in tag:
            given.setdefault(name, [])
            if " checked" in tag:
                given[name].append(value[1])
        else:
            given[name] = unescape(value[1]) if value else ""
    return given


def send(page, status=200, *, programme="gps", **changes):
    """The fields as they stand on the page but for these; of a name two underscores are a full stop."""
    given = shown_fields(page, f"/admin/program/{programme}/ubah")
    changed = {name.replace("__", "."): value for name, value in changes.items()}
    assert changed.keys() <= given.keys()
    return page.post(f"/admin/program/{programme}/isian", data={**given, **changed}, status=status)


def kept_text(answer):
    return hidden(answer.text)["text"]


def lines_changed(before, after):
    pairs = zip(before.splitlines(), after.splitlines(), strict=True)
    return [after for before, after in pairs if before != after]


def test_only_those_who_apply_programmes_may_send_them(page, session, cast, clock):
    lurah = sign_in(page, with_password(session, cast.lurah))
    token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', lurah.get("/saya/akun").text)[1]
    lurah.post(FIELDS, data={"text": file_of(), "csrf_token": token}, status=403)


def test_a_programme_that_is_not_there_has_no_fields(at_desk):
    at_desk.post("/admin/program/gone/isian", data=shown_fields(at_desk), status=404)


def test_the_fields_hold_what_holds(at_desk):
    shown = shown_fields(at_desk)
    assert shown["days"] == ["monday", "wednesday", "friday"]
    assert (shown["hours.start"], shown["minutes.longest"], shown["place.radius_m"]) == ("07:30", "30", "200")
    assert (shown["ladder.rungs[0].stripes"], shown["ladder.rungs[3].threshold"]) == ("7, 13, 19", "200")
    assert shown["effective_from"] == TOMORROW
    biopori = shown_fields(at_desk, "/admin/program/biopori/ubah")
    assert (biopori["place.border_m"], biopori["caps.amount_per_day.holes"], biopori["minutes.longest"]) == ("40", "20", "")


def test_one_field_is_one_line_of_the_file_with_its_comments(at_desk, session):
    before = text_to_change(at_desk)
    answer = send(at_desk, place__radius_m="150")
    assert "<ins>150 m</ins>" in answer.text
    changed = ["  radius_m: 150           # sources say 100-200 m, 100-300 m or 200 m"]
    assert lines_changed(before, kept_text(answer)) == changed
    apply(at_desk, hidden(answer.text), status=303)
    assert queries.newest(session, "gps").definition.place.radius_m == 150
    assert at_desk.get("/admin/program/gps/versi/2.yaml").text == kept_text(answer)


def test_nothing_typed_is_nothing_changed(at_desk):
    before = text_to_change(at_desk)
    answer = send(at_desk)
    assert "Tidak ada aturan yang berbeda dari versi" in answer.text
    assert kept_text(answer) == before


def test_every_field_reaches_its_key(at_desk, session):
    answer = send(
        at_desk, days=["sunday", "monday"], hours__start="06:00", hours__end="07:00", minutes__shortest="5",
        minutes__longest="45", place__smallest_radius_m="50,5", place__largest_radius_m="500", caps__actions_per_day="",
        caps__minutes_apart="0", effective_from="2026-12-24",
        **{"ladder.rungs[0].threshold": "2", "ladder.rungs[3].stripes": "210 220", "ladder.further": ""},
    )  # fmt: skip
    apply(at_desk, hidden(answer.text), status=303)
    held = queries.newest(session, "gps")
    said = held.definition
    assert held.effective_from.isoformat() == "2026-12-24"
    assert {day.value for day in said.days} == {"monday", "sunday"}
    assert (said.hours.start, said.hours.end, said.minutes.shortest, said.minutes.longest) == ("06:00", "07:00", 5, 45)
    assert said.hours.note is not None
    assert (said.place.smallest_radius_m, said.place.largest_radius_m) == (50.5, 500)
    assert (said.caps.actions_per_day, said.caps.actions_per_place_and_day, said.caps.minutes_apart) == (None, 1, 0)
    assert (said.ladder.rungs[0].threshold, said.ladder.rungs[3].stripes, said.ladder.further) == (2, (210, 220), None)


def test_what_was_not_there_is_written_and_what_is_emptied_is_taken_back(at_desk, session):
    answer = send(at_desk, programme="biopori", minutes__shortest="10", minutes__longest="60", caps__actions_per_day="4")
    at_desk.post("/admin/program/biopori/terapkan", data={**hidden(answer.text), "agreed": "y"}, status=303)
    said = queries.newest(session, "biopori").definition
    assert (said.minutes.longest, said.caps.actions_per_day, said.caps.amount_per_day) == (60, 4, {"holes": 20})
    answer = send(at_desk, programme="biopori", minutes__shortest="", minutes__longest="")
    at_desk.post("/admin/program/biopori/terapkan", data={**hidden(answer.text), "agreed": "y"}, status=303)
    assert queries.newest(session, "biopori").definition.minutes is None


@pytest.mark.parametrize(
    ("changes", "field", "sentence"),
    long.first(
        5,
        [
            ({"minutes.longest": "setengah jam"}, "minutes.longest", "Isi dengan bilangan bulat."),
            ({"hours.end": "07:00"}, "hours.end", "Jam selesai harus setelah jam mulai."),
            ({"days": []}, "days", "Pilih paling sedikit satu hari."),
            ({"place.radius_m": "400"}, "place.radius_m", "Harus di antara radius terkecil dan radius terbesar."),
            ({"effective_from": "2026-11-01"}, "effective_from", "Aturan tidak berlaku surut"),
            ({"minutes.longest": "601"}, "minutes.longest", "Paling banyak 600."),
            ({"minutes.longest": ""}, "minutes.longest", "Isi keduanya, atau kosongkan keduanya."),
            ({"minutes.shortest": "45"}, "minutes.shortest", "Paling singkat (menit): Tidak boleh lebih lama"),
            ({"hours.start": ""}, "hours.start", "Isi keduanya, atau kosongkan keduanya."),
            ({"hours.start": "pagi"}, "hours.start", "Tulis jam seperti 07:30."),
            ({"place.radius_m": "5"}, "place.radius_m", "Paling sedikit 10."),
            ({"place.radius_m": ""}, "place.radius_m", "Isian ini wajib diisi."),
            ({"caps.actions_per_day": "0"}, "caps.actions_per_day", "Paling sedikit 1."),
            (
                {"ladder.rungs[1].threshold": "19"},
                "ladder.rungs[1].threshold",
                "Sabuk Hijau: Mulai dari hitungan: Harus lebih besar dari 19",
            ),
            ({"ladder.rungs[0].stripes": "7, 13, 13"}, "ladder.rungs[0].stripes", "Harus lebih besar dari 13"),
            ({"ladder.rungs[0].stripes": "1, 2, 3, 4"}, "ladder.rungs[0].stripes", "Paling banyak 3."),
            ({"ladder.rungs[0].stripes": "tujuh"}, "ladder.rungs[0].stripes", "Tulis hitungannya dengan koma"),
            ({"effective_from": ""}, "effective_from", "Isian ini wajib diisi."),
        ],
    ),
)
def test_what_is_wrong_is_told_at_its_field_and_what_was_typed_stays(at_desk, session, changes, field, sentence):
    answer = send(at_desk, 422, caps__minutes_apart="12", **changes)
    shown = unescape(answer.text)
    assert f'href="#{field}"' in shown
    assert sentence in shown
    typed = fields_in(answer.text)
    assert typed["caps.minutes_apart"] == "12"
    for name, value in changes.items():
        assert typed[name] == value
    assert queries.newest(session, "gps").version == 1


def test_the_way_back_fills_the_fields_with_what_was_typed(at_desk):
    kept = hidden(send(at_desk, minutes__longest="45").text)
    shown = at_desk.post("/admin/program/gps/ubah", data={**kept, "again": "1"}).text
    assert fields_in(shown)["minutes.longest"] == "45"
    assert fields_in(shown)["text"] == kept["text"]


def test_a_file_that_is_not_sound_comes_back_as_text(at_desk):
    given = shown_fields(at_desk)
    assert "line 1: " in at_desk.post(FIELDS, data={**given, "text": "code: ["}, status=422).text
    other = file_of().replace("code: gps", "code: kompos", 1)
    assert "Halaman ini untuk program gps." in at_desk.post(FIELDS, data={**given, "text": other}, status=422).text


# --- a newer version came in meanwhile ---


def meanwhile(session, **changes):
    """Somebody else brings in version 2."""
    document = document_of("gps", version=2, effective_from=TOMORROW, **changes)
    service.apply(session, document, applied_by=None, now=NOW)


def test_what_was_typed_is_put_onto_the_newer_version_and_said_so(at_desk, session):
    given = shown_fields(at_desk)
    meanwhile(session)
    answer = at_desk.post(FIELDS, data={**given, "minutes.longest": "45"}, status=409)
    assert "Sementara itu ada versi baru" in answer.text
    typed = fields_in(answer.text)
    assert (typed["minutes.longest"], typed["place.radius_m"], typed["effective_from"]) == ("45", "200", "2026-11-18")
    assert queries.newest(session, "gps").version == 2
    answer = at_desk.post(FIELDS, data=typed)
    apply(at_desk, hidden(answer.text), status=303)
    assert queries.newest(session, "gps").version == 3


def test_what_the_newer_version_changed_is_kept(at_desk, session):
    given = shown_fields(at_desk)
    meanwhile(session, place__radius_m=150)
    typed = fields_in(at_desk.post(FIELDS, data={**given, "minutes.longest": "45"}, status=409).text)
    assert (typed["minutes.longest"], typed["place.radius_m"]) == ("45", "150")


def test_it_may_come_in_while_the_differences_are_read(at_desk, session):
    kept = hidden(send(at_desk, minutes__longest="45").text)
    meanwhile(session, place__radius_m=150)
    apply(at_desk, kept, status=409)
    again = at_desk.post("/admin/program/gps/ubah", data={**kept, "again": "1"}).text
    assert "Sementara itu ada versi baru" in again
    assert (fields_in(again)["minutes.longest"], fields_in(again)["place.radius_m"]) == ("45", "150")


def test_what_no_field_asks_for_is_left_to_its_writer(at_desk, session):
    text = file_of(name={"id": "Nama lain", "en": "Another name"}, minutes__longest=45)
    meanwhile(session)
    given = {**shown_fields(at_desk), "text": text}
    answer = at_desk.post(FIELDS, data={**given, "minutes.longest": "45"})
    assert "yang berikutnya harus 3, bukan 2" in answer.text
    assert "Nama lain" in kept_text(answer)
