"""The whole way of an action once more, plainly: what its receipt must say, and what officers may do with it.

Written from the rules as people read them (docs and programme files), without a line of the house: another geometry, another
calendar, another order of thought. Where the two differ, one of them is wrong.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

from tests.ground.beside import judge
from tests.ground.plainground import metres
from tests.ground.record import Record
from tests.ground.world import WIB, Person, Post, Site, World

HOLIDAYS = {
    date(2026, 5, 1), date(2026, 5, 14), date(2026, 5, 15), date(2026, 5, 27), date(2026, 5, 28), date(2026, 6, 1),
    date(2026, 6, 16), date(2026, 8, 17), date(2026, 8, 25), date(2026, 12, 24), date(2026, 12, 25), date(2027, 1, 1),
    date(2027, 1, 5), date(2027, 2, 5), date(2027, 2, 6),
}  # fmt: skip
"""National holidays and joint leave from May 2026 to February 2027."""

STAMPERS = {
    "gps": {
        "pupil": "teacher@site principal@site",
        "teacher": "principal@site officer@kelurahan lurah@kelurahan",
        "principal": "officer@kelurahan lurah@kelurahan",
        "cadre": "coordinator@kelurahan officer@kelurahan lurah@kelurahan",
        "coordinator": "coordinator@other_rw officer@kelurahan lurah@kelurahan",
        "volunteer": "officer@site principal@site officer@kelurahan lurah@kelurahan",
    },
}
STAMPERS["biopori"] = STAMPERS["gps"] | {"volunteer": "coordinator@kelurahan officer@kelurahan lurah@kelurahan"}
STAMPING_POSTS = {"teacher", "principal", "officer", "coordinator", "lurah"}
MEMBERS = {"volunteer", "teacher", "principal", "officer"}
OF_THE_GROUND = {"cadre", "coordinator", "rt", "rw", "volunteer", "lurah", "officer"}


class Book:
    """Everything that was recorded, and what became of it."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.records: dict[str, Record] = {}
        self.of_person: dict[int, list[Record]] = {}

    def receive(self, action_id: str, body: dict[str, Any], sender: Person, subject: Person, received_at: datetime) -> Record:
        """Record a well-formed action; the receipt must say what the record says."""
        ground, fix = self.world.ground, body["fix"]
        point = fix["lon"], fix["lat"]
        observed_at, clock = _observed(body, received_at)
        on = (observed_at.astimezone(UTC) + WIB).date()
        kelurahan = ground.at(point)
        posts = subject.posts_on(on)
        site = self._site(posts, body.get("site"), lambda site: metres(point, site.centre_at(observed_at, received_at)))
        capacity, movement = self._capacity(subject, posts, body["programme"], site, kelurahan)
        record = Record(
            id=action_id,
            programme=body["programme"],
            person=subject,
            sender=sender,
            body=body,
            received_at=received_at,
            observed_at=observed_at,
            on=on,
            kelurahan=kelurahan,
            rw=self._rw(body, posts, site, kelurahan, received_at),
            site=site,
            distance_m=metres(point, site.centre_at(observed_at, received_at)) if site else None,
            capacity=capacity,
            movement=movement,
            own=[],
        )
        theirs = self.of_person.setdefault(subject.number, [])
        record.own = [
            *self._place(record, posts),
            *_position(fix),
            *_made_up(record, theirs),
            *_day(record),
            *_minutes(record),
            *clock,
            *_age(received_at - observed_at),
            *_much(record),
            *([("photos_missing", "look")] if record.programme == "biopori" else []),
        ]
        self.records[action_id] = record
        theirs.append(record)
        judge(theirs, record.on, record)
        return record

    def judge_again(self, record: Record) -> None:
        """It came to stand, or stands no longer: the person's others are judged anew."""
        judge(self.of_person[record.person.number], record.on)

    def _site(self, posts: list[Post], asked: str | None, far: Callable[[Site], float]) -> Site | None:
        """The site named, else the nearest of those to which the person belonged that day."""
        mine = [self.world.sites[p.site] for p in posts if p.site is not None and p.post in MEMBERS]
        if asked is not None:
            return next(site for site in mine if str(site.uuid) == asked)
        return min(mine, key=far, default=None)

    def _rw(
        self, body: dict[str, Any], posts: list[Post], site: Site | None, kelurahan: str | None, received_at: datetime
    ) -> str | None:
        """The RW named where there is one, else the site's or the post's where the action lies in the same kelurahan."""
        if kelurahan is None:
            return None
        if body.get("rw") is not None:
            named = f"{kelurahan}/{int(body['rw'].upper().removeprefix('RW')):02d}"
            return named if named in self.world.rws() else None
        at_site = None
        if site is not None and site.rw is not None and self.world.kelurahan_of(site, received_at) == kelurahan:
            at_site = f"{kelurahan}/{site.rw}"
        own = {p.area for p in posts if p.post in OF_THE_GROUND and p.area is not None and p.area.startswith(f"{kelurahan}/")}
        of_post = own.pop() if len(own) == 1 else None
        if body["programme"] == "gps":
            return at_site if site is not None else of_post
        return of_post or at_site

    def _capacity(
        self, person: Person, posts: list[Post], programme: str, site: Site | None, kelurahan: str | None
    ) -> tuple[str, str | None]:
        """At a GPS site the posts there speak first, else those of the area."""
        if not person.adult:
            return "pupil", None
        around = self.world.ground.over(kelurahan)
        here = [p for p in posts if p.area is not None and (p.area in around or p.area.partition("/")[0] == kelurahan)]
        at_site = [p for p in posts if site is not None and p.site == site.number]
        ranks = [(at_site, "principal"), (at_site, "teacher")], [(here, "coordinator"), (here, "cadre")]
        for held, post in [r for group in (ranks if programme == "gps" and site else ranks[::-1]) for r in group]:
            for one in held:
                if one.post == post:
                    return post, (one.movement or "pkk") if post in ("coordinator", "cadre") else None
        return "volunteer", None

    def _place(self, record: Record, posts: list[Post]) -> list[tuple[str, str]]:
        found = [] if record.kelurahan else [("place_unknown", "look")]
        fix = record.body["fix"]
        if record.programme == "gps":
            if record.site is None:
                return [*found, ("site_none", "look")]
            if not record.site.confirmed:
                found.append(("site_unconfirmed", "look"))
            reach = min(max(record.site.radius_m or 200.0, 100.0), 300.0)
            if record.distance_m <= reach:
                return [*found, ("radius_inside", "ok")]
            near = record.distance_m <= reach + min(fix.get("accuracy_m") or 0.0, 30.0)
            return [*found, ("radius_perhaps", "look") if near else ("radius_outside", "hold")]
        own = {p.area.partition("/")[0] for p in posts if p.area is not None and p.post in OF_THE_GROUND}
        own |= {self.world.kelurahan_of(record.site, record.received_at)} if record.site else set()
        outlines = [self.world.ground.kelurahan[code] for code in own if code in self.world.ground.kelurahan]
        if not outlines:
            return [*found, ("site_none", "look")]
        outside = min(each.metres_outside((fix["lon"], fix["lat"])) for each in outlines)
        if outside == 0:
            return [*found, ("area_inside", "ok")]
        return [*found, ("area_near", "look") if outside <= 40 else ("area_outside", "hold")]

    # What officers may do.

    def right(self, officer: Person, record: Record, day: date) -> bool:
        """Whether one of the officer's posts lets them decide about the action."""
        ground = self.world.ground
        posts = [post for post in officer.posts_on(day) if post.post in STAMPING_POSTS]
        around = ground.over(record.kelurahan) or (ground.city,)
        if officer is record.person:
            return False
        for stamper in STAMPERS[record.programme][record.capacity].split():
            post, _, where = stamper.partition("@")
            for held in posts:
                if held.post != post:
                    continue
                if where == "site" and held.site is not None and record.site is not None and held.site == record.site.number:
                    return True
                if where != "site" and held.area is not None:
                    if held.area in around:
                        return True
                    is_rw = "/" in held.area and held.area.partition("/")[0] == record.kelurahan
                    if is_rw and (held.area == record.rw) == (where == "kelurahan"):
                        return True
        return False

    def stamps(self, officer: Person, record: Record) -> bool:
        """Whether it is not the officer who recorded it for another adult."""
        return officer is not record.sender or record.capacity == "pupil"

    def is_officer(self, person: Person, day: date) -> bool:
        return any(post.post in STAMPING_POSTS for post in person.posts_on(day))

    def queue(self, officer: Person, day: date) -> list[Record]:
        """What waits for the officer: clean first, held last, the oldest first; not what a second one has to stamp after them."""
        mine = [
            r
            for r in self.records.values()
            if r.status in ("waiting", "held")
            and self.right(officer, r, day)
            and self.stamps(officer, r)
            and r.first_word is not officer
        ]
        return sorted(mine, key=lambda r: (r.gravest, r.observed_at, r.id.replace("-", "")))

    def word(self, officer: Person, action_id: str, day: date) -> str | None:
        """The problem that keeps the officer from any word on the action."""
        record = self.records.get(action_id)
        if record is None:
            return "not_found"
        if officer is record.person:
            return "own_action"
        return None if self.right(officer, record, day) else "not_found"

    def try_stamp(self, officer: Person, action_id: str, note: str, day: date) -> str | None:
        """The problem that a stamp meets; None where it is given, or stands already as the officer's own."""
        problem = self.word(officer, action_id, day)
        if problem:
            return problem
        record = self.records[action_id]
        if not self.stamps(officer, record):
            return "own_record"
        if record.stamp:
            return None if record.stamp.officer is officer else "already_stamped"
        if record.status in ("refused", "withdrawn"):
            return record.status
        if record.status == "held" and not note.strip():
            return "held_needs_note"
        if record.on >= date(day.year, 7 if day.month > 6 else 1, 1):
            return None
        record.first_word = record.first_word or officer
        return "second_officer" if record.first_word is officer else None

    def try_refuse(self, officer: Person, action_id: str, day: date) -> str | None:
        problem = self.word(officer, action_id, day)
        if problem:
            return problem
        status = self.records[action_id].status
        return {"stamped": "already_stamped", "withdrawn": "withdrawn"}.get(status)


