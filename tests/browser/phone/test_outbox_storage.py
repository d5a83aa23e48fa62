"""What is kept is kept whole: a full phone, other versions of the stores, and the outbox as a file."""

from __future__ import annotations

import base64
import hashlib
import json
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Error, Route, expect

from app.settings import ROOT
from tests.browser.phone.house import House, Phone, Phones, action_body, new_id, row
from tests.media.pictures import jpeg, name_of


def test_a_full_phone_keeps_nothing_by_halves(house: House, make_phone: Phones) -> None:
    phone = make_phone()
    page = phone.opens()
    quota = phone.context.new_cdp_session(page)
    quota.send("Storage.overrideQuotaForOrigin", {"origin": house.url, "quotaSize": 1})
    refused, entry = new_id(), action_body(25)
    with pytest.raises(Error, match="no room left on this phone"):
        phone.keeps(entry, jpeg(540), jpeg(541), account=house.budi, action_id=refused)
    quota.send("Storage.overrideQuotaForOrigin", {"origin": house.url})
    assert phone.entries() == []
    assert phone.photos(refused) == 0
    assert phone.keeps(entry, jpeg(540), account=house.budi, action_id=refused) == refused
    assert phone.photos(refused) == 1


def test_a_full_phone_still_sends_what_it_has(house: House, make_phone: Phones) -> None:
    """Sending is what makes room: nothing of it may need room first."""
    phone = make_phone()
    page = phone.signs_in()
    phone.context.set_offline(True)
    ids = [phone.keeps(action_body(n), jpeg(544 + n), account=house.budi) for n in (34, 35)]
    quota = phone.context.new_cdp_session(page)
    quota.send("Storage.overrideQuotaForOrigin", {"origin": house.url, "quotaSize": 1})
    phone.context.set_offline(False)
    phone.flushes(ask=True)
    phone.waits_until_empty()
    assert len(house.actions(*ids)) == 2
    quota.send("Storage.overrideQuotaForOrigin", {"origin": house.url})


def test_a_page_without_a_place_to_keep_anything_says_so(house: House, make_phone: Phones) -> None:
    """A private window of some browsers: IndexedDB is there and opens nothing."""
    phone = make_phone()
    phone.context.add_init_script("IDBFactory.prototype.open = () => { throw new DOMException('no', 'SecurityError'); };")
    page = phone.opens()
    expect(page.locator("[data-part=told]")).to_contain_text("tidak dapat menyimpan catatan di HP")
    expect(page.locator("outbox-list").get_by_role("button")).to_have_count(0)
    expect(page.locator("outbox-list").get_by_text("Muat berkas")).to_be_hidden()


@pytest.mark.long
def test_storage_that_the_browser_takes_away_is_opened_again(house: House, make_phone: Phones) -> None:
    """Cleared by the person or the browser while the page is open: the next record is kept all the same."""
    phone = make_phone()
    page = phone.signs_in()
    phone.context.set_offline(True)
    phone.keeps(action_body(36), account=house.budi)
    tools = phone.context.new_cdp_session(page)
    tools.send("Storage.clearDataForOrigin", {"origin": house.url, "storageTypes": "indexeddb"})
    kept = phone.keeps(action_body(36), jpeg(545), account=house.budi)
    assert [entry["id"] for entry in phone.entries()] == [kept]
    # Who was here was cleared with it.
    expect(page.locator("[data-part=signed-out]")).to_contain_text("1 catatan")


@pytest.mark.long
def test_a_look_that_failed_is_not_the_last(house: House, make_phone: Phones) -> None:
    """The storage may be taken away in the middle of a look."""
    phone = make_phone()
    page = phone.signs_in()
    phone.context.set_offline(True)
    page.evaluate(
        """() => {
             const list = document.querySelector("outbox-list"), { show } = list;
             list.show = async () => {
               list.show = show;
               throw new DOMException("The connection is closing.", "InvalidStateError");
             };
           }"""
    )
    kept = phone.keeps(action_body(37), account=house.budi)
    expect(page.locator(row(kept))).to_be_visible()


