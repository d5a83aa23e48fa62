"""What a person's actions say of each other, plainly: caps, spacing, overlap, and ways that nobody can go."""

from __future__ import annotations

from datetime import date, timedelta

from tests.ground.plainground import metres
from tests.ground.record import Record

Found = list[tuple[str, str]]


def judge(records: list[Record], day: date, new: Record | None = None) -> None:
    """Hold the person's actions around the day against each other once more; `new` is the one that has just come."""
    near = [r for r in records if abs((r.on - day).days) <= 1 and r.status in ("waiting", "held", "stamped")]
    further = [r for r in records if abs((r.on - day).days) == 2 and r.status in ("waiting", "stamped")]
    unmoved = [r for r in near if r.stamp] + further
    undecided = [r for r in near if not r.stamp]
    undecided.sort(key=lambda r: (r.status == "held" or r is new, r.received_at, r.id))
    out = {r.id for r in undecided if ("hold" in {level for _, level in r.own})}
    while True:
        standing, gone = list(unmoved), set()
        for record in undecided:
            if record.id not in out and not against(record, standing):
                gone = {r.id for r in standing if not r.stamp and r not in further and cannot_follow(r, record)}
                if gone:
                    break
                standing.append(record)
        out |= gone
        if not gone:
            break
    for record in near:
        rest = [r for r in standing if r is not record]
        if record.stamp:
            record.beside = [f for f in record.beside if f[0] != "travel_impossible"] + travel(record, rest)
        else:
            record.beside = against(record, rest)


def against(record: Record, others: list[Record]) -> Found:
    return caps(record, others) + close(record, others) + travel(record, others)


def caps(record: Record, others: list[Record]) -> Found:
    today = [other for other in others if other.programme == record.programme and other.on == record.on]
    if record.programme == "gps":
        over = len(today) >= 3 or any(other.place == record.place for other in today)
    else:
        over = sum(r.measures["holes"] for r in (*today, record)) > 20
    return [("cap_day", "hold")] if over else []


def close(record: Record, others: list[Record]) -> Found:
    """At the same time as another, or less than half an hour apart; only GPS knows minutes."""
    litter = [other for other in others if other.programme == "gps" == record.programme]
    overlap = any(record.observed_at < other.ends_at and other.observed_at < record.ends_at for other in litter)
    gaps = [max(record.observed_at - other.ends_at, other.observed_at - record.ends_at) for other in litter]
    near = any(timedelta(0) <= gap < timedelta(minutes=30) for gap in gaps)
    return [("spacing_short", "hold")] * near + [("overlap", "hold")] * overlap


def travel(record: Record, others: list[Record]) -> Found:
    return [("travel_impossible", "hold")] if any(cannot_follow(record, other) for other in others) else []


def cannot_follow(later: Record, earlier: Record) -> bool:
    """Whether nobody can have come from the one to the other: faster than a car from 2 km on, than an airliner from 50 km on.

    As one phone tells it: where somebody else recorded it, the position is theirs.
    """
    if later.sender is not earlier.sender:
        return False
    if (earlier.observed_at, earlier.received_at) >= (later.observed_at, later.received_at):
        return False
    hours = (later.observed_at - earlier.observed_at) / timedelta(hours=1)
    far = metres(later.point, earlier.point) - later.accuracy - earlier.accuracy
    return far >= 2000 and hours < 24 and far / 1000 > hours * (950 if far >= 50_000 else 120)
