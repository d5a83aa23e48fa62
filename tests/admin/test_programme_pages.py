"""`/admin/program`: a change of rules is looked over, compared and applied, and nothing else is."""

from __future__ import annotations

import io
import re
from datetime import datetime, timedelta
from html import unescape

import pytest
from sqlalchemy import select, update

from app.audit.models import AuditLine
from app.awards.models import Award
from app.jobs.models import Job
from app.jobs.work import Work
from app.programmes import queries
from app.programmes.models import ProgrammeVersion
from app.programmes.rules.reading import digest, read
from app.programmes.rules.writing import written
from app.rulebook import jobs as rulebook_jobs
from app.rulebook import service
from app.rulebook.service import ShownDiff
from tests.factories.actions import NOW, action_days, at, make_action, stamp
from tests.factories.browsing import sign_in, with_password
from tests.factories.cast import make_account
from tests.factories.city import CITY
from tests.programmes.files import document_of, text_of

TOMORROW = "2026-11-17"
WORK = Work(handlers=rulebook_jobs.HANDLERS)


def rungs_with(place, **changes):
    rungs = document_of("gps")["ladder"]["rungs"]
    rungs[place] |= changes
    return rungs


def file_of(**changes):
    return written(document_of("gps", **({"version": 2, "effective_from": TOMORROW} | changes)))


@pytest.fixture
def climbing(session, cast):
    """Pak Budi, with three stamped actions."""
    for place, action_day in enumerate(action_days(3)):
        action = make_action(session, cast.budi, captured_at=at(action_day, 7, 5 + place))
        stamp(session, cast.lurah, action, note="Dilihat.")
    return cast.budi


def hidden(html):
    """What the page of differences hides in its form."""
    form = html[html.index('class="stack confirm-rules"') :]
    tags = re.findall(r"<input[^>]*type=\"hidden\"[^>]*>", form)
    named = ((re.search(r'name="([^"]+)"', tag), re.search(r'value="([^"]*)"', tag)) for tag in tags)
    return {name[1]: unescape(value[1]) for name, value in named if name and value}


def differences(page, text, *, status=200, path="/admin/program/gps/ubah"):
    return page.submit(path, {"text": text}, to="", status=status)


def text_to_change(page):
    """What stands in the field for the whole file."""
    return unescape(re.search(r"<textarea[^>]*>\n(.*?)</textarea>", page.get("/admin/program/gps/ubah").text, re.DOTALL)[1])


# --- who may ---

PATHS = ["/admin/program", "/admin/program/gps/versi/1", "/admin/program/gps/versi/1.yaml", "/admin/program/gps/ubah",
         "/admin/program/tambah-program", "/admin/program/kunci"]  # fmt: skip


@pytest.mark.parametrize("path", PATHS)
def test_only_those_who_apply_programmes_see_them(path, session, cast, signed_in):
    agency = make_account(session, "dinas", f"agency@{CITY}")
    signed_in(agency).get(path)
    for account in (cast.budi, cast.guru, cast.lurah):
        signed_in(account).get(path, status=403)


def test_only_they_apply_one(page, session, cast, clock):
    lurah = sign_in(page, with_password(session, cast.lurah))
    token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', lurah.get("/saya/akun").text)[1]
    text = file_of()
    given = {"text": text, "digest": digest(read(text).document), "base": "1", "agreed": "y", "csrf_token": token}
    lurah.post("/admin/program/gps/terapkan", data=given, status=403)
    assert queries.newest(session, "gps").version == 1


# --- what there is ---


def test_every_version_is_listed_with_its_days(at_desk, session, clock):
    shown = at_desk.get("/admin/program").text
    assert "Senin, 23 Juni 2014" in shown
    assert "lewat perintah di server" in shown
    assert "/admin/program/biopori/ubah" in shown


def test_a_version_is_read_as_people_say_it_and_as_a_file(at_desk):
    shown = at_desk.get("/admin/program/gps/versi/1").text
    assert "Ini versi pertama." in shown
    assert "Setiap Senin, Rabu, dan Jumat." in shown
    given = at_desk.get("/admin/program/gps/versi/1.yaml")
    assert read(given.text).document == document_of("gps")
    assert "gps-1.yaml" in given.headers["Content-Disposition"]


@pytest.mark.parametrize("path", ["gps/versi/2", "gps/versi/2.yaml", "gone/versi/1", "gone/ubah"])
def test_what_is_not_there_is_not_found(at_desk, path):
    at_desk.get(f"/admin/program/{path}", status=404)


def test_the_text_to_change_is_the_newest_version_from_tomorrow(at_desk):
    text = text_to_change(at_desk)
    assert text == text_of("gps").replace("version: 1", "version: 2").replace("2014-06-23", TOMORROW, 1)


