"""A request as it arrives, piece by piece, until it is whole: before that nobody waits for it, however slow its line is."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Callable, Iterator
from contextlib import suppress
from enum import Enum, auto
from typing import IO, Protocol

MAX_HEAD_BYTES = 32 * 1024
KEPT_IN_MEMORY = 64 * 1024
"""Bytes of a body above which it lies in a file."""
READ_BYTES = 256 * 1024
HEARD_OUT_BYTES = 48 * 1024 * 1024
"""Of a body that is not taken so much is read all the same: many clients hear the answer only when they have sent everything."""
FREE_FRAMING_BYTES = 16 * 1024
MAX_FRAMING_SHARE = 1 / 8
"""Of a body in chunks so much may be lines around them: chunks of some 50 bytes. Each costs work, and none counts as body."""
UNKNOWN_LENGTH = -1
_CHUNK_SIZE = re.compile(rb"([0-9A-Fa-f]{1,16})[ \t]*[;\r]")


class Head(Protocol):
    """What has to be known of a request's head."""

    body_bytes: int
    """UNKNOWN_LENGTH where the body comes in chunks."""
    max_bytes: int
    """Bytes of a body that are taken."""
    waits_to_be_asked: bool
    """Nothing of the body comes before "100 Continue" has been said."""


class Stage(Enum):
    """What a request waits for."""

    IDLE = auto()
    """Its first byte."""
    HEAD = auto()
    BODY = auto()
    WHOLE = auto()
    """Nothing: somebody may work on it."""


class Arriving:
    """One request: `feed` it until its stage is WHOLE, then `pieces` are its bytes and `rest` what came after it."""

    def __init__(self, read_head: Callable[[bytes], Head | None]) -> None:
        """`read_head` understands a head; None where it is none, which is told without waiting for more."""
        self._read_head = read_head
        self._head = bytearray()
        self._body: IO[bytes] = tempfile.SpooledTemporaryFile(KEPT_IN_MEMORY)  # noqa: SIM115 - `close` closes it
        self._chunks: _Chunks | None = None
        self._left = self._max_bytes = 0
        self.stage = Stage.IDLE
        self.rest = b""
        self.kept_bytes = 0
        self.body_bytes_come = 0
        self.is_left_out = False
        """The body is larger than what is taken: it was not kept."""
        self.is_broken = False
        """Its chunks are none."""
        self.asks_for_body = False
        """ "100 Continue" has to be said now."""

    @property
    def is_in_chunks(self) -> bool:
        return self._chunks is not None

    def feed(self, data: bytes) -> None:
        """Take what came. Raises OSError where the body cannot be kept."""
        if self.stage in (Stage.IDLE, Stage.HEAD):
            data = self._feed_head(data)
        if self.stage is Stage.BODY and data:
            data = self._feed_body(data)
        if self.stage is Stage.WHOLE:
            self.rest += data

    def _feed_head(self, data: bytes) -> bytes:
        """What belongs to the body already."""
        if data:
            self.stage = Stage.HEAD
        searched = max(0, len(self._head) - 3)
        self._head += data
        end = self._head.find(b"\r\n\r\n", searched)
        if end < 0:
            if len(self._head) > MAX_HEAD_BYTES:
                self._begin_body(self._read_head(bytes(self._head)))
            return b""
        rest = bytes(self._head[end + 4 :])
        del self._head[end + 4 :]
        self._begin_body(self._read_head(bytes(self._head)))
        return rest

    def _begin_body(self, head: Head | None) -> None:
        if head is None or head.body_bytes == 0:
            self.stage = Stage.WHOLE
            return
        self._max_bytes = head.max_bytes
        self.is_left_out = head.body_bytes > head.max_bytes
        if self.is_left_out and head.waits_to_be_asked:
            self.stage = Stage.WHOLE
            return
        self.asks_for_body = head.waits_to_be_asked
        self._chunks = _Chunks() if head.body_bytes == UNKNOWN_LENGTH else None
        self._left = min(head.body_bytes, HEARD_OUT_BYTES) if self.is_left_out else head.body_bytes
        self.stage = Stage.BODY

    def _feed_body(self, data: bytes) -> bytes:
        """What came after the body."""
        self.body_bytes_come += len(data)
        if self._chunks is not None:
            return self._feed_chunks(self._chunks, data)
        taken = data[: self._left]
        self._left -= len(taken)
        if not self.is_left_out:
            self._keep(taken)
        if not self._left:
            self.stage = Stage.WHOLE
        return data[len(taken) :]

    def _feed_chunks(self, chunks: _Chunks, data: bytes) -> bytes:
        content, rest = chunks.take(data)
        # Of chunks the length shows only now.
        self.is_left_out = chunks.body_bytes > self._max_bytes
        self.is_broken = chunks.is_broken
        if not self.is_left_out and not self.is_broken:
            self._keep(content)
        if chunks.is_over or self.is_left_out or self.is_broken:
            self.stage = Stage.WHOLE
        return rest

    def _keep(self, content: bytes) -> None:
        self._body.write(content)
        self.kept_bytes += len(content)

    def pieces(self) -> Iterator[bytes]:
        """The body's bytes; of one in chunks what was in them."""
        self._body.seek(0)
        while piece := self._body.read(READ_BYTES):
            yield piece

    def close(self) -> None:
        """Nothing of the body is kept any more."""
        self.kept_bytes = 0
        # What a full disk did not take is tried once more here.
        with suppress(OSError):
            self._body.close()


class _Chunks:
    """Takes a body in chunks (RFC 9112, 7.1) apart; extensions and trailers say nothing to us."""

    def __init__(self) -> None:
        self._line = bytearray()
        self._data_left = 0
        self._is_data_over = self._is_last = False
        self._framing_bytes = 0
        self.body_bytes = 0
        """What the chunks begun by now hold in all."""
        self.is_over = self.is_broken = False

    def take(self, data: bytes) -> tuple[bytes, bytes]:
        """What was in the chunks, and what comes after the body."""
        content, at = bytearray(), 0
        while at < len(data) and not self.is_over and not self.is_broken:
            if self._data_left:
                piece = data[at : at + self._data_left]
                content += piece
                self._data_left -= len(piece)
                at += len(piece)
                continue
            end = data.find(b"\n", at) + 1
            self._line += data[at : end or len(data)]
            self._framing_bytes += (end or len(data)) - at
            at = end or len(data)
            if end:
                self._end_line(bytes(self._line))
                self._line.clear()
            if self._framing_bytes > FREE_FRAMING_BYTES + self.body_bytes * MAX_FRAMING_SHARE:
                self.is_broken = True
        return bytes(content), data[at:]

    def _end_line(self, line: bytes) -> None:
        if not line.endswith(b"\r\n"):
            self.is_broken = True
        elif self._is_last:
            self.is_over = line == b"\r\n"
        elif self._is_data_over:
            self._is_data_over = False
            self.is_broken = line != b"\r\n"
        elif found := _CHUNK_SIZE.match(line):
            self._data_left = int(found[1], 16)
            self._is_data_over, self._is_last = self._data_left > 0, not self._data_left
            self.body_bytes += self._data_left
        else:
            self.is_broken = True