def test_a_connection_that_broke_is_made_anew(house: House, make_phone: Phones) -> None:
    """Some browsers lose the connection to the database and tell nobody."""
    phone = make_phone()
    page = phone.signs_in()
    page.evaluate("async () => (await (await import('/uji/store/store.js')).open()).close()")
    phone.context.set_offline(True)
    kept = phone.keeps(action_body(36), jpeg(546), account=house.budi)
    assert [entry["id"] for entry in phone.entries()] == [kept]


@pytest.mark.parametrize("count", [40, pytest.param(200, marks=pytest.mark.long)])
def test_many_records_can_be_looked_at_and_are_sent_with_few_requests(house: House, make_phone: Phones, count: int) -> None:
    phone = make_phone()
    page = phone.signs_in()
    phone.context.set_offline(True)
    content = base64.b64encode(jpeg(547)).decode()
    ids: list[str] = page.evaluate(
        """async ([body, account, text, count]) => {
          const { keepEntry } = await import("/uji/store/store.js");
          const bytes = Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0)).buffer;
          const kept = [];
          for (let n = 0; n < count; n++) {
            const entry = { account, programme: "gps", body: { ...body, note: `Nomor ${n}` } };
            kept.push((await keepEntry(entry, n % (count / 20) ? [] : [{ bytes, role: "after" }])).id);
          }
          return kept;
        }""",
        [action_body(37), house.budi, content, count],
    )

    rows = page.locator("[data-part=entries] [data-id]")
    expect(rows).to_have_count(count)
    loaded = page.evaluate(
        "() => [...document.querySelectorAll('[data-part=entries] img')].filter((each) => each.src !== 'data:,').length"
    )
    assert loaded < 20, "photographs are read when they are looked at"
    phone.context.set_offline(False)
    phone.flushes(ask=True)
    phone.waits_until_empty(seconds=120)
    assert len(house.actions(*ids)) == count
    assert len(phone.sent) == count + 20, "twenty photographs, and each record once"


def test_pressing_save_twice_keeps_the_first(house: House, make_phone: Phones) -> None:
    phone = make_phone()
    phone.opens()
    kept = phone.keeps(action_body(25), jpeg(542), account=house.budi)
    assert phone.keeps(action_body(25) | {"note": "again"}, account=house.budi, action_id=kept) == kept
    assert [entry["body"]["note"] for entry in phone.entries()] == ["Catatan 25"]
    assert phone.photos(kept) == 1


VERSION_1 = """async ([entry, bytes]) => {
  const request = indexedDB.open("sabuk", 1);
  request.onupgradeneeded = () => {
    const db = request.result;
    db.createObjectStore("entries", { keyPath: "id" });
    db.createObjectStore("photos", { keyPath: ["entry", "place"] });
    db.createObjectStore("drafts", { keyPath: "id" });
    db.createObjectStore("draft_photos", { keyPath: ["draft", "place"] });
    db.createObjectStore("receipts", { keyPath: "id" });
    db.createObjectStore("present");
  };
  const db = await new Promise((done, fail) => {
    request.onsuccess = () => done(request.result);
    request.onerror = () => fail(request.error);
    request.onblocked = () => fail("blocked");
  });
  const work = db.transaction(["entries", "photos"], "readwrite");
  work.objectStore("entries").add(entry);
  const [photo] = entry.body.photos;
  const raw = Uint8Array.from(atob(bytes), (letter) => letter.charCodeAt(0)).buffer;
  work.objectStore("photos").add({ entry: entry.id, place: 0, type: "image/jpeg", ...photo, bytes: raw });
  await new Promise((done) => { work.oncomplete = done; });
  db.close();
}"""


def newer(route: Route) -> None:
    """The modules as the next version might have them: another store, everything else as today."""
    name = route.request.url.partition("/next/")[2]
    source = (ROOT / "static" / "js" / name).read_text()
    if name == "store/database.js":
        assert "VERSION = 1;" in source
        assert "if (from < 1) {" in source
        source = source.replace("VERSION = 1;", "VERSION = 2;")
        source = source.replace("if (from < 1) {", 'if (from < 2) db.createObjectStore("added");\n  if (from < 1) {')
    route.fulfill(content_type="text/javascript", body=source)


