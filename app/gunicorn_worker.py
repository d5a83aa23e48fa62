"""The worker: threads do the work, one loop takes requests in and sends answers out.

gunicorn's own threaded worker hands a connection to a thread as soon as it is there; as many slow phones, or idle attackers, as
there are threads then keep everybody out. Here a thread gets a request when it is whole and is free as soon as its answer is
made: what is slow waits in the loop, where it costs a file descriptor. Everything there is bounded: heads, bodies, waiting.
"""

from __future__ import annotations

import errno
import select
import selectors
import socket
import time
from collections.abc import Callable, Iterator
from concurrent import futures
from functools import partial
from typing import Any
from urllib.parse import unquote

from flask import Flask
from gunicorn.http.body import Body, ChunkedReader, LengthReader
from gunicorn.http.errors import InvalidChunkSize, LimitRequestHeaders, NoMoreData
from gunicorn.http.message import Request
from gunicorn.http.unreader import IterUnreader
from gunicorn.workers.gthread import ThreadWorker

from app.web.bodies import FORM_BYTES, max_bytes_at
from app.web.intake import UNKNOWN_LENGTH, Arriving, Stage

Address = Any
"""As the socket module has them: of the internet a tuple, of this machine a text."""

READ_BYTES = 64 * 1024
MAX_IDLE_S = 15.0
"""How long a connection may stand open between two requests."""
MAX_HEAD_S = 20.0
BODY_GRACE_S = 60.0
SLOWEST_BYTES_S = 500
"""4 kbit/s, after the grace: a quarter of the slowest line that an honest phone is thought to have."""
MAX_STILL_S = 60.0
"""How long somebody may take nothing of an answer."""
LINGER_S = 2.0
"""How long an ended connection is still listened to: closed with bytes unread, the answer would be torn."""
MAX_LINGER_S = 60.0
STOPPING_S = 10.0
"""How long a worker that is to stop waits for what is still coming in."""
MAX_KEPT_BYTES = 256 * 1024 * 1024
"""Bytes of unfinished bodies that one worker keeps."""
MAX_UNSENT_BYTES = 4 * 1024 * 1024
"""Bytes of one answer that wait to be sent before its thread has to wait too."""
MAX_WORK_S = 120.0
"""A thread that has worked for longer on one request is taken for lost."""
WATCHED = frozenset({"/healthz"})
"""What answers without the threads that everybody shares: it tells a watchman that the process lives."""

FULL = b"HTTP/1.1 507 Insufficient Storage\r\nRetry-After: 60\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"


class Outgoing:
    """What the application takes for the socket. Never waits for a slow reader, unless it is far behind with one answer."""

    def __init__(self, sock: socket.socket) -> None:
        self._socket = sock
        self._unsent = bytearray()
        self.body_was_left_out = False
        """The application is told (app/web/bodies.py) that what it would read is not there."""

    @property
    def is_empty(self) -> bool:
        return not self._unsent

    def sendall(self, data: bytes) -> None:
        self._unsent += data
        self.flush()
        while len(self._unsent) > MAX_UNSENT_BYTES:
            self._wait()
            self.flush()

    def send(self, data: bytes) -> int:
        self.sendall(data)
        return len(data)

    def flush(self) -> int:
        """Send what can be sent now; how much that was. Raises OSError where nobody is there any more."""
        sent = 0
        while sent < len(self._unsent):
            try:
                sent += self._socket.send(memoryview(self._unsent)[sent : sent + READ_BYTES])
            except BlockingIOError:
                break
        del self._unsent[:sent]
        return sent

    def _wait(self) -> None:
        poll = select.poll()
        poll.register(self._socket, select.POLLOUT)
        if not poll.poll(MAX_STILL_S * 1000):
            raise OSError(errno.EPIPE, "nobody takes the answer")

    def recv(self, _size: int) -> bytes:
        """Everything has come already."""
        return b""

    def gettimeout(self) -> float:
        return 0.0

    def settimeout(self, _seconds: float | None) -> None:
        """It is the loop that waits; the same for those below."""

    def setblocking(self, _blocks: bool) -> None:  # noqa: FBT001 - the form of a socket's own
        pass

    def shutdown(self, _how: int) -> None:
        pass

    def close(self) -> None:
        pass


class _Head:
    """A request's head as gunicorn reads it, or what gunicorn has against it."""

    def __init__(self, cfg: Any, client: Address, head: bytes, pieces: Callable[[], Iterator[bytes]], app: Flask) -> None:  # noqa: ANN401
        self.request = Request(cfg, IterUnreader(self._source(head, pieces)), client, 1)
        reader = self.request.body.reader
        self.body_bytes: int = UNKNOWN_LENGTH if isinstance(reader, ChunkedReader) else reader.length
        self.waits_to_be_asked: bool = self.request._expected_100_continue  # noqa: SLF001 - it is told by nothing else
        self.request._expected_100_continue = False  # noqa: SLF001 - the loop asks for the body, not the application
        self.max_bytes = FORM_BYTES
        if any(name in ("COOKIE", "AUTHORIZATION") for name, _ in self.request.headers):
            self.max_bytes = max_bytes_at(app, self.request.method, unquote(self.request.path))

    @staticmethod
    def _source(head: bytes, pieces: Callable[[], Iterator[bytes]]) -> Iterator[bytes]:
        yield head
        yield from pieces()


