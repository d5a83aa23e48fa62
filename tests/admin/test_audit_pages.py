"""`/admin/riwayat`: every line is a sentence, found by kind, person and day, and its export is a line itself."""

from __future__ import annotations

import ast
import re
from datetime import timedelta
from html import unescape
from uuid import uuid4

import pytest
from sqlalchemy import event, select

from app.admin.queries.audit import log
from app.admin.rules.audit_kinds import AUDIT_KINDS
from app.admin.rules.audit_sentences import SENTENCES, sentence
from app.audit import service as audit
from app.audit.models import AuditLine
from app.audit.queries import LogQuestion
from app.core.catalogue import ENGLISH, INDONESIAN
from app.core.text import Multilingual, Text, Verbatim
from app.indicators.models import AreaBaseline, AreaTarget
from tests.architecture import house
from tests.factories.actions import MONDAY, NOW, make_action, stamp
from tests.factories.browsing import sign_in, with_password
from tests.factories.cast import make_account
from tests.factories.city import CITY
from tests.spreadsheet import rows_of

TABLES = {f"indicators.{table.__tablename__}" for table in (AreaBaseline, AreaTarget)}
SAID_BY_THE_CALLER = {"app.admin.views.exports", "app.indicators.service"}
"""Modules that are handed the kind, or make it from the name of a table: TABLES, and the callers of `exported`."""


def written():
    """Every kind of line that any module writes into the log."""
    kinds, unsaid = set(TABLES), []
    for module, source in house().items():
        for call in ast.walk(ast.parse(source)):
            if not isinstance(call, ast.Call):
                continue
            name = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
            place = {"note": 1, "exported": 0}.get(name)
            if place is None or len(call.args) <= place:
                continue
            kind = call.args[place]
            if isinstance(kind, ast.Constant) and isinstance(kind.value, str):
                kinds.add(kind.value)
            elif module not in SAID_BY_THE_CALLER:
                unsaid.append(f"{module}:{call.lineno}")
    assert unsaid == [], "write the kind out, so that it can be found"
    return kinds


def test_every_kind_of_line_that_is_written_has_its_sentence_and_its_name():
    kinds = written()
    assert len(kinds) > 30
    assert kinds - SENTENCES.keys() == set()
    assert kinds - AUDIT_KINDS.keys() == set()
    assert SENTENCES.keys() == AUDIT_KINDS.keys()


@pytest.mark.parametrize("kind", sorted(SENTENCES))
def test_a_line_without_details_is_a_sentence_all_the_same(kind):
    """An older version may have kept less."""
    told = SENTENCES[kind](Text("Pak Budi"), {})
    for words in (told.said(INDONESIAN), told.said(ENGLISH)):
        assert words.endswith(".")
        assert "None" not in words
        assert "{" not in words


DETAILS = [
    ("people.grant", {"post": "teacher", "place": "SDN Teratai 1"}, "Pak Budi became Teacher at SDN Teratai 1."),
    ("people.end", {"post": "lurah", "last_day": "2026-11-16", "reason": "Pensiun"},
     "The post Lurah of Pak Budi ends, for the last time on Monday, 16 November 2026. Reason: Pensiun"),
    ("site.move", {"before": {"lon": 107.6, "lat": -6.9, "radius_m": 200.0}, "lon": 107.6, "lat": -6.899, "radius_m": 150.0},
     "Pak Budi was moved by 111 m, its radius from 200 m to 150 m."),
    ("site.move", {"before": {"lon": 107.6, "lat": -6.9, "radius_m": None}, "lon": 107.6, "lat": -6.899, "radius_m": None},
     "Pak Budi was moved by 111 m."),
    ("site.rename", {"before": "SD 1", "name": "SDN Teratai 1"}, "Pak Budi was renamed: from SD 1 to SDN Teratai 1."),
    ("site.pupils", {"before": None, "pupils": 240}, "Pupils of Pak Budi: from nothing to 240."),
    ("leaderboard.visibility", {"shown": False}, "Pak Budi is no longer shown on leaderboards."),
    ("people.export", {"filter": {"jabatan": "lurah"}, "rows": 12},
     "The list of people was downloaded by jabatan=lurah: 12 rows."),
    ("programme.apply", {"version": 2, "effective_from": "2026-11-23", "digest": "f" * 64},
     "Version 2 of Pak Budi was applied, in force from Monday, 23 November 2026."),
    ("indicators.baseline", {"indicator": "holes", "before": "3", "value": "4"},
     "The baseline (holes) of Pak Budi set from 3 to 4."),
    ("places.figures", {"before": {"population": 1200, "households": None}, "population": 1250, "households": 310},
     "Pak Budi: residents 1,200 → 1,250, households nothing → 310."),
    ("places.rw", {"names": ["01", "02"]}, "RW 01, 02 were added in Pak Budi."),
    ("integrity.close_review", {"decision": "stands", "reason": "Foto beda."},
     "The review of Pak Budi was closed: the stamp remains valid. Reason: Foto beda."),
]  # fmt: skip


