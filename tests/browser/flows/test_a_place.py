"""Somebody new finds their place by themselves: asked for, confirmed, and their first action counts there."""

from __future__ import annotations

from collections.abc import Callable

from tests.browser.flows.conftest import Circle, City
from tests.browser.flows.officers import stamps_by_touch
from tests.browser.visitors import PASSWORD, Visitor

Visit = Callable[..., Visitor]


def test_from_the_first_page_to_a_stamped_action_at_ones_own_place(
    visitor: Visit, town: City, school: Circle, new_name: Callable[[], str]
) -> None:
    name = new_name()
    full_name = f"Rini {name}"
    rini, principal, officer = visitor(at=school.away(40)), visitor(), visitor()
    rini.opens("/masuk")
    rini.follows("Belum punya akun")
    rini.page.get_by_label("Saya berusia 18 tahun atau lebih").check()
    rini.presses("Lanjutkan")
    rini.fills(full_name=full_name, name=name, password=PASSWORD, again=PASSWORD)
    rini.page.get_by_label("Tampilkan nama saya").check()
    rini.presses("Buat akun")
    rini.presses("Cari di sekitar saya")
    rini.presses(f"Minta bergabung dengan {school.name}")
    rini.sees(f"Menunggu: {school.name}")
    rini.logs()
    action = rini.saves()
    rini.sees("Menunggu cap")

    principal.signs_in("kepala.sekolah", town.password("kepala.sekolah"))
    principal.opens("/anggota")
    principal.presses(f"Terima {full_name} di {school.name}")
    principal.sees("Diterima.")
    rini.opens(f"/aksi/{action}")
    rini.sees(f"40 m dari {school.name}")
    officer.signs_in("petugas", town.password("petugas"))
    stamps_by_touch(officer, full_name)
    officer.sees("1 aksi dicap.")
    rini.opens("/saya")
    rini.sees("Sabuk Putih")
