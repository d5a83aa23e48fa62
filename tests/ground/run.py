"""Two months in Bandung: phones send, officers give their word, and each answer is held against the plain book."""

from __future__ import annotations

import copy
import random
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from typing import Any

from tests.ground.counts import day_of
from tests.ground.hands import Answer, Clock, Commands, Wire
from tests.ground.plan import Planner, Put
from tests.ground.record import Record, Stamp
from tests.ground.recount import Book
from tests.ground.world import FIRST_DAY, MOVED_ON, SEED, Person, World, at

WEEKS = 9
BATCH_SIZE = 2
"""Phones that send at the same time; what one person sends keeps its order."""
NOTE = "Sudah dilihat di tempat."


class Ledger:
    """What was compared, and where the plain book and the house differ."""

    def __init__(self) -> None:
        self.compared: Counter[str] = Counter()
        self.unequal: Counter[str] = Counter()
        self.outcomes: Counter[str] = Counter()
        self.differences: list[str] = []

    def same(self, check: str, about: object, expected: object, got: object) -> None:
        self.compared[check] += 1
        if expected != got:
            self.unequal[check] += 1
            self.differences.append(f"{check}: {about}\n  plain: {expected!r}\n  house: {got!r}")


class Run:
    def __init__(self, world: World, wire: Wire, commands: Commands, clock: Clock, give_back: Callable[[datetime], None]) -> None:
        self.world, self.wire, self.commands, self.clock, self.give_back = world, wire, commands, clock, give_back
        self.book = Book(world)
        self.ledger = Ledger()
        self.chance = random.Random(SEED + 2)
        self.first_answers: dict[str, Any] = {}

    def go(self) -> None:
        slots = Planner(self.world).plan()
        desks = [at(FIRST_DAY + timedelta(days=5 + 7 * week), 10) for week in range(WEEKS)]
        moments = [(instant, self._send) for instant in slots] + [(instant, self._desks) for instant in desks]
        for instant, what in sorted(moments, key=lambda moment: moment[0]):
            if instant > at(MOVED_ON, 5) > self.clock.now():
                self._move()
            self.clock.set(instant)
            what(slots.get(instant, []))

    def _move(self) -> None:
        site = self.world.sites[5]
        self.clock.set(site.circles[1].since)
        lon, lat = site.circles[1].centre
        self.commands.say("sites", "move", f"npsn:{site.npsn}", "--lon", str(lon), "--lat", str(lat), "--by", "z1")

    # Phones.

    def _send(self, puts: list[Put]) -> None:
        """Each person's submissions in their order, with what phones and people do besides: repeat, mistake, withdraw."""
        streams: dict[int, list[tuple[str, Put, Person, dict[str, Any]]]] = defaultdict(list)
        for put in puts:
            streams[put.subject.number].append(("put", put, put.sender, put.body))
            streams[put.subject.number] += self._besides(put)
        with ThreadPoolExecutor(BATCH_SIZE) as pool:
            for answered in pool.map(self._send_one_after_the_other, streams.values()):
                for (action, put, sender, body), answer in answered:
                    getattr(self, f"_check_{action}")(put, sender, body, answer)

    def _send_one_after_the_other(self, stream: list[Any]) -> list[tuple[Any, Answer]]:
        methods = {"withdraw": "DELETE", "withdraw_anothers": "DELETE", "look": "GET", "look_at_nothing": "GET"}
        return [
            (step, self.wire.ask(method := methods.get(step[0], "PUT"), f"/api/v1/actions/{step[1].id}", step[2],
                                 step[3] if method == "PUT" else None))
            for step in stream
        ]  # fmt: skip

    def _besides(self, put: Put) -> Iterable[tuple[str, Put, Person, dict[str, Any]]]:
        chance, body = self.chance, copy.deepcopy(put.body)
        if put.refused:
            yield "look_at_nothing", put, put.sender, body
            return
        luck = chance.random()
        stranger = chance.choice([p for p in self.world.people.values() if p.token and p not in (put.sender, put.subject)])
        if luck < 0.08:
            body["sent_at"] = (self.clock.now() + timedelta(hours=chance.randint(1, 50))).isoformat()
            body["fix"]["lon"] = float(body["fix"]["lon"])
            if "minutes" in body:
                body["minutes"] = float(body["minutes"])
            body |= {"photos": [], "rt": body.get("rt"), "note": body.get("note", "")}
            yield "repeat", put, put.sender, body
        elif luck < 0.12:
            body["note"] = "Ditambah satu kantong."
            yield "conflict", put, put.sender, body
        elif luck < 0.15:
            yield "conflict", put, stranger, body
        elif luck < 0.185 and put.subject is put.sender:
            yield "withdraw_anothers", put, stranger, body
            yield "withdraw", put, put.sender, body
            yield "repeat", put, put.sender, body
        elif luck < 0.22:
            yield "look", put, put.sender, body

    def _check_put(self, put: Put, _sender: Person, _body: dict[str, Any], answer: Answer) -> None:
        if put.refused:
            status, field = put.refused
            named = [error["field"] for error in answer.body["errors"]] if answer.status == 422 else [""]
            self.ledger.outcomes[f"answered {status}"] += 1
            self.ledger.same("refused: status and field named", put.body, (status, True), (answer.status, field in named))
            return
        self.ledger.outcomes["recorded"] += 1
        self.ledger.same("recorded once: 201", put.body, 201, answer.status)
        if answer.status != 201:
            self.ledger.differences.append(repr(answer.body))
            return
        received_at = datetime.fromisoformat(answer.body["received_at"])
        self.ledger.same("received_at", put.id, True, answer.asked_at <= received_at <= answer.answered_at)
        record = self.book.receive(put.id, put.body, put.sender, put.subject, received_at)
        self.first_answers[put.id] = answer.body
        self.ledger.outcomes[f"first {record.status}"] += 1
        for code, level in record.findings:
            self.ledger.outcomes[f"finding {code} ({level})"] += 1
        self.check_receipt(record, answer.body)

    def check_receipt(self, record: Record, receipt: dict[str, Any]) -> None:
        same, about = self.ledger.same, (record.id, record.person.key, record.body)
        same("receipt: id and status", about, (record.id, record.status), (receipt["id"], receipt["status"]))
        found = sorted((finding["code"], finding["level"]) for finding in receipt["findings"])
        same("receipt: findings and levels", about, sorted(record.findings), found)
        same("receipt: each finding has its sentence", about, True, all(len(f["sentence"]) > 9 for f in receipt["findings"]))
        kelurahan = record.kelurahan and {"code": record.kelurahan, "name": self.world.ground.kelurahan[record.kelurahan].name}
        same("receipt: kelurahan", about, kelurahan, receipt["kelurahan"])
        same("receipt: observed_at", about, record.observed_at, datetime.fromisoformat(receipt["observed_at"]))
        site = receipt["site"]
        named = (str(record.site.uuid), record.site.name) if record.site else None
        same("receipt: site", about, named, site and (site["id"], site["name"]))
        if record.site and site:
            within = abs(record.distance_m - site["distance_m"]) <= 1
            same("receipt: distance within 1 m", (about, record.distance_m, site["distance_m"]), True, within)

    def _check_look_at_nothing(self, put: Put, _sender: Person, _body: dict[str, Any], answer: Answer) -> None:
        self.ledger.same("refused: nothing is stored", put.body, 404, answer.status)

    def _check_repeat(self, put: Put, _sender: Person, body: dict[str, Any], answer: Answer) -> None:
        self.ledger.outcomes["repeated"] += 1
        expected = self.first_answers.get(put.id, {}) | {"status": self.book.records[put.id].status}
        alike = (200, _without_sentences(expected)), (answer.status, _without_sentences(answer.body))
        self.ledger.same("repeated: 200 with the first receipt", body, *alike)

    def _check_conflict(self, put: Put, _sender: Person, body: dict[str, Any], answer: Answer) -> None:
        self.ledger.outcomes["conflicting"] += 1
        self.ledger.same("other content or account: 409", (put.id, body), 409, answer.status)

    def _check_withdraw_anothers(self, put: Put, _sender: Person, _body: dict[str, Any], answer: Answer) -> None:
        self.ledger.same("withdrawn by another: 404", put.id, 404, answer.status)

    def _check_withdraw(self, put: Put, _sender: Person, _body: dict[str, Any], answer: Answer) -> None:
        self.book.records[put.id].withdrawn = True
        self.book.judge_again(self.book.records[put.id])
        self.ledger.outcomes["withdrawn"] += 1
        self.ledger.same("withdrawn by the owner: 200", put.id, (200, "withdrawn"), (answer.status, answer.body.get("status")))

    def _check_look(self, put: Put, _sender: Person, _body: dict[str, Any], answer: Answer) -> None:
        self.ledger.same("read again: the same receipt", put.id, (200, self.first_answers[put.id]), (answer.status, answer.body))

    # Officers.

    def _desks(self, _puts: list[Put]) -> None:
        """Saturday morning: most officers sit at their desks."""
        self.give_back(self.clock.now())
        for record in self.book.records.values():
            record.give_back(self.clock.now())
        week = (day_of(self.clock.now()) - FIRST_DAY).days // 7
        officers = [p for p in self.world.people.values() if p.key[0] in "tpkosldz"]
        self.chance.shuffle(officers)
        for officer in officers:
            if officer.key == "z1" and week not in (2, 5, 8):
                continue
            if self.chance.random() < (0.55 if week < WEEKS - 1 else 1):
                self._desk(officer)
        for person in self.chance.sample([p for p in self.world.people.values() if p.key[0] in "vc"], 2):
            answer = self.wire.ask("POST", "/api/v1/stamps", person, {"actions": [self._any_id()]})
            self.ledger.same("no officer: 403", person.key, 403, answer.status)

    def _any_id(self) -> str:
        return self.chance.choice(list(self.book.records))

    def _desk(self, officer: Person) -> None:
        today = day_of(self.clock.now())
        if not self.book.is_officer(officer, today):
            answer = self.wire.ask("POST", "/api/v1/stamps", officer, {"actions": [self._any_id()]})
            self.ledger.same("no officer: 403", officer.key, 403, answer.status)
            return
        waiting = self._read_queue(officer)
        held = [record for record in waiting if record.status == "held"]
        clean = [record for record in waiting if record.status == "waiting"]
        self.chance.shuffle(clean)
        others = [self._any_id() for _ in range(3)] + ["00000000-0000-4000-8000-00000000abcd"]
        mine = [r.id for r in self.book.records.values() if r.stamp and r.stamp.officer is officer][:2]
        self._stamp(officer, [*(r.id for r in clean[: len(clean) * 9 // 10]), *mine, *others, *(r.id for r in held[:2])], "")
        self._refuse(officer, [r.id for r in held if self.chance.random() < 0.08] + [self._any_id(), *mine[:1]])
        self._stamp(officer, [r.id for r in held if self.chance.random() < 0.6], NOTE)
        self._void(officer)

    def _read_queue(self, officer: Person) -> list[Record]:
        """The officer's queue page by page; at most one stamping's worth of it is looked at."""
        expected = self.book.queue(officer, day_of(self.clock.now()))
        got: list[Any] = []
        page = {"next": None}
        asked: dict[str, object] = {"limit": self.chance.choice((40, 200))}
        while page is not None:
            page = self.wire.get("/api/v1/stamping/queue", officer, **asked)
            got += [(a["id"], a["status"], a["person"], a["capacity"], a["needs_note"]) for a in page["actions"]]
            asked["after"] = page["next"]
            page = page if page["next"] else None
        plain = [(r.id, r.status, r.person.name, r.capacity, r.status == "held") for r in expected]
        self.ledger.same("queue: what waits, in its order", officer.key, plain, got)
        self.ledger.outcomes["queue entries"] += len(plain)
        return expected[:180]

    def _stamp(self, officer: Person, ids: list[str], note: str) -> None:
        if not ids:
            return
        today, expected, given, released = day_of(self.clock.now()), [], [], []
        for action_id in dict.fromkeys(ids):
            problem = self.book.try_stamp(officer, action_id, note, today)
            record = self.book.records.get(action_id)
            if problem is None and not record.stamp:
                released += [record] * record.has_a_hold
                record.stamps.append(Stamp("", officer, self.clock.now()))
                given.append(record)
            status = record.status if record and problem != "not_found" else None
            expected.append((action_id, status, problem))
        answer = self.wire.ask("POST", "/api/v1/stamps", officer, {"actions": ids, "note": note})
        results = answer.body.get("results", [])
        by_id = {result["action"]: result["stamp"] for result in results}
        for (action_id, status, problem), result in zip(expected, results, strict=False):
            got = result["action"], result["status"], result["problem"]
            self.ledger.same("stamping: status and problem", (officer.key, action_id), (action_id, status, problem), got)
            self.ledger.outcomes[f"stamping {problem or 'stamped'}"] += 1
            known = self.book.records[action_id].stamp.id if problem is None else None
            if known:
                self.ledger.same("stamping: my own stamp again is the same", action_id, known, result["stamp"])
        self.ledger.same("stamping: each action is answered", officer.key, len(expected), len(results))
        for record in given:
            record.stamp.id = by_id.get(record.id)
        for record in released:
            self.book.judge_again(record)

    def _refuse(self, officer: Person, ids: list[str]) -> None:
        today, expected = day_of(self.clock.now()), []
        for action_id in dict.fromkeys(ids):
            problem = self.book.try_refuse(officer, action_id, today)
            record = self.book.records[action_id]
            if problem is None and not record.refused:
                record.refused = True
                self.book.judge_again(record)
            expected.append((action_id, record.status if problem != "not_found" else None, problem))
            self.ledger.outcomes[f"refusing {problem or 'refused'}"] += 1
        answer = self.wire.ask("POST", "/api/v1/refusals", officer, {"actions": ids, "reason": "Bukan di sekitar tempatnya."})
        got = [(result["action"], result["status"], result["problem"]) for result in answer.body["results"]]
        for plain, house in zip(expected, got, strict=True):
            self.ledger.same("refusing: status and problem", officer.key, plain, house)

    def _void(self, officer: Person) -> None:
        """Some stamps are taken back: one's own, another officer's within reach, and, without success, others."""
        today = day_of(self.clock.now())
        stamped = [record for record in self.book.records.values() if record.stamp]
        near = [r for r in stamped if r.stamp.officer is officer or self.book.right(officer, r, today)]
        chosen = [r for r in near if self.chance.random() < 0.025] + self.chance.sample(stamped, min(1, len(stamped)))
        for record in dict.fromkeys(r.id for r in chosen):
            self._void_one(officer, self.book.records[record], today)

    def _void_one(self, officer: Person, record: Record, today: Any) -> None:
        stamp = record.stamp
        may = stamp.officer is officer or self.book.right(officer, record, today)
        expected = 200 if may else 403 if record.person is officer else 404
        path = f"/api/v1/stamps/{stamp.id}/void"
        answer = self.wire.ask("POST", path, officer, {"reason": "Salah orang."})
        self.ledger.same("voiding: status", (officer.key, record.id), expected, answer.status)
        self.ledger.outcomes["voided" if may else "voiding refused"] += 1
        if may:
            stamp.voided_at = self.clock.now()
            self.book.judge_again(record)
            again = self.wire.ask("POST", path, officer, {"reason": "Salah orang."})
            got = answer.body.get("status"), again.status, again.body.get("status")
            self.ledger.same("voiding: twice is once", record.id, (record.status, 200, record.status), got)


def _without_sentences(receipt: dict[str, Any]) -> dict[str, Any]:
    """What a finding says changes once somebody has decided; what it found does not."""
    findings = [(finding["code"], finding["level"]) for finding in receipt.get("findings", [])]
    return receipt | {"findings": findings}