def test_the_file_comes_back_with_its_comments(at_desk):
    assert at_desk.get("/admin/program/gps/versi/1.yaml").text == text_of("gps")
    text = file_of(place__radius_m=150).replace("radius_m: 150", "radius_m: 150  # the council's decision")
    apply(at_desk, hidden(differences(at_desk, text).text), status=303)
    assert at_desk.get("/admin/program/gps/versi/2.yaml").text == text


def test_a_version_from_before_files_were_kept_is_written_from_what_it_says(at_desk, session):
    session.execute(update(ProgrammeVersion).values(text=None))
    assert read(at_desk.get("/admin/program/gps/versi/1.yaml").text).document == document_of("gps")
    text = text_to_change(at_desk)
    assert read(text).document == document_of("gps", version=2, effective_from=TOMORROW)


def test_every_key_is_explained_where_the_file_is_written(at_desk):
    assert 'href="/admin/program/kunci"' in at_desk.get("/admin/program/gps/ubah").text
    shown = at_desk.get("/admin/program/kunci").text
    assert "Lingkaran tempat yang tidak punya radius sendiri." in shown
    assert "10 sampai 2.000 m" in shown
    targets = set(re.findall(r'href="#(bagian-[a-z]+)"', shown))
    assert targets == set(re.findall(r'<h2 id="(bagian-[a-z]+)"', shown))


# --- looking it over ---


def test_each_wrong_key_is_named(at_desk, session):
    shown = differences(at_desk, file_of(version=0, place__radius_m=5), status=422).text
    assert "version: Paling sedikit 1." in shown
    assert "place.radius_m: Paling sedikit 10." in shown
    assert "radius_m: 5" in shown
    assert queries.newest(session, "gps").version == 1


def test_a_line_that_cannot_be_read_is_named_by_its_number(at_desk):
    shown = differences(at_desk, "code: gps\n\tversion: 2\n", status=422).text
    assert "line 2: Pakai spasi, bukan tab" in shown


def test_an_empty_page_says_what_is_missing(at_desk):
    assert "file: Berkas ini kosong" in unescape(differences(at_desk, "", status=422).text)


def test_a_file_for_another_programme_is_not_taken_here(at_desk):
    text = written(document_of("biopori", version=2, effective_from=TOMORROW))
    assert "Halaman ini untuk program gps." in differences(at_desk, text, status=422).text


def test_a_file_goes_before_the_text(at_desk):
    upload = (io.BytesIO(file_of(place__radius_m=150).encode()), "gps-2.yaml")
    shown = at_desk.submit("/admin/program/gps/ubah", {"file": upload, "text": "nonsense"}, status=200).text
    assert "200 m" in shown
    assert "150 m" in shown


def test_differences_are_told_with_people_and_belts(at_desk, climbing):
    shown = unescape(differences(at_desk, file_of(ladder__rungs=rungs_with(0, threshold=2, stripes=[7]))).text)
    assert "Sabuk Putih, mulai dari hitungan" in shown
    assert "<del>1</del>" in shown
    assert "<ins>2</ins>" in shown
    assert "Tidak ada sabuk yang berubah: sabuk 1 orang dengan cap" in shown
    shown = unescape(differences(at_desk, file_of(ladder__rungs=rungs_with(0, threshold=4, stripes=[7]))).text)
    assert "Dari 1 orang dengan cap, 0 naik sabuk, 1 turun sabuk, 0 hanya berganti strip." in shown


def test_what_may_not_follow_is_told_and_cannot_be_applied(at_desk):
    shown = differences(at_desk, file_of(version=5, effective_from="2020-01-01")).text
    assert "yang berikutnya harus 2, bukan 5" in shown
    assert "Aturan tidak berlaku surut" in shown
    assert "agreed" not in shown


def test_a_version_that_is_there_is_told_to_be_there(at_desk):
    assert "sudah diterapkan persis seperti ini" in differences(at_desk, written(document_of("gps"))).text


def test_the_way_back_keeps_the_text(at_desk):
    kept = hidden(differences(at_desk, file_of(place__radius_m=150)).text)
    shown = at_desk.post("/admin/program/gps/ubah", data={**kept, "again": "1"}).text
    assert "radius_m: 150" in shown
    assert "Ada yang perlu diperbaiki" not in shown


# --- applying it ---


def apply(page, kept, *, status, **change):
    return page.post("/admin/program/gps/terapkan", data={"agreed": "y", **kept, **change}, status=status)


