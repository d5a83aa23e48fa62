"""`/admin/target`: what a kelurahan means to reach, set by whoever answers for it."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.audit.models import AuditLine
from app.indicators.models import AreaTarget
from app.people.models import Account
from tests.factories.cast import Cast, make_account
from tests.factories.city import CITY, KENANGA, MELATI, TERATAI, WEST
from tests.page_client import PageClient

SignedIn = Callable[[Account], PageClient]

PATH = f"/admin/target/{MELATI}"
SENT = {"number": "biopori:holes", "value": "1250", "due_on": "2027-12-31", "source": "SK Lurah 4/2026"}


def test_the_lurah_sets_a_target_that_the_page_of_the_kelurahan_shows(signed_in: SignedIn, session: Session, cast: Cast) -> None:
    lurah = signed_in(cast.lurah)
    assert f'href="{PATH}"' in lurah.get("/saya").text
    assert f'href="{PATH}"' in lurah.get(f"/kelurahan/{MELATI}").text
    lurah.submit(PATH, SENT)
    assert "Target disimpan" in lurah.get(PATH).text
    told = session.scalars(select(AreaTarget)).one()
    assert (told.value, str(told.due_on), told.recorded_by) == (Decimal(1250), "2027-12-31", cast.lurah.id)
    assert session.scalars(select(AuditLine.account_id).where(AuditLine.kind == "indicators.target")).all() == [cast.lurah.id]
    shown = lurah.get(f"/kelurahan/{MELATI}").text
    assert "1.250" in shown
    assert "SK Lurah 4/2026" in shown


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"value": "banyak"}, "angka"),
        ({"value": "-1"}, "paling sedikit 0"),
        ({"number": "biopori:x"}, ""),
        ({"due_on": "besok"}, ""),
        ({"source": " "}, ""),
        ({"source": "NIK 3273011203850001"}, ""),
    ],
)
def test_what_is_not_right_is_said_and_nothing_is_stored(
    signed_in: SignedIn, session: Session, cast: Cast, change: dict[str, str], said: str
) -> None:
    answer = signed_in(cast.lurah)
    token = answer.submit(PATH, SENT | change, status=422).text
    assert said in token
    assert not session.scalars(select(AreaTarget)).all()


def test_nobody_sets_the_target_of_another_place(signed_in: SignedIn, session: Session, cast: Cast) -> None:
    above = make_account(session, "kecamatan", f"kecamatan@{WEST}")
    city = make_account(session, "dinas", f"agency@{CITY}")
    officer = make_account(session, "petugas", f"officer@{MELATI}")
    for account in (cast.budi, cast.kader, cast.guru, officer):
        signed_in(account).get(PATH, status=403)
        assert PATH not in signed_in(account).get(f"/kelurahan/{MELATI}").text
    for path, account, status in (
        (f"/admin/target/{KENANGA}", cast.lurah, 403),
        (f"/admin/target/{KENANGA}", above, 200),
        (f"/admin/target/{TERATAI}", above, 403),
        (f"/admin/target/{TERATAI}", city, 200),
        (f"/admin/target/{WEST}", above, 404),
        ("/admin/target/x", cast.lurah, 404),
    ):
        signed_in(account).get(path, status=status)