class _Whole:
    """What gunicorn takes for the parser of a connection: gives the one request that has arrived, or its fault."""

    def __init__(self) -> None:
        self.given: Request | Exception = StopIteration()

    def __next__(self) -> Request:
        given, self.given = self.given, StopIteration()
        if isinstance(given, Exception):
            raise given
        return given

    def finish_body(self, **_bounds: object) -> bool:
        """All of it has arrived, read or not."""
        return True


class Connection:
    """Somebody at the other end. gunicorn's threads know it by the names of gunicorn's own."""

    initialized = data_ready = True
    is_http2 = False

    def __init__(
        self, sock: socket.socket, client: Address, server: Address, read_head: Callable[[Connection, bytes], Any]
    ) -> None:
        self.real, self.client, self.server = sock, client, server
        self.sock = Outgoing(sock)
        self.parser = _Whole()
        self._read_head = partial(read_head, self)
        self.since = self.moved = time.monotonic()
        """When it began to be as it is, and when something last moved."""
        self.is_ending = False
        self.began_work: float | None = None
        self.arriving = Arriving(self._read_head)

    def init(self) -> None:
        """Nothing is left to be done before the first request."""

    def next_request(self) -> bytes:
        """What has come of it already."""
        rest, self.arriving = self.arriving.rest, Arriving(self._read_head)
        self.since = self.moved = time.monotonic()
        return rest

    def is_overdue(self, now: float, *, is_stopping: bool) -> bool:
        """Whether it has been waited for long enough."""
        waited = now - self.since
        if not self.sock.is_empty:
            return now - self.moved > MAX_STILL_S
        if self.is_ending:
            return now - self.moved > LINGER_S or waited > MAX_LINGER_S
        if self.arriving.stage is Stage.IDLE:
            return waited > (LINGER_S if is_stopping else MAX_IDLE_S)
        if is_stopping and waited > STOPPING_S:
            return True
        if self.arriving.stage is Stage.HEAD:
            return waited > MAX_HEAD_S
        return waited > BODY_GRACE_S + self.arriving.body_bytes_come / SLOWEST_BYTES_S


