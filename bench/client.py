"""The smallest client: a request is bytes made beforehand, so that measuring costs little beside what is measured."""

from __future__ import annotations

import json
import socket
import time
from collections.abc import Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context

CLIENTS = 4
"""Processes that send at the same time where throughput is measured."""


@dataclass(frozen=True, slots=True)
class Throughput:
    per_s: float
    p99_ms: float


def request(
    method: str, path: str, *, token: str | None = None, body: object = None, headers: Mapping[str, str] | None = None
) -> bytes:
    """The request as it goes over the wire."""
    content = b"" if body is None else json.dumps(body).encode()
    lines = {"Host": "127.0.0.1", "Connection": "close", **(headers or {})}
    if token is not None:
        lines["Authorization"] = f"Bearer {token}"
    if body is not None:
        lines |= {"Content-Type": "application/json", "Content-Length": str(len(content))}
    head = "".join(f"{name}: {value}\r\n" for name, value in lines.items())
    return f"{method} {path} HTTP/1.1\r\n{head}\r\n".encode() + content


def send(port: int, sent: bytes) -> tuple[int, bytes]:
    """The answer's status and body."""
    with socket.create_connection(("127.0.0.1", port), timeout=60) as connection:
        connection.sendall(sent)
        parts = []
        while part := connection.recv(1 << 20):
            parts.append(part)
    head, _, body = b"".join(parts).partition(b"\r\n\r\n")
    return int(head[9:12] or 0), body


def send_all(port: int, requests: Sequence[bytes], expected: int) -> list[float]:
    """Each request after the one before it; milliseconds until each answer. Raises where an answer is another than expected."""
    waited = []
    for one in requests:
        began = time.perf_counter()
        status, body = send(port, one)
        waited.append((time.perf_counter() - began) * 1000)
        if status != expected:
            raise RuntimeError(f"{one.split(b' HTTP')[0].decode()} gave {status}: {body[:400].decode(errors='replace')}")
    return waited


def send_at_once(port: int, requests: Sequence[bytes], expected: int) -> Throughput:
    """The requests from several processes at once."""
    with ProcessPoolExecutor(CLIENTS, mp_context=get_context("fork")) as pool:
        shares = [requests[number::CLIENTS] for number in range(CLIENTS)]
        done = list(pool.map(_timed, [port] * CLIENTS, shares, [expected] * CLIENTS))
    seconds = max(end for _, end, _ in done) - min(begin for begin, _, _ in done)
    waited = sorted(ms for _, _, share in done for ms in share)
    return Throughput(len(waited) / seconds, waited[min(len(waited) - 1, round(len(waited) * 0.99))])


def _timed(port: int, requests: Sequence[bytes], expected: int) -> tuple[float, float, list[float]]:
    begin = time.perf_counter()
    waited = send_all(port, requests, expected)
    return begin, time.perf_counter(), waited
