"""What goes wrong is said in a sentence, and nothing that was written is lost."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.browser.flows.conftest import SCHOOL, Circle, City
from tests.browser.visitors import PASSWORD, Visitor
from tests.media.pictures import jpeg

Visit = Callable[..., Visitor]


def test_a_wrong_password_is_one_sentence_and_the_name_stays(visitor: Visit, town: City) -> None:
    wrong = visitor()
    wrong.signs_in("budi", "kucing")
    wrong.sees("atau kata sandi salah.")
    assert wrong.page.locator("[name=name]").input_value() == "budi"
    assert wrong.page.locator("[name=password]").input_value() == ""


@pytest.mark.long
def test_a_missing_photograph_is_told_and_hinders_nobody(visitor: Visit, school: Circle, new_name: Callable[[], str]) -> None:
    name = new_name()
    siti = visitor(at=school.away(15))
    siti.signs_up(f"Siti {name}", name, SCHOOL)
    siti.logs("biopori")
    siti.sees("akurasi 8 m")
    siti.fills(holes="2")
    siti.saves()
    siti.sees("Menunggu cap")
    siti.sees("Program meminta 1 foto; yang dikirim 0. Petugas akan memeriksanya.")


def test_what_is_no_photograph_names_its_field_and_keeps_the_rest(
    visitor: Visit, school: Circle, new_name: Callable[[], str]
) -> None:
    name = new_name()
    siti = visitor(at=school.away(15))
    siti.signs_up(f"Siti {name}", name, SCHOOL)
    siti.logs()
    siti.sees("di dalam batas")
    siti.fills(bags_large="3", note="Di depan gerbang.")
    siti.attaches(b"%PDF-1.7 is no photograph")
    siti.sees("Berkas itu bukan foto yang kami terima")
    assert siti.page.locator("[name=bags_large]").input_value() == "3"
    assert siti.page.locator("[name=note]").input_value() == "Di depan gerbang."
    siti.attaches(jpeg(seed=71))
    siti.saves()
    siti.sees("Di depan gerbang.")


@pytest.mark.long
def test_without_script_what_is_no_photograph_names_its_field(
    visitor: Visit, school: Circle, new_name: Callable[[], str]
) -> None:
    name = new_name()
    siti = visitor(script=False)
    siti.signs_up(f"Siti {name}", name, SCHOOL)
    siti.logs()
    siti.page.get_by_label(f"Di {school.name}").check()
    siti.fills(bags_large="3")
    siti.attaches(b"%PDF-1.7 is no photograph")
    siti.presses("Simpan aksi")
    siti.sees("Ini bukan foto yang kami terima.")
    assert siti.page.locator("[name=bags_large]").input_value() == "3"


def test_whose_session_has_ended_signs_in_beside_it_and_sends_what_was_written(
    visitor: Visit, school: Circle, new_name: Callable[[], str]
) -> None:
    name = new_name()
    siti, elsewhere = visitor(script=False), visitor()
    siti.signs_up(f"Siti {name}", name, SCHOOL)
    siti.logs()
    siti.page.get_by_label(f"Di {school.name}").check()
    siti.fills(bags_large="4", note="Ditulis sebelum sesi berakhir.")
    elsewhere.signs_in(name, PASSWORD)
    elsewhere.opens("/saya/akun")
    elsewhere.presses("Keluar dari semua perangkat")

    siti.presses("Simpan aksi")
    siti.sees("Sesi Anda sudah berakhir, jadi ini belum tersimpan.")
    with siti.page.context.expect_page() as opened:
        siti.follows("Masuk di tab baru")
    beside = Visitor(opened.value, siti.url, script=False)
    beside.fills(name=name, password=PASSWORD)
    beside.presses("Masuk")
    siti.presses("Kirim lagi")
    # The new session has a guard of its own, so it is asked once more.
    siti.sees("Kirim lagi")
    siti.presses("Kirim lagi")
    siti.sees("Ditulis sebelum sesi berakhir.")
    siti.sees("Menunggu cap")


def test_what_is_not_there_and_what_is_not_ones_own_look_alike(
    visitor: Visit, school: Circle, new_name: Callable[[], str]
) -> None:
    name = new_name()
    siti, other = visitor(at=school.away(15)), visitor()
    siti.signs_up(f"Siti {name}", name, SCHOOL)
    siti.logs()
    siti.sees("di dalam batas")
    action = siti.saves()
    other.signs_up(f"Lain {name}", f"{name}.l", SCHOOL)
    other.opens(f"/aksi/{action}")
    forbidden = other.page.locator("main p").first.inner_text()
    other.opens("/aksi/7e57d004-2b97-4e7a-b45f-5387367791cd")
    assert other.page.locator("main p").first.inner_text() == forbidden
