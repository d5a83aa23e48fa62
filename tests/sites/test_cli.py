"""`sabuk sites`: adding, confirming and moving, and who may."""

from __future__ import annotations

from pathlib import Path
from uuid import UUID

import pytest
from click.testing import Result
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.cli import sabuk
from app.places import queries as places
from app.places.models import Site, SiteCircle
from tests.factories.cast import NPSN, Cast, make_account
from tests.factories.city import IN_KENANGA, MELATI, TERATAI, make_site
from tests.people.commands import Run


def add(run: Run, *words: str, exit_code: int = 0) -> Result:
    return run("sites", "add", *words, exit_code=exit_code)


AT_KENANGA = ("--lon", str(IN_KENANGA.lon), "--lat", str(IN_KENANGA.lat))


def test_a_site_is_added_and_named_by_its_uuid(run: Run, session: Session, cast: Cast) -> None:
    made = add(run, "SDN Kenanga 2", "--kind", "school", "--npsn", "20219399", *AT_KENANGA, "--rw", "3", "--radius", "150").stdout
    site = places.site_by_uuid(session, UUID(made.strip().removeprefix("site:")))
    assert site is not None
    assert made == f"site:{site.uuid}\n"
    assert (site.name, site.npsn, site.confirmed_at) == ("SDN Kenanga 2", "20219399", None)
    listed = next(line for line in run("sites", "list").stdout.splitlines() if "SDN Kenanga 2" in line)
    assert listed == f"site:{site.uuid}  20219399  107.605000,-6.935000  to be confirmed   SDN Kenanga 2"


def test_a_school_is_told_how_many_pupils_it_has(run: Run, session: Session, cast: Cast) -> None:
    make_account(session, "kepala", f"principal@npsn:{NPSN}")
    session.commit()
    assert run("sites", "pupils", f"npsn:{NPSN}", "412", "--by", "kepala").stdout == f"npsn:{NPSN} 412\n"
    assert cast.school.pupils == 412
    assert "20,000" in run("sites", "pupils", f"npsn:{NPSN}", "20001", "--by", "kepala", exit_code=1).stderr
    office = f"site:{cast.office.uuid}"
    assert "Only a school has pupils" in run("sites", "pupils", office, "3", "--by", "pak.lurah", exit_code=1).stderr
    assert "Only an officer" in run("sites", "pupils", f"npsn:{NPSN}", "1", "--by", "pak.budi", exit_code=1).stderr
    run("sites", "pupils", f"npsn:{NPSN}", "0", "--by", "kepala")
    session.refresh(cast.school)
    assert cast.school.pupils is None


SITES_REFUSED: list[tuple[tuple[str, ...], int, str]] = [
    (("X", "--kind", "home", *AT_KENANGA), 2, "'home' is not one of"),
    (("X", "--kind", "workplace"), 2, "Missing option"),
    (("X", "--kind", "workplace", "--lon", "east", "--lat", "1"), 2, "not a valid float"),
    (("X", "--kind", "workplace", "--lon", "0", "--lat", "0"), 1, "centre: This is not a place on earth"),
    (("X", "--kind", "workplace", "--lon", "nan", "--lat", "1"), 1, "centre:"),
    (("X", "--kind", "workplace", "--lon", "107", "--lat", "91"), 1, "centre:"),
    (("X", "--kind", "workplace", *AT_KENANGA, "--radius", "5000"), 1, "radius_m:"),
    (("X", "--kind", "workplace", *AT_KENANGA, "--npsn", "20219399"), 1, "npsn: Only a school has an NPSN."),
    (("X", "--kind", "school", *AT_KENANGA, "--npsn", "123"), 1, "npsn: An NPSN has 8 digits."),
    (("X", "--kind", "school", *AT_KENANGA, "--npsn", NPSN), 1, f"NPSN {NPSN} already belongs to another site."),
    ((" ", "--kind", "school", *AT_KENANGA), 1, "name:"),
    (("X", "--kind", "school", *AT_KENANGA, "--rw", "x"), 1, "rw:"),
]


def test_sites_that_cannot_be_added(run: Run, session: Session, cast: Cast) -> None:
    for words, exit_code, said in SITES_REFUSED:
        assert said in add(run, *words, exit_code=exit_code).stderr
    assert len(session.scalars(select(Site)).all()) == 2


@pytest.fixture
def shop(session: Session, cast: Cast) -> Site:
    """A workplace in Kenanga that nobody has confirmed, where Pak Budi volunteers."""
    made = make_site(session, "Pasar Kenanga", IN_KENANGA, confirmed=False)
    make_account(session, "petugas.kenanga", "officer@32.99.01.1002")
    make_account(session, "petugas.barat", "officer@32.99.01")
    make_account(session, "petugas.pasar", f"officer@site:{made.uuid}")
    make_account(session, "petugas.relawan", "officer@32.99.01.1002", f"volunteer@site:{made.uuid}")
    make_account(session, "admin", "administrator@32.99")
    return made


