"""`/admin/tinjauan`: a stamped action is looked at again by whoever may stamp there, and the decision is kept."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from app.actions.models import Action
from app.actions.rules.words import Status
from app.audit.models import AuditLine
from app.core.errors import Conflict, Invalid, NotFound
from app.integrity.models import PhotoSignal
from app.integrity.rules import SignalKind
from app.reviews import service as reviews
from app.reviews.models import Review
from app.reviews.rules import Decision
from app.stamping import service as stamping
from app.stamping.service import decide_review
from app.tallies.models import Tally
from tests.factories.actions import MONDAY, NOW, at, body, fix_at, make_action, record, stamp
from tests.factories.cast import make_account
from tests.factories.city import CITY, IN_TERATAI, KENANGA

ADDRESS = "/admin/tinjauan"


@pytest.fixture
def admin(session, cast):
    return make_account(session, "admin", f"administrator@{CITY}")


def open_review(session, action, *, kind=SignalKind.REPEATED, other=None, opened_at=NOW):
    values = {"minutes": 90} if kind is SignalKind.TIME_OFF else {}
    shown = {"place": 0, "other_action_id": other.id if other else None, "values": values}
    session.add(PhotoSignal(action_id=action.id, kind=kind, rules_version=1, found_at=NOW, **shown))
    review = Review(action_id=action.id, opened_at=opened_at)
    session.add(review)
    session.flush()
    return review


@pytest.fixture
def budis(session, cast):
    """A stamped action of Pak Budi's, to be looked at again, and the earlier one that shows the same."""
    earlier = make_action(session, cast.budi, captured_at=at(MONDAY - timedelta(days=3), 7, 5))
    action = make_action(session, cast.budi)
    stamp(session, cast.lurah, earlier, action, note="Dilihat.")
    return open_review(session, action, other=earlier)


@pytest.fixture
def anis(session, cast):
    """A pupil's, at the school."""
    sent = body(fix=fix_at(IN_TERATAI), on_behalf_of=str(cast.ani.uuid))
    action = record(session, cast.guru, sent)
    stamp(session, cast.guru, action, note="Dilihat.")
    return open_review(session, action, kind=SignalKind.TIME_OFF)


def credit(session, person_id):
    asked = select(Tally.value).where(Tally.subject == "person", Tally.subject_id == person_id, Tally.measure == "actions",
                                      Tally.period == "all")  # fmt: skip
    return session.scalars(asked).one_or_none() or 0


# --- who sees what ---


def test_an_officer_sees_what_lies_within_reach(budis, anis, session, cast, signed_in):
    shown = signed_in(cast.lurah).get(ADDRESS).text
    assert "Pak Budi" in shown
    assert "Foto 1 sudah dipakai untuk aksi lain." in shown
    assert "Perlu diperiksa petugas dulu" not in shown
    assert shown.count('href="/aksi/') == 2
    assert "Ani" not in shown
    assert "Ani" in signed_in(cast.guru).get(ADDRESS).text
    assert "Foto 1 diambil 1 jam 30 menit di luar waktu aksi." in signed_in(cast.guru).get(ADDRESS).text
    elsewhere = make_account(session, "lurah.kenanga", f"lurah@{KENANGA}")
    assert "Tidak ada yang perlu ditinjau" in signed_in(elsewhere).get(ADDRESS).text


def test_an_administrator_sees_all_and_nobodys_name(budis, anis, admin, signed_in):
    shown = signed_in(admin).get(ADDRESS).text
    assert shown.count('<li class="card">') == 2
    for hidden in ("Pak Budi", "Ani", 'href="/aksi/', "SDN Teratai 1", f"{ADDRESS}/{budis.id}"):
        assert hidden not in shown
    signed_in(admin).get(f"{ADDRESS}/{budis.id}", status=403)


def test_whoever_stamps_nowhere_sees_none(budis, cast, signed_in):
    for account in (cast.budi, cast.kader, cast.citra):
        signed_in(account).get(ADDRESS, status=403)


def test_absent_and_out_of_reach_answer_alike(budis, cast, signed_in):
    for number in (budis.id, 987654, 2**31, 10**30):
        signed_in(cast.guru).get(f"{ADDRESS}/{number}", status=404)


def test_pages_follow_each_other(session, cast, signed_in):
    actions = [make_action(session, cast.budi, captured_at=at(MONDAY - timedelta(days=7 * back), 7, 5)) for back in range(1, 26)]
    for action in actions:
        open_review(session, action)
    first = signed_in(cast.lurah).get(ADDRESS).text
    assert first.count('<li class="card">') == 20
    more = first.split('rel="next" href="')[1].split('"')[0]
    assert signed_in(cast.lurah).get(more).text.count('<li class="card">') == 5
    signed_in(cast.lurah).get(f"{ADDRESS}?after=x", status=422)


