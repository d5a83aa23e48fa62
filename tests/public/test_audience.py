"""What one more action changes for everybody at once names and locates nobody who is protected.

Every address that tells the public numbers is read before and after the same action: a pupil's, one of an adult who chose not to
be shown, and one of an adult who is alone in the kelurahan.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

import pytest

from app.stamping import service as stamping
from tests.factories.actions import NOW, body, fix_at, holes, record, stamp
from tests.factories.cast import NPSN, make_account
from tests.factories.city import CITY, IN_MELATI, IN_TERATAI, MELATI, TERATAI, WEST

END_OF_TUESDAY = datetime(2026, 11, 17, 17, tzinfo=UTC)
BOARD = "/api/v1/programmes/{programme}/leaderboard?scope={scope}&subject={subject}"
PLACES = (f"city:{CITY}", f"kelurahan:{MELATI}", f"kelurahan:{TERATAI}")


def papers() -> list[str]:
    """Boards, facts, numbers, maps, files, sheets, the front page: everything without a sign-in that counts actions."""
    boards = [
        BOARD.format(programme="gps", scope=scope, subject=subject)
        for scope in PLACES
        for subject in ("person", "school", "kelurahan")
    ]
    boards += [f"/peringkat.csv?scope=kelurahan:{MELATI}", f"/peringkat.csv?scope=school:{NPSN}&subject=school&urut=per-jiwa"]
    boards += [f"/peringkat?scope=kecamatan:{WEST}", f"/peringkat?scope=school:{NPSN}&subject=school"]
    of_kelurahan = [
        path.format(code=code)
        for code in (MELATI, TERATAI)
        for path in (
            "/kelurahan/{code}",
            "/kelurahan/{code}/angka.csv",
            "/kelurahan/{code}/rekap.csv",
            "/kelurahan/{code}/fakta?programme=gps",
            "/api/v1/kelurahan/{code}/indicators",
            "/api/v1/kelurahan/{code}/facts?programme=gps",
            "/api/v1/kelurahan/{code}/facts?programme=biopori",
        )
    ]
    city = ["/", "/kota.csv?period=2026-11", "/kota", "/program/gps", "/api/v1/kelurahan.geojson?indicator=actions&programme=gps"]
    return [*boards, *of_kelurahan, *city, f"/kelurahan/{MELATI}/rekap", f"/kelurahan/{MELATI}/fakta.csv?programme=biopori"]


def read_all(page) -> dict[str, str]:
    """Address -> what everybody reads there, without what differs from answer to answer."""
    return {path: re.sub(r'nonce="[^"]*"|name="token" value="[^"]*"', "", page.get(path).text) for path in papers()}


def changed(before: dict[str, str], after: dict[str, str]) -> set[str]:
    return {path for path in before if before[path] != after[path]}


@pytest.fixture
def second_teacher(session, cast):
    return make_account(session, "guru.lain", f"teacher@npsn:{NPSN}")


def test_a_pupils_action_changes_nothing_before_the_next_day_has_ended(page, session, cast, clock, second_teacher, signed_in):
    clock.now = END_OF_TUESDAY - timedelta(seconds=1)
    before = read_all(page)
    action = record(session, cast.guru, body(on_behalf_of=str(cast.ani.uuid), fix=fix_at(IN_TERATAI), rw="02"))
    (result,) = stamp(session, second_teacher, action, note="dilihat")
    after = read_all(page)
    assert changed(before, after) == set()
    assert "SDN Teratai 1" in signed_in(cast.guru).get(f"/peringkat?scope=school:{NPSN}&subject=school").text
    check = f"/cek/{result.stamp.id}"
    assert "November" not in page.get(check).text.replace("18 November", "")
    assert "Teratai" not in page.get(check).text

    clock.now = END_OF_TUESDAY
    later = read_all(page)
    assert BOARD.format(programme="gps", scope=f"city:{CITY}", subject="school") in changed(before, later)
    assert '"value":1' in later[f"/api/v1/kelurahan/{TERATAI}/indicators"].replace(" ", "")
    assert not any(re.search(r"\bAni\b", text) for text in later.values())
    facts = page.get(f"/api/v1/kelurahan/{TERATAI}/facts?programme=gps").json
    assert [(fact["day"], fact["rw"], fact["school"]["npsn"]) for fact in facts["facts"]] == [("2026-11-16", None, NPSN)]
    assert "16 November 2026" in page.get(check).text


def test_a_void_before_that_is_never_seen(page, session, cast, clock, second_teacher):
    clock.now = END_OF_TUESDAY
    before = read_all(page)
    action = record(session, cast.guru, body(on_behalf_of=str(cast.ani.uuid), fix=fix_at(IN_TERATAI), rw="02"))
    (result,) = stamp(session, second_teacher, action, note="dilihat")
    stamping.void(session, result.stamp.id, second_teacher, reason="keliru", now=NOW + timedelta(hours=1))
    assert changed(before, read_all(page)) == set()


@pytest.mark.parametrize("kind", ["sqlite"], indirect=True)
def test_who_chose_not_to_be_shown_is_not_found_by_subtraction(page, session, cast, clock):
    """Bu Kader, hidden and alone, digs three holes in RW 05."""
    clock.now = END_OF_TUESDAY + timedelta(days=3)
    cast.kader.person.shown = False
    session.flush()
    before = read_all(page)
    stamp(session, cast.lurah, record(session, cast.kader, holes(3, rw="05", fix=fix_at(IN_MELATI))), note="dilihat")
    after = read_all(page)
    moved = changed(before, after)
    assert f"/api/v1/kelurahan/{MELATI}/facts?programme=biopori" in moved
    assert all("kelurahan" in path or path == "/" or path.startswith("/kota") for path in moved)
    for path in moved:
        new = [line for line in after[path].splitlines() if line not in before[path].splitlines()]
        assert "Kader" not in after[path]
        assert not re.search(r'RW 05|"rw": ?"05"|,05,|>05<', "\n".join(new)), path


@pytest.mark.parametrize("kind", ["sqlite"], indirect=True)
def test_who_is_alone_is_named_on_no_board_of_the_kelurahan(page, session, cast, clock):
    clock.now = END_OF_TUESDAY + timedelta(days=3)
    before = read_all(page)
    stamp(session, cast.lurah, record(session, cast.budi, body(rw="05")), note="dilihat")
    after = read_all(page)
    of_kelurahan = {path: text for path, text in after.items() if MELATI in path}
    assert not any("Budi" in text for text in of_kelurahan.values())
    assert "Budi" in after[BOARD.format(programme="gps", scope=f"city:{CITY}", subject="person")]
    for path in changed(before, after):
        new = [line for line in after[path].splitlines() if line not in before[path].splitlines()]
        assert not re.search(r'RW 05|"rw": ?"05"|,05,|>05<', "\n".join(new)), path
