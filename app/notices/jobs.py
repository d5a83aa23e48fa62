"""Ringing: notices pushed to browsers, not at night; and forgetting old ones."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime, time, timedelta
from typing import Any
from uuid import UUID

from flask import current_app

from app.channels.addresses import NotTaken, Sent
from app.channels.keys import push_keys
from app.core.catalogue import Language
from app.database import db
from app.database.transaction import write_transaction
from app.jobs.work import Handler, JobLimits, RetryLater
from app.notices import queries, service
from app.notices.rules import NoticeKind, is_quiet, not_before
from app.people.service.news import NEWS
from app.settings import Settings

NEWS_FOR = timedelta(hours=24)
"""How long a push service keeps a notice for a browser that is away."""


def push(payload: Mapping[str, Any], now: datetime) -> None:
    """Push one notice to each browser of its person. The same notice twice replaces itself: it carries its own tag."""
    from app.channels import push as pushing

    session = db.session()
    found = queries.ringing(session, int(payload["notice"]))
    session.commit()
    if found is None or now - found.told.told_at > NEWS_FOR:
        return
    if is_quiet(now, found.zone):
        raise RetryLater(not_before(now, found.zone) - now)
    settings: Settings = current_app.config["SETTINGS"]
    keys = push_keys(settings.instance)
    if keys is None:
        raise NotTaken("this installation has no keys of push yet")
    message = json.dumps(
        {
            "title": "Sabuk Hijau",
            "body": found.told.words.said(Language(found.language)),
            "link": found.told.link,
            "tag": str(found.told.uuid),
        },
        ensure_ascii=False,
    )
    gone, trouble = [], None
    for digest, address in found.addresses.items():
        try:
            sent = pushing.send(address, message, keys, contact=settings.contact, ttl_s=int(NEWS_FOR.total_seconds()))
        except NotTaken as problem:
            trouble = problem
        else:
            if sent is Sent.GONE:
                gone.append(digest)
    if gone:
        with write_transaction(session):
            service.forget(session, gone)
    if trouble is not None:
        raise trouble


def tell_news(payload: Mapping[str, Any], now: datetime) -> None:
    """Tell somebody what happened to their account; what was told already is not told again."""
    session, uuid = db.session(), UUID(payload["uuid"])
    with write_transaction(session):
        if not queries.is_told(session, uuid):
            kind = NoticeKind(payload["kind"])
            service.tell(session, [service.News(payload["person"], kind, payload["values"], payload["link"], uuid)], now=now)


def sweep(_payload: Mapping[str, Any], now: datetime) -> None:
    session = db.session()
    with write_transaction(session):
        service.sweep(session, now=now)


def _prepare() -> None:
    from app.channels import push as _pushing  # noqa: F401 - each try would load it anew


HANDLERS = {
    service.PUSH: Handler(push, limits=JobLimits(time=timedelta(minutes=2)), prepare=_prepare),
    NEWS: Handler(tell_news),
    "notices.sweep": Handler(sweep),
}
DAILY = {"notices.sweep": time(2, 50)}