# --- deciding ---


def test_a_stamp_stands(budis, session, cast, signed_in):
    client = signed_in(cast.lurah)
    client.submit(f"{ADDRESS}/{budis.id}", {"decision": "stands", "reason": "Foto lama terkirim dua kali."})
    session.refresh(budis)
    assert (budis.decision, budis.closed_by, budis.note) == (Decision.STANDS, cast.lurah.id, "Foto lama terkirim dua kali.")
    assert credit(session, cast.budi.person_id) == 2
    (line,) = session.scalars(select(AuditLine).where(AuditLine.kind == "integrity.close_review"))
    assert line.details == {"decision": "stands", "reason": "Foto lama terkirim dua kali."}
    assert "Tidak ada yang perlu ditinjau" in client.get(ADDRESS).text
    assert "Sudah ditutup" in client.get(f"{ADDRESS}/{budis.id}").text


def test_a_stamp_is_taken_back_with_all_that_it_counted_for(budis, session, cast, signed_in):
    signed_in(cast.lurah).submit(f"{ADDRESS}/{budis.id}", {"decision": "void", "reason": "Foto yang sama."})
    session.refresh(budis)
    assert (budis.decision, budis.note) == (Decision.VOID, "Foto yang sama.")
    assert credit(session, cast.budi.person_id) == 1
    assert session.scalars(select(AuditLine.kind).where(AuditLine.account_id == cast.lurah.id)).all().count("stamping.void") == 1


MISSING = {
    "no decision": {"reason": "x"},
    "no reason": {"decision": "stands"},
    "blank": {"decision": "stands", "reason": "  "},
    "unknown": {"decision": "burn", "reason": "x"},
}


@pytest.mark.parametrize("fields", MISSING.values(), ids=MISSING)
def test_what_is_missing_is_asked_for_and_nothing_is_stored(fields, budis, session, cast, signed_in):
    shown = signed_in(cast.lurah).submit(f"{ADDRESS}/{budis.id}", fields, status=422).text
    assert "Ada yang perlu diperbaiki" in shown
    session.refresh(budis)
    assert budis.closed_at is None


def test_the_same_decision_twice_is_as_once_and_another_is_refused(budis, session, cast):
    for _ in range(2):
        decide_review(session, budis.id, cast.lurah, decision=Decision.STANDS, reason="Baik.", now=NOW)
    with pytest.raises(Conflict):
        decide_review(session, budis.id, cast.lurah, decision=Decision.VOID, reason="Buruk.", now=NOW)
    assert credit(session, cast.budi.person_id) == 2
    assert len(session.scalars(select(AuditLine).where(AuditLine.kind == "integrity.close_review")).all()) == 1


def test_nobody_decides_about_their_own_or_elsewhere(budis, session, cast):
    for account in (cast.budi, cast.guru):
        with pytest.raises(NotFound):
            decide_review(session, budis.id, account, decision=Decision.STANDS, reason="Baik.", now=NOW)
    session.refresh(budis)
    assert budis.closed_at is None


def test_a_review_ends_with_the_stamp_wherever_it_is_taken_back(budis, session, cast):
    action = session.get_one(Action, budis.action_id)
    (again,) = stamp(session, cast.lurah, action)
    stamping.void(session, again.stamp.id, cast.lurah, reason="Keliru.", now=NOW)
    session.refresh(budis)
    assert (budis.decision, budis.note) == (Decision.VOID, "Keliru.")
    assert action.status is not Status.STAMPED


def test_a_stamp_that_is_gone_cannot_stand(budis, session, cast):
    action = make_action(session, cast.budi, captured_at=at(MONDAY - timedelta(days=5), 7, 5))
    review = open_review(session, action)
    with pytest.raises(Conflict):
        decide_review(session, review.id, cast.lurah, decision=Decision.STANDS, reason="Baik.", now=NOW)
    decide_review(session, review.id, cast.lurah, decision=Decision.VOID, reason="Tidak ada cap.", now=NOW)
    session.refresh(review)
    assert review.decision is Decision.VOID


def test_closing_needs_a_reason(budis, session, cast):
    for reason in (" ", "\u200b"):
        with pytest.raises(Invalid):
            reviews.close(session, budis, by_account_id=cast.lurah.id, decision=Decision.STANDS, reason=reason, now=NOW)


def test_the_one_who_stamped_is_told_so(budis, cast, signed_in):
    assert "Cap Anda sendiri" in signed_in(cast.lurah).get(f"{ADDRESS}/{budis.id}").text


def test_the_desk_leads_to_what_has_to_be_looked_at_again(budis, cast, signed_in):
    assert 'href="/admin/tinjauan"' in signed_in(cast.lurah).get("/meja").text
