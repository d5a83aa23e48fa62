"""Changing a programme as an administrator does it, and how the pages of rules, log, jobs and reviews look."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, StorageState, expect
from sqlalchemy import select

from app.actions.models import Action
from app.actions.rules.words import Status
from app.core.clock import DEFAULT_ZONE, local_day, utc_now
from app.database import db
from app.database.transaction import write_transaction
from app.integrity.models import PhotoSignal
from app.integrity.rules import SignalKind
from app.jobs.models import Job
from app.people.models import Person
from app.reviews.models import Review
from tests.browser.conftest import DESK, PHONE, Look
from tests.browser.visitors import Visitor, sign_ins
from tests.conftest import application
from tests.serving import Server


@pytest.fixture(scope="module")
def admin_state(browser: Browser, demo_site: Server) -> StorageState:
    """What the browser of the demo's administrator remembers once they are signed in."""
    context = browser.new_context(locale="id")
    admin = Visitor(context.new_page(), demo_site.url)
    admin.signs_in("admin", sign_ins(demo_site.log.parent)["admin"][0])
    state = context.storage_state()
    context.close()
    return state


@pytest.fixture
def admin_at(browser: Browser, demo_site: Server, admin_state: StorageState) -> Iterator[Callable[..., Visitor]]:
    """The demo's administrator at a window of that size, with script on or off."""
    contexts: list[BrowserContext] = []

    def sits_down(size: tuple[int, int], *, script: bool) -> Visitor:
        viewport: Any = {"width": size[0], "height": size[1]}
        contexts.append(
            browser.new_context(viewport=viewport, locale="id", java_script_enabled=script, storage_state=admin_state)
        )
        return Visitor(contexts[-1].new_page(), demo_site.url)

    yield sits_down
    for context in contexts:
        context.close()


@pytest.fixture
def admin(admin_at: Callable[..., Visitor]) -> Visitor:
    """The demo's administrator at a desk, with script off."""
    return admin_at(DESK, script=False)


@pytest.fixture(scope="module")
def troubles(demo_site: Server) -> int:
    """What goes wrong in a city: jobs that fail, and a stamped action that shows what an earlier one showed. Its review."""
    instance = demo_site.log.parent
    now = utc_now()
    made = application(f"sqlite:///{instance / 'sabuk.sqlite3'}", instance)
    with made as app, app.app_context(), write_transaction(db.session()) as session:
        asked_for = {"payload": {}, "created_at": now - timedelta(hours=5), "run_after": now - timedelta(hours=1)}
        full = "OSError: [Errno 28] No space left on device: 'photos/4f/4f0c6c51e9d6a7b0'"
        session.add(Job(kind="media.derive", attempts=10, dead_at=now, last_error=full, **asked_for))
        session.add(Job(kind="integrity.inspect", attempts=10, dead_at=now, **asked_for))
        again = {**asked_for, "run_after": now + timedelta(minutes=40)}
        session.add(Job(kind="notices.push", attempts=4, last_error="TimeoutError: timed out", **again))
        stamped = select(Action).join(Person, Person.id == Action.person_id).where(Action.status == Status.STAMPED)
        earlier, later = session.scalars(stamped.where(Person.name == "Pak Budi").order_by(Action.observed_at).limit(2))
        for kind, place, values in ((SignalKind.REPEATED, 0, {}), (SignalKind.TIME_OFF, 1, {"minutes": 200})):
            session.add(PhotoSignal(action_id=later.id, kind=kind, place=place, values=values, rules_version=1, found_at=now,
                                    other_action_id=earlier.id if kind is SignalKind.REPEATED else None))  # fmt: skip
        review = Review(action_id=later.id, opened_at=now)
        session.add(review)
        session.flush()
        return review.id


def change(page: Page, *replacements: tuple[str, str]) -> None:
    """Put other words into the file that stands on the page, folded away below the fields."""
    if not page.locator("textarea[name=text]").is_visible():
        page.get_by_text("Semua aturan (YAML)").click()
    text = page.locator("textarea[name=text]")
    content = text.input_value()
    for before, after in replacements:
        assert before in content
        content = content.replace(before, after, 1)
    text.fill(content)


def lower_a_belt(page: Page) -> None:
    """Green from 14 actions, with other stripes before it, and a smaller circle."""
    change(page, ("threshold: 25", "threshold: 14"), ("[7, 13, 19]", "[7, 10, 12]"), ("radius_m: 200", "radius_m: 150"))


def show_differences(page: Page) -> None:
    lower_a_belt(page)
    page.get_by_role("button", name="Periksa dan lihat perbedaannya").click()
    expect(page.get_by_role("button", name=re.compile("Terapkan versi"))).to_be_visible()


def show_errors(page: Page) -> None:
    change(page, ("radius_m: 200", "radius_m: banyak"), ("minutes_apart: 30", "menit_antara: 30"))
    page.get_by_role("button", name="Periksa dan lihat perbedaannya").click()
    expect(page.locator("main")).to_contain_text("menit_antara")


@pytest.mark.long
def test_pages_of_rules_are_legible_and_without_barriers(demo_site: Server, admin_state: StorageState, look: Look) -> None:
    looks: list[tuple[str, str, Callable[[Page], None] | None]] = [
        ("/admin/program", "program", None),
        ("/admin/program/gps/versi/1", "program-versi", lambda page: page.locator("summary").click()),
        ("/admin/program/gps/ubah", "program-ubah", None),
        ("/admin/program/tambah-program", "program-tambah", None),
        ("/admin/program/kunci", "program-kunci", None),
        ("/admin/program/gps/ubah", "program-perbedaan", show_differences),
    ]
    for path, name, before in looks:
        look(demo_site.url + path, f"admin-{name}", before=before, storage_state=admin_state)
    look(demo_site.url + "/admin/program/gps/ubah?lang=en", "admin-program-ubah-en", storage_state=admin_state, locale="en")


