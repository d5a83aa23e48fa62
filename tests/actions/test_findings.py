"""What findings lead to together, before and after a held action was given back to the queue."""

from __future__ import annotations

import pytest

from app.actions.rules.findings import RETURNED, SOFT, Finding, Level, given_back, gravest, leads_to, with_first_word
from app.actions.rules.photo_sentences import SENTENCES
from app.actions.rules.sentences import CODES, sentence
from app.actions.rules.words import Status
from app.core.catalogue import ENGLISH, INDONESIAN

OK, LOOK = Finding("radius_inside", Level.OK), Finding("late", Level.LOOK)
SHORT, FAR = Finding("minutes_short", Level.HOLD), Finding("radius_outside", Level.HOLD)
REPEATED, BACK = Finding("photo_repeated", Level.HOLD), Finding(RETURNED, Level.LOOK, {"days": 14})

CASES = {
    "nothing": ([], Level.OK),
    "in order": ([OK], Level.OK),
    "to be looked at": ([OK, LOOK], Level.LOOK),
    "held": ([OK, SHORT], Level.HOLD),
    "held by a photograph": ([OK, LOOK, REPEATED], Level.HOLD),
    "given back": ([OK, SHORT, FAR, BACK], Level.LOOK),
    "given back, then a photograph held it": ([SHORT, REPEATED, BACK], Level.HOLD),
    "given back, then over a cap": ([SHORT, BACK, Finding("cap_day", Level.HOLD)], Level.LOOK),
}


@pytest.mark.parametrize("case", list(CASES))
def test_what_findings_lead_to(case: str) -> None:
    findings, level = CASES[case]
    assert gravest(findings) is level
    assert leads_to(findings) is (Status.HELD if level is Level.HOLD else Status.WAITING)


def test_giving_back_keeps_the_findings_and_happens_once() -> None:
    once = given_back([OK, SHORT])
    assert once == (OK, SHORT, BACK)
    assert given_back(once) == once
    assert sentence(BACK).said(INDONESIAN) == "Kembali ke antrean setelah 14 hari menunggu diperiksa. Petugas akan memeriksanya."


def test_what_holds_softly_is_known_and_no_photograph_does() -> None:
    assert SOFT < CODES
    assert SOFT.isdisjoint(SENTENCES)


def test_the_first_of_two_officers_changes_nothing_but_what_is_told() -> None:
    before = (Finding("minutes_ok", Level.OK), Finding("late", Level.LOOK))
    after = with_first_word(before)
    assert (leads_to(after), gravest(after), [finding.code for finding in after]) == (
        Status.WAITING,
        Level.LOOK,
        ["minutes_ok", "late", "first_word"],
    )
    text = sentence(after[-1])
    assert text.said(INDONESIAN).endswith(".")
    assert text.said(ENGLISH).endswith(".")
