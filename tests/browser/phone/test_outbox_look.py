"""How the outbox looks in each of its states: legible and without barriers, in both languages."""

from __future__ import annotations

import base64
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Look
from tests.browser.phone.house import House, Phone, Phones, action_body
from tests.media.pictures import jpeg


def with_everything(house: House, account: str | None) -> Callable[[Page], None]:
    """Puts an entry of each state, a draft and receipts onto the phone; nothing of it can be sent."""

    def prepare(page: Page) -> None:
        phone = Phone(page.context, house.url)
        # Somebody who never ends is sending.
        page.evaluate("() => { navigator.locks.request('sabuk-send', () => new Promise(() => {})); }")
        states = [
            {"state": "waiting"},
            {"state": "fix", "problem": {"status": 422, "errors": [
                {"field": "minutes", "code": "le", "message": "Paling banyak 1440."},
                {"field": "photos[0].sha256", "code": "x", "message": "Foto ini tidak dapat dibaca."}]}},
            {"state": "conflict", "problem": {"status": 409, "stored": True}},
            {"state": "full", "problem": {"status": 507}, "nextTryAt": 1795400000000},
            {"state": "fix", "problem": {"status": 413, "errors": []}},
            {"state": "full", "problem": {"status": 422, "errors": [{"field": "sent_at", "code": "year", "message": "x"}]}},
        ]  # fmt: skip
        for number, change in enumerate(states):
            kept = phone.keeps(action_body(number), *[jpeg(700 + number)] * (number % 2), account=account)
            page.evaluate(
                "async ([id, change]) => (await import('/uji/store/entry-store.js')).changeEntry(id, change)", [kept, change]
            )
        phone.keeps(action_body(5), account=None)
        phone.keeps(action_body(6), account="00000000-0000-4000-8000-000000000000")
        page.evaluate(
            """async (account) => {
              const { keepDraft } = await import("/uji/store/store.js");
              const { settleEntry } = await import("/uji/store/entry-store.js");
              await keepDraft({ id: "d1", account, programme: "biopori", body: {} });
              const finding = (code, level, sentence) => ({ code, level, sentence });
              const told = { account, programme: "gps", observedAt: "2026-11-20T00:05:00Z", sentAt: Date.now() };
              const day = finding("day_programme", "ok", "Jumat, 20 November 2026: hari program.");
              await settleEntry({ ...told, id: crypto.randomUUID(), status: "waiting", findings: [day] });
              const clock = finding("clock_wrong", "hold", "Jam HP terlambat 48 jam, jadi waktunya tidak pasti. Ditahan.");
              const place = finding("place", "look");
              await settleEntry({ ...told, id: crypto.randomUUID(), status: "held", findings: [day, clock, place] });
            }""",
            account,
        )
        page.wait_for_timeout(500)

    return prepare


def test_the_outbox_in_every_state(house: House, make_phone: Phones, look: Look) -> None:
    phone = make_phone()
    phone.signs_in()
    signed_in = phone.context.storage_state()
    budi = house.budi

    def prepared(page: Page) -> None:
        with_everything(house, budi)(page)
        page.locator("[data-do=discard]:visible").first.click()

    address = f"{house.url}/kotak-keluar"
    look(address, "kotak-keluar", storage_state=signed_in, before=prepared)
    look(address + "?lang=en", "kotak-keluar-en", storage_state=signed_in, before=prepared)
    look(address, "kotak-keluar-kosong", storage_state=signed_in)
    look(address, "kotak-keluar-tanpa-akun", before=with_everything(house, budi))
    look(f"{house.url}/saya", "kotak-keluar-di-halaman-lain", storage_state=signed_in, before=with_everything(house, budi))


REFUSED = """async ([account, text]) => {
  const { keepDraft } = await import("/uji/store/store.js");
  const errors = [
    { field: "minutes", code: "le", message: "Paling banyak 180." },
    { field: "measures.bags_small", code: "le", message: "Paling banyak 200." },
    { field: "fix.lon", code: "x", message: "Posisi ini di luar Indonesia." },
    { field: "photos[0].sha256", code: "x", message: "Foto ini tidak dapat dibaca." },
  ];
  const told = "Server belum menerima catatan ini. Perbaiki yang di bawah ini, lalu simpan lagi.";
  const fix = { lon: 112.7521, lat: -7.2575, accuracy_m: 12, source: "device", fixed_at: "2026-11-20T00:05:00Z" };
  const measures = { bags_small: 300, kg: 3.5, kg_method: "estimated" };
  const body = { captured_at: "2026-11-20T07:05:00+07:00", minutes: 999, fix, measures, note: "Depan balai RW", photos: [{}] };
  const bytes = Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0)).buffer;
  await keepDraft({ id: "refused", account, programme: "gps", body, problem: { status: 422, errors, told } }, [{ bytes }]);
}"""


@pytest.mark.long
def test_a_refused_record_opened_again(house: House, make_phone: Phones, look: Look) -> None:
    phone = make_phone()
    phone.signs_in()
    signed_in = phone.context.storage_state()
    budi = house.budi

    def opened(page: Page) -> None:
        Phone(page.context, house.url)
        page.evaluate(REFUSED, [budi, base64.b64encode(jpeg(710)).decode()])
        page.goto(f"{house.url}/catat?program=gps&draf=refused")
        page.wait_for_selector("form .errors")

    look(f"{house.url}/kota", "perbaiki", storage_state=signed_in, before=opened)


@pytest.mark.long
def test_clearing_asks_about_drafts(house: House, make_phone: Phones, look: Look) -> None:
    phone = make_phone()
    phone.signs_in()
    signed_in = phone.context.storage_state()

    def asked(page: Page) -> None:
        Phone(page.context, house.url)
        page.evaluate(REFUSED, [house.budi, base64.b64encode(jpeg(710)).decode()])
        running = (
            "async (account) => (await import('/uji/store/store.js'))"
            ".keepDraft({ id: 'r', account, programme: 'gps', body: {}, %s })"
        )
        page.evaluate(running % "run: { start: 1795400000000 }", house.budi)
        ended = (
            "async (account) => (await import('/uji/store/store.js'))"
            ".keepDraft({ id: 'e', account, programme: 'ended', body: {} })"
        )
        page.evaluate(ended, house.budi)
        page.locator("[data-part=drafts] [data-do=drop_draft]").first.click()
        page.locator("[data-do=clear]").click()

    look(f"{house.url}/kotak-keluar", "bersihkan", storage_state=signed_in, before=asked)


def test_without_script_the_page_explains_itself(house: House, make_phone: Phones) -> None:
    page = make_phone(java_script_enabled=False).opens()
    # Chromium under test reads <noscript> as text, whatever is switched off.
    assert "JavaScript dimatikan" in page.locator("noscript").inner_text()
    expect(page.get_by_role("heading", name="Begini caranya")).to_be_visible()
    expect(page.get_by_role("button")).to_have_count(0)
