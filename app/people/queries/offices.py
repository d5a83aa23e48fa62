"""Offices: who holds them, where they are, and for which of them somebody wrote an invitation."""

from __future__ import annotations

from datetime import UTC, date, datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.people.models import Account, Invitation, Person, Tenure
from app.people.queries import is_active_on, spot, tenures_at
from app.people.rules import ActiveTenure, Post, may_appoint
from app.people.rules.letterheads import OfficePlace
from app.places import queries as places


def holder_name(session: Session, post: Post, area_id: int, day: date) -> str:
    """The name of whoever holds the post for that very area, the latest to whom it was given; "" for nobody or a hidden name."""
    asked = (
        select(Person)
        .join(Tenure, Tenure.person_id == Person.id)
        .where(Tenure.post == post, Tenure.area_id == area_id, is_active_on(day), Person.erased_at.is_(None))
        .order_by(Tenure.id.desc())
        .limit(1)
    )
    person = session.scalars(asked).first()
    return person.name if person is not None and person.name_hidden_at is None else ""


def office_place(session: Session, area_id: int | None, site_id: int | None) -> OfficePlace:
    """The names of what the office lies in."""
    index = places.areas(session)
    site = places.site_by_id(session, site_id) if site_id is not None else None
    area_id = site.kelurahan_id if site is not None else area_id
    areas = (index.by_id[area_id], *index.ancestors(area_id)) if area_id is not None else ()
    names = {area.level: area.name for area in areas}
    return OfficePlace(
        city=names.get(places.AreaLevel.CITY, ""),
        kecamatan=names.get(places.AreaLevel.KECAMATAN, ""),
        kelurahan=names.get(places.AreaLevel.KELURAHAN, ""),
        site=site.name if site is not None else "",
    )


def inviting_post(session: Session, offered: Invitation, now: datetime) -> ActiveTenure | None:
    """The post by whose right the invitation stands; None where whoever offered it holds none that appoints there any more."""
    by = session.get_one(Account, offered.invited_by)
    where = spot(session, offered.area_id, offered.site_id)
    return next(
        (each for each in tenures_at(session, by.person_id, now) if may_appoint([each], offered.post, where)),
        None,
    )


def serial_of(session: Session, offered: Invitation) -> int:
    """How many invitations its sender had made that year when this one was made, itself among them."""
    begin = datetime(offered.created_at.year, 1, 1, tzinfo=UTC)
    earlier = select(func.count()).where(
        Invitation.invited_by == offered.invited_by, Invitation.created_at >= begin, Invitation.id <= offered.id
    )
    return session.scalar(earlier) or 0