def test_what_was_shown_is_applied_from_its_day_on(at_desk, session, rule_writer):
    text = file_of(place__radius_m=150)
    apply(at_desk, hidden(differences(at_desk, text).text), status=303)
    held = queries.newest(session, "gps")
    assert (held.version, held.effective_from.isoformat(), held.definition.place.radius_m) == (2, TOMORROW, 150)
    assert "Versi 2 diterapkan, berlaku mulai Selasa, 17 November 2026." in at_desk.get("/admin/program").text
    assert "Paling jauh 200 m" in at_desk.get("/program/gps").text
    line = session.scalars(
        select(AuditLine).where(AuditLine.kind == "programme.apply", AuditLine.account_id == rule_writer.id)
    ).one()
    assert line.details["digest"] == digest(read(text).document)
    assert at_desk.get("/admin/program/gps/versi/2").text.count("<ins>150 m</ins>") == 1


def test_browsers_end_lines_otherwise_and_it_is_the_same_text(at_desk, session):
    kept = hidden(differences(at_desk, file_of().replace("\n", "\r\n")).text)
    apply(at_desk, kept, status=303, text=kept["text"].replace("\n", "\r\n"))
    assert queries.newest(session, "gps").version == 2


def test_without_the_tick_nothing_is_applied(at_desk, session):
    kept = hidden(differences(at_desk, file_of()).text)
    shown = at_desk.post("/admin/program/gps/terapkan", data=kept, status=422).text
    assert "Baca dulu perbedaannya" in shown
    assert queries.newest(session, "gps").version == 1


def test_another_text_than_was_shown_is_not_applied(at_desk, session):
    kept = hidden(differences(at_desk, file_of(place__radius_m=150)).text)
    shown = apply(at_desk, kept, status=409, text=file_of(place__radius_m=300)).text
    assert "bukan lagi yang perbedaannya Anda baca" in shown
    assert "300 m" in shown
    assert queries.newest(session, "gps").version == 1
    apply(at_desk, hidden(shown), status=303)
    assert queries.newest(session, "gps").definition.place.radius_m == 300


def test_what_was_compared_with_an_older_version_is_not_applied(at_desk, session):
    kept = hidden(differences(at_desk, file_of(version=3, effective_from="2026-12-01")).text)
    service.service.apply(session, document_of("gps", version=2, effective_from=TOMORROW), applied_by=None, now=NOW)
    shown = apply(at_desk, kept, status=409).text
    assert "sudah diterapkan versi yang lebih baru" in shown
    assert queries.newest(session, "gps").version == 2


def test_the_same_yes_twice_applies_once(at_desk, session):
    kept = hidden(differences(at_desk, file_of()).text)
    for _ in range(2):
        apply(at_desk, kept, status=303)
    assert session.scalars(select(Job.kind).where(Job.kind == service.FOLLOW)).all() == [service.FOLLOW]
    assert queries.newest(session, "gps").version == 2


def test_a_day_that_has_passed_meanwhile_is_told(at_desk, session, clock):
    kept = hidden(differences(at_desk, file_of()).text)
    clock.pass_by(days=3)
    assert "Aturan tidak berlaku surut" in apply(at_desk, kept, status=422).text
    assert queries.newest(session, "gps").version == 1


def test_the_file_of_another_programme_is_not_applied_under_this_address(at_desk, session):
    kept = hidden(differences(at_desk, file_of()).text)
    at_desk.post("/admin/program/biopori/terapkan", data={**kept, "agreed": "y"}, status=404)
    assert queries.newest(session, "gps").version == 1


def test_a_new_programme_is_added(at_desk, session):
    text = written({**document_of("gps"), "code": "kompos", "effective_from": TOMORROW})
    shown = at_desk.submit("/admin/program/tambah-program", {"text": text}, status=200).text
    assert "Program ini baru" in shown
    at_desk.post("/admin/program/kompos/terapkan", data={**hidden(shown), "agreed": "y"}, status=303)
    assert queries.newest(session, "kompos").version == 1


# --- belts follow on the day ---


def test_belts_follow_on_the_first_day_of_the_rules_and_not_before(session, climbing):
    awards = select(Award.belt).where(Award.person_id == climbing.person_id, Award.stripes == 0)
    text = file_of(ladder__rungs=rungs_with(0, threshold=4, stripes=[7]))
    shown = ShownDiff(digest=digest(read(text).document), base=1)
    service.bring_in(session, text, shown=shown, by_account_id=climbing.id, now=NOW)
    job = session.scalars(select(Job).where(Job.kind == service.FOLLOW)).one()
    assert job.run_after == datetime.fromisoformat("2026-11-17T00:00:00+07:00")
    assert session.scalars(awards).all() == ["white"]
    session.commit()
    rulebook_jobs.follow_rules(job.payload, NOW)
    assert session.scalars(awards).all() == ["white"]
    session.commit()
    rulebook_jobs.follow_rules(job.payload, NOW + timedelta(days=1))
    assert session.scalars(awards).all() == []
