"""What a phone loads, in bytes as they travel and in requests: never in seconds."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from tests import long
from tests.browser.phone.conftest import Phone
from tests.browser.phone.proxy import Sent

MakePhone = Callable[..., Phone]
KB = 1024
LOG_PAGE = {"all": 25 * KB, "text/javascript": 13 * KB, "text/css": 7 * KB}
LOG_PAGE_REQUESTS = 6
ANY_PAGE = 60 * KB
WORKER = 120 * KB
VOLUNTEERS_PAGES = ("/saya", "/buku", "/kotak-keluar", "/kabar", "/saya/akun", "/catat?program=biopori", "/pasang", "/peringkat")


def by_page(sent: Sequence[Sent]) -> list[Sent]:
    return [each for each in sent if not each.by_worker]


def weight(sent: Sequence[Sent], kind: str = "") -> int:
    return sum(each.bytes for each in sent if each.kind.startswith(kind))


def told(sent: Sequence[Sent]) -> str:
    return "\n".join(f"{each.bytes:>7} {each.path} {each.kind}" for each in [*sent, Sent("in all", weight(sent), "", False)])


def visited(phone: Phone, path: str) -> list[Sent]:
    """Everything that the first visit of the page loads; what the worker loads afterwards is told apart."""
    phone.signal.sent.clear()
    phone.opens(path)
    phone.page.wait_for_load_state("networkidle")
    phone.page.evaluate("async () => { await navigator.serviceWorker.ready; }")
    phone.page.wait_for_timeout(300)
    return list(phone.signal.sent)


@pytest.fixture
def signed_in(phone: MakePhone, passwords: dict[str, str]) -> Callable[[], Phone]:
    """A phone that has signed in and loaded nothing else yet."""

    def make() -> Phone:
        first = phone()
        first.signs_in("budi", passwords["budi"])
        first.page.wait_for_load_state("networkidle")
        state = first.context.storage_state()
        first.context.close()
        return phone(storage_state=state)

    return make


@pytest.mark.parametrize("who", ["nobody", "volunteer"])
def test_the_page_for_logging_is_light_at_the_first_visit(
    who: str, phone: MakePhone, signed_in: Callable[[], Phone], pictures: Path
) -> None:
    loaded = by_page(visited(phone() if who == "nobody" else signed_in(), "/catat"))
    (pictures / f"budget-catat-{who}.txt").write_text(told(loaded) + "\n")
    assert loaded[0].path == "/catat"
    assert len(loaded) <= LOG_PAGE_REQUESTS, told(loaded)
    assert weight(loaded) <= LOG_PAGE["all"], told(loaded)
    for kind in ("text/javascript", "text/css"):
        assert 0 < weight(loaded, kind) <= LOG_PAGE[kind], told(loaded)
    assert not [each for each in loaded if "font" in each.kind]


@pytest.mark.parametrize("path", long.first(2, VOLUNTEERS_PAGES))
def test_a_volunteers_page_is_light_at_the_first_visit(path: str, signed_in: Callable[[], Phone]) -> None:
    loaded = [each for each in by_page(visited(signed_in(), path)) if "/foto/" not in each.path]
    assert loaded[0].kind == "text/html"
    assert weight(loaded) <= ANY_PAGE, told(loaded)


def test_what_the_worker_keeps_is_small_and_fetched_once(phone: MakePhone, pictures: Path) -> None:
    budi = phone()
    sent = visited(budi, "/catat")
    kept = [each for each in sent if each.by_worker]
    (pictures / "budget-worker.txt").write_text(told(kept) + "\n")
    assert weight(kept) <= WORKER, told(kept)
    assert not [each for each in kept if "maps-on-tap" in each.path or each.kind.startswith("image/png")]
    paths = [each.path for each in sent if each.path.startswith("/aset/")]
    assert len(paths) == len(set(paths)), f"what the page has loaded is not loaded again\n{told(sent)}"


def test_the_second_visit_of_the_page_for_logging_loads_next_to_nothing(phone: MakePhone) -> None:
    budi = phone()
    visited(budi, "/kotak-keluar")
    budi.is_ready()
    again = visited(budi, "/kotak-keluar")
    assert [each.path for each in again if each.path.startswith(("/aset/", "/kotak-keluar"))] == []
    assert weight(again) <= 2 * KB, told(again)