def _observed(body: dict[str, Any], received_at: datetime) -> tuple[datetime, list[tuple[str, str]]]:
    """When it was really, and what there is to say of the clocks.

    That five phones doubt the server's clock within an hour does not happen here: its clock is right, and few phones' are not.
    """
    captured, sent = datetime.fromisoformat(body["captured_at"]), datetime.fromisoformat(body["sent_at"])
    told = body["fix"].get("fixed_at")
    fixed = told and datetime.fromisoformat(told)
    ahead = sent - received_at
    if abs(ahead) > timedelta(hours=24):
        return captured, [("clock_wrong", "hold")]
    is_skewed = abs(ahead) > timedelta(minutes=2)
    corrected = captured - ahead if is_skewed else captured
    ends = timedelta(minutes=(body.get("minutes") or 0) + 10)
    near = [start for start in (captured, corrected) if fixed and start - timedelta(minutes=10) <= fixed <= start + ends]
    if near:
        start = sorted(near, key=lambda start: abs(start - fixed))[0]
        return start, [] if start == captured else [("clock_corrected", "ok")]
    if not fixed and not is_skewed:
        return captured, []
    named = {(told.astimezone(UTC) + WIB).date() for told in (captured, corrected, fixed) if told}
    if len(named) > 1:
        return corrected, [("clock_other_day", "hold")]
    return corrected, [("clock_corrected" if is_skewed else "fix_time_off", "look")]


