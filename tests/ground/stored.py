"""What the database keeps beside the facts, read with plain SQL and held against the plain counts row by row."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, text

from tests.ground.counts import Counts
from tests.ground.run import Ledger, Run

BLINK = timedelta(minutes=5)
"""A stamp's own instant is the server's; the plain book knows when its officer asked for it."""


class Stored:
    def __init__(self, connection: Connection, run: Run, counts: Counts) -> None:
        self.connection, self.run, self.counts = connection, run, counts
        self.ledger: Ledger = run.ledger
        people = {str(person.uuid): person.number for person in run.world.people.values()}
        sites = {str(site.uuid): site.number for site in run.world.sites}
        self.person = {row[0]: people[str(UUID(str(row[1])))] for row in self._rows("SELECT id, uuid FROM person")}
        self.site = {row[0]: sites[str(UUID(str(row[1])))] for row in self._rows("SELECT id, uuid FROM site")}
        self.area = dict(self._rows("SELECT id, code FROM area"))
        self.programme = dict(self._rows("SELECT id, code FROM programme"))

    def _rows(self, query: str) -> list[Any]:
        return [tuple(row) for row in self.connection.execute(text(query))]

    def _subject(self, kind: str, subject_id: int) -> str:
        if kind == "area":
            return self.area[subject_id]
        return f"person {self.person[subject_id]}" if kind == "person" else f"site {self.site[subject_id]}"

    def compare(self) -> None:
        self._same("stored: status of each action", self._statuses(), {r.id: r.status for r in self.run.book.records.values()})
        plain = {r.id: sorted(r.findings) for r in self.run.book.records.values()}
        self._same("stored: findings of each action", self._findings(), plain)
        tallies = self._rows("SELECT programme_id, subject, subject_id, period, measure, value FROM tally WHERE value <> 0")
        self._same(
            "stored: tallies",
            {(self.programme[p], self._subject(kind, of), period, measure): v for p, kind, of, period, measure, v in tallies},
            self.counts.tallies(),
        )
        presences = self._rows(
            "SELECT programme_id, scope, scope_id, period, person_id, actions, ranked FROM presence WHERE actions <> 0"
        )
        self._same(
            "stored: who was where, and what ranks",
            {(self.programme[p], self._subject(kind, of), period, self.person[who]): (n, ranked)
             for p, kind, of, period, who, n, ranked in presences},
            self.counts.presences(),
        )  # fmt: skip
        histogram = self._rows("SELECT programme_id, area_id, period, score, people FROM histogram WHERE people <> 0")
        self._same(
            "stored: histogram of the boards",
            {(self.programme[p], self.area[area], period, score): people for p, area, period, score, people in histogram},
            self.counts.histogram(),
        )
        badges = self._rows("SELECT person_id, programme_id, badge FROM badge_award")
        found = {(self.person[person], self.programme[p], badge): True for person, p, badge in badges}
        self._same("stored: badges", found, dict.fromkeys(self.counts.badges(), True))
        self._awards()

    def _findings(self) -> dict[str, list[tuple[str, str]]]:
        """As they are at the end; JSON comes as text or as values."""
        rows = [(id_, json.loads(f) if isinstance(f, str) else f) for id_, f in self._rows("SELECT id, findings FROM action")]
        return {str(UUID(str(id_))): sorted((code, level) for code, level, _ in found) for id_, found in rows}

    def _statuses(self) -> dict[str, str]:
        return {str(UUID(str(action_id))): status for action_id, status in self._rows("SELECT id, status FROM action")}

    def _awards(self) -> None:
        rows = self._rows("SELECT person_id, programme_id, threshold, belt, stripes, earned_at FROM award")
        plain = self.counts.awards()
        found = {}
        for person, programme, threshold, belt, stripes, earned_at in rows:
            key = self.person[person], self.programme[programme], threshold
            at = _instant(earned_at)
            asked = plain.get(key, ("", 0, at))[2]
            found[key] = belt, stripes, asked if abs(at - asked) < BLINK else at
        self._same("stored: belts and stripes with their day", found, plain)

    def _same(self, check: str, house: dict[Any, Any], plain: dict[Any, Any]) -> None:
        for key in sorted({*house, *plain}, key=repr):
            self.ledger.same(check, key, plain.get(key), house.get(key))


def _instant(value: Any) -> datetime:
    read = datetime.fromisoformat(value) if isinstance(value, str) else value
    return read.replace(tzinfo=UTC) if read.tzinfo is None else read