@pytest.mark.long
def test_log_jobs_and_reviews_are_legible_and_without_barriers(
    demo_site: Server, browser: Browser, admin_state: StorageState, troubles: int, look: Look
) -> None:
    for path, name in (
        ("/admin/riwayat", "riwayat"),
        ("/admin/pekerjaan", "pekerjaan"),
        ("/admin/keadaan", "keadaan"),
        ("/admin/tinjauan", "tinjauan"),
    ):
        look(demo_site.url + path, f"admin-{name}", storage_state=admin_state)
    look(demo_site.url + "/admin/pekerjaan?lang=en", "admin-pekerjaan-en", storage_state=admin_state, locale="en")
    look(
        demo_site.url + "/admin/riwayat?pelaku=siapa&dari=2026-11-01",
        "admin-riwayat-salah",
        status=422,
        storage_state=admin_state,
    )
    look(demo_site.url + "/admin/riwayat?dari=2190-01-01", "admin-riwayat-kosong", storage_state=admin_state)
    context = browser.new_context(locale="id")
    officer = Visitor(context.new_page(), demo_site.url)
    officer.signs_in("petugas", sign_ins(demo_site.log.parent)["petugas"][0])
    state = context.storage_state()
    context.close()
    look(demo_site.url + "/admin/tinjauan", "admin-tinjauan-petugas", storage_state=state)
    look(f"{demo_site.url}/admin/tinjauan/{troubles}", "admin-tinjauan-putuskan", storage_state=state)


def test_a_failed_job_is_tried_again(admin: Visitor, troubles: int) -> None:
    admin.opens("/admin/pekerjaan")
    failed = admin.page.get_by_role("listitem").filter(has_text="No space left on device")
    failed.get_by_role("button").click()
    admin.sees("segera dicoba lagi")
    admin.opens("/admin/riwayat?jenis=jobs.retry")
    admin.sees("(media.derive) diminta dicoba lagi.")


def test_a_programme_is_changed_from_tomorrow_on(admin: Visitor) -> None:
    tomorrow = local_day(utc_now(), DEFAULT_ZONE) + timedelta(days=1)
    admin.opens("/admin/program")
    admin.page.get_by_role("region", name=re.compile("Gerakan Pungut Sampah")).get_by_role("link", name="Ubah aturan").click()
    change(admin.page, ("radius_m: 200", "radius_m: banyak"))
    admin.presses("Periksa dan lihat perbedaannya")
    admin.sees("place.radius_m: Isi dengan angka.")
    change(admin.page, ("radius_m: banyak", "radius_m: 200"))
    lower_a_belt(admin.page)
    admin.presses("Periksa dan lihat perbedaannya")
    admin.sees("Sabuk Hijau, mulai dari hitungan")
    admin.sees(re.compile(r"Dari [\d.]+ orang dengan cap, [1-9][\d.]* naik sabuk, 0 turun sabuk"))
    admin.presses("Ubah lagi")
    expect(admin.page.locator("textarea[name=text]")).to_have_value(re.compile("threshold: 14"))
    admin.presses("Periksa dan lihat perbedaannya")
    apply = admin.page.get_by_role("button", name=re.compile("Terapkan versi 2 mulai"))
    apply.click()
    expect(apply).to_be_visible()  # the browser asks for the tick before anything is sent
    admin.page.get_by_label("Saya sudah membaca perbedaannya").check()
    apply.click()
    admin.arrives("/admin/program")
    admin.sees("Versi 2 diterapkan, berlaku mulai")
    admin.page.locator("a[href='/admin/program/gps/versi/2']").click()
    admin.sees("akan datang")
    admin.sees("200 m")
    admin.opens("/program/gps")
    admin.sees("Paling jauh 200 m")
    admin.sees(re.compile(rf"Versi 2, mulai \w+, {tomorrow.day} "))


@pytest.mark.parametrize(("size", "script", "longest"), [(PHONE, False, "60"), (DESK, True, "90")], ids=["plain", "script"])
def test_minutes_are_changed_by_a_field(
    admin_at: Callable[..., Visitor], size: tuple[int, int], script: bool, longest: str
) -> None:
    admin = admin_at(size, script=script)
    admin.opens("/admin/program/biopori/ubah")
    admin.page.get_by_label("Paling singkat (menit)").fill("100")
    admin.page.get_by_label("Paling lama (menit)").fill(longest)
    admin.presses("Lihat perbedaannya")
    admin.sees("Tidak boleh lebih lama daripada yang paling lama.")
    expect(admin.page.get_by_label("Paling lama (menit)")).to_have_value(longest)
    admin.page.get_by_label("Paling singkat (menit)").fill("15")
    admin.presses("Lihat perbedaannya")
    admin.sees(f"{longest} menit")
    admin.page.get_by_label("Saya sudah membaca perbedaannya").check()
    admin.page.get_by_role("button", name=re.compile("Terapkan versi")).click()
    admin.arrives("/admin/program")
    admin.page.get_by_role("region", name=re.compile("Biopori")).get_by_role("link", name=re.compile("^Versi")).first.click()
    admin.sees("akan datang")
    admin.sees(f"{longest} menit")
