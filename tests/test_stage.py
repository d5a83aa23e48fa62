"""What the stage promises to every test: faulty pages, open transactions and the network are noticed; nothing is left behind."""

from __future__ import annotations

import socket
import urllib.request
from types import SimpleNamespace

import pytest
from flask import Response, jsonify
from sqlalchemy import func, insert, literal_column, select

from app.core.clock import utc_now
from app.database import Base, db
from app.database.transaction import write_transaction
from app.people.models import Account, Person
from app.places.models import PlaceRevision
from tests.conftest import application, put_in_order
from tests.factories.cast import make_cast
from tests.factories.kept import keep
from tests.page_client import PageClient, problems_of_page
from tests.watch import Watch

GOOD = """<!doctype html><html lang="id"><head><title>Buku · Sabuk Hijau</title></head><body><h1>Buku</h1>
<form><label for="a">Nama</label><input id="a"><label>Umur <input></label><input type="hidden" name="x"><br></form>
<svg><title>Grafik</title></svg><img src="x" alt=""></body></html>"""


def test_a_good_page_has_no_problems():
    assert problems_of_page(GOOD) == []


@pytest.mark.parametrize(
    ("good", "bad", "problem"),
    [
        ("<!doctype html>", "", "no doctype"),
        ('lang="id"', "", "lang is"),
        ("<h1>Buku</h1>", "", "needs one h1"),
        ("<h1>Buku</h1>", "<h1></h1>", "needs one h1"),
        ("<h1>Buku</h1>", "<h1>Buku</h1><h1>Buku</h1>", "needs one h1"),
        ("<h1>Buku</h1>", "<h1>Meja</h1>", "begins not with h1"),
        ("<title>Buku · Sabuk Hijau</title>", "", "needs one title"),
        ('<label for="a">', "<label>", "fields without a label"),
        ("<input>", '<input id="a">', "ids twice"),
        ("</label><input id", "<input id", "closes"),
        ("</form>", "</div></form>", "closes"),
        ("</body>", "<p></body>", "closes"),
        ("</body></html>", "", "never closed"),
        ('alt=""', "", "without alt"),
        ("<h1>", '<h1 style="color:red">', "its own style"),
        ("</head>", "<style>p{}</style></head>", "its own style"),
        ("<form>", '<form onsubmit="go()">', "carries onsubmit"),
        ("</body>", "<script>go()</script></body>", "inline script"),
        ("</body>", '<script nonce="other">go()</script></body>', "inline script"),
        ("<h1>", '<h1 id="b" id="c">', "attribute twice"),
        ("<br>", '<select aria-label="Jenis" name="b" required><option value="">Semua</option></select>', "cannot be sent"),
        ("<br>", '<input type="file" aria-label="Foto" name="b">', "only the name is sent"),
        ("<form>", '<form method="put">', "sent by PUT"),
    ],
)
def test_a_faulty_page_is_noticed(good, bad, problem):
    assert good in GOOD
    found = problems_of_page(GOOD.replace(good, bad), "script-src 'self' 'nonce-this'")
    assert any(problem in each for each in found), found


def test_a_script_with_the_answers_own_nonce_is_let_be():
    page = GOOD.replace("</body>", '<script nonce="this">go()</script></body>')
    assert problems_of_page(page, "script-src 'self' 'nonce-this'") == []


def somebody() -> Person:
    return Person(name="Pak Budi", is_adult=True, created_at=utc_now())


def _add_only() -> Response:
    db.session.add(somebody())
    return jsonify("added")


def _flush_only() -> Response:
    db.session.add(somebody())
    db.session.flush()
    return jsonify("flushed")


def _execute_only() -> Response:
    db.session.execute(insert(Person).values(name="Pak Budi", is_adult=True, shown=True, created_at=utc_now()))
    return jsonify("executed")


def _write() -> Response:
    with write_transaction(db.session()) as session:
        session.add(somebody())
    return jsonify("written")


@pytest.mark.parametrize("view", [_add_only, _flush_only, _execute_only])
def test_a_request_that_ends_with_uncommitted_changes_fails_its_test(view, fresh_database, tmp_path):
    with application(fresh_database.url, tmp_path) as app:
        app.add_url_rule("/changes", "changes", view)
        app.add_url_rule("/written", "written", _write)
        with app.app_context():
            page = PageClient(app, db.session(), Watch(app, db.engine))
            page.get("/written")
            with pytest.raises(AssertionError, match="uncommitted changes"):
                page.get("/changes")
            page.get("/written")
            assert db.session.scalar(select(func.count()).select_from(Person)) == 2


@pytest.mark.parametrize("again", [1, 2])
def test_what_one_test_commits_the_next_does_not_see(session, page, again):
    assert session.scalar(select(func.count()).select_from(Person)) == 0
    session.add(somebody())
    page.get("/healthz")
    with db.engine.connect() as another:
        assert another.scalar(select(func.count()).select_from(Person)) == 1


def test_the_cast_put_in_again_is_the_cast_that_was_made(session):
    made = []

    def rows():
        tables = [table for table in Base.metadata.sorted_tables if table.name != PlaceRevision.__tablename__]
        listed = {table.name: session.execute(select(literal_column("*")).select_from(table)).all() for table in tables}
        return {name: sorted(map(str, found)) for name, found in listed.items() if found}

    def make(session):
        cast = make_cast(session)
        session.flush()
        made.append((cast, rows()))
        return cast

    kept = keep(session, make)
    assert rows() == {}
    again = kept.again(session)
    [(cast, before)] = made
    assert rows() == before
    assert {"area_outline", "account", "audit_line"} < set(before)
    assert again.budi is session.get(Account, again.budi.id)
    assert (again.budi.name, again.office.name, again.city) == ("pak.budi", "Kantor Pos Melati", cast.city)


def test_a_wrong_status_shows_what_was_answered(page):
    with pytest.raises(AssertionError, match="404 NOT FOUND"):
        page.get("/nothing")


def test_the_network_is_closed():
    with pytest.raises(OSError, match="no network"):
        socket.create_connection(("192.0.2.1", 80), timeout=1)
    with pytest.raises(OSError, match="no network"):
        urllib.request.urlopen("http://example.org/", timeout=1)


class Collected:
    """As much of a collected test as its order depends on."""

    def __init__(self, name, *marks) -> None:
        self.name, self.marks = name, marks

    def get_closest_marker(self, name):
        return name if name in self.marks else None


@pytest.mark.parametrize(
    ("workers", "order"), [(None, "browser early a b c d"), (2, "browser a b early c d"), (3, "browser a early b c d")]
)
def test_the_first_worker_begins_with_browsers_and_the_second_with_what_is_dear(workers, order):
    tests = [Collected("a"), Collected("early", "early"), Collected("b"), Collected("browser", "browser", "early")]
    tests += [Collected("c"), Collected("d")]
    config = SimpleNamespace(**({"workerinput": {"workercount": workers}} if workers else {}))
    put_in_order(config, tests)
    assert [test.name for test in tests] == order.split()
