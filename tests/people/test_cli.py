"""`sabuk people`, `sabuk token`, `sabuk sites`: what they print, and how they say no."""

from __future__ import annotations

import re
from datetime import date

from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.cli import sabuk
from app.people import queries, service
from app.people.models import AccessToken, Account, Person, ResetCode, Tenure
from app.people.rules import Post
from tests.factories.cast import NPSN, Cast
from tests.factories.city import MELATI, TERATAI
from tests.people.commands import Run


def account(session: Session, name: str) -> Account:
    return session.scalars(select(Account).where(Account.name == name)).one()


def posts(session: Session, name: str) -> list[tuple[str, str | None]]:
    held = session.scalars(select(Tenure).where(Tenure.person_id == account(session, name).person_id).order_by(Tenure.id))
    return [(tenure.post.value, tenure.movement.value if tenure.movement else None) for tenure in held]


# --- People ---------------------------------------------------------------------------------------------------------------------


def test_a_person_is_made_with_one_word(run: Run, session: Session) -> None:
    assert run("people", "create", "budi").stdout == "budi\n"
    made = account(session, "budi")
    assert (made.person.name, made.person.is_adult, made.person.shown, made.password_hash) == ("budi", True, True, None)
    assert posts(session, "budi") == []


def test_a_person_is_made_with_posts_at_areas_and_sites(run: Run, session: Session, cast: Cast) -> None:
    words = ("--post", f"volunteer@site:{cast.office.uuid}", "--post", f"cadre@{MELATI}/5", "--post", f"teacher@npsn:{NPSN}")
    made = run("people", "create", "ibu-2.a_b", *words, "--full-name", "Ibu Dua", "--movement", "kb", "--from", "2026-07-01")
    assert made.stdout == "ibu-2.a_b\n"
    assert account(session, "ibu-2.a_b").person.name == "Ibu Dua"
    assert posts(session, "ibu-2.a_b") == [("volunteer", None), ("cadre", "kb"), ("teacher", None)]
    assert set(session.scalars(select(Tenure.valid_from).where(Tenure.movement.is_not(None)))) >= {date(2026, 7, 1)}
    assert f"cadre@{MELATI}/05" in run("people", "list").stdout


NOBODY_MADE: list[tuple[tuple[str, ...], int, str]] = [
    (("Budi",), 1, "A username has 2-40 lower-case letters"),
    (("b",), 1, "Nama pengguna terdiri dari 2-40 huruf kecil"),
    (("b" * 41,), 1, "name:"),
    (("bu di",), 1, "name:"),
    (("pak.budi",), 1, "The username pak.budi is taken. (Nama pengguna pak.budi sudah dipakai.)"),
    (("x1", "--full-name", " "), 1, "full_name: A name has 1-120 letters."),
    (("x1", "--full-name", "x" * 121), 1, "full_name:"),
    (("x1", "--post", "king@32.99"), 2, "'king@32.99' is not POST@PLACE"),
    (("x1", "--post", "lurah"), 2, "PLACE an area code, npsn:12345678 or site:UUID"),
    (("x1", "--post", "lurah@"), 2, "is not POST@PLACE"),
    (("x1", "--post", "lurah@32.99.09.1001"), 1, "There is no area with code 32.99.09.1001."),
    (("x1", "--post", "teacher@npsn:00000000"), 1, "There is no school with NPSN 00000000."),
    (("x1", "--post", "teacher@npsn:123"), 1, "place:"),
    (("x1", "--post", f"lurah@npsn:{NPSN}"), 1, "post: The post lurah needs an area."),
    (("x1", "--post", f"teacher@{MELATI}"), 1, "post: The post teacher needs a school."),
    (("x1", "--post", f"cadre@{MELATI}/xx"), 1, "place:"),
    (("x1", "--post", f"lurah@{MELATI}", "--movement", "pkk"), 2, "--movement is a cadre's"),
    (("x1", "--movement", "pkk"), 2, "--movement is a cadre's"),
    (("x1", "--movement", "nu"), 2, "'nu' is not one of"),
    (("x1", "--from", "2026-07-01"), 2, "--from is the first day of a post"),
    (("x1", "--post", f"lurah@{MELATI}", "--from", "1 Juli"), 2, "does not match the format"),
    ((), 2, "Missing argument 'NAME'"),
]


def test_who_cannot_be_made_is_told_why_and_nobody_is(run: Run, session: Session, cast: Cast) -> None:
    before = len(session.scalars(select(Person)).all())
    for words, exit_code, said in NOBODY_MADE:
        assert said in run("people", "create", *words, exit_code=exit_code).stderr
    assert len(session.scalars(select(Person)).all()) == before


def test_a_post_is_given_once_and_ends_on_a_day(run: Run, session: Session, cast: Cast) -> None:
    for _ in range(2):
        assert run("people", "grant", "citra", f"lurah@{TERATAI}").stdout == f"citra lurah@{TERATAI}\n"
    assert posts(session, "citra") == [("lurah", None)]
    key = account(session, "citra").session_key
    assert run("people", "end", "citra", f"lurah@{TERATAI}", "--last-day", "2026-11-15").stdout == (
        f"citra lurah@{TERATAI} until 2026-11-15\n"
    )
    assert queries.tenures_on(session, account(session, "citra").person_id, date(2026, 11, 15))
    assert not queries.tenures_on(session, account(session, "citra").person_id, date(2026, 11, 16))
    assert account(session, "citra").session_key != key, "sessions of the holder are over"
    run("people", "grant", "citra", f"lurah@{TERATAI}", "--from", "2026-12-01")
    assert "until 2026-11-16" not in run("people", "list").stdout


