"""From the sign-up to the kelurahan's number and back, on a phone and on a desk, as people go."""

from __future__ import annotations

import re
from collections.abc import Callable

from playwright.sync_api import expect

from tests.browser.flows.conftest import SCHOOL, Circle, City
from tests.browser.flows.officers import (
    card_of,
    has_been_looked_at,
    litter_picked,
    on_the_board,
    stamps_by_keyboard,
    stamps_by_touch,
    takes_back,
)
from tests.browser.visitors import Visitor
from tests.media.pictures import jpeg

Visit = Callable[..., Visitor]


def test_a_stamp_moves_belt_board_and_number_and_its_end_moves_them_back(
    visitor: Visit, width: str, town: City, school: Circle, new_name: Callable[[], str]
) -> None:
    name = new_name()
    siti, officer, reader = visitor(width, at=school.away(40)), visitor(width), visitor(width)
    siti.signs_up(f"Siti {name}", name, SCHOOL)
    siti.sees("Sabuk putih datang dengan cap pertama")
    before = litter_picked(reader)
    assert on_the_board(reader, f"Siti {name}") is None

    siti.logs()
    siti.sees(f"40 m dari {school.name}, akurasi 8 m: di dalam batas")
    siti.fills(bags_large="2")
    siti.attaches(jpeg(seed=int(width)))
    action = siti.saves()
    siti.sees("Menunggu cap")
    siti.sees(f"40 m dari {school.name}")
    assert has_been_looked_at(siti, action)["status"] == "waiting"

    officer.signs_in("petugas", town.password("petugas"))
    stamp = stamps_by_keyboard if width == "1280" else stamps_by_touch
    stamp(officer, f"Siti {name}")
    officer.sees("1 aksi dicap.")

    siti.opens("/saya")
    siti.sees("Sabuk Putih")
    siti.opens("/buku")
    siti.sees("1 aksi sudah dicap")
    assert litter_picked(reader) == before + 1
    assert on_the_board(reader, f"Siti {name}") is not None
    siti.opens("/peringkat")
    siti.sees("Anda dan tetangga bulan ini")
    expect(siti.page.locator("[aria-labelledby=anda] [data-mine]")).to_contain_text(f"Siti {name}")

    takes_back(officer, "Salah orang.")
    siti.opens("/saya")
    siti.sees("Sabuk putih datang dengan cap pertama")
    assert litter_picked(reader) == before
    assert on_the_board(reader, f"Siti {name}") is None
    siti.opens(f"/aksi/{action}")
    siti.sees("Salah orang.")


def test_outside_the_circle_is_held_with_the_metres_and_an_officer_decides(
    visitor: Visit, width: str, town: City, school: Circle, new_name: Callable[[], str]
) -> None:
    name = new_name()
    asep, officer = visitor(width, at=school.away(380)), visitor(width)
    asep.signs_up(f"Asep {name}", name, SCHOOL)
    asep.logs()
    asep.sees(re.compile(r"38\d\sm dari .*; batasnya 200\sm. Petugas akan memeriksanya"))
    asep.attaches(jpeg(seed=10 + int(width)))
    action = asep.saves()
    asep.sees("Perlu diperiksa dulu")
    asep.sees(re.compile(rf"38\d m dari {school.name}, akurasi 8 m; batasnya 200 m"))
    has_been_looked_at(asep, action)

    officer.signs_in("petugas", town.password("petugas"))
    card = card_of(officer, f"Asep {name}")
    expect(card).to_contain_text(re.compile(r"38\d m dari"))
    card.get_by_label("Mengapa tetap Anda cap?").fill("Saya lihat sendiri di tepi lapangan.")
    card.get_by_role("button", name="Loloskan dan cap").click()
    officer.sees("1 aksi dicap.")
    asep.opens(f"/aksi/{action}")
    asep.sees("Saya lihat sendiri di tepi lapangan.")


def test_what_nobody_has_stamped_can_be_withdrawn(
    visitor: Visit, width: str, town: City, school: Circle, new_name: Callable[[], str]
) -> None:
    name = new_name()
    dewi, officer = visitor(width, at=school.away(10)), visitor(width)
    dewi.signs_up(f"Dewi {name}", name, SCHOOL)
    dewi.logs()
    dewi.sees("di dalam batas")
    dewi.attaches(jpeg(seed=20 + int(width)))
    action = dewi.saves()
    dewi.follows("Batalkan catatan ini")
    dewi.presses("Ya, batalkan")
    dewi.arrives(f"/aksi/{action}")
    dewi.sees("Dibatalkan")
    officer.signs_in("petugas", town.password("petugas"))
    officer.opens("/meja")
    expect(officer.page.locator("main")).not_to_contain_text(f"Dewi {name}")


def test_without_script_the_same_way_leads_to_the_number(
    visitor: Visit, town: City, school: Circle, new_name: Callable[[], str]
) -> None:
    name = new_name()
    eko, officer, reader = (visitor(script=False) for _ in range(3))
    eko.signs_up(f"Eko {name}", name, SCHOOL)
    before = litter_picked(reader)
    eko.logs()
    eko.page.get_by_label(f"Di {school.name}").check()
    eko.fills(bags_large="1")
    eko.attaches(jpeg(seed=40))
    action = eko.saves()
    eko.sees("Menunggu cap")
    has_been_looked_at(eko, action)
    officer.signs_in("petugas", town.password("petugas"))
    stamps_by_touch(officer, f"Eko {name}")
    officer.sees("1 aksi dicap.")
    assert litter_picked(reader) == before + 1
    assert on_the_board(reader, f"Eko {name}") is not None
    eko.opens("/saya")
    eko.sees("Sabuk Putih")
    takes_back(officer, "Salah orang.")
    assert litter_picked(reader) == before
