"""`/undang/tabel` and `/undang/surat`: a table of people, and their letters to print at once."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO

from sqlalchemy.orm import Session

from app.people.models import Account
from tests.factories.cast import Cast, make_account
from tests.factories.city import CITY, MELATI
from tests.page_client import PageClient

SignedIn = Callable[[Account], PageClient]
TABLE = f"nama,jabatan,tempat,hp\nPak Asep,Lurah,{MELATI},081234567890\nBu Euis,raja,{MELATI},\n"


def test_people_of_a_table_are_invited_and_their_letters_printed(session: Session, cast: Cast, signed_in: SignedIn) -> None:
    admin = make_account(session, "admin", f"administrator@{CITY}", full_name="Bu Admin")
    client = signed_in(admin)
    told = client.submit("/undang/tabel", {"file": (BytesIO(TABLE.encode()), "orang.csv")}, status=200).text
    assert told.index("Bu Euis") < told.index("Pak Asep")
    assert "https://wa.me/6281234567890?text=" in told
    printed = client.get("/undang/surat").text
    assert "Pak Asep" in printed
    assert "Bu Euis" not in printed
    assert "081234567890" not in printed
    again = client.submit("/undang/tabel", {"file": (BytesIO(TABLE.encode()), "orang.csv")}, status=200).text
    assert "sudah diundang" in again
    assert client.get("/undang/surat").text.count("Pak Asep") == printed.count("Pak Asep")


def test_who_appoints_nobody_has_no_table(cast: Cast, signed_in: SignedIn) -> None:
    client = signed_in(cast.citra)
    client.get("/undang/tabel", status=403)
    client.get("/undang/surat", status=403)


def test_what_is_no_table_is_told(session: Session, cast: Cast, signed_in: SignedIn) -> None:
    shown = signed_in(cast.lurah).submit("/undang/tabel", {"file": (BytesIO(b"x"), "orang.csv")}, status=422).text
    assert 'href="#file"' in shown