@pytest.mark.parametrize(
    ("kind", "details", "said"), DETAILS, ids=[f"{kind}-{place}" for place, (kind, *_) in enumerate(DETAILS)]
)
def test_what_changed_is_in_the_sentence(kind, details, said):
    assert sentence(kind, Verbatim("Pak Budi"), details).said(ENGLISH) == said


def test_a_figure_is_written_as_each_language_writes_numbers():
    told = sentence("indicators.target", Verbatim("Melati"), {"indicator": "holes", "before": "900.000", "value": "1250.5"})
    assert told.said(INDONESIAN) == "Target (holes) Melati dari 900 menjadi 1.250,5."
    assert told.said(ENGLISH) == "The target (holes) of Melati set from 900 to 1,250.5."


def test_an_action_of_another_version_is_told_by_its_own_name():
    assert sentence("gossip.tell", Multilingual(id="a", en="b"), {"secret": "x"}).said(ENGLISH) == "gossip.tell: b."


@pytest.fixture
def admin(session, cast):
    return make_account(session, "admin", f"administrator@{CITY}")


def sentences(session, **asked):
    lines, _ = log(session, LogQuestion(**asked), today=MONDAY, limit=1000)
    return [line.sentence.said(INDONESIAN) for line in lines]


def test_no_child_is_named_and_no_position_told(session, cast):
    kept = {"post": "volunteer", "place": "SDN Teratai 1", "lon": 107.61, "lat": -6.9}
    audit.note(session, "people.grant", f"person:{cast.ani.id}", account_id=cast.guru.id, now=NOW, **kept)
    session.flush()
    (newest, *_) = log(session, LogQuestion(), today=MONDAY, limit=1)[0]
    assert newest.sentence.said(INDONESIAN) == "Seorang siswa menjadi Relawan di SDN Teratai 1."
    assert newest.href == ""
    assert not any("Ani" in said or "107.6" in said for said in sentences(session))


def test_whoever_is_gone_stays_without_a_name(session, cast):
    cast.citra.person.erased_at = NOW
    audit.note(session, "people.password", f"account:{cast.citra.id}", account_id=987654, now=NOW)
    session.flush()
    (newest, *_) = log(session, LogQuestion(), today=MONDAY, limit=1)[0]
    assert newest.sentence.said(INDONESIAN) == "Kata sandi seseorang yang datanya sudah dihapus diganti."
    assert (newest.by, newest.by_name) == ("#987654", "")


def test_names_are_asked_for_together(session, cast, admin):
    """A page of the log asks a bounded number of questions, however many lines it has."""
    for account in (cast.budi, cast.guru, cast.lurah, cast.kader):
        for _ in range(5):
            audit.note(session, "people.password", f"account:{account.id}", account_id=account.id, now=NOW)
            audit.note(session, "people.rename", f"person:{account.person.uuid}", account_id=account.id, now=NOW)
            audit.note(session, "site.confirm", f"site:{cast.office.uuid}", account_id=account.id, now=NOW)
    session.flush()
    session.expire_all()
    asked = []
    engine = session.get_bind()
    listen = lambda *told: asked.append(told[2])  # noqa: E731
    event.listen(engine, "before_cursor_execute", listen)
    log(session, LogQuestion(), today=MONDAY, limit=60)
    event.remove(engine, "before_cursor_execute", listen)
    assert len(asked) <= 8, asked


# --- the page ---

PATHS = ["/admin/riwayat", "/admin/riwayat.csv"]


