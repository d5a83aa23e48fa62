"""What everybody may read at one moment: the facts behind the numbers, and of children only what the day after has let out."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from tests.ground.compare import Comparison
from tests.ground.counts import TOLD, Counts, day_of, periods
from tests.ground.record import Record
from tests.ground.recount import STAMPING_POSTS
from tests.ground.run import Run
from tests.ground.suppression import check_public_people, span


class Public(Comparison):
    """A comparison without signing in, at this moment."""

    def __init__(self, run: Run) -> None:
        super().__init__(run)
        self.everything = self.counts
        self.now = run.clock.now()
        self.counts = Counts(run.book, self.now)
        shown = {record.id for record in self.counts.stamped}
        today = day_of(self.now)
        self.periods = [period for period in self.periods if span(period)[0] <= today]
        self.untold = [record for record in self.everything.stamped if record.id not in shown]

    def facts(self) -> None:
        """Each kelurahan's facts, page by page; those of days that ended less than 24 hours ago are counted, not listed."""
        newest = day_of(self.now) - timedelta(days=2)
        behind: dict[tuple[str, str, str], list[Record]] = {}
        for record in self.counts.stamped:
            for period in periods(record.on) if record.kelurahan else ():
                behind.setdefault((record.programme, record.kelurahan, period), []).append(record)
        asked = {key for key in behind if key[2] in ("all", "2027-02", "2026-W53")}
        asked |= {(record.programme, record.kelurahan, "all") for record in self.untold if record.kelurahan}
        for question, (facts, too_recent) in self._each(self._facts, sorted(asked)):
            records = [record for record in behind.get(question, []) if record.on <= newest]
            told = self.counts.rws_told(*question[:2])
            plain = {record.stamp.id: self._fact(record, told) for record in records}
            got = {fact["stamp"]: _read(fact) for fact in facts}
            for stamp in sorted({*plain, *got}):
                self.ledger.same("facts: what each stamped action tells", (*question, stamp), plain.get(stamp), got.get(stamp))
            days = [fact["day"] for fact in facts]
            self.ledger.same("facts: each once, the newest first", question, (len(plain), sorted(days)[::-1]), (len(facts), days))
            self.ledger.same("facts: too recent", question, len(behind.get(question, [])) - len(records), too_recent)

    def _fact(self, record: Record, told_rws: set[str]) -> tuple[object, ...]:
        """Its day, what it counts for, whose post stamped it, and where: of a child the school alone."""
        counted = self.counts.credits[record.id]
        credits = {name: float(counted[name]) for name in counted if counted[name] or name in TOLD}
        stamped_by = next(post.post for post in record.stamp.officer.posts if post.post in STAMPING_POSTS)
        is_rw_told = record.person.adult and record.rw in told_rws
        if record.rw:
            self.ledger.outcomes["facts in an RW that is " + ("told" if is_rw_told else "not told")] += 1
        site = record.site if record.site and record.site.kind == "school" and not record.person.adult else None
        rw = record.rw.partition("/")[2] if is_rw_told else None
        return record.on.isoformat(), credits, stamped_by, rw, (site.npsn, site.name) if site else None

    def _facts(self, question: tuple[str, str, str]) -> tuple[list[Any], int]:
        programme, kelurahan, period = question
        asked: dict[str, object] = {"programme": programme, "period": period, "limit": 50}
        facts: list[Any] = []
        while True:
            page = self.wire.get(f"/api/v1/kelurahan/{kelurahan}/facts", **asked)
            facts += page["facts"]
            if page["next"] is None:
                return facts, page["too_recent"]["count"]
            asked["after"] = page["next"]

    def children(self) -> None:
        """What children did last is in no public number and on no public board yet, and in those of who stamps there at once."""
        self.ledger.outcomes["children's actions of which the public was told later"] += len(self.untold)
        touched = {(r.programme, r.kelurahan, p) for r in self.untold for p in periods(r.on) if p in self.periods}
        for programme, code, period in sorted(key for key in touched if key[1]):
            for reader, counts in ((None, self.counts), (self.city_officer, self.everything)):
                sheet = self.wire.get(f"/api/v1/kelurahan/{code}/indicators", reader, period=period)
                for number in sheet["indicators"]:
                    if number["programme"] == programme and number["code"] != "people":
                        plain = counts.indicator(programme, code, period, number["code"])
                        about = programme, code, period, number["code"], reader and reader.key
                        who = "the public" if reader is None else "who stamps there"
                        self.ledger.same(f"children's last actions: numbers for {who}", about, plain, number["value"])
        for programme, period in sorted({(key[0], key[2]) for key in touched}):
            for subject in ("school", "kelurahan"):
                self._check_board(programme, period, subject)
        where = sorted({code for _, code, _ in touched if code})
        check_public_people(self.counts, self.periods, self.public_people, self.ledger, where)

    def _check_board(self, programme: str, period: str, subject: str) -> None:
        city = self.world.ground.city
        board = self._board((programme, "city", city, period, subject))
        plain = self.counts.place_board(programme, city, period, subject)[:100]
        got = [(row["rank"], row["name"], row["score"], row["code"]) for row in board["rows"]]
        self.ledger.same("children's last actions: boards for the public", (programme, period, subject), plain, got)


def _read(fact: dict[str, Any]) -> tuple[object, ...]:
    school = fact["school"]
    return fact["day"], fact["credits"], fact["stamped_by"], fact["rw"], school and (school["npsn"], school["name"])
