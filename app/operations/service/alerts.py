"""Errors told to the operator's webhook by a thread of its own: nobody's answer waits for it, nothing breaks without it."""

from __future__ import annotations

import fcntl
import json
import logging
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path
from queue import Full, Queue
from typing import IO

from app.channels import webhook
from app.channels.addresses import NotTaken
from app.operations.rules.alerts import Alert, Told, admit, not_taken

FILE = "error-webhook.json"
"""What was told when, shared by all processes: the same error of two workers is told once."""
MAX_WAITING = 100

log = logging.getLogger("sabuk.alerts")


class AlertSender:
    """One of a process; its thread begins with the first error."""

    def __init__(self, address: str, instance: Path, version: str, clock: Callable[[], datetime]) -> None:
        self._address, self._version, self._clock = address, version, clock
        self._file = instance / FILE
        self._waiting: Queue[Alert] = Queue(MAX_WAITING)
        self._thread: threading.Thread | None = None
        self._guard = threading.Lock()
        self._known: dict[str, Told] = {}
        """Where the disk takes no file, this process remembers for itself."""

    def tell(self, alert: Alert) -> None:
        """Have it told soon. Returns at once; where too many wait it is left out."""
        with suppress(Full):
            self._waiting.put_nowait(alert)
        with self._guard:
            if self._thread is None:
                self._thread = threading.Thread(target=self._work, name="alerts", daemon=True)
                self._thread.start()

    def _work(self) -> None:
        while True:
            alert = self._waiting.get()
            try:
                self._send(alert)
            except Exception as error:
                log.warning("an error could not be told to the webhook: %s", type(error).__name__)
            finally:
                self._waiting.task_done()

    def _send(self, alert: Alert) -> None:
        now = self._clock()
        with self._shared() as file:
            known, count = admit(self._read(file), alert.key, now)
            self._write(file, known)
        if not count:
            return
        document = {"kind": alert.kind.value, "place": alert.place, "error": alert.error, "count": count}
        try:
            webhook.post(self._address, document | {"version": self._version, "at": now.isoformat(timespec="seconds")})
        except NotTaken as problem:
            log.warning("an error could not be told to the webhook: %s", problem)
            with self._shared() as file:
                self._write(file, not_taken(self._read(file), alert.key, count, now))

    @contextmanager
    def _shared(self) -> Iterator[IO[str] | None]:
        """The file, ours alone; None where there cannot be one."""
        try:
            file = self._file.open("a+", encoding="utf-8")
        except OSError:
            yield None
            return
        with file:
            fcntl.flock(file, fcntl.LOCK_EX)
            yield file

    def _read(self, file: IO[str] | None) -> Mapping[str, Told]:
        if file is not None:
            file.seek(0)
            with suppress(ValueError, TypeError, AttributeError):
                told = json.loads(file.read())
                return {key: Told(datetime.fromisoformat(at), int(held)) for key, (at, held) in told.items()}
        return self._known

    def _write(self, file: IO[str] | None, known: dict[str, Told]) -> None:
        self._known = known
        if file is not None:
            with suppress(OSError):
                file.truncate(0)
                file.write(json.dumps({key: [told.at.isoformat(), told.held] for key, told in known.items()}))
                file.flush()