CONFIRMERS = {"petugas.kenanga": True, "petugas.barat": True, "petugas.pasar": True, "petugas.relawan": False, "admin": False,
              "pak.lurah": False, "pak.budi": False, "bu.guru": False, "citra": False}  # fmt: skip
MOVERS = CONFIRMERS | {"admin": True}


def test_who_confirms_a_site(run: Run, session: Session, shop: Site) -> None:
    for name, may in CONFIRMERS.items():
        shop.confirmed_at = shop.confirmed_by = None
        result = run("sites", "confirm", f"site:{shop.uuid}", "--by", name, exit_code=0 if may else 1)
        assert (shop.confirmed_at is not None) is may, name
        if may:
            assert result.stdout == f"site:{shop.uuid} confirmed\n"
        else:
            assert "Hanya petugas wilayah itu" in result.stderr


def test_a_principal_confirms_her_school(run: Run, session: Session, cast: Cast) -> None:
    make_account(session, "bu.kepala", f"principal@npsn:{NPSN}")
    cast.school.confirmed_at = cast.school.confirmed_by = None
    assert run("sites", "confirm", f"npsn:{NPSN}", "--by", "bu.kepala").stdout == f"npsn:{NPSN} confirmed\n"
    run("sites", "move", f"npsn:{NPSN}", *AT_KENANGA, "--by", "bu.kepala", exit_code=1)


def test_who_moves_a_site(run: Run, session: Session, shop: Site) -> None:
    for number, (name, may) in enumerate(MOVERS.items()):
        to = ("--lon", str(IN_KENANGA.lon + number / 10_000), "--lat", str(IN_KENANGA.lat + 0.0001))
        circles = session.scalars(select(SiteCircle.id).where(SiteCircle.site_id == shop.id)).all()
        result = run("sites", "move", f"site:{shop.uuid}", *to, "--by", name, exit_code=0 if may else 1)
        now = session.scalars(select(SiteCircle.id).where(SiteCircle.site_id == shop.id)).all()
        assert len(now) == len(circles) + may, name
        if may:
            assert result.stdout == f"site:{shop.uuid} moved\n"


TOUCHES_REFUSED: list[tuple[tuple[str, ...], int, str]] = [
    (("confirm", f"npsn:{NPSN}"), 2, "Missing option '--by'"),
    (("confirm", f"npsn:{NPSN}", "--by", "nobody"), 1, "There is no account with the username nobody."),
    (("confirm", "npsn:99999999", "--by", "pak.lurah"), 1, "There is no school with NPSN 99999999."),
    (("confirm", MELATI, "--by", "pak.lurah"), 2, f"'{MELATI}' is no site; say site:UUID or npsn:12345678."),
    (("confirm", "site:x", "--by", "pak.lurah"), 1, "place:"),
    (("move", f"npsn:{NPSN}", "--lon", "0", "--lat", "0", "--by", "lurah.teratai"), 1, "centre: This is not a place on earth"),
    (("move", f"npsn:{NPSN}", "--by", "pak.lurah"), 2, "Missing option '--lon'"),
]


def test_sites_that_cannot_be_touched(run: Run, session: Session, cast: Cast) -> None:
    make_account(session, "lurah.teratai", f"lurah@{TERATAI}")
    for words, exit_code, said in TOUCHES_REFUSED:
        assert said in run("sites", *words, exit_code=exit_code).stderr


def test_every_command_helps_with_an_example(app: Flask) -> None:
    for command in ("sites add", "sites confirm", "sites move", "sites list"):
        shown = app.test_cli_runner().invoke(sabuk, [*command.split(), "--help"])
        assert f"Example: sabuk {command}" in " ".join(shown.stdout.split())


def test_a_table_is_imported_with_a_line_for_each_row(run: Run, session: Session, cast: Cast, tmp_path: Path) -> None:
    file = tmp_path / "sekolah.csv"
    file.write_text(f"npsn,nama,lintang,bujur\n20219399,SDN Kenanga 2,{IN_KENANGA.lat},{IN_KENANGA.lon}\n1,SDN Salah,x,y\n")
    told = run("sites", "import", str(file), "--dry-run").stdout
    assert told.splitlines()[-1] == "Dry run, nothing was changed. 2 rows: 1 added, 1 refused."
    assert places.site_by_npsn(session, "20219399") is None
    told = run("sites", "import", str(file)).stdout
    assert "is not 8 digits" in told
    assert told.splitlines()[-1] == "2 rows: 1 added, 1 refused."
    assert run("sites", "import", str(file)).stdout.splitlines()[-1] == "2 rows: 1 unchanged, 1 refused."
