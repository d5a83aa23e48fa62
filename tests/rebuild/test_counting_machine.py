"""Whatever is recorded, stamped, voided, refused, shown and hidden, in whatever order: what is stored is what the stamps say."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    Bundle,
    RuleBasedStateMachine,
    consumes,
    initialize,
    invariant,
    multiple,
    rule,
    run_state_machine_as_test,
)
from sqlalchemy import select

from app.actions.rules.words import Status
from app.awards.models import Award, BadgeAward
from app.leaderboard import service as leaderboard
from app.leaderboard.models import Histogram
from app.rebuild.service import rebuild
from app.stamping import service as stamping
from app.tallies import service as tallies
from app.tallies.models import Presence, Tally, TallyPending
from app.tallies.rules import INSIDERS
from tests.examples import percent
from tests.factories.stage import Stage, set_stage
from tests.rebuild.recount import public_tally, recount

pytestmark = pytest.mark.early

BEGIN = datetime(2026, 10, 1, 3, tzinfo=UTC)
PLACES = st.sampled_from([(0, 0), (0, None), (1, 1), (1, 0), (2, 2), (3, None), (None, None)])
DAYS = st.integers(0, 60).map(lambda days: date(2026, 11, 2) + timedelta(days=days))
GPS_MEASURES = st.fixed_dictionaries(
    {},
    optional={
        "bags_large": st.integers(0, 6),
        "kg": st.decimals(0, 20, places=3).map(lambda kg: str(Decimal(kg))),
        "kg_method": st.sampled_from(["weighed", "estimated"]),
    },
).map(lambda told: told if "kg" not in told else {"kg_method": "estimated"} | told)


def tallies_as_of(session, until):
    """The tallies with what waits beside them and is due by then."""
    added = Counter()
    for t in session.scalars(select(Tally)):
        added[t.programme_id, t.subject.value, t.subject_id, t.period, t.measure] += t.value
    for t in session.scalars(select(TallyPending).where(TallyPending.public_at <= until)):
        added[t.programme_id, t.subject.value, t.subject_id, t.period, t.measure] += t.delta
    return {key: value for key, value in added.items() if value}


def stored(session):
    """What is stored, in the form of the recount."""
    session.expire_all()
    return {
        "tally": tallies_as_of(session, INSIDERS.until),
        "presence": {
            (p.programme_id, p.scope.value, p.scope_id, p.period, p.person_id): (p.actions, p.ranked)
            for p in session.scalars(select(Presence).where(Presence.actions != 0))
        },
        "histogram": {
            (h.programme_id, h.area_id, h.period, h.score): h.people
            for h in session.scalars(select(Histogram).where(Histogram.people != 0))
        },
        "award": {
            (a.person_id, a.programme_id, a.threshold): (a.belt, a.stripes, a.earned_at) for a in session.scalars(select(Award))
        },
        "badge": {(b.person_id, b.programme_id, b.badge): b.earned_at for b in session.scalars(select(BadgeAward))},
    }


class Counting(RuleBasedStateMachine):
    """One afternoon after the other at the officer's desk, undone when the example ends."""

    stage: Stage

    waiting = Bundle("waiting")
    stamps = Bundle("stamps")

    def __init__(self) -> None:
        super().__init__()
        self.session = self.stage.session
        self.example = self.session.begin_nested()
        self.now = self.latest = BEGIN
        self.people = []

    def teardown(self):
        try:
            self.is_what_the_stamps_say()
            assert rebuild.verify(self.session, now=self.now).is_clean
            assert set(rebuild.rebuild(self.session, now=self.now).values()) == {0}
        finally:
            self.example.rollback()
            self.session.expire_all()

    @initialize()
    def cast(self):
        shown = [("Pak Budi", True, True), ("Bu Siti", True, True), ("Pak Rahasia", True, False), ("Ani", False, False)]
        self.people = [self.stage.person(name, is_adult=adult, shown=seen) for name, adult, seen in shown]

    @rule(target=waiting, person=st.integers(0, 3), day=DAYS, where=PLACES, minutes=st.integers(0, 90), told=GPS_MEASURES)
    def pick_litter(self, person, day, where, minutes, told):
        place, site = where
        return self.stage.action(self.people[person], day, place=place, site=site, minutes=minutes, measures=told)

    @rule(
        target=waiting,
        person=st.integers(0, 3),
        day=DAYS,
        place=st.sampled_from([0, 1, 2, 3, None]),
        holes=st.integers(1, 20),
        movement=st.sampled_from([None, "pkk", "kb"]),
    )
    def dig(self, person, day, place, holes, movement):
        return self.stage.action(
            self.people[person], day, programme_id=self.stage.biopori, place=place, measures={"holes": holes}, movement=movement
        )

    @rule(target=stamps, actions=st.lists(waiting, min_size=1, max_size=6), later=st.integers(-3, 40))
    def stamp(self, actions, later):
        """Clocks of two servers need not agree: a stamp may be older than the one before."""
        self.now += timedelta(days=later)
        self.latest = max(self.latest, self.now)
        ids = list(dict.fromkeys(action.id for action in actions))
        results = stamping.stamp(self.session, ids, self.stage.officer, note="", now=self.now)
        return multiple(*(result.stamp for result in results if result.stamp))

    @rule(stamp=stamps)
    def void(self, stamp):
        """Its action waits again and may be stamped once more."""
        self.stage.void(stamp, now=self.now + timedelta(minutes=1))

    @rule(action=consumes(waiting))
    def refuse(self, action):
        if action.status is Status.WAITING:
            stamping.refuse(self.session, [action.id], self.stage.officer, reason="keliru", now=self.now)

    @rule(person=st.integers(0, 2), shown=st.booleans())
    def show(self, person, shown):
        leaderboard.set_visibility(self.session, self.people[person], shown=shown, account_id=None, now=self.now)

    @rule(hours=st.integers(0, 50))
    def fold(self, hours):
        """Whenever the job comes round; what the public sees does not change by it."""
        self.latest += timedelta(hours=hours)
        before = tallies_as_of(self.session, self.latest)
        tallies.fold(self.session, now=self.latest)
        self.session.expire_all()
        assert tallies_as_of(self.session, self.latest) == before
        assert not self.session.scalars(select(TallyPending).where(TallyPending.public_at <= self.latest)).all()

    @invariant()
    def the_public_sees_no_child_before_its_moment(self):
        self.session.flush()
        self.session.expire_all()
        seen = tallies_as_of(self.session, self.latest)
        of_places = {key: value for key, value in seen.items() if key[1] != "person" and key[4] not in ("people", "ranked")}
        assert of_places == public_tally(self.session, self.latest)

    @invariant()
    def is_what_the_stamps_say(self):
        self.session.flush()
        assert stored(self.session) == recount(self.session)


@pytest.mark.long_on_postgis
@pytest.mark.hypothesis
def test_what_is_stored_is_what_the_stamps_say(session, kind):
    stage = set_stage(session)
    machine = type("OnThisStage", (Counting,), {"stage": stage})
    examples = percent(60 if kind == "sqlite" else 20)
    run_state_machine_as_test(machine, settings=settings(max_examples=examples, stateful_step_count=25))
