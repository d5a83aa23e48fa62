"""Invitations from a table: whom it names, once each, and nobody beyond the reach of who invites."""

from __future__ import annotations

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.core.catalogue import ENGLISH
from app.core.errors import Invalid
from app.core.spreadsheets import read_sheet
from app.people.models import Account, Invitation
from app.people.rules import Post
from app.people.rules.invitation_rows import InvitationRow, phone_of, post_of, read_invitation
from app.people.service import InviteLine, InviteOutcome, invite_many
from tests.factories.actions import NOW
from tests.factories.cast import NPSN, Cast, make_account
from tests.factories.city import CITY, MELATI

HEAD = "Nama;Jabatan;Tempat;HP"


@pytest.fixture
def admin(session: Session, cast: Cast) -> Account:
    return make_account(session, "admin", f"administrator@{CITY}", full_name="Bu Admin")


def put(session: Session, by: Account, *rows: str) -> list[InviteLine]:
    return invite_many(session, read_sheet("\n".join([HEAD, *rows]).encode()), by, now=NOW)


def outcomes(lines: list[InviteLine]) -> list[InviteOutcome]:
    return [line.outcome for line in lines]


def offered(session: Session) -> int:
    return session.scalar(select(func.count()).select_from(Invitation)) or 0


@pytest.mark.parametrize(("word", "post"), [
    ("Lurah", Post.LURAH), ("kepala sekolah", Post.PRINCIPAL), ("KEPSEK", Post.PRINCIPAL), ("officer", Post.OFFICER),
    ("Petugas Kelurahan", Post.OFFICER), ("Camat", Post.KECAMATAN), ("raja", None), ("", None), ("-", None),
])  # fmt: skip
def test_posts_are_known_by_the_words_of_offices(word, post):
    assert post_of(word) is post


@pytest.mark.parametrize(("written", "phone"), [
    ("0812-3456-7890", "6281234567890"), ("+62 812 3456 7890", "6281234567890"), ("62812345678", "62812345678"),
    ("022 4231234", ""), ("081234?text=x", ""), ("", ""),
])  # fmt: skip
def test_a_mobile_number_is_read_as_a_message_takes_it(written, phone):
    assert phone_of(written) == phone


def test_everything_that_is_wrong_with_a_row_is_told_at_once():
    assert len(read_invitation(2, {"nama": "", "jabatan": "raja", "tempat": ""})) == 3
    read = read_invitation(2, {"nama": "A", "jabatan": "Kepala sekolah", "npsn": "20219345"})
    assert isinstance(read, InvitationRow)
    assert read.place == "npsn:20219345"


def test_the_same_table_twice_invites_nobody_twice(session: Session, admin: Account):
    rows = (f"Pak Asep;Lurah;{MELATI};0812 3456 7890", f"Bu Euis;Kepala sekolah;{NPSN};", "Bu Iis;Petugas;Kelurahan Kenanga;")
    made = put(session, admin, *rows)
    assert outcomes(made) == [InviteOutcome.INVITED] * 3
    assert made[0].phone == "6281234567890"
    assert outcomes(put(session, admin, *rows)) == [InviteOutcome.UNCHANGED] * 3
    assert offered(session) == 3


def test_a_refused_row_keeps_no_other_out_and_leaves_nothing(session: Session, admin: Account):
    rows = ("A;Lurah;Tidak Ada;", f"B;Guru;{NPSN};", f"3273091234567890;Lurah;{MELATI};", f"C;Lurah;{MELATI};", "D;raja;x;")
    lines = put(session, admin, *rows)
    assert outcomes(lines) == [
        InviteOutcome.REFUSED, InviteOutcome.REFUSED, InviteOutcome.REFUSED, InviteOutcome.INVITED, InviteOutcome.REFUSED,
    ]  # fmt: skip
    assert "write its code" in lines[0].notes[0].said(ENGLISH)
    assert offered(session) == 1


def test_nobody_invites_beyond_their_reach(session: Session, cast: Cast):
    assert (
        outcomes(put(session, cast.lurah, "A;Petugas;Kenanga;", "B;Lurah;Melati;", "C;Administrator;Melati;"))
        == [InviteOutcome.REFUSED] * 3
    )
    assert offered(session) == 0


def test_a_table_without_its_columns_is_refused(session: Session, admin: Account):
    with pytest.raises(Invalid) as caught:
        invite_many(session, read_sheet(b"a,b\n1,2\n"), admin, now=NOW)
    assert caught.value.errors[0].code == "columns"