def test_what_version_1_wrote_is_sent_by_the_next_and_can_still_be_read_by_it(house: House, make_phone: Phones) -> None:
    """The layout of version 1 stands here once more, so that nobody changes it unnoticed."""
    phone = make_phone()
    content = jpeg(543)
    phone.signs_in()
    page = phone.page
    page.goto(house.url + "/healthz")  # a page without scripts of ours
    page.evaluate("() => new Promise((done) => { indexedDB.deleteDatabase('sabuk').onsuccess = () => done(); })")
    entry = {
        "id": new_id(), "version": 1, "account": house.budi, "programme": "gps", "keptAt": "2026-11-20T01:00:00.000Z",
        "body": action_body(26) | {"photos": [{"sha256": name_of(content), "role": "after"}]},
        "state": "waiting", "problem": None, "tries": 0, "nextTryAt": 0, "declined": [],
    }  # fmt: skip
    page.evaluate(VERSION_1, [entry, base64.b64encode(content).decode()])
    phone.context.route("**/uji/next/**", newer)
    told: dict[str, Any] = page.evaluate("async () => (await import('/uji/next/send/send.js')).flush({ ask: true })")
    assert told["sent"] == [entry["id"]]
    assert len(house.actions(entry["id"])) == 1
    phone.keeps(action_body(27), account=house.budi)
    assert len(phone.entries()) == 1, "a page of version 1 that is still open goes on"


def saved(phone: Phone, folder: Path) -> Path:
    with phone.page.expect_download() as download:
        phone.page.get_by_role("button", name="Simpan ke berkas").click()
    path = folder / download.value.suggested_filename
    download.value.save_as(path)
    return path


def take_in(phone: Phone, file: Path) -> None:
    phone.page.locator("outbox-list input[type=file]").set_input_files(file)


@pytest.mark.long
def test_the_outbox_goes_to_another_phone_as_a_file_and_counts_once(house: House, make_phone: Phones, tmp_path: Path) -> None:
    broken = make_phone()
    broken.signs_in()
    broken.context.set_offline(True)
    ids = {broken.keeps(action_body(n), jpeg(550 + n), jpeg(560 + n), account=house.budi) for n in (28, 29)}
    file = saved(broken, tmp_path)

    teacher = make_phone()
    page = teacher.signs_in("bu.guru")
    take_in(teacher, file)
    expect(page.locator("[data-part=told]")).to_contain_text("2 catatan dimuat dari berkas")
    expect(page.locator("[data-part=others]")).to_contain_text("2")
    teacher.flushes(ask=True)
    assert house.actions(*ids) == [], "on the teacher's phone they still wait for their owner"
    take_in(teacher, file)
    expect(page.locator("[data-part=told]")).to_contain_text("0 catatan dimuat dari berkas; 2 sudah ada")
    teacher.signs_out()
    teacher.signs_in("pak.budi")
    teacher.waits_until_empty()
    assert len(house.actions(*ids)) == 2

    broken.context.set_offline(False)
    broken.flushes(ask=True)
    broken.waits_until_empty()
    take_in(teacher, file)
    teacher.waits_until_empty()
    assert {str(action.id) for action in house.actions(*ids)} == ids
    assert {str(action.recorded_by) for action in house.actions(*ids)} == {str(house.actions(*ids)[0].recorded_by)}


