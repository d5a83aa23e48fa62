"""Photographs of the recorder: from a camera or the gallery; small, upright, with what is known of them."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any

import pytest
from PIL import Image
from pillow_heif import register_heif_opener
from playwright.sync_api import Browser, expect

from app.core.geo import Point
from tests.browser.conftest import CHROMIUM, FLAGS, PHONE
from tests.browser.phone.conftest import ALLOWED, MakeRecorder, Phone, recorder_of
from tests.browser.phone.proxy import Proxy
from tests.browser.phone.recording import Recorder, file
from tests.media.pictures import encoded, exif, jpeg, scene

MOST_BYTES, LONG_SIDE = 350 * 1024, 1600
TAKEN = datetime(2026, 11, 23, 7, 12, 30)  # noqa: DTZ001 - cameras know no zone
HERE = Point(107.61, -6.92)

register_heif_opener()


@pytest.fixture
def recorder(phone: Callable[..., Phone], passwords: dict[str, str]) -> MakeRecorder:
    def make(name: str = "budi", **change: Any) -> Recorder:
        budi = recorder_of(phone(**{**ALLOWED, **change}), passwords, name)
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
    budi = recorder_of(Phone(room, room.new_page(), signal), passwords)
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
    assert len(photo["content"]) <= MOST_BYTES
    assert photo["role"] == "before"
    assert (photo["lon"], photo["lat"]) == (round(budi.site["lon"], 7), pytest.approx(budi.site["lat"], abs=0.001))
    assert abs(datetime.fromisoformat(photo["taken_at"]).timestamp() - datetime.now().astimezone().timestamp()) < 120
    budi.presses("Ambil foto")
    budi.presses("Kembali")
    expect(budi.page.locator(".shots li")).to_have_count(1)
    assert budi.page.evaluate("() => navigator.mediaDevices.enumerateDevices().then((all) => all.length)") > 0


def test_where_the_camera_is_denied_the_phones_own_opens(recorder: MakeRecorder) -> None:
    budi = recorder()
    budi.opens()
    budi.presses("Mulai")
    button = budi.page.get_by_role("button", name="Ambil foto", exact=True)
    with budi.page.expect_file_chooser() as chooser:
        button.click()
        budi.sees("Halaman ini tidak boleh memakai kamera")
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
    assert len(photo["content"]) <= MOST_BYTES
    assert max(picture.size) <= LONG_SIDE
    assert picture.width < picture.height, "upright"
    assert picture.getexif() == {}
    red, green, blue = picture.convert("RGB").getpixel((picture.width // 2, 10))  # type: ignore[misc]
    assert red > 150 > max(green, blue), "what was at the left is above"
    assert photo["taken_at"] == "2026-11-23T00:12:30.000Z"
    assert (photo["lon"], photo["lat"]) == pytest.approx((HERE.lon, HERE.lat), abs=1e-5)


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


@pytest.mark.parametrize("missing", ["Worker", "OffscreenCanvas"])
def test_without_a_worker_the_page_makes_them_small(recorder: MakeRecorder, missing: str) -> None:
    budi = recorder()
    budi.page.add_init_script(f"delete window.{missing}")
    budi.opens()
    budi.presses("Mulai")
    budi.chooses(file(jpeg(604, (2400, 1800), quality=95)))
    [photo] = budi.kept("draft_photos")
    assert Image.open(io.BytesIO(photo["content"])).size == (1600, 1200)
    assert len(photo["content"]) <= MOST_BYTES


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
    budi.page.reload()
    budi.waits()
    budi.page.get_by_text("1 draf di HP ini").click()
    budi.presses("Lanjutkan")
    budi.waits()
    expect(budi.page.locator(".shots li")).to_have_count(2)
    budi.presses("Simpan aksi")
    budi.page.wait_for_selector("[state=kept], [state=sent]")
