"""Areas under other names, as an ordinance or a slip of the hand gives them."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.audit.service import note
from app.core.errors import FieldError, Invalid, NotFound
from app.core.identity_numbers import NO_IDENTITY_NUMBER, has_identity_number
from app.core.text import Text
from app.places.models import Area
from app.places.rules.names import MAX_NAME_LENGTH, area_name, same_name
from app.places.rules.words import LADDER
from app.places.service.importing import MAX_SOURCE_LENGTH
from app.places.service.revision import areas_changed


def rename_area(session: Session, area_id: int, name: str, *, source: str, by_account_id: int, now: datetime) -> Area:
    """The area under the name; who says so and the name of before stand in the audit log. The name it has changes nothing.

    Raises Invalid naming the fields, NotFound where there is no such area above the RW.
    """
    area = session.scalar(
        select(Area).where(Area.id == area_id, Area.level.in_(LADDER), Area.closed_at.is_(None)).with_for_update()
    )
    if area is None:
        raise NotFound
    cleaned, said = area_name(name), " ".join(source.split())
    errors = [*_name_errors(session, area, cleaned), *_source_errors(said)]
    if cleaned is None or errors:
        raise Invalid(errors)
    if area.name != cleaned:
        subject = f"area:{area.id}"
        note(session, "places.rename", subject, account_id=by_account_id, now=now, before=area.name, name=cleaned, source=said)
        area.name = cleaned
        session.flush()
        areas_changed(session)
    return area


def _name_errors(session: Session, area: Area, name: str | None) -> list[FieldError]:
    if name is None or len(name) > MAX_NAME_LENGTH:
        return [_error("name", Text("Nama wajib diisi, paling panjang %(most)s huruf.", most=MAX_NAME_LENGTH))]
    if has_identity_number(name):
        return [FieldError("name", "identity_number", NO_IDENTITY_NUMBER)]
    beside = select(Area).where(
        Area.level == area.level, Area.parent_id == area.parent_id, Area.id != area.id, Area.closed_at.is_(None)
    )
    twin = next((each for each in session.scalars(beside) if same_name(each.name, name)), None)
    if twin is not None:
        return [_error("name", Text("Nama itu sudah dipakai wilayah %(code)s di sebelahnya.", code=twin.code))]
    return []


def _source_errors(said: str) -> list[FieldError]:
    most = MAX_SOURCE_LENGTH
    if not 3 <= len(said) <= most:
        return [
            _error("source", Text("Tulis sumbernya, 3 sampai %(max_source_length)s huruf.", max_source_length=MAX_SOURCE_LENGTH))
        ]
    return [FieldError("source", "identity_number", NO_IDENTITY_NUMBER)] if has_identity_number(said) else []


def _error(field: str, message: Text) -> FieldError:
    return FieldError(field, "malformed", message)
