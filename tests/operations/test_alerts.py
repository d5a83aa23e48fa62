"""Errors told to a webhook: what, how often, and what never."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from app.channels import webhook
from app.channels.addresses import NotTaken
from app.jobs import queue, runner
from app.jobs.work import MAX_ENDED, AttemptOutcome, AttemptResult, Handler, Work
from app.operations.rules.alerts import MAX_IN_PERIOD, PERIOD, RETRY, Alert, AlertKind, Told, admit, error_class, not_taken
from app.operations.service.alerts import FILE, AlertSender
from app.operations.views.alerts import tell_of_dead_jobs
from tests.conftest import application

NOW = datetime(2026, 12, 1, 4, 0, tzinfo=UTC)
ALERT = Alert(AlertKind.REQUEST, "/kota", "KeyError")
SECRET = "rahasia-tetangga"


class Receiver(HTTPServer):
    """What an operator would set up, on this machine."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Ear)
        self.heard: list[dict[str, object]] = []
        self.status = 204

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server_port}/hook?key=topsecret"


class _Ear(BaseHTTPRequestHandler):
    server: Receiver

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.heard.append({"path": self.path} | json.loads(body))
        self.send_response(self.server.status)
        self.send_header("Location", "http://127.0.0.1:9/elsewhere")
        self.end_headers()

    def log_message(self, *_told: object) -> None:
        pass


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    made = Receiver()
    thread = threading.Thread(target=made.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    yield made
    made.shutdown()
    thread.join()
    made.server_close()


def done(sender: AlertSender) -> None:
    sender._waiting.join()  # noqa: SLF001 - nothing else has to wait for it


def sender_of(receiver: Receiver, folder, now: datetime = NOW) -> AlertSender:
    return AlertSender(receiver.address, folder, "0.1.0", lambda: now)


# --- how often ---


def test_the_same_error_is_told_once_in_a_while_with_its_count():
    known, counts = {}, []
    for minutes in (0, 1, 9, 10, 11, 21):
        known, count = admit(known, ALERT.key, NOW + timedelta(minutes=minutes))
        counts.append(count)
    assert counts == [1, 0, 0, 3, 0, 2]


def test_many_different_errors_at_once_are_no_flood():
    known, told = {}, 0
    for place in range(100):
        known, count = admit(known, f"request /{place} KeyError", NOW)
        told += bool(count)
    assert told == MAX_IN_PERIOD
    known, count = admit(known, "request /99 KeyError", NOW + PERIOD)
    assert count == 2


def test_what_nobody_took_is_told_when_it_comes_again():
    known = not_taken({ALERT.key: Told(NOW, 2)}, ALERT.key, 3, NOW)
    assert admit(known, ALERT.key, NOW + RETRY / 2)[1] == 0
    assert admit(known, ALERT.key, NOW + RETRY)[1] == 6


CLASSES = [
    ("ValueError: Ani", "ValueError"),
    ("sqlalchemy.exc.OperationalError: x in: SELECT", "OperationalError"),
    ("KeyError", "KeyError"),
    ("took longer than 0:10:00", "ended"),
    ("its process ended with SIGKILL", "ended"),
    ("", "ended"),
    ("Ani binti Ujang: lost", "ended"),
]


@pytest.mark.parametrize(("words", "error"), CLASSES)
def test_of_a_failed_job_the_class_alone_is_told(words, error):
    assert error_class(words) == error


# --- how ---


def test_a_webhook_is_handed_the_document(receiver):
    webhook.post(receiver.address, {"a": 1})
    assert receiver.heard == [{"path": "/hook?key=topsecret", "a": 1}]


@pytest.mark.parametrize("status", [302, 404, 500])
def test_a_redirect_or_a_refusal_is_not_taken_and_tells_no_address(receiver, status):
    receiver.status = status
    with pytest.raises(NotTaken, match=str(status)) as told:
        webhook.post(receiver.address, {})
    assert "topsecret" not in str(told.value)
    assert len(receiver.heard) == 1


def test_two_processes_tell_an_error_once(receiver, tmp_path):
    for sender in (sender_of(receiver, tmp_path), sender_of(receiver, tmp_path)):
        sender.tell(ALERT)
        sender.tell(ALERT)
        done(sender)
    assert [heard["count"] for heard in receiver.heard] == [1]
    late = sender_of(receiver, tmp_path, NOW + PERIOD)
    late.tell(ALERT)
    done(late)
    assert [heard["count"] for heard in receiver.heard] == [1, 4]
    assert set(receiver.heard[0]) == {"path", "kind", "place", "error", "count", "version", "at"}


@pytest.mark.parametrize("content", ["", "{", "[1]", '{"request /kota KeyError": 3}'])
def test_a_broken_file_is_begun_anew(receiver, tmp_path, content):
    (tmp_path / FILE).write_text(content)
    sender = sender_of(receiver, tmp_path)
    sender.tell(ALERT)
    done(sender)
    assert len(receiver.heard) == 1


def test_a_process_without_a_disk_remembers_for_itself(receiver, tmp_path):
    sender = sender_of(receiver, tmp_path / "nowhere")
    for _ in range(3):
        sender.tell(ALERT)
    done(sender)
    assert len(receiver.heard) == 1


def test_a_receiver_that_is_away_is_a_warning_without_its_address(tmp_path, caplog):
    sender = AlertSender("http://127.0.0.1:9/topsecret", tmp_path, "0.1.0", lambda: NOW)
    sender.tell(ALERT)
    done(sender)
    assert "could not be told" in caplog.text
    assert "topsecret" not in caplog.text


# --- what ---


@pytest.fixture
def told_app(receiver, tmp_path):
    def broken(name: str) -> str:
        raise KeyError(f"{SECRET} {name}")

    def lost() -> str:
        raise OSError(28, SECRET)

    with application(f"sqlite:///{tmp_path / 'none.sqlite3'}", tmp_path, error_webhook=receiver.address) as made:
        made.add_url_rule("/broken/<name>", "broken", broken)
        made.add_url_rule("/lost", "lost", lost)
        yield made


def test_an_error_is_told_by_pattern_and_class_and_nothing_else(told_app, receiver):
    client = told_app.test_client()
    for address, status in ((f"/broken/{SECRET}", 500), ("/lost", 507), ("/nothing", 404), ("/masuk", 200)):
        assert client.get(address).status_code == status
    done(told_app.extensions["sabuk_alerts"])
    assert [(heard["kind"], heard["place"], heard["error"]) for heard in receiver.heard] == [
        ("request", "/broken/<name>", "KeyError"),
        ("request", "/lost", "OSError"),
    ]
    assert SECRET not in str(receiver.heard)


def test_an_answer_does_not_wait_for_the_receiver(told_app, receiver, monkeypatch):
    held = threading.Event()
    monkeypatch.setattr(webhook, "post", lambda *_given: held.wait(10))
    client = told_app.test_client()
    began = time.monotonic()
    for _ in range(150):
        assert client.get("/broken/x").status_code == 500
    assert time.monotonic() - began < 9
    held.set()
    done(told_app.extensions["sabuk_alerts"])


def test_a_job_that_is_given_up_is_told(session, told_app, receiver):
    def run(_payload: object, _now: datetime) -> None:
        raise AssertionError

    def ends(*_given: object) -> AttemptOutcome:
        return AttemptOutcome(AttemptResult.ENDED, f"its process ended with {SECRET}")

    work = Work({"test.tell": Handler(run)}, tell_dead=tell_of_dead_jobs(told_app))
    queue.enqueue(session, "test.tell", {"name": SECRET}, now=NOW)
    session.commit()
    for hours in range(MAX_ENDED):
        assert runner.run_next(work, lambda hours=hours: NOW + timedelta(hours=hours), ends)
    done(told_app.extensions["sabuk_alerts"])
    assert [(heard["kind"], heard["place"], heard["error"]) for heard in receiver.heard] == [("job", "test.tell", "ended")]
    assert SECRET not in str(receiver.heard)