def _position(fix: dict[str, Any]) -> list[tuple[str, str]]:
    if fix["source"] != "device":
        return [(f"position_{fix['source']}", "look")]
    return [("position_coarse", "look")] if fix["accuracy_m"] > 100 else []


def _made_up(record: Record, before: list[Record]) -> list[tuple[str, str]]:
    """Two signs of three: the third time the same point, the third time the same accuracy, the very centre of the site."""
    if record.body["fix"]["source"] != "device":
        return []
    measured = [r for r in before if not r.withdrawn and r.body["fix"]["source"] == "device"]
    sittings = [record]
    for other in sorted(measured, key=lambda r: (r.on, r.observed_at), reverse=True)[:12]:
        if all(abs(other.observed_at - known.observed_at) >= timedelta(hours=1) for known in sittings):
            sittings.append(other)
    points = [tuple(round(degrees, 7) for degrees in r.point) for r in sittings]
    accuracies = [r.accuracy for r in sittings[:3]]
    centre = record.site and record.site.centre_at(record.observed_at, record.received_at)
    signs = (
        (points.count(points[0]) >= 3)
        + (len(accuracies) == 3 and len(set(accuracies)) == 1)
        + (centre is not None and tuple(round(degrees, 7) for degrees in centre) == points[0])
    )
    return [("position_unlikely", "hold")] if signs - (record.accuracy > 50) >= 2 else []


def _much(record: Record) -> list[tuple[str, str]]:
    """What is much for one action, each measure by itself."""
    usual = {"bags_small": 20, "bags_large": 10, "items": 500, "kg": 50, "litres_filled": 300}
    return [("amount_large", "look") for name, most in usual.items() if (record.measures.get(name) or 0) > most]


def _day(record: Record) -> list[tuple[str, str]]:
    if record.programme == "gps" and record.on.weekday() not in (0, 2, 4):
        return [("day_other", "ok")]
    return [("day_holiday" if record.on in HOLIDAYS else "day_programme", "ok")]


def _minutes(record: Record) -> list[tuple[str, str]]:
    if record.programme != "gps":
        return []
    if record.minutes < 10:
        return [("minutes_short", "hold")]
    return [("minutes_ok" if record.minutes <= 30 else "minutes_long", "ok")]


def _age(age: timedelta) -> list[tuple[str, str]]:
    if age < -timedelta(minutes=5):
        return [("future", "hold")]
    if age > timedelta(days=30):
        return [("very_late", "hold")]
    return [("late", "look")] if age > timedelta(days=7) else []