def test_a_file_that_was_changed_or_cut_is_refused(house: House, make_phone: Phones, tmp_path: Path) -> None:
    phone = make_phone()
    page = phone.signs_in()
    phone.context.set_offline(True)
    kept = phone.keeps(action_body(30), jpeg(570), account=house.budi)
    text = saved(phone, tmp_path).read_text()
    page.evaluate("async (id) => (await import('/uji/store/entry-store.js')).dropEntry(id)", kept)
    whole = json.loads(text)
    assert whole["format"] == "sabuk-kotak-keluar"
    spoilt = {
        "cut": text[: len(text) // 2],
        "minutes changed": text.replace('\\"minutes\\":15', '\\"minutes\\":45'),
        "an entry left out": json.dumps(whole | {"entries": []}),
        "not entries": json.dumps(whole | {"entries": [1]}),
    }
    assert spoilt["minutes changed"] != text
    for what, content in spoilt.items():
        (tmp_path / "spoilt.json").write_text(content)
        take_in(phone, tmp_path / "spoilt.json")
        expect(page.locator("[data-part=told]"), what).to_contain_text("terpotong atau sudah diubah")
        page.evaluate("() => { document.querySelector('[data-part=told]').textContent = ''; }")
    others = {"Ini bukan berkas": {"format": "x"}, "aplikasi yang lebih baru": whole | {"version": 2}}
    for sentence, content in others.items():
        (tmp_path / "other.json").write_text(json.dumps(content))
        take_in(phone, tmp_path / "other.json")
        expect(page.locator("[data-part=told]")).to_contain_text(sentence)
    assert phone.entries() == []
    (tmp_path / "whole.json").write_text(text)
    take_in(phone, tmp_path / "whole.json")
    expect(page.locator("[data-part=told]")).to_contain_text("1 catatan dimuat")
    assert [entry["id"] for entry in phone.entries()] == [kept]
    assert phone.photos(kept) == 1


def made_by_hand(*entries: dict[str, Any]) -> str:
    """A file whose every digest is right, whatever is in it."""
    parts = [{"content": text, "sha256": hashlib.sha256(text.encode()).hexdigest()} for text in map(json.dumps, entries)]
    whole = hashlib.sha256("\n".join(part["sha256"] for part in parts).encode()).hexdigest()
    return json.dumps({"format": "sabuk-kotak-keluar", "version": 1, "sha256": whole, "entries": parts})


def test_a_file_made_by_hand_runs_nothing_and_breaks_nothing(house: House, make_phone: Phones, tmp_path: Path) -> None:
    phone = make_phone()
    page = phone.signs_in()
    page.on("dialog", lambda dialog: pytest.fail(dialog.message))
    phone.context.set_offline(True)
    script = "<img src=x onerror=alert(1)>"
    content = jpeg(571)
    photo = {"type": "image/jpeg", "role": script, "base64": base64.b64encode(content).decode()}
    named = {"sha256": name_of(content), "role": script}
    whole = {
        "id": new_id(), "version": 1, "account": house.budi, "programme": script, "keptAt": "2026-11-20T01:00:00Z",
        "body": action_body(30) | {"note": script, "minutes": {"a": script}, "photos": [named]}, "photos": [photo],
    }  # fmt: skip
    broken = {
        "no time": {"keptAt": "yesterday"},
        "no time of the action": {"body": whole["body"] | {"captured_at": "yesterday"}},
        "no kind of photograph": {"photos": [photo | {"type": "text/html\nX: y"}]},
        "no id": {"id": "../../x"},
        "another photograph": {"photos": [photo | {"base64": base64.b64encode(jpeg(572)).decode()}]},
        "a list": {"photos": None},
    }
    told = page.locator("[data-part=told]")
    for what, change in broken.items():
        (tmp_path / "made.json").write_text(made_by_hand(whole | change))
        take_in(phone, tmp_path / "made.json")
        expect(told, what).to_contain_text("terpotong atau sudah diubah")
        page.evaluate("() => { document.querySelector('[data-part=told]').textContent = ''; }")
    assert phone.entries() == []
    (tmp_path / "made.json").write_text(made_by_hand(whole, whole))
    take_in(phone, tmp_path / "made.json")
    card = page.locator(f"[data-part=entries] [data-id='{whole['id']}']")
    expect(card).to_contain_text(script)
    phone.context.set_offline(False)
    phone.flushes(ask=True)
    expect(card).to_contain_text("Perlu diperbaiki")
    expect(card.locator("img")).to_have_count(1)
    assert house.actions(str(whole["id"])) == []
