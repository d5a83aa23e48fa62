"""How people get in: from post to post down the chain, and again with a lost password."""

from __future__ import annotations

import re
from collections.abc import Callable

from playwright.sync_api import expect

from tests.browser.flows.conftest import SCHOOL, Circle, City
from tests.browser.flows.officers import has_been_looked_at, stamps_by_touch
from tests.browser.visitors import PASSWORD, Visitor
from tests.media.pictures import jpeg

Visit = Callable[..., Visitor]


def test_down_the_chain_from_the_lurah_to_a_cadre_whose_holes_are_stamped(
    visitor: Visit, width: str, town: City, school: Circle, new_name: Callable[[], str]
) -> None:
    lurah, head, cadre = visitor(width), visitor(width), visitor(width, at=school.away(20))
    lurah.signs_in("pak.lurah", town.password("pak.lurah"))
    lurah.opens("/undang/coordinator")
    head_name, cadre_name = new_name(), new_name()
    link = _invites(lurah, "Ibu Ketua")
    _accepts(head, link, head_name)
    head.arrives(link.removeprefix(town.url))
    number = head.page.locator(".one-time-code").inner_text()
    _confirms(lurah, head_name, number)
    head.opens("/undang/cadre")
    head.fills(rw="3")
    head.page.get_by_label("PKK", exact=True).check()
    _accepts(cadre, _invites(head, f"Ibu {cadre_name}"), cadre_name)
    cadre.arrives("/saya")

    cadre.logs("biopori")
    cadre.sees("akurasi 8 m")
    cadre.fills(holes="3")
    cadre.attaches(jpeg(seed=50 + int(width)))
    action = cadre.saves()
    cadre.sees("Menunggu cap")
    has_been_looked_at(cadre, action)
    stamps_by_touch(head, f"Ibu {cadre_name}")
    head.sees("1 aksi dicap.")
    cadre.opens("/saya")
    cadre.sees("Sabuk Putih")


def _invites(inviter: Visitor, name: str) -> str:
    """The link of an invitation."""
    inviter.fills(name=name)
    inviter.presses("Buat undangan")
    return inviter.page.locator("[name=link]").input_value().strip()


def _accepts(visitor: Visitor, link: str, name: str) -> None:
    visitor.page.goto(link)
    visitor.fills(name=name, password=PASSWORD, again=PASSWORD)
    visitor.page.get_by_label("Tampilkan nama saya").check()
    visitor.page.get_by_label("Saya berusia 18 tahun atau lebih").check()
    visitor.presses("Terima undangan")


def _confirms(inviter: Visitor, name: str, number: str) -> None:
    """The post begins: both read the same number."""
    inviter.opens("/undang")
    taken = inviter.page.get_by_role("listitem").filter(has_text=name)
    expect(taken).to_contain_text(number)
    taken.get_by_role("button", name="Benar, beri jabatannya").click()
    inviter.sees("Jabatan berlaku mulai sekarang.")


def test_a_lost_password_is_chosen_anew_with_the_officers_code(
    visitor: Visit, width: str, town: City, new_name: Callable[[], str]
) -> None:
    name = new_name()
    wati, officer = visitor(width), visitor(width)
    wati.signs_up(f"Wati {name}", name, SCHOOL)
    wati.page.context.clear_cookies()
    officer.signs_in("petugas", town.password("petugas"))
    officer.opens("/atur-ulang/kode")
    officer.fills(cari=f"Wati {name}")
    officer.presses("Cari")
    officer.presses(f"Buat kode untuk Wati {name}")
    code = officer.page.locator(".one-time-code").inner_text()
    wati.opens("/masuk")
    wati.follows("Lupa kata sandi")
    wati.fills(name=name, code=code, password="laut tenang pagi sore", again="laut tenang pagi sore")
    wati.presses("Simpan dan masuk")
    wati.arrives("/saya")
    again = visitor(width)
    again.signs_in(name, PASSWORD)
    again.sees("atau kata sandi salah.")
    again.signs_in(name, "laut tenang pagi sore")
    again.arrives("/saya")


def test_who_is_too_young_is_shown_the_way_through_the_school(visitor: Visit, width: str) -> None:
    ani = visitor(width)
    ani.opens("/daftar")
    ani.page.get_by_label("Saya belum berusia 18 tahun").check()
    ani.presses("Lanjutkan")
    ani.sees(re.compile("tidak perlu akun"))
    assert ani.page.context.cookies() == []
