"""Throttling: what is tried in vain is counted in the database: every process and every start knows of it."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from ipaddress import IPv6Address, ip_address, ip_network

from sqlalchemy import delete, or_, select, update
from sqlalchemy.orm import Session

from app.core.errors import NotAllowed
from app.core.text import Text
from app.database.upsert import insert_for
from app.people.models import AttemptCounter
from app.people.rules import FORGOTTEN_AFTER, LIMITS, AttemptKind, left_s

MAX_COUNTED = 100_000
"""Names and addresses that are counted at the same time, about."""
_SWEEP_BATCH_SIZE = 1000
_NOW_AND_THEN = "00"
"""One of 256 names and addresses: with them what is old is swept."""
SHARED_BITS_V6 = 64
"""One household holds a whole /64; one address of it says nothing."""


class Throttled(NotAllowed):
    """Too many attempts: wait."""

    code = "paused"

    def __init__(self, wait_s: int) -> None:
        self.wait_s = wait_s
        super().__init__(
            Text("Terlalu banyak percobaan. Tunggu %(n)s detik, lalu coba lagi.", n=wait_s)
            if wait_s < 60
            else Text("Terlalu banyak percobaan. Tunggu %(n)s menit, lalu coba lagi.", n=-(-wait_s // 60))
        )


@dataclass(frozen=True, slots=True, order=True)
class CountedAttempt:
    """What is tried, and by which name or address it is counted."""

    tried: AttemptKind
    of: str

    @property
    def key(self) -> str:
        """Says nothing of the name or address itself: people type passwords into the wrong field."""
        return f"{self.tried}:{hashlib.sha256(self.of.encode()).hexdigest()}"


def by_pair(tried: AttemptKind, name: str, address: str) -> CountedAttempt:
    """An attempt counted for one name from one network."""
    return CountedAttempt(tried, f"{name} {network(address)}")


def by_address(tried: AttemptKind, address: str) -> CountedAttempt:
    """An attempt counted for one network, whatever the name."""
    return CountedAttempt(tried, network(address))


def network(address: str) -> str:
    """What is counted as one address: itself, of the newer kind its /64; "unknown" for what is none."""
    try:
        known = ip_address(address)
    except ValueError:
        return "unknown"
    if isinstance(known, IPv6Address):
        if known.ipv4_mapped is not None:
            return str(known.ipv4_mapped)
        return str(ip_network((known.packed, SHARED_BITS_V6), strict=False))
    return str(known)


def ask_if_paused(session: Session, asked: CountedAttempt, *, now: datetime) -> None:
    """For what counts only once it was in vain: raises Throttled while it has to wait, changes nothing."""
    counter = session.get(AttemptCounter, asked.key)
    wait_s = left_s(LIMITS[asked.tried], counter.tries, counter.last_at, now) if counter is not None else 0
    if wait_s:
        raise Throttled(wait_s)


def count_attempt(session: Session, counted: Sequence[CountedAttempt], *, now: datetime) -> None:
    """One more attempt for each, before it is known whether it is in vain. Raises Throttled, counting nothing."""
    ordered = sorted(counted)
    if any(each.key.endswith(_NOW_AND_THEN) for each in ordered):
        sweep(session, now=now)
    rows = [{"key": each.key, "tries": 0, "last_at": now} for each in ordered]
    session.execute(insert_for(session, AttemptCounter).on_conflict_do_nothing(index_elements=["key"]), rows)
    counters = {
        row.key: row
        for row in session.scalars(
            select(AttemptCounter)
            .where(AttemptCounter.key.in_([each.key for each in ordered]))
            .order_by(AttemptCounter.key)
            .with_for_update()
            .execution_options(populate_existing=True)
        )
    }
    waits = [left_s(LIMITS[each.tried], counters[each.key].tries, counters[each.key].last_at, now) for each in ordered]
    if any(waits):
        raise Throttled(max(waits))
    for row in counters.values():
        row.tries = 1 if now - row.last_at >= FORGOTTEN_AFTER else row.tries + 1
        row.last_at = now
    session.flush()


def attempt_succeeded(
    session: Session, *, cleared: Sequence[CountedAttempt] = (), taken_back: Sequence[CountedAttempt] = (), now: datetime
) -> None:
    """It succeeded: a name is cleared; an address gets back this one attempt alone, else one's own account would clear it."""
    session.execute(delete(AttemptCounter).where(AttemptCounter.key.in_([each.key for each in cleared])))
    for each in sorted(taken_back):
        session.execute(
            update(AttemptCounter)
            .where(AttemptCounter.key == each.key, AttemptCounter.tries > 0)
            .values(tries=AttemptCounter.tries - 1)
        )
    sweep(session, now=now)


def sweep(session: Session, *, now: datetime) -> None:
    """Rows of quiet days go, and the oldest of more than `MAX_COUNTED`: whoever tries under ever new names fills no disk."""
    newest = select(AttemptCounter.last_at).order_by(AttemptCounter.last_at.desc()).offset(MAX_COUNTED).limit(1).scalar_subquery()
    # What somebody else counts at this moment is theirs.
    old = select(AttemptCounter.key).where(or_(AttemptCounter.last_at < now - FORGOTTEN_AFTER, AttemptCounter.last_at <= newest))
    keys = session.scalars(old.order_by(AttemptCounter.last_at).limit(_SWEEP_BATCH_SIZE).with_for_update(skip_locked=True)).all()
    if keys:
        session.execute(delete(AttemptCounter).where(AttemptCounter.key.in_(keys)))