def test_a_post_ends_today_unless_said_otherwise(run: Run, session: Session, cast: Cast) -> None:
    assert run("people", "end", "pak.lurah", f"lurah@{MELATI}").stdout == f"pak.lurah lurah@{MELATI} until 2026-11-16\n"


POSTS_REFUSED: list[tuple[tuple[str, ...], int, str]] = [
    (
        ("grant", "nobody", f"lurah@{MELATI}"),
        1,
        "There is no account with the username nobody. (Tidak ada akun dengan nama pengguna nobody.)",
    ),
    (("grant", "citra", f"lurah@{MELATI}", "--movement", "pkk"), 1, "movement: Only cadres have a movement."),
    (("grant", "citra"), 2, "Missing argument"),
    (("end", "citra", f"lurah@{MELATI}"), 1, f"citra does not hold lurah@{MELATI}."),
    (("end", "pak.lurah", f"lurah@{TERATAI}"), 1, f"pak.lurah does not hold lurah@{TERATAI}."),
    (("end", "nobody", f"lurah@{MELATI}"), 1, "There is no account with the username nobody."),
    (("end", "pak.lurah", f"lurah@{MELATI}", "--last-day", "soon"), 2, "does not match the format"),
]


def test_posts_that_cannot_be_given_or_ended(run: Run, cast: Cast) -> None:
    for words, exit_code, said in POSTS_REFUSED:
        assert said in run("people", *words, exit_code=exit_code).stderr


def test_a_post_does_not_end_before_it_began(run: Run, session: Session, cast: Cast) -> None:
    run("people", "grant", "citra", f"lurah@{TERATAI}", "--from", "2026-07-01")
    refused = run("people", "end", "citra", f"lurah@{TERATAI}", "--last-day", "2026-06-30", exit_code=1)
    assert "last_day: The last day must come after the first." in refused.stderr


def test_the_list_names_posts_as_they_are_given(run: Run, session: Session, cast: Cast) -> None:
    assert run("people", "list").stdout.splitlines() == [
        f"{'bu.guru':<24} teacher@npsn:{NPSN}",
        f"{'bu.kader':<24} cadre@{MELATI}/05",
        f"{'citra':<24} -",
        f"{'pak.budi':<24} volunteer@site:{cast.office.uuid}",
        f"{'pak.lurah':<24} lurah@{MELATI}",
    ]


# --- Tokens ---------------------------------------------------------------------------------------------------------------------


def test_a_token_is_printed_alone_and_kept_as_its_digest_only(run: Run, session: Session, cast: Cast) -> None:
    first, second = (run("token", "create", "citra").stdout for _ in range(2))
    token = first.strip()
    assert first == f"{token}\n"
    assert len(token) >= 43
    assert first != second
    found = queries.account_by_token(session, token)
    assert found is not None
    assert found.name == "citra"
    digests = session.scalars(select(AccessToken.digest)).all()
    assert token not in digests
    assert queries.token_digest(token) in digests


def test_revoking_ends_every_token(run: Run, session: Session, cast: Cast) -> None:
    tokens = [run("token", "create", "citra").stdout.strip() for _ in range(2)]
    kept = run("token", "create", "pak.budi").stdout.strip()
    assert run("token", "revoke", "citra").stdout == "2 token(s) of citra ended\n"
    assert run("token", "revoke", "citra").stdout == "0 token(s) of citra ended\n"
    assert [queries.account_by_token(session, token) for token in tokens] == [None, None]
    assert queries.account_by_token(session, kept) is not None


def test_nobody_s_token(run: Run, cast: Cast) -> None:
    for words in (("create", "nobody"), ("revoke", "nobody")):
        assert "There is no account with the username nobody." in run("token", *words, exit_code=1).stderr


def test_every_command_helps_with_an_example(app: Flask) -> None:
    for command in ("people create", "people grant", "people end", "people list", "token create", "token revoke"):
        shown = app.test_cli_runner().invoke(sabuk, [*command.split(), "--help"])
        start = "TOKEN=$(" if command == "token create" else ""
        assert f"Example: {start}sabuk {command}" in " ".join(shown.stdout.split())


def test_every_post_can_be_given(run: Run, session: Session, cast: Cast) -> None:
    for post in Post:
        place = f"npsn:{NPSN}" if post in (Post.TEACHER, Post.PRINCIPAL) else MELATI
        assert run("people", "create", f"p.{post}", "--post", f"{post}@{place}").stdout == f"p.{post}\n"


# --- Passwords ------------------------------------------------------------------------------------------------------------------


def test_the_operator_hands_out_a_code_for_anybody(run: Run, session: Session, cast: Cast) -> None:
    printed = run("people", "password", "pak.lurah").stdout
    assert re.fullmatch(r"[2-9A-Z]{5}-[2-9A-Z]{5}\n", printed)
    kept = session.scalars(select(ResetCode)).one()
    assert (kept.account_id, kept.made_by, kept.ended_at) == (cast.lurah.id, None, None)
    assert service.verify_password(kept.code_hash, printed.strip().replace("-", ""))
    run("people", "password", "nobody", exit_code=1)
