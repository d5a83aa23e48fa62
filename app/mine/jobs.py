"""The morning of a programme's day: who asked for it is reminded, once, unless they have been there already."""

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
from app.mine.queries import programme_today
from app.notices import service as notices
from app.notices.rules import NoticeKind, is_quiet, next_at
from app.notices.service import News
from app.people import queries as people

REMIND = "mine.remind"


def ask_to_remind(_payload: Mapping[str, Any], now: datetime) -> None:
    """Everybody who asked for it is looked after at their own hour."""
    session = db.session()
    asked = []
    for account in people.reminded(session):
        zone = people.person_zone(session, account.person_id)
        if account.reminder_hour is not None:
            asked.append((account.person_id, next_at(account.reminder_hour, zone, now), zone))
    with write_transaction(session):
        for person_id, at, zone in asked:
            key = f"{REMIND} {person_id} {local_day(at, zone)}"
            payload = {"person": person_id, "day": local_day(at, zone).isoformat()}
            queue.enqueue(session, REMIND, payload, now=now, run_after=at, key=key)


def remind(payload: Mapping[str, Any], now: datetime) -> None:
    """Tell one person that today is a programme's day, where it is and they have not acted.

    Not when they have changed their mind, and not when the hour was missed by so much that it is quiet, or another day.
    """
    session, person_id = db.session(), int(payload["person"])
    account = next((each for each in people.reminded(session) if each.person_id == person_id), None)
    if account is None:
        return
    today = people.person_day(session, person_id, now)
    if today.isoformat() != payload["day"] or is_quiet(now, people.person_zone(session, person_id)):
        return
    current = programme_today(session, person_id, today, now=now, residence_id=account.residence_id)
    if current is None:
        return
    once = uuid5(NAMESPACE_OID, f"{REMIND} {person_id} {today}")
    news = News(person_id, NoticeKind.PROGRAMME_DAY, {"programme": current.definition.name.by_language()}, "/catat", once)
    with write_transaction(session):
        notices.tell_afresh(session, news, now=now)


HANDLERS = {"mine.ask_to_remind": Handler(ask_to_remind), REMIND: Handler(remind)}
DAILY = {"mine.ask_to_remind": time(3, 50)}
