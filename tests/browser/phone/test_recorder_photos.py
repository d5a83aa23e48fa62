"""Photographs of the recorder: from a camera or the gallery; small, upright, with what is known of them."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Iterator
from datetime import datetime
from typing import Any

import pytest
from PIL import Image
from pillow_heif import register_heif_opener
from playwright.sync_api import Browser, expect

from app.core.geo import Point
from tests import long
from tests.browser.conftest import CHROMIUM, FLAGS, PHONE
from tests.browser.phone.conftest import ALLOWED, MakeRecorder, Phone, recorder_of
from tests.browser.phone.proxy import Proxy
from tests.browser.phone.recording import Recorder, file
from tests.media.pictures import encoded, exif, jpeg, scene

MAX_BYTES, LONG_SIDE = 350 * 1024, 1600
TAKEN = datetime(2026, 11, 23, 7, 12, 30)  # noqa: DTZ001 - cameras know no zone
HERE = Point(107.61, -6.92)

register_heif_opener()


@pytest.fixture
def recorder(recorder: MakeRecorder) -> MakeRecorder:
    """The same, near the site."""

    def make(name: str = "budi", **change: Any) -> Recorder:
        budi = recorder(name, **change)
        budi.is_at(20, 9)
        return budi

    return make


@pytest.fixture
def with_camera(browser: Browser, signal: Proxy, passwords: dict[str, str]) -> Iterator[Recorder]:
    """A browser of its own, whose camera shows something that moves."""
    flags = [*FLAGS, "--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream"]
    chromium = browser.browser_type.launch(executable_path=CHROMIUM, args=flags)
    size: Any = {"width": PHONE[0], "height": PHONE[1]}
    room = chromium.new_context(**{"viewport": size, "locale": "id", **ALLOWED, "permissions": ["geolocation", "camera"]})
    mine = Phone(room, room.new_page(), signal)
    mine.signs_in("budi", passwords["budi"])
    budi = recorder_of(mine)
    budi.is_at(20, 9)
    yield budi
    chromium.close()


def test_the_camera_in_the_page_gives_small_photographs_with_time_and_place(with_camera: Recorder) -> None:
    budi = with_camera
    budi.opens()
    budi.presses("Mulai")
    budi.sees("Anda di dalam")
    budi.presses("Ambil foto")
    expect(budi.page.get_by_role("dialog", name="Kamera")).to_be_visible()
    budi.settles()
    assert len(budi.kept("drafts")) == 1, "a draft is there before the camera opens"
    budi.presses("Ambil fotonya")
    expect(budi.page.locator(".shots li")).to_have_count(1)
    expect(budi.page.get_by_role("dialog", name="Kamera")).to_be_hidden()
    budi.settles()
    [photo] = budi.kept("draft_photos")
    picture = Image.open(io.BytesIO(photo["content"]))
    assert picture.format == "JPEG"
    assert picture.convert("L").getextrema() != (0, 0), "not black"
    assert len(photo["content"]) <= MAX_BYTES
    assert photo["role"] == "before"
    assert (photo["lon"], photo["lat"]) == (round(budi.site["lon"], 7), pytest.approx(budi.site["lat"], abs=0.001))
    assert abs(datetime.fromisoformat(photo["taken_at"]).timestamp() - datetime.now().astimezone().timestamp()) < 120
    budi.presses("Ambil foto")
    budi.presses("Kembali")
    expect(budi.page.locator(".shots li")).to_have_count(1)
    assert budi.page.evaluate("() => navigator.mediaDevices.enumerateDevices().then((all) => all.length)") > 0


@pytest.mark.long
def test_where_the_camera_is_denied_the_phones_own_opens(recorder: MakeRecorder) -> None:
    budi = recorder()
    budi.opens()
    budi.presses("Mulai")
    button = budi.page.get_by_role("button", name="Ambil foto", exact=True)
    with budi.page.expect_file_chooser() as chooser:
        button.click()
        budi.sees("Kamera tidak dapat dibuka di halaman ini")
        button.click()
    chooser.value.set_files([file(jpeg(601))])
    expect(budi.page.locator(".shots li")).to_have_count(1)
    budi.settles()
    assert len(budi.kept("draft_photos")) == 1


def test_twelve_megapixels_become_small_and_upright_and_keep_what_the_camera_said(recorder: MakeRecorder) -> None:
    tags = exif(taken=TAKEN, offset="+07:00", point=HERE, orientation=6)
    # Noise, which no encoder makes small by itself.
    large = Image.effect_noise((4000, 3000), 60).convert("RGB")
    large.paste((200, 30, 30), (0, 0, 400, 3000))
    content = encoded(large, "JPEG", quality=92, exif=tags.tobytes())
    assert len(content) > 4_000_000
    budi = recorder()
    budi.opens()
    budi.presses("Mulai")
    budi.chooses(file(content))
    [photo] = budi.kept("draft_photos")
    picture = Image.open(io.BytesIO(photo["content"]))
    assert len(photo["content"]) <= MAX_BYTES
    assert max(picture.size) <= LONG_SIDE
    assert picture.width < picture.height, "upright"
    assert picture.getexif() == {}
    red, green, blue = picture.convert("RGB").getpixel((picture.width // 2, 10))  # type: ignore[misc]
    assert red > 150 > max(green, blue), "what was at the left is above"
    assert photo["taken_at"] == "2026-11-23T00:12:30.000Z"
    assert (photo["lon"], photo["lat"]) == pytest.approx((HERE.lon, HERE.lat), abs=1e-5)


@pytest.mark.long
def test_what_the_browser_cannot_decode_goes_as_it_is(recorder: MakeRecorder) -> None:
    content = encoded(scene(602, (1200, 900)), "HEIF", exif=exif(taken=TAKEN, point=HERE).tobytes())
    budi = recorder()
    budi.opens()
    budi.presses("Mulai")
    budi.chooses(file(content, "IMG_1.HEIC", "image/heic"))
    expect(budi.page.locator(".shots li")).to_contain_text("HEIC")
    [photo] = budi.kept("draft_photos")
    assert photo["content"] == content
    assert photo["type"] == "image/heic"
    assert photo["taken_at"] == "2026-11-23T00:12:30.000Z", "without a zone it is the phone's"


def test_what_is_small_already_keeps_its_bytes(recorder: MakeRecorder) -> None:
    content = jpeg(603, exif=exif(taken=TAKEN).tobytes())
    budi = recorder()
    budi.opens()
    budi.presses("Mulai")
    budi.chooses(file(content))
    [photo] = budi.kept("draft_photos")
    assert photo["sha256"] == hashlib.sha256(content).hexdigest()


@pytest.mark.parametrize("missing", long.first(1, ["Worker", "OffscreenCanvas"]))
def test_without_a_worker_the_page_makes_them_small(recorder: MakeRecorder, missing: str) -> None:
    budi = recorder()
    budi.page.add_init_script(f"delete window.{missing}")
    budi.opens()
    budi.presses("Mulai")
    budi.chooses(file(jpeg(604, (2400, 1800), quality=95)))
    [photo] = budi.kept("draft_photos")
    assert Image.open(io.BytesIO(photo["content"])).size == (1600, 1200)
    assert len(photo["content"]) <= MAX_BYTES


@pytest.mark.long
def test_no_photograph_and_too_many_are_told(recorder: MakeRecorder) -> None:
    budi = recorder()
    budi.opens()
    budi.presses("Mulai")
    budi.has_camera()
    picker = budi.page.locator('input[data-for="pick"]')
    picker.set_input_files([file(b"%PDF-1.7", "surat.pdf", "application/pdf")])
    budi.sees("Berkas itu bukan foto yang kami terima: JPEG, PNG, WebP atau HEIC.")
    picker.set_input_files([file(b"\xff\xd8\xff" + bytes(12 * 1024 * 1024))])
    budi.sees("Foto ini lebih dari 12 MB.")
    picker.set_input_files([file(jpeg(610 + number)) for number in range(7)])
    budi.sees("Paling banyak 6 foto untuk satu aksi.")
    expect(budi.page.locator(".shots li")).to_have_count(6)
    expect(budi.page.get_by_role("button", name="Ambil foto", exact=True)).to_be_disabled()


@pytest.mark.long
def test_roles_are_guessed_said_otherwise_and_photographs_removed(recorder: MakeRecorder) -> None:
    budi = recorder()
    budi.opens()
    budi.presses("Mulai")
    budi.chooses(file(jpeg(621)), file(jpeg(622)))
    budi.presses("Selesai")
    budi.chooses(file(jpeg(623)))
    shown = [budi.page.get_by_label(f"Foto {number} menunjukkan").input_value() for number in (1, 2, 3)]
    assert shown == ["before", "", "after"]
    budi.page.get_by_label("Foto 2 menunjukkan").select_option(label="Dari dekat")
    budi.presses("Hapus foto 1")
    budi.settles()
    assert [photo["role"] for photo in budi.kept("draft_photos")] == ["detail", "after"]
    budi.opens()
    budi.page.get_by_text("Draf di HP ini: 1").click()
    budi.presses("Lanjutkan")
    budi.waits()
    expect(budi.page.locator(".shots li")).to_have_count(2)
    budi.presses("Simpan aksi")
    budi.page.wait_for_selector("[state=kept], [state=sent]")


def test_the_same_photograph_is_taken_once(recorder: MakeRecorder) -> None:
    budi = recorder()
    budi.opens()
    budi.presses("Mulai")
    large = jpeg(631, (2400, 1800), quality=95)
    budi.chooses(file(large))
    budi.page.locator('input[data-for="pick"]').set_input_files([file(large, "lagi.jpg")])
    budi.sees("Foto itu sudah ada di atas.")
    expect(budi.page.locator(".shots li")).to_have_count(1)


@pytest.mark.parametrize(
    "year", long.first(1, ["1980:01:01 00:00:00", "2010:01:01 00:00:00", "0000:00:00 00:00:00", "2026:13:45 99:99:99"])
)
def test_a_camera_whose_clock_was_never_set_says_no_time(recorder: MakeRecorder, year: str) -> None:
    """The wire refuses such a time, and nobody could put it right."""
    tags = Image.Exif()
    tags.get_ifd(0x8769)[0x9003] = year
    budi = recorder()
    budi.opens()
    budi.presses("Mulai")
    budi.chooses(file(jpeg(632, exif=tags.tobytes())))
    [photo] = budi.kept("draft_photos")
    assert "taken_at" not in photo


KINDS = {"png": "PNG", "webp": "WEBP", "gif": "GIF"}


@pytest.mark.long
@pytest.mark.parametrize("kind", long.first(1, KINDS))
def test_other_kinds_become_what_the_server_takes(recorder: MakeRecorder, kind: str) -> None:
    picture = scene(633, (2000, 1000)).convert("RGBA" if kind != "gif" else "P")
    if kind != "gif":
        picture.putalpha(120)
    budi = recorder()
    budi.opens()
    budi.presses("Mulai")
    budi.chooses(file(encoded(picture, KINDS[kind]), f"gambar.{kind}", f"image/{kind}"))
    [photo] = budi.kept("draft_photos")
    made = Image.open(io.BytesIO(photo["content"]))
    assert (made.format, made.size) == ("JPEG", (1600, 800))
    assert len(photo["content"]) <= MAX_BYTES


@pytest.mark.parametrize("orientation", long.first(2, (6, 3, 1, 2, 4, 5, 7, 8)))
def test_every_orientation_becomes_upright(recorder: MakeRecorder, orientation: int) -> None:
    upright = scene(634, (1800, 1200))
    upright.paste((250, 10, 10), (0, 0, 900, 600))
    # As a camera lays it down that is held in this way.
    turned = {2: 0, 3: 3, 4: 1, 5: 5, 6: 2, 7: 6, 8: 4}
    laid = upright.transpose(Image.Transpose(turned[orientation])) if orientation > 1 else upright
    budi = recorder()
    budi.opens()
    budi.presses("Mulai")
    budi.chooses(file(encoded(laid, "JPEG", quality=90, exif=exif(orientation=orientation).tobytes())))
    [photo] = budi.kept("draft_photos")
    made = Image.open(io.BytesIO(photo["content"])).convert("RGB")
    assert made.size == (1600, 1067)
    red, green, blue = made.getpixel((200, 200))  # type: ignore[misc]
    assert red > 200 > max(green, blue), "the red quarter is above at the left"


def test_nothing_and_words_are_no_photograph(recorder: MakeRecorder) -> None:
    budi = recorder()
    budi.opens()
    budi.presses("Mulai")
    budi.has_camera()
    for content in (b"", b"Halo, ini bukan foto."):
        budi.page.locator('input[data-for="pick"]').set_input_files([file(content, "foto.jpg")])
        budi.sees("Berkas itu bukan foto yang kami terima")
    expect(budi.page.locator(".shots li")).to_have_count(0)


@pytest.mark.long
def test_saving_waits_for_photographs_that_still_become_small(recorder: MakeRecorder) -> None:
    budi = recorder()
    budi.opens()
    budi.fills_by_hand()
    budi.has_camera()
    budi.page.locator('input[data-for="pick"]').set_input_files([file(jpeg(640 + n, (3000, 2000), quality=95)) for n in range(3)])
    button = budi.page.get_by_role("button", name="Simpan aksi")
    button.dblclick()
    budi.page.wait_for_selector("[state=kept], [state=sent]", timeout=60_000)
    kept = budi.kept("photos") or budi.kept("receipts")
    assert kept
    assert len(budi.kept("entries")) <= 1


@pytest.mark.long
def test_a_camera_that_gives_nothing_lets_one_go_back(recorder: MakeRecorder) -> None:
    budi = recorder()
    silent = "navigator.mediaDevices.getUserMedia = async () => new MediaStream();"
    budi.page.add_init_script(silent)
    budi.opens()
    budi.presses("Mulai")
    budi.presses("Ambil foto")
    dialog = budi.page.get_by_role("dialog", name="Kamera")
    expect(dialog).to_be_visible()
    expect(dialog.get_by_role("button", name="Ambil fotonya")).to_be_disabled()
    budi.presses("Kembali")
    expect(dialog).to_be_hidden()


@pytest.mark.long
def test_a_camera_that_goes_away_makes_room_for_the_phones_own(with_camera: Recorder) -> None:
    budi = with_camera
    budi.opens()
    budi.presses("Mulai")
    budi.presses("Ambil foto")
    expect(budi.page.get_by_role("button", name="Ambil fotonya")).to_be_enabled()
    budi.page.evaluate(
        "() => document.querySelector('dialog video').srcObject.getTracks()"
        ".forEach((track) => track.dispatchEvent(new Event('ended')))"
    )
    expect(budi.page.get_by_role("dialog", name="Kamera")).to_be_hidden()
    budi.sees("Kamera tidak dapat dibuka di halaman ini")


@pytest.mark.long
def test_two_taps_on_the_camera_open_one(with_camera: Recorder) -> None:
    budi = with_camera
    budi.opens()
    budi.presses("Mulai")
    budi.has_camera()
    budi.page.get_by_role("button", name="Ambil foto", exact=True).evaluate("(button) => { button.click(); button.click(); }")
    budi.presses("Ambil fotonya")
    expect(budi.page.locator(".shots li")).to_have_count(1)
    assert "Kamera tidak dapat dibuka" not in budi.page.locator("main").inner_text()
