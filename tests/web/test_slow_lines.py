"""Slow phones, and those who mean ill, on a real server: nobody keeps others waiting."""

from __future__ import annotations

import contextlib
import json
import socket
import time
from collections.abc import Iterator
from contextlib import ExitStack
from urllib.parse import urlsplit

import pytest

from app.database.engine import THREADS
from app.media.rules import MAX_FILE_BYTES
from tests import databases
from tests.conftest import application
from tests.factories.live import Live, stage
from tests.media.pictures import jpeg, name_of
from tests.serving import serving

pytestmark = pytest.mark.early

MANY = 2 * THREADS + 4
"""More than both workers have threads."""


@pytest.fixture(scope="module")
def live(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Live]:
    folder, database = tmp_path_factory.mktemp("slow"), databases.new_database("sqlite")
    with application(database.url, folder) as app:
        tokens, ids = stage(app)
        with serving(database.url, folder / "instance") as server:
            yield Live(server.url, app, tokens, ids)
    database.remove()


class Line:
    """A connection to the server, whose bytes are sent and read by hand."""

    def __init__(self, live: Live) -> None:
        self.live = live
        address = urlsplit(live.url)
        self.socket = socket.create_connection((address.hostname or "", address.port or 0), timeout=60)
        self.file = self.socket.makefile("rb")

    def close(self) -> None:
        self.file.close()
        self.socket.close()

    def begin(self, method: str, path: str, *headers: str, who: str | None = None, length: int | None = None) -> None:
        told = [f"{method} {path} HTTP/1.1", "Host: localhost", *headers]
        told += [f"Authorization: Bearer {self.live.tokens[who]}"] if who else []
        told += [f"Content-Length: {length}"] if length is not None else []
        self.socket.sendall(("\r\n".join(told) + "\r\n\r\n").encode())

    def status(self) -> int:
        """Of the next answer, whose body is read too."""
        status = int(self.file.readline().split()[1])
        headers = {}
        while line := self.file.readline().strip():
            name, _, value = line.partition(b":")
            headers[name.lower()] = value.strip()
        self.body = self.file.read(int(headers.get(b"content-length", 0)))
        return status

    def is_closed(self) -> bool:
        with contextlib.suppress(ConnectionResetError):
            return self.file.read(1) == b""
        return True


@pytest.fixture
def lines(live: Live) -> Iterator[list[Line]]:
    """Connections of this test; `MANY` of them, each still silent."""
    with ExitStack() as closing:
        yield [closing.enter_context(contextlib.closing(Line(live))) for _ in range(MANY)]


def answers(live: Live) -> None:
    """A page is there within seconds; unhindered it takes some ten milliseconds, on a busy machine more."""
    with contextlib.closing(Line(live)) as line:
        began = time.monotonic()
        for path in ("/healthz", "/", "/masuk"):
            line.begin("GET", path)
            assert line.status() == 200
        assert time.monotonic() - began < 60


def photo(line: Line, content: bytes, *headers: str, length: int | None = None) -> None:
    line.begin("PUT", f"/api/v1/photos/{name_of(content)}", *headers, who="pak.budi", length=length or len(content))


