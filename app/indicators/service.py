"""Writing down what was there before and what is aimed at."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any, TypeVar

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.audit import service as audit
from app.core.clock import local_day
from app.core.errors import FieldError, Invalid, NotFound, invalid
from app.core.identity_numbers import NO_IDENTITY_NUMBER, has_identity_number
from app.core.text import Text, says_something
from app.indicators.models import AreaBaseline, AreaTarget, FigureVersion
from app.indicators.rules import FigureKind
from app.places import queries as places
from app.programmes import queries as programmes
from app.programmes.rules.definition import Indicator

W = TypeVar("W", AreaBaseline, AreaTarget)

KINDS = {AreaBaseline: FigureKind.BASELINE, AreaTarget: FigureKind.TARGET}
DAYS = {AreaBaseline: "counted_on", AreaTarget: "due_on"}
"""The column with the day of each."""

MAX_VALUE = Decimal(10**12)
MAX_SOURCE_LENGTH = 400


def set_baseline(
    session: Session,
    programme: str,
    area: str,
    indicator: str,
    value: Decimal,
    *,
    counted_on: date,
    source: str,
    recorded_by: int | None,
    now: datetime,
    reason: str = "",
) -> AreaBaseline:
    """The indicator's count in the area on that day, before the programme; another count of the same day replaces it.

    What was there before stays as an earlier version, with the reason for the new one. `value` is 0 or more with at most three
    decimals. Raises Invalid naming the fields, NotFound for an area or programme that is not there.
    """
    place = _area(session, area)
    today = local_day(now, place.timezone)
    current, told = _indicator(session, programme, indicator, today)
    errors = _wrong(value, source, reason)
    if counted_on > today:
        later = Text("Hari penghitungan belum tiba.")
        errors.append(FieldError("counted_on", "future", later))
    if not told.has_baseline:
        none = Text("Indikator %(indicator)s tidak punya angka awal.", indicator=indicator)
        errors.append(FieldError("indicator", "no_baseline", none))
    if errors:
        raise Invalid(errors)
    key = {"programme_id": current.programme_id, "area_id": place.id, "indicator": indicator, "counted_on": counted_on}
    return _write(session, AreaBaseline, key, value, source, reason, recorded_by, now)


def set_target(
    session: Session,
    programme: str,
    area: str,
    indicator: str,
    value: Decimal,
    *,
    due_on: date,
    source: str,
    recorded_by: int | None,
    now: datetime,
    reason: str = "",
) -> AreaTarget:
    """What the area means to reach of the indicator by that day; another target for the same day replaces it.

    What was there before stays as an earlier version, with the reason for the new one. `value` is 0 or more with at most three
    decimals. Raises Invalid naming the fields, NotFound for an area or programme that is not there.
    """
    place = _area(session, area)
    current, _ = _indicator(session, programme, indicator, local_day(now, place.timezone))
    errors = _wrong(value, source, reason)
    if errors:
        raise Invalid(errors)
    key = {"programme_id": current.programme_id, "area_id": place.id, "indicator": indicator, "due_on": due_on}
    return _write(session, AreaTarget, key, value, source, reason, recorded_by, now)


def _area(session: Session, code: str) -> places.AreaEntry:
    area = places.areas(session).by_code(code)
    if area is None:
        raise NotFound(Text("Tidak ada wilayah dengan kode %(code)s.", code=code), "unknown_area")
    return area


def _indicator(session: Session, programme: str, code: str, today: date) -> tuple[programmes.Current, Indicator]:
    current = programmes.current(session, programme, today)
    if current is None:
        raise NotFound(Text("Tidak ada program %(programme)s.", programme=programme), "unknown_programme")
    for indicator in current.definition.frame.indicators:
        if indicator.code == code:
            return current, indicator
    known = ", ".join(indicator.code for indicator in current.definition.frame.indicators)
    raise invalid(
        "indicator",
        "unknown",
        Text(
            "Program %(programme)s tidak punya indikator %(code)s; yang ada: %(known)s.",
            programme=programme,
            code=code,
            known=known,
        ),
    )


def _wrong(value: Decimal, source: str, reason: str) -> list[FieldError]:
    errors = []
    if not value.is_finite() or not 0 <= value < MAX_VALUE or value != round(value, 3):
        told = Text("Isi dengan angka, paling sedikit 0, dengan paling banyak tiga angka di belakang koma.")
        errors.append(FieldError("value", "out_of_range", told))
    if not says_something(source) or len(source.strip()) > MAX_SOURCE_LENGTH:
        told = Text("Tulis sumber angkanya, 1-%(max_source_length)s huruf.", max_source_length=MAX_SOURCE_LENGTH)
        errors.append(FieldError("source", "length", told))
    if len(reason.strip()) > MAX_SOURCE_LENGTH:
        told = Text("Tulis alasannya, paling panjang %(max_source_length)s huruf.", max_source_length=MAX_SOURCE_LENGTH)
        errors.append(FieldError("reason", "length", told))
    for field, said in (("source", source), ("reason", reason)):
        if has_identity_number(said):
            errors.append(FieldError(field, "identity_number", NO_IDENTITY_NUMBER))
    return errors


def _write(
    session: Session,
    table: type[W],
    key: dict[str, Any],
    value: Decimal,
    source: str,
    reason: str,
    recorded_by: int | None,
    now: datetime,
) -> W:
    """The version in force, and the same added to all versions. The same value from the same source again changes nothing."""
    replaced = session.scalars(select(table).filter_by(**key).with_for_update()).one_or_none()
    before = str(replaced.value) if replaced else None
    if replaced is not None and (replaced.value, replaced.source) == (value, source.strip()):
        return replaced
    written = replaced or table(**key)
    written.value, written.source = value, source.strip()
    written.recorded_at, written.recorded_by = now, recorded_by
    session.add(written)
    session.flush()
    session.add(
        FigureVersion(
            kind=KINDS[table],
            day=key[DAYS[table]],
            value=value,
            source=source.strip(),
            reason=reason.strip(),
            recorded_at=now,
            recorded_by=recorded_by,
            **{name: part for name, part in key.items() if name != DAYS[table]},
        )
    )
    audit.note(
        session,
        f"indicators.{table.__tablename__}",
        f"area:{key['area_id']}",
        account_id=recorded_by,
        now=now,
        **{name: str(part) for name, part in key.items()},
        value=str(value),
        before=before,
        reason=reason.strip() or None,
    )
    return written
