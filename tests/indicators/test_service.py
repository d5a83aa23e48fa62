"""Baselines and targets are written down with their source, and every change is kept."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from sqlalchemy import delete, select, update

from app.audit.models import AuditLine
from app.cli import sabuk
from app.core.errors import Invalid, NotFound
from app.indicators import service
from app.indicators.models import AreaBaseline, AreaTarget, FigureVersion
from app.rebuild.service import rebuild

NOW = datetime(2026, 11, 23, 5, tzinfo=UTC)
AREA = "99.01.01.1000"


def baseline(session, **change):
    usual = {
        "programme": "biopori",
        "area": AREA,
        "indicator": "holes",
        "value": Decimal("412"),
        "counted_on": date(2025, 1, 31),
        "source": "Rekap PKK",
        "recorded_by": None,
        "now": NOW,
    }
    asked = usual | change
    place = [asked.pop(name) for name in ("programme", "area", "indicator", "value")]
    return service.set_baseline(session, *place, **asked)


@pytest.mark.parametrize("field", ["source", "reason"])
def test_no_number_of_a_person_stands_beside_a_figure(session, stage, field):
    with pytest.raises(Invalid) as refused:
        baseline(session, **{field: "Pak Adi 3273 0112 0190 0001"})
    assert [(error.field, error.code) for error in refused.value.errors] == [(field, "identity_number")]


def test_the_same_day_again_replaces_and_both_are_remembered(session, stage):
    baseline(session)
    baseline(session, value=Decimal("413.5"), source="Rekap PKK, diperbaiki")
    assert [(row.value, row.source) for row in session.scalars(select(AreaBaseline))] == [
        (Decimal("413.5"), "Rekap PKK, diperbaiki")
    ]
    lines = session.scalars(select(AuditLine).where(AuditLine.kind == "indicators.baseline").order_by(AuditLine.id)).all()
    assert [Decimal(line.details["value"]) for line in lines] == [412, Decimal("413.5")]
    assert lines[0].details["before"] is None
    assert Decimal(lines[1].details["before"]) == 412


def test_what_was_replaced_stays_beside_what_is_in_force_with_the_reason(page, session, stage, clock):
    baseline(session)
    baseline(session, value=Decimal(100), source="Rekap RW", reason="Salah jumlah", now=NOW + timedelta(days=1))
    baseline(session, value=Decimal(90), counted_on=date(2024, 1, 31))
    place = ("biopori", AREA, "holes")
    for value in (1000, 50):
        service.set_target(
            session, *place, Decimal(value), due_on=date(2027, 12, 31), source="SK Lurah", recorded_by=None, now=NOW
        )
    told = next(each for each in page.get(f"/api/v1/kelurahan/{AREA}/indicators?programme=biopori").json["indicators"])
    assert (told["baseline"]["value"], told["baseline"]["source"]) == (100, "Rekap RW")
    assert [(other["value"], other["counted_on"], other["reason"]) for other in told["baseline"]["others"]] == [
        (90, "2024-01-31", None),
        (412, "2025-01-31", None),
    ]
    assert (told["target"]["value"], [other["value"] for other in told["target"]["others"]]) == (50, [1000])
    shown = page.get(f"/kelurahan/{AREA}").text
    assert "Catatan sebelumnya (2)" in shown
    assert "Rekap PKK" in shown
    baseline(session, value=Decimal(412), counted_on=date(2025, 1, 31), reason="Yang lama benar")
    told = next(each for each in page.get(f"/api/v1/kelurahan/{AREA}/indicators?programme=biopori").json["indicators"])
    assert [(other["value"], other["reason"]) for other in told["baseline"]["others"]] == [
        (90, None),
        (100, "Salah jumlah"),
        (412, None),
    ]


def test_the_same_again_is_no_new_version(session, stage):
    assert baseline(session).id == baseline(session, now=NOW + timedelta(days=1)).id
    assert len(session.scalars(select(FigureVersion)).all()) == 1


def test_an_overwriting_behind_the_versions_is_found(session, stage):
    baseline(session)
    assert rebuild.verify(session, now=NOW).is_clean
    session.execute(update(AreaBaseline).values(value=7))
    session.expire_all()
    (found,) = rebuild.verify(session, now=NOW).differences
    assert (found.table, found.key[2:]) == ("baseline", ("holes", "2025-01-31"))
    session.execute(delete(AreaBaseline))
    assert [each.stored for each in rebuild.verify(session, now=NOW).differences] == [None]


def test_another_day_is_another_count(session, stage):
    baseline(session)
    baseline(session, counted_on=date(2026, 1, 31))
    assert len(session.scalars(select(AreaBaseline)).all()) == 2


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"value": Decimal(-1)}, "value"),
        ({"value": Decimal("NaN")}, "value"),
        ({"value": Decimal("Infinity")}, "value"),
        ({"value": Decimal("1.2345")}, "value"),
        ({"value": Decimal(10**12)}, "value"),
        ({"counted_on": date(2026, 11, 24)}, "counted_on"),
        ({"source": "  "}, "source"),
        ({"source": "x" * 401}, "source"),
        ({"reason": "x" * 401}, "reason"),
        ({"indicator": "holes_pkk"}, "indicator"),
        ({"indicator": "joy"}, "indicator"),
    ],
)
def test_what_is_wrong_is_named_and_nothing_is_stored(session, stage, change, field):
    with pytest.raises(Invalid) as refused:
        baseline(session, **change)
    assert [error.field for error in refused.value.errors] == [field]
    assert session.scalars(select(AreaBaseline)).all() == []


@pytest.mark.parametrize("change", [{"area": "00.00"}, {"programme": "lain"}])
def test_what_is_not_there_is_not_found(session, stage, change):
    with pytest.raises(NotFound):
        baseline(session, **change)


def test_the_commands_write_them_down(app, session, stage):
    session.commit()
    runner = app.test_cli_runner()
    done = runner.invoke(
        sabuk, ["indicators", "baseline", "biopori", AREA, "holes", "412", "--counted-on", "2025-01-31", "--source", "PKK"]
    )
    assert done.exit_code == 0, done.output
    done = runner.invoke(
        sabuk, ["indicators", "target", "biopori", AREA, "holes", "1000", "--due-on", "2027-12-31", "--source", "SK"]
    )
    assert done.exit_code == 0, done.output
    session.rollback()
    assert session.scalars(select(AreaBaseline)).one().value == 412
    assert session.scalars(select(AreaTarget)).one().due_on == date(2027, 12, 31)
    wrong = runner.invoke(
        sabuk, ["indicators", "baseline", "biopori", AREA, "holes", "many", "--counted-on", "2025-01-31", "--source", "x"]
    )
    assert wrong.exit_code == 2
    refused = runner.invoke(sabuk, ["indicators", "target", "gps", AREA, "joy", "1", "--due-on", "2027-12-31", "--source", "x"])
    assert refused.exit_code == 1
    assert "indicator" in refused.output
