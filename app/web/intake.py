"""A request as it arrives, piece by piece, until it is whole: before that nobody waits for it, however slow its line is."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from enum import Enum, auto
from typing import IO, Protocol

MAX_HEAD_BYTES = 32 * 1024
KEPT_IN_MEMORY = 64 * 1024
"""Bytes of a body above which it lies in a file."""
READ_BYTES = 256 * 1024
HEARD_OUT_BYTES = 48 * 1024 * 1024
"""Of a body that is not taken so much is read all the same: many clients hear the answer only when they have sent everything."""
MAX_CHUNK_LINE = 4096
UNKNOWN_LENGTH = -1


class Head(Protocol):
    """What has to be known of a request's head."""

    body_bytes: int
    """UNKNOWN_LENGTH where the body comes in chunks."""
    largest: int
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
        self._left = self._largest = 0
        self.stage = Stage.IDLE
        self.rest = b""
        self.kept_bytes = 0
        self.body_bytes_come = 0
        self.is_left_out = False
        """The body is larger than what is taken: it was not kept."""
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
        self._largest = head.largest
        self.is_left_out = head.body_bytes > head.largest
        if self.is_left_out and head.waits_to_be_asked:
            self.stage = Stage.WHOLE
            return
        self.asks_for_body = head.waits_to_be_asked
        self._chunks = _Chunks() if head.body_bytes == UNKNOWN_LENGTH else None
        self._left = min(head.body_bytes, HEARD_OUT_BYTES) if self.is_left_out else head.body_bytes
        self.stage = Stage.BODY

    def _feed_body(self, data: bytes) -> bytes:
        """What came after the body."""
        if self._chunks is not None:
            taken, is_over = self._chunks.take(data)
        else:
            taken = min(len(data), self._left)
            self._left -= taken
            is_over = not self._left
        self.body_bytes_come += taken
        if not self.is_left_out:
            self._body.write(data[:taken])
            self.kept_bytes += taken
            # Of chunks the length shows only now.
            self.is_left_out = self._chunks is not None and self._chunks.body_bytes > self._largest
        if is_over or (self._chunks is not None and (self.is_left_out or self._chunks.is_broken)):
            self.stage = Stage.WHOLE
        return data[taken:] if is_over else b""

    def pieces(self) -> Iterator[bytes]:
        """The body's bytes as they came."""
        self._body.seek(0)
        while piece := self._body.read(READ_BYTES):
            yield piece

    def close(self) -> None:
        """Nothing of the body is kept any more."""
        self.kept_bytes = 0
        self._body.close()


class _Chunks:
    """Finds where a body in chunks (RFC 9112, 7.1) ends. Whether each of them is right is for who takes them apart."""

    def __init__(self) -> None:
        self._line = bytearray()
        self._data_left = 0
        self._is_last = False
        self.body_bytes = 0
        self.is_broken = False

    def take(self, data: bytes) -> tuple[int, bool]:
        """How many of the bytes belong to the body, and whether it ends with them."""
        at = 0
        while at < len(data) and not self.is_broken:
            if self._data_left:
                step = min(self._data_left, len(data) - at)
                self._data_left -= step
                at += step
                continue
            end = data.find(b"\n", at)
            line_end = len(data) if end < 0 else end + 1
            self._line += data[at:line_end]
            at = line_end
            if len(self._line) > MAX_CHUNK_LINE:
                self.is_broken = True
            elif end >= 0 and self._line_is_over():
                return at, True
        return at, False

    def _line_is_over(self) -> bool:
        """Whether the body ends with this line: the empty one after the last chunk and its trailers."""
        line = bytes(self._line).strip()
        self._line.clear()
        if self._is_last:
            return not line
        try:
            size = int(line.partition(b";")[0], 16)
        except ValueError:
            size = -1
        self.is_broken = size < 0
        self._is_last = size == 0
        self.body_bytes += max(size, 0)
        # The line's end behind the data belongs to the chunk.
        self._data_left = size + 2 if size > 0 else 0
        return False
