"""Photographs are decoded in processes of their own, as a served runner does it: one that asks for too much harms no other."""

from __future__ import annotations

import resource
from datetime import timedelta

import pytest
from flask import Flask

from app.database import db
from app.jobs import runner
from app.jobs.attempts import apart
from app.jobs.work import MAX_ENDED
from app.media.rules import Fault, PhotoState
from app.media.service import decoding
from app.people import service as people
from app.work import WORK
from tests.factories.actions import NOW
from tests.media import pictures
from tests.media.shelf import photo, send, store


@pytest.mark.long_on_postgis
def test_one_that_never_ends_is_set_aside_and_the_others_are_shown(live_app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    """A kind of endless work that nobody has thought of: the decoder itself does not come back."""
    decode = decoding.look_at

    def look_at(file, kind):
        content = file.read()
        while content == endless:
            pass
        file.seek(0)
        return decode(file, kind)

    endless = pictures.jpeg(31)
    monkeypatch.setattr("app.media.service.deriving.look_at", look_at)
    monkeypatch.setattr("app.jobs.attempts._limit_resource", _a_second)
    with live_app.app_context():
        session = db.session()
        budi = people.create(session, "budi", now=NOW)
        session.commit()
        sent = [send(session, budi, content) for content in (endless, pictures.jpeg_of_many_scans(400), pictures.jpeg(32))]
        for tries in range(MAX_ENDED):
            while runner.run_next(WORK, lambda at=NOW + timedelta(hours=tries): at, trying=apart):
                pass
        session = db.session()
        found = [(photo(session, each).state, photo(session, each).fault) for each in sent]
        assert store().original(sent[0]).exists()
    assert found == [
        (PhotoState.BROKEN, Fault.GAVE_UP),
        (PhotoState.BROKEN, Fault.TOO_LARGE),
        (PhotoState.READY, None),
    ]


def _a_second(of: int, maximum: int) -> None:
    """The processor's limit as a test can wait for it."""
    resource.setrlimit(of, (1, resource.RLIM_INFINITY) if of == resource.RLIMIT_CPU else (maximum, resource.RLIM_INFINITY))
