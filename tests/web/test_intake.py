"""A request is whole when its last byte is there, whatever pieces it came in."""

from __future__ import annotations

import errno
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass

import pytest

from app.web.intake import FREE_FRAMING_BYTES, KEPT_IN_MEMORY, MAX_HEAD_BYTES, UNKNOWN_LENGTH, Arriving, Stage

HEAD = b"PUT /x HTTP/1.1\r\nHost: x\r\n\r\n"


@dataclass
class Read:
    body_bytes: int = 0
    max_bytes: int = 1000
    waits_to_be_asked: bool = False


@pytest.fixture
def arrived() -> Iterator[Callable[..., Arriving]]:
    """What has come of a request in these pieces; closed after the test."""
    with ExitStack() as closing:

        def feed(*pieces: bytes, head: Read | None = None) -> Arriving:
            made = Arriving(lambda _: head or Read())
            closing.callback(made.close)
            for piece in pieces:
                made.feed(piece)
            return made

        yield feed


def one_by_one(data: bytes) -> list[bytes]:
    return [data[at : at + 1] for at in range(len(data))]


UNCHUNKED = b"abc0123456789abcdef"
CHUNKED = b"3\r\nabc\r\n10;name=value\r\n0123456789abcdef\r\n0\r\nTrailer: x\r\n\r\n"

WHOLE = {
    "no body": (HEAD, Read(), b""),
    "a length": (HEAD + b"12345", Read(5), b"12345"),
    "chunks": (HEAD + CHUNKED, Read(UNKNOWN_LENGTH), UNCHUNKED),
    "no chunk": (HEAD + b"0\r\n\r\n", Read(UNKNOWN_LENGTH), b""),
}


@pytest.mark.parametrize(("sent", "head", "body"), WHOLE.values(), ids=WHOLE)
def test_a_request_in_any_pieces_is_whole_at_its_end_and_not_before(arrived, sent, head, body):
    for pieces in ([sent], one_by_one(sent), [sent[:30], sent[30:]]):
        made = arrived(*pieces, head=head)
        assert (made.stage, b"".join(made.pieces()), made.rest) == (Stage.WHOLE, body, b"")
    assert arrived(sent[:-1], head=head).stage is not Stage.WHOLE


@pytest.mark.parametrize(("sent", "head", "body"), WHOLE.values(), ids=WHOLE)
def test_what_comes_after_it_is_the_next_one_s(arrived, sent, head, body):
    for pieces in ([sent + b"GET /"], one_by_one(sent + b"GET /")):
        made = arrived(*pieces, head=head)
        assert (b"".join(made.pieces()), made.rest) == (body, b"GET /")


def test_before_the_first_byte_it_is_idle(arrived):
    assert arrived().stage is Stage.IDLE
    assert arrived(b"P").stage is Stage.HEAD
    assert arrived(HEAD, b"1", head=Read(5)).stage is Stage.BODY


def test_what_is_too_large_is_heard_and_not_kept(arrived):
    made = arrived(HEAD, b"x" * 600, head=Read(1001))
    assert (made.stage, made.kept_bytes) == (Stage.BODY, 0)
    made.feed(b"x" * 401)
    assert (made.stage, made.is_left_out, list(made.pieces())) == (Stage.WHOLE, True, [])


def test_who_waits_to_be_asked_is_asked_for_what_is_taken_alone(arrived):
    asked = arrived(HEAD, head=Read(5, waits_to_be_asked=True))
    assert (asked.stage, asked.asks_for_body) == (Stage.BODY, True)
    left_out = arrived(HEAD, head=Read(1001, waits_to_be_asked=True))
    assert (left_out.stage, left_out.asks_for_body, left_out.is_left_out) == (Stage.WHOLE, False, True)


def test_chunks_show_only_on_the_way_that_they_are_too_many(arrived):
    made = arrived(HEAD, *[b"100\r\n" + b"x" * 256 + b"\r\n"] * 10, head=Read(UNKNOWN_LENGTH))
    assert (made.stage, made.is_left_out) == (Stage.WHOLE, True)
    assert made.kept_bytes < 1500


NO_CHUNKS = {
    "word": b"five\r\n",
    "minus": b"-1\r\n",
    "plus": b"+1\r\n",
    "0x": b"0x1\r\n",
    "underscore": b"1_0\r\n",
    "no size": b"\r\n",
    "line feed alone": b"1\n",
    "longer than it says": b"1\r\nab\r\n",
    "endless line": b"1;" + b"a" * FREE_FRAMING_BYTES,
    "endless trailers": b"0\r\n" + b"a: b\r\n" * (FREE_FRAMING_BYTES // 6 + 1),
    "of one byte each": b"1\r\nx\r\n" * (FREE_FRAMING_BYTES // 4),
}


@pytest.mark.parametrize("body", NO_CHUNKS.values(), ids=NO_CHUNKS)
def test_chunks_that_are_none_are_told_without_waiting_for_more(arrived, body):
    made = arrived(HEAD, body, head=Read(UNKNOWN_LENGTH, max_bytes=1_000_000))
    assert (made.stage, made.is_broken) == (Stage.WHOLE, True)


def test_many_chunks_of_a_usual_size_are_taken(arrived):
    many = (b"40\r\n" + b"x" * 64 + b"\r\n") * 5000 + b"0\r\n\r\n"
    made = arrived(HEAD, many, head=Read(UNKNOWN_LENGTH, max_bytes=1_000_000))
    assert (made.stage, made.is_broken, made.kept_bytes) == (Stage.WHOLE, False, 320_000)


def test_a_head_without_end_is_told_too(arrived):
    assert arrived(b"x" * MAX_HEAD_BYTES).stage is Stage.HEAD
    assert arrived(b"x" * (MAX_HEAD_BYTES + 1)).stage is Stage.WHOLE


def test_a_large_body_lies_in_a_file_and_is_gone_when_closed(arrived):
    sent = b"x" * (3 * KEPT_IN_MEMORY)
    made = arrived(HEAD, sent, head=Read(len(sent), max_bytes=len(sent)))
    assert made.kept_bytes == len(sent)
    assert b"".join(made.pieces()) == sent
    made.close()
    assert made.kept_bytes == 0


def test_closing_a_body_that_the_disk_did_not_take_is_no_fault(arrived, monkeypatch):
    def full() -> None:
        raise OSError(errno.ENOSPC, "full")

    made = arrived(HEAD, b"x", head=Read(5))
    with monkeypatch.context() as patch:
        patch.setattr(made._body, "close", full)  # noqa: SLF001 - as on a full disk
        made.close()
    assert made.kept_bytes == 0