class PatientWorker(ThreadWorker):  # type: ignore[misc]  # gunicorn has no types
    """gunicorn's threaded worker, whose threads see whole requests only."""

    alive: bool

    def __init__(self, *given: Any, **named: Any) -> None:  # noqa: ANN401 - gunicorn's own
        super().__init__(*given, **named)
        self._waiting: dict[Connection, None] = {}
        """Those in the loop, the oldest first."""
        self._working: dict[Connection, None] = {}
        self._kept_bytes = 0
        self._last_look = 0.0
        self._watchman: futures.ThreadPoolExecutor

    def init_process(self) -> None:
        self._watchman = futures.ThreadPoolExecutor(1)
        super().init_process()

    # Taking in

    def accept(self, listener: socket.socket) -> None:
        try:
            sock, client = listener.accept()
        except OSError as error:
            if error.errno in (errno.EMFILE, errno.ENFILE):
                self._make_room()
            elif error.errno not in (errno.EAGAIN, errno.ECONNABORTED, errno.EWOULDBLOCK):
                self.log.error("no connection could be taken: %s", error)
            return
        sock.settimeout(0)
        self.nr_conns += 1
        if self.nr_conns >= self.worker_connections - self.cfg.threads:
            self._make_room()
        self._listen(Connection(sock, client, listener.getsockname(), self._read_head))

    def _read_head(self, connection: Connection, head: bytes) -> _Head | None:
        try:
            read = _Head(self.cfg, connection.client, head, lambda: connection.arriving.pieces(), self.wsgi)
        except NoMoreData:
            return self._blame(connection, LimitRequestHeaders("the head does not end"))
        except Exception as fault:
            return self._blame(connection, fault)
        connection.parser.given = read.request
        return read

    @staticmethod
    def _blame(connection: Connection, fault: Exception) -> None:
        """Have a thread tell it, in the words that gunicorn has for it."""
        connection.parser.given = fault
        connection.is_ending = True

    def _listen(self, connection: Connection) -> None:
        self._waiting[connection] = None
        self.poller.register(connection.real, selectors.EVENT_READ, partial(self._step, self._on_bytes, connection))

    def _step(self, step: Callable[[Connection], None], connection: Connection, _socket: object = None) -> None:
        """Go on with one connection. What goes wrong is its own end: raised in the loop, it would be everybody's."""
        if connection not in self._waiting:
            return  # let go of a moment ago, for another one
        try:
            step(connection)
        except OSError:
            self._drop(connection)
        except Exception:
            self.log.exception("a connection could not be served")
            self._drop(connection)

    def _on_bytes(self, connection: Connection) -> None:
        try:
            data = connection.real.recv(READ_BYTES)
        except BlockingIOError:
            return
        if not data:
            self._drop(connection)
            return
        connection.moved = time.monotonic()
        if connection.is_ending:
            return
        if connection.arriving.stage is Stage.IDLE:
            connection.since = connection.moved
        self._feed(connection, data)

    def _feed(self, connection: Connection, data: bytes) -> None:
        """To a thread with what is whole by now."""
        arriving = connection.arriving
        kept = arriving.kept_bytes
        try:
            arriving.feed(data)
        except OSError as error:
            self.log.error("a body could not be kept: %s", error)
            self._refuse(connection, FULL)
            return
        self._kept_bytes += arriving.kept_bytes - kept
        if self._kept_bytes > MAX_KEPT_BYTES:
            self._make_room(besides=connection)
        if arriving.asks_for_body:
            arriving.asks_for_body = False
            connection.sock.send(b"HTTP/1.1 100 Continue\r\n\r\n")
        if arriving.stage is not Stage.WHOLE:
            return
        self._forget(connection)
        self._hand_over(connection)

    def _hand_over(self, connection: Connection) -> None:
        arriving = connection.arriving
        connection.sock.body_was_left_out = arriving.is_left_out
        # Chunks are rare, and about where they end programs have disagreed: nothing is to hang on what follows them.
        connection.is_ending = connection.is_ending or arriving.is_left_out or arriving.is_in_chunks
        if arriving.is_broken:
            self._blame(connection, InvalidChunkSize(b""))
        given = connection.parser.given
        if arriving.is_in_chunks and isinstance(given, Request):
            given.body = Body(LengthReader(given.unreader, arriving.kept_bytes))
        connection.began_work = time.monotonic()
        self._working[connection] = None
        pool = self._watchman if isinstance(given, Request) and given.path in WATCHED else self.tpool
        done = pool.submit(self.handle, connection)
        done.add_done_callback(lambda future: self.method_queue.defer(self.finish_request, connection, future))

    def handle_request(self, req: Request, conn: Connection) -> Any:  # noqa: ANN401 - gunicorn's own
        if conn.is_ending:
            req.force_close()
        return super().handle_request(req, conn)

    # Sending out

    def finish_request(self, conn: Connection, fs: futures.Future[Any]) -> None:
        """Called in the loop when a thread is done with the request."""
        self._working.pop(conn, None)
        conn.began_work = None
        self._release(conn)
        conn.is_ending = conn.is_ending or fs.cancelled() or fs.exception() is not None or not fs.result() or not self.alive
        conn.since = conn.moved = time.monotonic()
        self._waiting[conn] = None
        self.poller.register(conn.real, selectors.EVENT_WRITE, partial(self._step, self._on_room, conn))
        self._step(self._on_room, conn)

    def _on_room(self, connection: Connection) -> None:
        """Send on, and listen again when all is sent."""
        if connection.sock.flush():
            connection.moved = time.monotonic()
        if not connection.sock.is_empty:
            return
        self._forget(connection)
        connection.since = connection.moved = time.monotonic()
        if connection.is_ending:
            self._end(connection)
            return
        rest = connection.next_request()
        self._listen(connection)
        if rest:
            self._feed(connection, rest)

    def _end(self, connection: Connection) -> None:
        """Say that no more comes, and listen until the other end has heard it."""
        self._listen(connection)
        connection.real.shutdown(socket.SHUT_WR)

    def _refuse(self, connection: Connection, answer: bytes) -> None:
        connection.is_ending = True
        connection.sock.send(answer)
        self._forget(connection)
        self._end(connection)

    # Letting go

    def _forget(self, connection: Connection) -> None:
        del self._waiting[connection]
        self.poller.unregister(connection.real)

    def _drop(self, connection: Connection) -> None:
        if connection in self._waiting:
            self._forget(connection)
        self._working.pop(connection, None)
        self.nr_conns -= 1
        self._release(connection)
        connection.real.close()

    def _release(self, connection: Connection) -> None:
        self._kept_bytes -= connection.arriving.kept_bytes
        connection.arriving.close()

    def _make_room(self, besides: Connection | None = None) -> None:
        """Let go of who has been on the way for longest: a phone sends again, and whoever means ill has to begin again."""
        slow = (one for one in self._waiting if one is not besides and (besides is None or one.arriving.kept_bytes))
        oldest = min(slow, key=lambda one: one.since, default=None)
        if oldest is not None:
            self._drop(oldest)

    def murder_pending(self) -> None:
        """gunicorn's loop calls this each second at least."""
        now = time.monotonic()
        if now - self._last_look < 1.0:
            return
        self._last_look = now
        for connection in [one for one in self._waiting if one.is_overdue(now, is_stopping=not self.alive)]:
            self._drop(connection)
        lost = sum(now - (one.began_work or now) > MAX_WORK_S for one in tuple(self._working))
        if self.alive and lost * 2 >= self.cfg.threads:
            self.log.error("%s of %s threads do not come back; this worker makes way for another", lost, self.cfg.threads)
            self.alive = False
