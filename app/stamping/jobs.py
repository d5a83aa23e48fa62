"""What the desk does by itself every day."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, time
from typing import Any
from uuid import NAMESPACE_OID, uuid5

from app.core.clock import local_day
from app.database import db
from app.database.transaction import write_transaction
from app.jobs import queue
from app.jobs.work import Handler
from app.notices import service as notices
from app.notices.rules import DEFAULT_HOUR, MAX_COUNTED, NoticeKind, next_at
from app.notices.service import News
from app.people import queries as people
from app.stamping import queries, service

BATCH_SIZE = 100
"""Actions given back in one transaction: nobody waits long for the write lock."""
REMIND = "stamping.remind"


def give_back(_payload: Mapping[str, Any], now: datetime) -> None:
    """What was held softly for 14 days waits again."""
    session, after = db.session(), None
    while True:
        with write_transaction(session):
            after = service.give_back(session, after=after, limit=BATCH_SIZE, now=now)
        if after is None:
            return


def ask_to_remind(_payload: Mapping[str, Any], now: datetime) -> None:
    """Everybody who stamps is told at their own hour what waits then."""
    session = db.session()
    asked = []
    for account in people.holders_of(session, queries.STAMPING_POSTS, now):
        zone = people.person_zone(session, account.person_id)
        asked.append((account.person_id, next_at(account.notice_hour or DEFAULT_HOUR, zone, now), zone))
    with write_transaction(session):
        for person_id, at, zone in asked:
            key = f"{REMIND} {person_id} {local_day(at, zone)}"
            queue.enqueue(session, REMIND, {"person": person_id}, now=now, run_after=at, key=key)


def remind(payload: Mapping[str, Any], now: datetime) -> None:
    """Tell one person what waits for their stamp, where anything does; once a day."""
    session, person_id = db.session(), int(payload["person"])
    waiting = queries.to_be_told(session, person_id, limit=MAX_COUNTED, now=now)
    if not waiting.count:
        return
    once = uuid5(NAMESPACE_OID, f"{REMIND} {person_id} {people.person_day(session, person_id, now)}")
    news = News(person_id, NoticeKind.WAITING, {"count": waiting.count, "late": waiting.late}, "/meja", once)
    with write_transaction(session):
        notices.tell_afresh(session, news, now=now)


HANDLERS = {
    "stamping.give_back": Handler(give_back),
    "stamping.ask_to_remind": Handler(ask_to_remind),
    REMIND: Handler(remind),
}
DAILY = {"stamping.give_back": time(3, 20), "stamping.ask_to_remind": time(3, 40)}
