"""What officers do to sites, and who may."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from app.core.errors import NotAllowed, NotFound, invalid
from app.core.geo import Point, is_on_earth
from app.core.text import Text
from app.people.models import Account
from app.people.queries import tenures_at
from app.people.rules import Permission, Reach, may_touch_circle, reach_of, with_permission
from app.places import queries as places_queries
from app.places.models import Site
from app.places.queries import SiteKind
from app.sites.service import facts


def confirm_site(session: Session, uuid: UUID, *, by: Account, now: datetime) -> None:
    """An officer's or the principal's word that the site is real and lies there.

    Raises NotFound for a site that is not there, NotAllowed for whoever may not, Conflict for a closed one.
    """
    facts.confirm_site(session, _asked(session, uuid, by, Permission.CONFIRM_SITE, now), by_account_id=by.id, now=now)


def move_site(
    session: Session, uuid: UUID, *, centre: Point, radius_m: float | None, reason: str = "", by: Account, now: datetime
) -> Site:
    """The circle lies elsewhere from now on; actions of before are judged by where it lay. Nobody moves it out of their reach.

    Raises NotFound, NotAllowed and Conflict as `confirm_site` does, Invalid naming the fields.
    """
    site = _asked(session, uuid, by, Permission.MOVE_SITE, now)
    check_new_place(session, site, centre, by=by, now=now)
    return facts.move_site(session, site, centre=centre, radius_m=radius_m, reason=reason, by_account_id=by.id, now=now)


def check_new_place(session: Session, site: Site, centre: Point, *, by: Account, now: datetime) -> None:
    """Raises Invalid where the new centre lies outside the reach of whoever moves the site, as the old one must not."""
    if not is_on_earth(centre):
        return  # Told where the fact is stored, with everything else that is wrong with a circle.
    ground = places_queries.kelurahan_at(session, centre)
    kelurahan_id = ground.kelurahan_id if ground else None
    ancestors = places_queries.ancestors_at(session, kelurahan_id, centre)
    reach = reach_of(with_permission(tenures_at(session, by.person_id, now), Permission.MOVE_SITE))
    # A post at the site itself reaches the kelurahan in which the site lies.
    stays = kelurahan_id is not None and kelurahan_id == site.kelurahan_id
    if not reach.has_area(ancestors) and not (stays and site.id in reach.sites):
        raise invalid(
            "centre",
            "outside_reach",
            Text("Titik baru di luar wilayah Anda. Mintalah yang membawahi kedua wilayah memindahkannya."),
        )


def count_pupils(session: Session, uuid: UUID, pupils: int | None, *, by: Account, now: datetime) -> Site:
    """How many pupils the school has, by the word of whoever may confirm it.

    Raises NotFound, NotAllowed and Conflict as `confirm_site` does, Invalid (field `pupils`).
    """
    site = _asked(session, uuid, by, Permission.CONFIRM_SITE, now)
    return facts.count_pupils(session, site, pupils, by_account_id=by.id, now=now)


def rename_site(session: Session, uuid: UUID, name: str, *, by: Account, now: datetime) -> Site:
    """People read this name from now on.

    Raises NotFound, NotAllowed and Conflict as `confirm_site` does, Invalid (field `name`).
    """
    site = _asked(session, uuid, by, Permission.MOVE_SITE, now)
    return facts.rename_site(session, site, name, by_account_id=by.id, now=now)


def close_site(session: Session, uuid: UUID, *, reason: str, by: Account, now: datetime) -> Site:
    """Actions count no more in its circle; what was counted stays. Raises NotFound, NotAllowed as `confirm_site` does."""
    site = _asked(session, uuid, by, Permission.MOVE_SITE, now)
    return facts.close_site(session, site, reason=reason, by_account_id=by.id, now=now)


def add_site(
    session: Session,
    *,
    kind: SiteKind,
    name: str,
    centre: Point,
    radius_m: float | None,
    npsn: str | None,
    rw: str | None,
    rt: str | None,
    by: Account,
    now: datetime,
) -> Site:
    """A new site in the area of whoever moves sites there; still to be confirmed.

    Raises Invalid naming the fields, `centre` where it lies outside their reach; Conflict when the NPSN is taken.
    """
    ground = places_queries.kelurahan_at(session, centre)
    ancestors = places_queries.ancestors_at(session, ground.kelurahan_id if ground else None, centre)
    if not reach_for_new(session, by, now).has_area(ancestors):
        raise invalid(
            "centre",
            "outside_reach",
            Text("Titik ini di luar wilayah Anda. Mintalah petugas wilayah itu menambahkannya."),
        )
    return facts.add_site(
        session, kind=kind, name=name, centre=centre, radius_m=radius_m, npsn=npsn, rw=rw, rt=rt, set_by=by.id, now=now
    )


def reach_for_new(session: Session, by: Account, now: datetime) -> Reach:
    """Where the account's holder may add sites."""
    return reach_of(with_permission(tenures_at(session, by.person_id, now), Permission.MOVE_SITE))


def may_touch(session: Session, site: Site, permission: Permission, *, by: Account, now: datetime) -> bool:
    """Whether a post of the account's holder reaches the site with that permission, and no actions of their own count there."""
    tenures = tenures_at(session, by.person_id, now)
    return may_touch_circle(tenures, permission, site_id=site.id, site_areas=places_queries.ancestors_of_site(session, site))


def _asked(session: Session, uuid: UUID, by: Account, permission: Permission, now: datetime) -> Site:
    """The site, when the account's holder has the permission for it."""
    site = places_queries.site_by_uuid(session, uuid)
    if site is None:
        raise NotFound(Text("Tempat itu tidak ada."), "unknown_site")
    if not may_touch(session, site, permission, by=by, now=now):
        raise NotAllowed(Text("Hanya petugas wilayah itu atau pimpinan tempatnya, bukan relawan yang beraksi di sana."))
    return site
