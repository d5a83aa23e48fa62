"""Actions as the pages tell them."""

from __future__ import annotations

from sqlalchemy.orm import Session

from app.actions import queries
from app.actions.rules.words import Status
from app.core.catalogue import INDONESIAN
from tests.factories.actions import MONDAY, body, fix_at, holes, record
from tests.factories.cast import Cast
from tests.factories.city import AT_SEA


def test_a_summary_names_the_site_else_the_kelurahan_else_no_place(session: Session, cast: Cast) -> None:
    at_site = record(session, cast.budi, body())
    in_kelurahan = record(session, cast.kader, holes(rw="05"))
    outside = record(session, cast.citra, body(fix=fix_at(AT_SEA)))
    found = queries.summaries(session, [outside, in_kelurahan, at_site])
    assert [summary.id for summary in found] == [outside.id, in_kelurahan.id, at_site.id]
    assert [summary.place for summary in found] == ["", "Melati", "Kantor Pos Melati"]
    assert [(summary.site, summary.kelurahan) for summary in found[1:]] == [("", "Melati"), ("Kantor Pos Melati", "Melati")]


def test_a_summary_tells_what_was_measured_and_what_was_found(session: Session, cast: Cast) -> None:
    (summary,) = queries.summaries(session, [record(session, cast.budi, body())])
    assert (summary.observed_on, summary.zone, summary.status, summary.minutes) == (MONDAY, "Asia/Jakarta", Status.WAITING, 15)
    assert summary.amounts[0][1].said(INDONESIAN) == "1"
    assert {told.tone for told in summary.findings} == {"ok"}


def test_no_actions_have_no_summaries(session: Session) -> None:
    assert queries.summaries(session, []) == []
