"""The end of the two months: every count that the house tells or keeps, held against the plain one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from tests.ground.counts import INDICATORS, PROGRAMMES, Counts, day_of, periods
from tests.ground.run import Run
from tests.ground.suppression import check_public_people
from tests.ground.world import Person

FIRST_OF_PROGRAMME = {"gps": date(2014, 6, 23), "biopori": date(2013, 11, 4)}
BASELINES = {"before": (412, "2025-01-31"), "after": (55, "2027-02-12")}
TARGET = 1000, "2027-12-31"


class Comparison:
    def __init__(self, run: Run) -> None:
        self.world, self.wire, self.book, self.ledger = run.world, run.wire, run.book, run.ledger
        self.run = run
        self.counts = Counts(run.book)
        self.city_officer = run.world.people["z1"]
        self.periods = sorted({name for record in self.counts.stamped for name in periods(record.on)})

    def all(self) -> None:
        self.receipts()
        self.standings()
        self.boards()
        self.around_me()
        self.indicators()
        self.maps()
        check_public_people(self.counts, self.periods, self.public_people, self.ledger, self.world.ground.kelurahan)

    def _each(self, ask: Callable[[Any], Any], questions: Iterable[Any]) -> Iterator[tuple[Any, Any]]:
        """Questions with their answers, two at a time."""
        asked = list(questions)
        with ThreadPoolExecutor(2) as pool:
            yield from zip(asked, pool.map(ask, asked), strict=True)

    def receipts(self) -> None:
        """What the sender reads today of each fifth action, and what strangers read of it."""
        chosen = list(self.book.records.values())[::5]
        for record, receipt in self._each(lambda r: self.wire.get(f"/api/v1/actions/{r.id}", r.sender), chosen):
            self.run.check_receipt(record, receipt)
        people = [person for person in self.world.people.values() if person.token]
        today = day_of(self.run.clock.now())
        pairs = [(record, people[number * 7 % len(people)]) for number, record in enumerate(chosen)]
        for (record, person), answer in self._each(lambda p: self.wire.ask("GET", f"/api/v1/actions/{p[0].id}", p[1]), pairs):
            may = person in (record.person, record.sender) or self.book.right(person, record, today)
            self.ledger.same("who may read an action", (record.id, person.key), 200 if may else 404, answer.status)

    def standings(self) -> None:
        """Each account's own page: posts, sites, and what was reached in each programme."""
        people = [person for person in self.world.people.values() if person.token]
        today = day_of(self.run.clock.now())
        for person, me in self._each(lambda person: self.wire.get("/api/v1/me", person), people):
            for told in me["programmes"]:
                plain = self.counts.standing(person, told["programme"])
                got = {name: told[name] for name in plain} | {"next": {name: told["next"][name] for name in plain["next"]}}
                self.ledger.same("me: stamped, belt, stripes, next step", person.key, plain, got)
            self.ledger.same("me: every programme", person.key, len(PROGRAMMES), len(me["programmes"]))
            posts = sorted(post.post for post in person.posts_on(today))
            self.ledger.same(
                "me: name and posts", person.key, (person.name, posts), (me["name"], sorted(p["post"] for p in me["posts"]))
            )

    # Boards.

    def _scopes(self) -> list[tuple[str, str]]:
        """The city, and some kecamatan and kelurahan in which much was done, and one in which nothing was."""
        ground = self.world.ground
        busy: dict[str, int] = {}
        for record in self.counts.stamped:
            for code in ground.over(record.kelurahan):
                busy[code] = busy.get(code, 0) + 1
        kelurahan = sorted((c for c in busy if c in ground.kelurahan), key=lambda c: (-busy[c], c))
        kecamatan = sorted((c for c in busy if c in ground.kecamatan), key=lambda c: (-busy[c], c))
        quiet = next(code for code in ground.kelurahan if code not in busy)
        return [("kecamatan", c) for c in kecamatan[:5]] + [("kelurahan", c) for c in (*kelurahan[:7], kelurahan[-1], quiet)]

    def boards(self) -> None:
        some = ["all", "2026", "2027", "2026-12", "2027-01", "2026-W51", "2026-W53", "2027-W03"]
        city = self.world.ground.city
        questions = [
            (programme, kind, code, period, subject)
            for kind, code, names in [("city", city, self.periods), *((*scope, some) for scope in self._scopes())]
            for period in names
            for programme in PROGRAMMES
            for subject in ("person", "school", "kelurahan")
        ]
        for question, board in self._each(self._board, questions):
            programme, kind, code, period, subject = question
            if subject == "person":
                plain = self.counts.person_board(programme, code, period, 100)
                got = [(row["rank"], row["name"], row["score"]) for row in board["rows"]]
                is_withheld = self.counts.names_nobody(programme, code, period)
                total = 0 if is_withheld else len(self.counts.persons(programme, code, period))
                self.ledger.same(
                    "board of each person: names are withheld where fewer than 5 were",
                    question,
                    ("fewer_than_5", True) if is_withheld else (None, False),
                    (board["reason"], bool(board["why"])),
                )
                self.ledger.outcomes["boards of a kelurahan that name nobody"] += is_withheld
            else:
                everything = self.counts.place_board(programme, code, period, subject)
                plain, total = everything[:100], len(everything)
                got = [(row["rank"], row["name"], row["score"], row["code"]) for row in board["rows"]]
            scope = board["scope"]["kind"], board["scope"]["code"], board["period"]["name"]
            self.ledger.same(f"board of each {subject}", question, (plain, total), (got, board["total"]))
            self.ledger.same("board: its scope and period", question, (kind, code, period), scope)
            self.ledger.outcomes["board rows"] += len(plain)
            self.ledger.outcomes["board ties"] += len(plain) - len({row[0] for row in plain})

    def _board(self, question: tuple[str, ...]) -> Any:
        programme, kind, code, period, subject = question
        scope = "city" if kind == "city" else f"{kind}:{code}"
        asked = {"scope": scope, "period": period, "subject": subject, "limit": 100}
        return self.wire.get(f"/api/v1/programmes/{programme}/leaderboard", **asked)

    def around_me(self) -> None:
        """Own rank and neighbours, for everybody who has an account, in the city and in their busiest kelurahan."""
        questions = []
        for number, person in enumerate(p for p in self.world.people.values() if p.token):
            own = [r.kelurahan for r in self.counts.stamped if r.person is person and r.kelurahan]
            place = max(sorted(set(own)), key=own.count, default="32.73.09.1003")
            period = ("all", "2026", "2027-01", "2027-W02")[number % 4]
            programme = "biopori" if person.key[0] in "ckl" else "gps"
            questions += [(programme, self.world.ground.city, period, person), (programme, place, "all", person)]
        today = day_of(self.run.clock.now())
        for (programme, place, period, person), board in self._each(self._around, questions):
            rows, rank, score = self.counts.around(programme, place, period, person, today)
            got = [(row["rank"], row["name"], row["score"]) for row in board["rows"]]
            me = board["me"]["rank"], board["me"]["score"]
            marked = [row["name"] for row in board["rows"] if row["is_me"]]
            about = programme, place, period, person.key
            self.ledger.same("around me: neighbours", about, rows, got)
            self.ledger.same("around me: my rank and score", about, (rank, score), me)
            self.ledger.same("around me: I am marked", about, [person.name] if score and rows else [], marked)

    def _around(self, question: tuple[str, str, str, Person]) -> Any:
        programme, place, period, person = question
        scope = "city" if place == self.world.ground.city else f"kelurahan:{place}"
        path = f"/api/v1/programmes/{programme}/leaderboard"
        return self.wire.get(path, person, scope=scope, period=period, around="me")

    # Indicators.

    def indicators(self) -> None:
        """Each kelurahan with a stamped action and ten without, as an officer reads them: the busiest in every period."""
        where = Counter(record.kelurahan for record in self.counts.stamped if record.kelurahan)
        quiet = [code for code in self.world.ground.kelurahan if code not in where][:10]
        busy = [code for code, _ in where.most_common(12)]
        some = ["all", "2026", "2027", "2026-12", "2027-01", "2026-W51", "2026-W53", "2027-W03"]
        questions = [(code, period) for code in sorted(where) for period in (self.periods if code in busy else some)]
        questions += [(code, period) for code in quiet for period in some]
        questions += [(code, period) for code in busy[:2] for period in ("2027-W20", "2014-01", "2013")]
        for (code, period), sheet in self._each(self._indicators, questions):
            self.ledger.same("indicators: all of them", (code, period), sorted(
                (programme, indicator) for programme, named in INDICATORS.items() for indicator in named
            ), sorted((number["programme"], number["code"]) for number in sheet["indicators"]))  # fmt: skip
            for number in sheet["indicators"]:
                self._check_number(code, period, number)

    def _check_number(self, code: str, period: str, number: dict[str, Any]) -> None:
        programme, same = number["programme"], self.ledger.same
        about = programme, code, period, number["code"]
        value, reason = self.counts.indicator(programme, code, period, number["code"]), None
        if period in ("2027-W20", "2014-01", "2013"):
            before = {"2027-W20": date.max, "2014-01": date(2014, 1, 31), "2013": date(2013, 12, 31)}[period]
            reason = "not_yet" if period == "2027-W20" else "before_programme" if before < FIRST_OF_PROGRAMME[programme] else None
            value = None if reason else 0
        elif value is None:
            reason = "not_measured"
        same("indicator: value or reason", about, (value, reason), (number["value"], number["reason"]))
        actions = self.counts.sums[programme, code, period, "actions"]
        since = self.counts.since.get((programme, code))
        told = number["counted_from"]
        same("indicator: counted from", about, (actions, since and since.isoformat()), (told["actions"], told["since"]))
        self._check_baseline(code, period, number, value)

    def _check_baseline(self, code: str, period: str, number: dict[str, Any], value: float | None) -> None:
        chosen = self.baselines.get(code)
        if number["code"] != "holes" or chosen is None:
            self.ledger.same("indicator: no baseline, no target", code, (None, None), (number["baseline"], number["target"]))
            return
        count, counted_on = BASELINES[chosen]
        total = count + value if chosen == "before" and period == "all" else None
        got = number["baseline"]
        plain = count, counted_on, total
        self.ledger.same("indicator: baseline", (code, period), plain, (got["value"], got["counted_on"], got["total"]))
        target = TARGET if chosen == "before" else None
        got = number["target"] and (number["target"]["value"], number["target"]["due_on"])
        self.ledger.same("indicator: target", (code, period), target, got)

    @cached_property
    def baselines(self) -> dict[str, str]:
        """Two kelurahan in which holes were dug: one counted before, one only afterwards."""
        dug = sorted({r.kelurahan for r in self.counts.stamped if r.programme == "biopori" and r.kelurahan})
        return {dug[0]: "before", dug[1]: "after"}

    def write_baselines(self) -> None:
        for code, which in self.baselines.items():
            count, day = BASELINES[which]
            told = "biopori", code, "holes", str(count)
            self.run.commands.say("indicators", "baseline", *told, "--counted-on", day, "--source", "Rekap PKK")
            if which == "before":
                told = "biopori", code, "holes", str(TARGET[0])
                self.run.commands.say("indicators", "target", *told, "--due-on", TARGET[1], "--source", "SK Lurah")

    def _indicators(self, question: tuple[str, str]) -> Any:
        code, period = question
        return self.wire.get(f"/api/v1/kelurahan/{code}/indicators", self.city_officer, period=period)

    def maps(self) -> None:
        """All 151 kelurahan at once, one indicator after the other."""
        questions = [
            (programme, indicator, period)
            for programme, named in INDICATORS.items()
            for indicator in named
            for period in (self.periods if indicator == "actions" else ["all", "2026", "2027-01", "2026-W53"])
            if indicator != "people"
        ]
        for (programme, indicator, period), found in self._each(self._map, questions):
            plain = {code: self.counts.indicator(programme, code, period, indicator) for code in self.world.ground.kelurahan}
            got = {feature["id"]: feature["properties"]["value"] for feature in found["features"]}
            self.ledger.same("map: 151 kelurahan", (programme, indicator, period), plain, got)

    def _map(self, question: tuple[str, str, str]) -> Any:
        programme, indicator, period = question
        return self.wire.get(
            f"/api/v1/kelurahan.geojson?{urlencode({'programme': programme, 'indicator': indicator, 'period': period})}"
        )

    def public_people(self, programme: str, period: str) -> dict[str, tuple[int | None, str | None]]:
        """What everybody may read of the number of people: kelurahan -> value, reason."""
        found = self._map((programme, "people", period))
        return {f["id"]: (f["properties"]["value"], f["properties"]["reason"]) for f in found["features"]}