@pytest.mark.parametrize("path", PATHS)
def test_only_those_who_may_see_the_log_see_it(path, session, cast, admin, signed_in):
    signed_in(admin).get(path)
    for account in (cast.budi, cast.guru, cast.lurah, make_account(session, "dinas", f"agency@{CITY}")):
        signed_in(account).get(path, status=403)


def lines_of(html):
    listed = html[html.index('<ol class="log"') : html.index("</ol>")] if '<ol class="log"' in html else ""
    return [" ".join(unescape(re.sub(r"<[^>]+>", "", item)).split()) for item in listed.split("<li>")[1:]]


def test_lines_are_found_by_kind_person_and_day(session, cast, admin, signed_in):
    action = make_action(session, cast.budi)
    (result,) = stamp(session, cast.lurah, action)
    audit.note(session, "stamping.void", f"stamp:{result.stamp.id}", account_id=cast.lurah.id, now=NOW, reason="Keliru.")
    audit.note(session, "people.sign_in", f"account:{cast.budi.id}", account_id=cast.budi.id, now=NOW)
    audit.note(session, "people.rename", f"person:{cast.budi.person.uuid}", account_id=cast.budi.id, now=NOW + timedelta(days=2))
    client = signed_in(admin)

    def found(query):
        return lines_of(client.get(f"/admin/riwayat?{query}").text)

    assert found("jenis=stamping.void") == ["16 Nov 2026, 15.40 WIB · Pak Lurah Sebuah cap dibatalkan. Alasan: Keliru."]
    assert found("pelaku=pak.lurah") == found("jenis=stamping.void")
    assert found("dari=2026-11-17") == ["18 Nov 2026, 15.40 WIB · Pak Budi Nama diganti; sekarang Pak Budi."]
    assert len(found("dari=2026-11-16&sampai=2026-11-16&pelaku=pak.budi&jenis=semua")) == 1
    assert found("pelaku=pak.budi&dari=2026-11-16&sampai=2026-11-16") == []
    assert all("perintah di server" in line for line in found("pelaku=-"))


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("jenis=gossip", "Jenis ini tidak dikenal."),
        ("pelaku=nobody", "Tidak ada akun dengan nama pengguna ini."),
        ("dari=kemarin", "Tulis tanggal seperti 2026-11-23."),
        ("sampai=0001-01-01", "Tulis tanggal seperti 2026-11-23."),
        ("dari=2026-11-17&sampai=2026-11-16", "Hari terakhir harus setelah hari pertama."),
        ("after=x", "Isi dengan bilangan bulat"),
        ("kapan=2026", "Isian kapan tidak dikenal"),
    ],
)
def test_each_wrong_filter_is_named(query, said, admin, signed_in):
    assert said in signed_in(admin).get(f"/admin/riwayat?{query}", status=422).text


def test_pages_follow_each_other_without_a_gap(session, cast, admin, signed_in):
    for _ in range(120):
        audit.note(session, "people.rename", f"person:{uuid4()}", account_id=None, now=NOW)
    session.flush()
    client, seen, address = signed_in(admin), 0, "/admin/riwayat?jenis=people.rename"
    while address:
        shown = client.get(address).text
        seen += len(lines_of(shown))
        more = re.search(r'rel="next" href="([^"]+)"', shown)
        address = unescape(more[1]) if more else ""
    assert seen == 120


def test_a_file_of_the_log_is_a_line_of_the_log(session, admin, signed_in):
    audit.note(session, "people.rename", f"person:{uuid4()}", account_id=None, now=NOW)
    answer = signed_in(admin).get("/admin/riwayat.csv?jenis=people.rename")
    assert [row[2] for row in rows_of(answer)] == ["Jenis", "Nama diganti"]
    line = session.scalars(select(AuditLine).where(AuditLine.kind == "audit.export")).one()
    assert (line.account_id, line.details) == (admin.id, {"filter": {"jenis": "people.rename"}, "rows": 1})
    assert answer.headers["Cache-Control"] == "no-store, private"


def test_signing_in_and_out_is_shown_where_it_is_asked_for(session, cast, admin, page, clock):
    sign_in(page, with_password(session, admin))
    assert not any("masuk." in line for line in lines_of(page.get("/admin/riwayat").text))
    assert any("Admin masuk." in line for line in lines_of(page.get("/admin/riwayat?jenis=people.sign_in").text))