def test_more_slow_uploads_than_threads_keep_nobody_waiting_and_arrive(live, lines):
    contents = [jpeg(100 + n) for n in range(4)]
    for n, line in enumerate(lines):
        content = contents[n % 4]
        photo(line, content)
        line.socket.sendall(content[: len(content) // 2])
    answers(live)
    for n, line in enumerate(lines[:4]):
        for at in range(len(contents[n]) // 2, len(contents[n]), 2000):
            line.socket.sendall(contents[n][at : min(at + 2000, len(contents[n]))])
    assert {line.status() for line in lines[:4]} <= {200, 201}
    answers(live)


def test_heads_that_never_end_keep_nobody_waiting(live, lines):
    for line in lines:
        line.socket.sendall(b"GET / HTTP/1.1\r\nHost: localhost\r\nX-Slow: ")
    answers(live)
    for line in lines:
        line.socket.sendall(b"a")
    answers(live)


def test_readers_that_take_nothing_keep_nobody_waiting(live, lines):
    for line in lines:
        line.socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 2048)
        for _ in range(20):
            line.begin("GET", "/_components")
    answers(live)


def test_several_requests_at_once_on_one_line_are_answered_in_their_order(live, lines):
    line = lines[0]
    line.socket.sendall(
        b"".join(f"GET {path} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode() for path in ("/healthz", "/nothing", "/healthz"))
    )
    assert [line.status() for _ in range(3)] == [200, 404, 200]


def test_a_body_in_chunks_is_taken(live, lines):
    line, content = lines[0], jpeg(110)
    line.begin("PUT", f"/api/v1/photos/{name_of(content)}", "Transfer-Encoding: chunked", who="pak.budi")
    for at in range(0, len(content), 1000):
        piece = content[at : at + 1000]
        line.socket.sendall(f"{len(piece):x}\r\n".encode() + piece + b"\r\n")
    line.socket.sendall(b"0\r\n\r\nGET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n")
    assert line.status() == 201
    assert line.is_closed()


def test_who_asks_before_sending_is_answered_before(live, lines):
    content = jpeg(111)
    photo(lines[0], content, "Expect: 100-continue")
    assert lines[0].file.readline().startswith(b"HTTP/1.1 100")
    assert lines[0].file.readline() == b"\r\n"
    lines[0].socket.sendall(content)
    assert lines[0].status() == 201
    photo(lines[1], content, "Expect: 100-continue", length=MAX_FILE_BYTES + 1)
    assert lines[1].status() == 413
    lines[2].begin("PUT", f"/api/v1/photos/{name_of(content)}", "Expect: 100-continue", length=MAX_FILE_BYTES)
    assert lines[2].status() == 401


@pytest.mark.parametrize(
    ("who", "length", "status"), [("pak.budi", MAX_FILE_BYTES + 1, 413), (None, 3_000_000, 401)], ids=["too large", "unknown"]
)
def test_what_is_not_taken_is_heard_out_and_answered(live, lines, who, length, status):
    line = lines[0]
    line.begin("PUT", f"/api/v1/photos/{'a' * 64}", who=who, length=length)
    line.socket.sendall(bytes(length))
    assert line.status() == status
    assert json.loads(line.body)["status"] == status
    assert line.is_closed()


BROKEN = {
    "two lengths": b"POST /masuk HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nabcde",
    "a length and chunks": b"POST /masuk HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
    "no request": b"hello\r\n\r\n",
    "a chunk of a wrong size": b"POST /masuk HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nfive\r\nhello\r\n",
    "a chunk longer than it says": b"POST /masuk HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nab\r\n0\r\n\r\n",
    "trailers without end": b"POST /masuk HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n" + b"a: b\r\n" * 4000,
    "a head without end": b"GET / HTTP/1.1\r\nHost: x\r\n" + (b"X: " + b"a" * 4000 + b"\r\n") * 9,
    "a long address": b"GET /" + b"a" * 5000 + b" HTTP/1.1\r\nHost: x\r\n\r\n",
}


@pytest.mark.parametrize("sent", BROKEN.values(), ids=BROKEN)
def test_what_is_no_request_is_refused_and_ends_the_line(live, lines, sent):
    lines[0].socket.sendall(sent)
    assert 400 <= lines[0].status() < 500
    assert lines[0].is_closed()
    answers(live)


@pytest.mark.long
def test_an_upload_longer_than_any_request_may_be_worked_on_finishes(live, lines):
    """At 16 kbit/s, for longer than the 30 seconds after which a worker that waited for it was killed."""
    content = jpeg(112) + bytes(2000 * 40)
    photo(lines[0], content)
    for at in range(0, len(content), 1000):
        lines[0].socket.sendall(content[at : at + 1000])
        time.sleep(0.5)
        if at % 10_000 == 0:
            answers(live)
    assert lines[0].status() == 201
