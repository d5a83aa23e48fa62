"""Stands between a phone and the server: can be cut like a signal, and can make the server look like its next version."""

from __future__ import annotations

import http.client
import re
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import urlsplit

NOT_FORWARDED = {"connection", "transfer-encoding", "keep-alive"}
NOT_OF_ANOTHER_EDITION = {"accept-encoding", "if-none-match", "etag"}
FILE = re.compile(rb"(?<=[\w-]\.)([0-9A-Za-z]{8,12})(?=\.(?:js|css)\b)")
"""The mark of content in a file's name."""


@dataclass(frozen=True)
class Sent:
    """An answer as it travelled."""

    path: str
    bytes: int
    kind: str
    by_worker: bool
    """The service worker asked, or the browser asked for it."""


@dataclass
class Proxy:
    """What the test turns, and what it has seen."""

    upstream: str
    url: str = ""
    is_cut: bool = False
    """No answer reaches the phone."""
    lost: str = ""
    """Addresses with these words in them get no answer."""
    held: str = ""
    """Addresses with these words in them get their answer once nothing is held any more."""
    edition: bytes = b""
    """The server of a later day: every file has another name, those of before are gone, pages and worker say the edition."""
    asked: list[tuple[str, str, dict[str, str]]] = field(default_factory=list)
    """Method, path and headers of each request, those that were cut too."""
    sent: list[Sent] = field(default_factory=list)
    """What has reached the phone."""

    def has_heard(self, method: str, words: str) -> bool:
        """Whether such a request has come, though its answer may not have left."""
        return any(asked == method and words in path for asked, path, _ in self.asked)

    def upstream_path(self, path: str) -> str | None:
        """The path as the server knows it; None: gone in this edition."""
        if not path.startswith("/aset/") or not self.edition or not re.search(r"\.(js|css)$", path):
            return path
        mark = f".{self.edition.decode()}"
        return path.replace(mark, ".", 1) if mark in path else None

    def changed(self, path: str, body: bytes, kind: str) -> bytes:
        if not self.edition or not kind.startswith(("text/html", "text/javascript")):
            return body
        body = FILE.sub(self.edition + rb"\1", body)
        if path == "/sw.js":
            body = re.sub(rb'"version":"\w+"', b'"version":"%s"' % self.edition, body)
        return body.replace(b"<head>", b'<head>\n<meta name="edition" content="%s">' % self.edition)


@contextmanager
def proxied(upstream: str) -> Iterator[Proxy]:
    """A proxy of the server on a port of its own: a place of its own to the browser."""
    proxy = Proxy(upstream)
    server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(proxy))
    server.daemon_threads = True
    proxy.url = f"http://127.0.0.1:{server.server_address[1]}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield proxy
    finally:
        server.shutdown()
        server.server_close()
        thread.join(5)


def _handler(proxy: Proxy) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def forward(self) -> None:
            length = int(self.headers.get("Content-Length") or 0)
            sent = self.rfile.read(length) if length else None
            proxy.asked.append((self.command, self.path, dict(self.headers)))
            path = proxy.upstream_path(self.path)
            if proxy.is_cut or (proxy.lost and proxy.lost in self.path):
                self.close_connection = True
                return
            if path is None:
                self.answer(404, [("Content-Type", "text/plain")], b"gone")
                return
            there = http.client.HTTPConnection(urlsplit(proxy.upstream).netloc, timeout=60)
            left_out = NOT_FORWARDED | (NOT_OF_ANOTHER_EDITION if proxy.edition else set())
            headers = {name: value for name, value in self.headers.items() if name.lower() not in left_out}
            there.request(self.command, path, sent, {"Accept-Encoding": "identity"} | headers)
            answer = there.getresponse()
            body = answer.read()
            there.close()
            while proxy.held and proxy.held in self.path:
                time.sleep(0.02)
            if proxy.is_cut:
                self.close_connection = True
                return
            kept = [(name, value) for name, value in answer.getheaders() if name.lower() not in {*left_out, "content-length"}]
            kind = answer.getheader("Content-Type") or ""
            by_worker = self.path == "/sw.js" or (self.headers.get("Referer") or "").endswith("/sw.js")
            proxy.sent.append(Sent(self.path, len(body), kind.partition(";")[0], by_worker))
            self.answer(answer.status, kept, proxy.changed(self.path, body, kind))

        def answer(self, status: int, headers: list[tuple[str, str]], body: bytes) -> None:
            self.send_response_only(status)
            for name, value in headers:
                self.send_header(name, value)
            if status != 304:
                self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            if self.command != "HEAD" and status != 304:
                self.wfile.write(body)

        def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the name that the standard library gives it
            pass

        do_GET = do_POST = do_PUT = do_DELETE = do_HEAD = forward  # noqa: N815 - the same

    return Handler
