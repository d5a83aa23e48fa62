"""A notice as it leaves: to a push service of our own, read there as the browser would read it."""

from __future__ import annotations

import base64
import json
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import http_ece
import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.channels.addresses import NotTaken, PushAddress, is_service
from app.channels.keys import push_keys
from app.channels.new_keys import make_push_keys
from app.jobs.work import RetryLater
from app.notices import jobs, service
from app.notices.models import Notice, PushSubscription
from app.notices.rules import NoticeKind
from app.notices.service import News
from app.people.service import accounts
from app.settings import PUSH_SERVICES
from tests.factories.actions import NOW
from tests.factories.cast import Cast

pytestmark = pytest.mark.long_on_postgis

AUTH = b"sixteen bytes ab"


def url64(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


@dataclass(slots=True)
class Service:
    url: str
    browser: ec.EllipticCurvePrivateKey
    status: int = 201
    taken: list[tuple[dict[str, str], bytes]] = field(default_factory=list)

    def address(self, name: str = "phone") -> PushAddress:
        public = self.browser.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
        return PushAddress(f"{self.url}/{name}", url64(public), url64(AUTH))

    def read(self) -> list[dict[str, Any]]:
        return [
            json.loads(http_ece.decrypt(raw, private_key=self.browser, auth_secret=AUTH, version="aes128gcm"))
            for _, raw in self.taken
        ]


@pytest.fixture
def push_service() -> Iterator[Service]:
    made: list[Service] = []

    class Takes(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            raw = self.rfile.read(int(self.headers["Content-Length"]))
            made[0].taken.append(({name.lower(): value for name, value in self.headers.items()}, raw))
            self.send_response(made[0].status)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *_: object) -> None:
            """Nothing is printed."""

    server = HTTPServer(("127.0.0.1", 0), Takes)
    made.append(Service(f"http://127.0.0.1:{server.server_port}", ec.generate_private_key(ec.SECP256R1())))
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield made[0]
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def told(app: Flask, session: Session, cast: Cast, push_service: Service) -> Callable[[], int]:
    """Budi's phone asked to be told; each call tells him something and gives the notice's number."""
    make_push_keys(app.config["SETTINGS"].instance)
    service.subscribe(session, cast.budi, push_service.address(), now=NOW)

    def tell() -> int:
        service.tell(session, [News(cast.budi.person_id, NoticeKind.STAMPED, {"count": 1}, "/buku")], now=NOW)
        session.commit()
        return session.scalars(select(Notice.id).order_by(Notice.id.desc())).first() or 0

    return tell


def test_only_the_browser_reads_what_a_notice_says(session: Session, told: Callable[[], int], push_service: Service) -> None:
    notice = told()
    jobs.push({"notice": notice}, NOW)
    (message,) = push_service.read()
    uuid = session.get_one(Notice, notice).uuid
    assert message == {"title": "Sabuk Hijau", "body": "1 aksi Anda sudah dicap.", "link": "/buku", "tag": str(uuid)}
    headers, raw = push_service.taken[0]
    assert b"dicap" not in raw
    assert headers["authorization"].startswith("vapid t=")
    assert headers["ttl"] == "86400"


def test_the_notice_speaks_its_reader_s_language(
    session: Session, cast: Cast, told: Callable[[], int], push_service: Service
) -> None:
    cast.budi.language = "en"
    jobs.push({"notice": told()}, NOW)
    assert push_service.read()[0]["body"] == "Your action is stamped."


def test_a_browser_that_is_gone_is_forgotten(session: Session, told: Callable[[], int], push_service: Service) -> None:
    push_service.status = 410
    jobs.push({"notice": told()}, NOW)
    session.expire_all()
    assert session.scalars(select(PushSubscription)).all() == []


def test_a_service_in_trouble_is_asked_again(session: Session, told: Callable[[], int], push_service: Service) -> None:
    push_service.status = 503
    notice = told()
    with pytest.raises(NotTaken, match="503"):
        jobs.push({"notice": notice}, NOW)
    push_service.status = 201
    jobs.push({"notice": notice}, NOW)
    first, second = push_service.read()
    assert first["tag"] == second["tag"]


def test_what_was_read_or_is_old_is_not_rung(
    session: Session, cast: Cast, told: Callable[[], int], push_service: Service
) -> None:
    notice = told()
    jobs.push({"notice": notice}, NOW + timedelta(hours=25))
    service.read(session, cast.budi.person_id, up_to=session.get_one(Notice, notice).uuid, now=NOW)
    session.commit()
    jobs.push({"notice": notice}, NOW)
    jobs.push({"notice": 987654}, NOW)
    assert push_service.taken == []


def test_a_phone_whose_sessions_are_over_is_not_rung(
    session: Session, cast: Cast, told: Callable[[], int], push_service: Service
) -> None:
    """A lost phone says nothing more once its owner signed out everywhere, whatever waits to be said."""
    notice = told()
    accounts.sign_out_everywhere(session, cast.budi, now=NOW)
    session.commit()
    jobs.push({"notice": notice}, NOW)
    assert push_service.taken == []
    service.subscribe(session, cast.budi, push_service.address(), now=NOW)
    session.commit()
    jobs.push({"notice": notice}, NOW)
    assert len(push_service.taken) == 1


def test_a_job_that_comes_at_night_waits(told: Callable[[], int], push_service: Service) -> None:
    with pytest.raises(RetryLater):
        jobs.push({"notice": told()}, NOW + timedelta(hours=8))
    assert push_service.taken == []


def test_keys_are_made_once_and_kept_to_their_owner(tmp_path: Path) -> None:
    instance = tmp_path
    assert push_keys(instance) is None
    make_push_keys(instance)
    keys = push_keys(instance)
    make_push_keys(instance)
    assert push_keys(instance) == keys is not None
    assert (instance / "push-keys.json").stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize(
    ("endpoint", "known"),
    [
        ("https://fcm.googleapis.com/fcm/send/x", True),
        ("https://updates.push.services.mozilla.com/wpush/v2/x", True),
        ("https://web.push.apple.com/x", True),
        ("http://fcm.googleapis.com/x", False),
        ("https://fcm.googleapis.com:8443/x", False),
        ("https://fcm.googleapis.com.example.org/x", False),
        ("https://user@fcm.googleapis.com/x", False),
        ("https://fcm.googleapis.com@127.0.0.1/x", False),
        ("https://127.0.0.1/x", False),
        ("https://[::1/x", False),
        ("", False),
    ],
)
def test_only_known_push_services_are_posted_to(endpoint: str, known: bool) -> None:
    assert is_service(endpoint, PUSH_SERVICES) is known
