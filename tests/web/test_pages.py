"""Words, numbers and days as pages say them; what a reader chose stays chosen."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from sqlalchemy.exc import OperationalError

from app.core.catalogue import ENGLISH, INDONESIAN
from app.core.periods import ALL_TIME, parse_period
from app.core.text import Multilingual, period_name, short_day
from app.web import pages
from app.web.pages import Visitor
from tests.conftest import application
from tests.page_client import problems_of

AT = datetime(2026, 11, 23, 0, 5, tzinfo=UTC)


@pytest.fixture
def said_in(app):
    """Says something as a page in that language would."""

    def said(language, say):
        with app.test_request_context(f"/?lang={language}"):
            return say()

    return said


@pytest.mark.parametrize(
    ("say", "indonesian", "english"),
    [
        (lambda: pages.gettext("Catat"), "Catat", "Log"),
        (lambda: pages.gettext("%(n)s aksi", n=1), "1 aksi", "1 action"),
        (lambda: pages.gettext("%(n)s aksi", n=1234), "1.234 aksi", "1,234 actions"),
        (lambda: pages.gettext("Kelurahan %(name)s", name="<b>"), "Kelurahan &lt;b&gt;", "Kelurahan &lt;b&gt;"),
        (
            lambda: pages.gettext("%(n)s aksi", n=pages.StrongNumber(1)),
            '<strong class="figures">1</strong> aksi',
            '<strong class="figures">1</strong> action',
        ),
        (lambda: pages.said(Multilingual(id="Beres", en="Done")), "Beres", "Done"),
        (lambda: pages.said("Citarum"), "Citarum", "Citarum"),
        (lambda: pages.said(None), "", ""),
        (lambda: pages.number(1234.5), "1.234,5", "1,234.5"),
        (lambda: pages.number(1234.56, 0), "1.235", "1,235"),
        (lambda: pages.day(date(2026, 11, 23)), "Senin, 23 November 2026", "Monday, 23 November 2026"),
        (lambda: pages.day(datetime(2026, 11, 22, 18, 0, tzinfo=UTC)), "Senin, 23 November 2026", "Monday, 23 November 2026"),
        (lambda: pages.short_day(date(2026, 8, 3)), "3 Agu 2026", "3 Aug 2026"),
        (lambda: pages.clock(AT), "07.05 WIB", "07:05 WIB"),
        (lambda: pages.clock(AT, "Asia/Jayapura"), "09.05 WIT", "09:05 WIT"),
        (lambda: pages.moment(AT), "Senin, 23 November 2026, 07.05 WIB", "Monday, 23 November 2026, 07:05 WIB"),
        (lambda: pages.period("2026-11"), "November 2026", "November 2026"),
        (lambda: pages.period("2026-W48"), "Pekan 48, 2026", "Week 48, 2026"),
        (lambda: pages.period("2026"), "2026", "2026"),
        (lambda: pages.period(ALL_TIME), "semua waktu", "all time"),
        (lambda: pages.period("kapan"), "kapan", "kapan"),
    ],
)
def test_pages_speak_both_languages(said_in, say, indonesian, english):
    assert said_in("id", say) == indonesian
    assert said_in("en", say) == english


def test_the_name_of_a_stamp_is_escaped_once(said_in):
    """A sentence with values comes escaped, and the drawing escapes too."""
    label = said_in("id", lambda: pages.gettext("Kelurahan %(name)s", name="A & B"))
    drawn = said_in(
        "id", lambda: pages.stamp_drawing(place="A & B", day=AT, post="lurah", serial="b3f1c2d4", code="B3F1", label=label)
    )
    assert "<title>Kelurahan A &amp; B</title>" in drawn


def test_months_have_their_names():
    assert period_name(parse_period("2026-08"), INDONESIAN) == "Agustus 2026"
    assert period_name(parse_period("2026-08"), ENGLISH) == "August 2026"
    assert short_day(date(2026, 5, 1), INDONESIAN) == "1 Mei 2026"


@pytest.mark.parametrize(("name", "letters"), [("Budi Prakoso", "BP"), ("ani", "A"), ("Siti Nur Aisyah", "SN"), ("", "")])
def test_a_person_has_initials(name, letters):
    assert pages.initials(name) == letters


@pytest.mark.parametrize(
    ("path", "change", "address"),
    [
        ("/kota", {"lang": "en"}, "/kota?lang=en"),
        ("/kota?urut=nama&lang=id", {"lang": "en"}, "/kota?urut=nama&lang=en"),
        ("/kota?a=1&a=2&b=x%20y", {"lang": ""}, "/kota?a=1&a=2&b=x+y"),
        ("/kota?a=1", {"a": ""}, "/kota"),
        ("/kota?a=%22%3E%3Cb%3E", {}, "/kota?a=%22%3E%3Cb%3E"),
    ],
)
def test_this_address_with_something_changed(app, path, change, address):
    with app.test_request_context(path):
        assert pages.here_with(**change) == address


def test_the_language_that_was_chosen_stays(page):
    assert 'lang="id"' in page.get("/_components").text
    assert 'lang="en"' in page.get("/_components?lang=en").text
    assert 'lang="en"' in page.get("/_components").text
    assert 'lang="id"' in page.get("/_components?lang=id").text


def test_the_theme_that_was_chosen_stays(page):
    assert "data-theme" not in page.get("/_components").text
    assert 'data-theme="dark"' in page.get("/_components?tema=gelap").text
    assert 'data-theme="dark"' in page.get("/_components").text
    assert "data-theme" not in page.get("/_components?tema=perangkat").text


@pytest.mark.parametrize("path", ["/_components?lang=fr", "/_components?tema=ungu", "/api/v1/programmes?lang=en"])
def test_nothing_is_remembered_that_is_no_choice_of_a_page(page, path):
    assert "Set-Cookie" not in page.get(path).headers


def test_the_language_switch_keeps_the_address(page):
    assert 'href="/tidak-ada?x=1&amp;lang=en"' in page.get("/tidak-ada?x=1", status=404).text


def test_a_page_travels_compressed(app):
    answer = app.test_client().get("/_components", headers={"Accept-Encoding": "gzip"})
    assert answer.headers["Content-Encoding"] == "gzip"
    assert "Accept-Encoding" in answer.headers["Vary"]


@pytest.fixture
def read_by(tmp_path, monkeypatch):
    """The page of components as this reader gets it."""

    def text(visitor):
        monkeypatch.setattr("app.application.visitor", visitor)
        with application(f"sqlite:///{tmp_path / 'read.sqlite3'}", tmp_path) as app:
            answer = app.test_client().get("/_components")
        assert answer.status_code == 200
        assert not problems_of(answer)
        return answer.text

    return text


def test_ways_lead_where_the_reader_may_go(read_by):
    nobody, volunteer = read_by(lambda: None), read_by(lambda: Visitor("Pak Budi"))
    officer = read_by(lambda: Visitor("Bu Kader", stamps=True, administers=True))
    assert [('href="/masuk"' in page, 'href="/saya"' in page) for page in (nobody, volunteer)] == [(True, False), (False, True)]
    assert [('href="/meja"' in page, 'href="/admin"' in page) for page in (volunteer, officer)] == [(False, False), (True, True)]
    assert ['sebagai <a href="/saya/akun">Pak Budi' in page for page in (nobody, volunteer)] == [False, True]
    assert ['action="/keluar"' in page for page in (nobody, volunteer)] == [False, True]


def test_a_page_comes_even_where_the_database_cannot_say_who_reads(read_by):
    def nobody_knows():
        raise OperationalError("SELECT", None, Exception("away"))

    assert 'href="/masuk"' in read_by(nobody_knows)
