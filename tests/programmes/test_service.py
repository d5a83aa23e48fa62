"""A programme's versions come into force one after the other and never reach back."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from sqlalchemy import func, select

from app.audit.models import AuditLine
from app.core.errors import Invalid
from app.programmes import queries, service
from app.programmes.models import Programme, ProgrammeVersion
from tests.programmes.files import document_of, text_of

NOW = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)  # 08:00 in Bandung
TODAY = date(2026, 11, 23)


def apply(session, **changes):
    return service.apply(session, document_of("gps", **changes), applied_by=None, now=NOW)


def versions(session):
    return session.scalar(select(func.count()).select_from(ProgrammeVersion))


def test_the_first_version_may_reach_back_so_that_old_actions_have_rules(session):
    applied = apply(session)
    assert applied.is_new
    assert (applied.code, applied.version, applied.effective_from) == ("gps", 1, date(2014, 6, 23))
    line = session.scalars(select(AuditLine)).one()
    assert (line.kind, line.subject, line.details["version"]) == ("programme.apply", "programme:gps", 1)


def test_the_same_file_again_changes_nothing(session):
    first = apply(session)
    again = service.apply(session, "# a comment\n" + text_of("gps"), applied_by=None, now=NOW)
    assert not again.is_new
    assert again.version_id == first.version_id
    assert versions(session) == 1
    assert session.scalar(select(func.count()).select_from(AuditLine)) == 1


def test_the_file_is_kept_as_it_was_written(session):
    text = text_of("gps")
    service.apply(session, b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode(), applied_by=None, now=NOW)
    assert session.scalars(select(ProgrammeVersion.text)).one() == text


def test_an_older_version_again_changes_nothing_either(session):
    apply(session)
    apply(session, version=2, effective_from="2027-01-01", place__radius_m=150)
    assert not apply(session).is_new
    assert versions(session) == 2


@pytest.mark.parametrize(
    ("changes", "field", "code"),
    [
        ({"version": 1, "place__radius_m": 150}, "version", "version_order"),
        ({"version": 3, "effective_from": "2027-01-01"}, "version", "version_order"),
        ({"version": 2, "effective_from": "2026-11-22"}, "effective_from", "effective_order"),
        ({"version": 2, "effective_from": "2014-06-23"}, "effective_from", "effective_order"),
        (
            {"version": 2, "effective_from": "2027-01-01", "measures__bags_large__type": "decimal", "badges": []},
            "measures.bags_large.type",
            "kind_changed",
        ),
    ],
)
def test_a_version_that_may_not_follow_is_refused_and_nothing_is_stored(session, changes, field, code):
    apply(session)
    with pytest.raises(Invalid) as refused:
        apply(session, **changes)
    assert (field, code) in [(error.field, error.code) for error in refused.value.errors]
    assert versions(session) == 1


def test_the_first_version_is_number_one(session):
    with pytest.raises(Invalid) as refused:
        apply(session, version=2)
    assert [error.field for error in refused.value.errors] == ["version"]


def test_a_version_may_begin_today_and_must_begin_after_the_one_to_come(session):
    apply(session)
    apply(session, version=2, effective_from="2026-11-23")
    apply(session, version=3, effective_from="2027-07-01")
    with pytest.raises(Invalid):
        apply(session, version=4, effective_from="2027-07-01")
    with pytest.raises(Invalid):
        apply(session, version=4, effective_from="2027-06-01")


def test_today_is_the_day_in_bandung(session):
    apply(session)
    late = datetime(2026, 11, 23, 18, 0, tzinfo=UTC)  # already the 24th there
    with pytest.raises(Invalid):
        service.apply(session, document_of("gps", version=2, effective_from="2026-11-23"), applied_by=None, now=late)


def test_a_wrong_file_is_refused_with_every_key(session):
    with pytest.raises(Invalid) as refused:
        service.apply(session, "code: gps\nversion: x\n", applied_by=None, now=NOW)
    assert {"version", "ladder", "frame"} <= {error.field for error in refused.value.errors}
    assert session.scalar(select(func.count()).select_from(Programme)) == 0


def test_what_ships_comes_once_and_never_over_what_the_city_has_set(session):
    apply(session, place__radius_m=100)
    assert [applied.code for applied in service.apply_bundled(session, now=NOW)] == ["biopori"]
    assert service.apply_bundled(session, now=NOW) == ()
    assert queries.current(session, "gps", TODAY).definition.place.radius_m == 100


def test_the_measures_keep_the_order_of_the_file(session):
    apply(session)
    session.expire_all()
    stored = session.scalars(select(ProgrammeVersion)).one().document
    assert list(stored["measures"]) == ["bags_small", "bags_large", "items", "kg", "kg_method"]


@pytest.mark.parametrize(
    ("day", "version"),
    [
        (date(2013, 1, 1), 1),
        (date(2014, 6, 23), 1),
        (date(2026, 12, 31), 1),
        (date(2027, 1, 1), 2),
        (date(2027, 6, 30), 2),
        (date(2030, 1, 1), 3),
    ],
)
def test_each_day_has_its_own_rules_and_days_before_the_first_have_the_first(session, day, version):
    apply(session)
    apply(session, version=2, effective_from="2027-01-01", place__radius_m=150)
    apply(session, version=3, effective_from="2027-07-01", place__radius_m=250)
    held = queries.definition_on(session, "gps", day)
    assert held.definition.version == version
    assert queries.version(session, held.version_id) == held
    assert [each.definition.version for each in queries.all_current(session, day)] == [version]


def test_programmes_that_are_not_there(session):
    assert queries.current(session, "gps", TODAY) is None
    assert queries.programme_id(session, "gps") is None
    assert queries.newest(session, "gps") is None
    assert queries.all_current(session, TODAY) == ()
    with pytest.raises(KeyError):
        queries.version(session, 1)


def test_what_was_rolled_back_is_not_remembered(session):
    apply(session, place__radius_m=111)
    assert queries.current(session, "gps", TODAY).definition.place.radius_m == 111
    session.rollback()
    apply(session, place__radius_m=222)
    assert queries.current(session, "gps", TODAY).definition.place.radius_m == 222
