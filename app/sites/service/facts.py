"""Sites: added, confirmed, moved with history, closed. Who may do so is asked in `officers`."""

from __future__ import annotations

from datetime import datetime

import shapely
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from app.audit.service import note
from app.core.errors import Conflict, FieldError, Invalid
from app.core.geo import Point, is_on_earth
from app.core.identity_numbers import NO_IDENTITY_NUMBER, has_identity_number
from app.core.text import Text
from app.places.models import Site, SiteCircle, SiteKind
from app.places.queries.sites import site_by_npsn
from app.places.queries.snapshot import snapshot
from app.places.rules import clean_name, rt_name, rw_name
from app.places.rules import npsn as read_npsn
from app.places.service import rw as rw_below

MIN_RADIUS_M = 50.0
MAX_RADIUS_M = 300.0
MAX_SITE_NAME_LENGTH = 160
MAX_PUPILS = 20_000


def add_site(
    session: Session,
    *,
    kind: SiteKind,
    name: str,
    centre: Point,
    radius_m: float | None = None,
    npsn: str | None = None,
    rw: str | None = None,
    rt: str | None = None,
    set_by: int | None,
    now: datetime,
) -> Site:
    """A new site, still to be confirmed, in the kelurahan that holds its centre (None where we have no kelurahan).

    Raises Invalid naming the fields, Conflict when the NPSN is taken.
    """
    cleaned, number = clean_name(name), read_npsn(npsn) if npsn is not None else None
    errors = errors_of(kind=kind, name=name, centre=centre, radius_m=radius_m, npsn=npsn, rw=rw, rt=rt)
    if cleaned is None or errors:
        raise Invalid(errors)
    ground = snapshot(session).ground(centre)
    if rw is not None and ground is None:
        raise Invalid([_error("rw", Text("Titik ini di luar semua kelurahan yang tercatat, jadi RW-nya tidak dapat dicatat."))])
    site = Site(
        kind=kind,
        name=cleaned,
        npsn=number,
        kelurahan_id=ground.kelurahan_id if ground else None,
        rw_id=rw_below(session, ground.kelurahan_id, rw, now=now).id if rw is not None and ground else None,
        rt=rt_name(rt) if rt is not None else None,
        created_at=now,
    )
    _store(session, site)
    session.add(_circle(site, centre, radius_m, set_by, now))
    note(session, "site.add", _subject(site), account_id=set_by, now=now, name=cleaned, **_described(centre, radius_m))
    session.flush()
    return site


def errors_of(
    *,
    kind: SiteKind,
    name: str,
    centre: Point,
    radius_m: float | None = None,
    npsn: str | None = None,
    rw: str | None = None,
    rt: str | None = None,
) -> list[FieldError]:
    """Everything that is wrong with a new site by itself, whatever else there is."""
    cleaned = clean_name(name)
    errors = [*_centre_errors(centre), *_radius_errors(radius_m)]
    if cleaned is None or len(cleaned) > MAX_SITE_NAME_LENGTH:
        errors.append(_name_error())
    elif has_identity_number(cleaned):
        errors.append(FieldError("name", "identity_number", NO_IDENTITY_NUMBER))
    if npsn is not None and read_npsn(npsn) is None:
        errors.append(_error("npsn", Text("NPSN terdiri dari 8 angka.")))
    if npsn is not None and kind is not SiteKind.SCHOOL:
        errors.append(_error("npsn", Text("Hanya sekolah yang punya NPSN.")))
    if rw is not None and rw_name(rw) is None:
        errors.append(_error("rw", Text("RW ditulis dengan angka 1 sampai 999.")))
    if rt is not None and rt_name(rt) is None:
        errors.append(_error("rt", Text("RT ditulis dengan angka 1 sampai 999.")))
    return errors


def confirm_site(session: Session, site: Site, *, by_account_id: int, now: datetime) -> Site:
    """The site with an officer's word that it is where it is said to be. The first word stays.

    Raises Conflict for a closed site.
    """
    _hold_open(session, site)
    if site.confirmed_at is None:
        site.confirmed_at, site.confirmed_by = now, by_account_id
        note(session, "site.confirm", _subject(site), account_id=by_account_id, now=now)
        session.flush()
    return site


def move_site(
    session: Session,
    site: Site,
    *,
    centre: Point,
    radius_m: float | None,
    reason: str = "",
    by_account_id: int,
    now: datetime,
) -> Site:
    """The site with a new circle from now on; actions of before are still judged by the old one.

    `radius_m`: 50 to 300, None for the programme's. In another kelurahan the site leaves its RW and RT. The circle that it
    already has changes nothing. Raises Invalid naming the fields, Conflict for a closed site.
    """
    errors = [*_centre_errors(centre), *_radius_errors(radius_m)]
    if errors:
        raise Invalid(errors)
    _hold_open(session, site)
    current = _current_circle(session, site)
    if current is not None and (current.point, current.radius_m) == (centre, radius_m):
        return site
    _end(session, current, now)
    ground = snapshot(session).ground(centre)
    kelurahan_id = ground.kelurahan_id if ground else None
    if kelurahan_id != site.kelurahan_id:
        site.kelurahan_id, site.rw_id, site.rt = kelurahan_id, None, None
    session.add(_circle(site, centre, radius_m, by_account_id, now))
    before = _described(current.point, current.radius_m) if current else None
    note(
        session,
        "site.move",
        _subject(site),
        account_id=by_account_id,
        now=now,
        before=before,
        **_described(centre, radius_m),
        **_said(reason),
    )
    session.flush()
    return site


def rename_site(session: Session, site: Site, name: str, *, by_account_id: int, now: datetime) -> Site:
    """The site under another name. The name that it has changes nothing.

    Raises Invalid (field `name`), Conflict for a closed site.
    """
    cleaned = clean_name(name)
    if cleaned is None or len(cleaned) > MAX_SITE_NAME_LENGTH:
        raise Invalid([_name_error()])
    if has_identity_number(cleaned):
        raise Invalid([FieldError("name", "identity_number", NO_IDENTITY_NUMBER)])
    _hold_open(session, site)
    if site.name != cleaned:
        note(session, "site.rename", _subject(site), account_id=by_account_id, now=now, before=site.name, name=cleaned)
        site.name = cleaned
        session.flush()
    return site


def count_pupils(session: Session, site: Site, pupils: int | None, *, by_account_id: int | None, now: datetime) -> Site:
    """The school with the number of its pupils, by which boards tell its actions per head; None where it is not known.

    Raises Invalid (field `pupils`) for what is no school and for numbers outside 1 to 20,000, Conflict for a closed one.
    """
    if site.kind is not SiteKind.SCHOOL:
        raise Invalid([_error("pupils", Text("Hanya sekolah yang punya siswa."))])
    if pupils is not None and not 1 <= pupils <= MAX_PUPILS:
        raise Invalid([_error("pupils", Text("Jumlah siswa harus 1 sampai %(max_pupils)s.", max_pupils=MAX_PUPILS))])
    _hold_open(session, site)
    if site.pupils != pupils:
        note(session, "site.pupils", _subject(site), account_id=by_account_id, now=now, before=site.pupils, pupils=pupils)
        site.pupils = pupils
        session.flush()
    return site


def close_site(session: Session, site: Site, *, reason: str = "", by_account_id: int | None, now: datetime) -> Site:
    """The site with its circle ended; it stays for the actions of before. Closing it again changes nothing."""
    session.refresh(site, with_for_update=True)
    if site.closed_at is None:
        site.closed_at = now
        _end(session, _current_circle(session, site), now)
        note(session, "site.close", _subject(site), account_id=by_account_id, now=now, **_said(reason))
        session.flush()
    return site


def _store(session: Session, site: Site) -> None:
    taken = Conflict(Text("NPSN %(npsn)s sudah dipakai tempat lain.", npsn=site.npsn or ""), "npsn_taken")
    if site.npsn is not None and site_by_npsn(session, site.npsn) is not None:
        raise taken
    try:
        with session.begin_nested():
            session.add(site)
    except IntegrityError as error:
        # Another transaction was faster by a blink.
        raise taken from error


def _hold_open(session: Session, site: Site) -> None:
    """Keeps others from changing the site until this transaction ends; raises Conflict for a closed one."""
    session.refresh(site, with_for_update=True)
    if site.closed_at is not None:
        raise Conflict(Text("%(name)s sudah ditutup.", name=site.name), "site_closed")


def _current_circle(session: Session, site: Site) -> SiteCircle | None:
    return session.scalar(select(SiteCircle).where(SiteCircle.site_id == site.id, SiteCircle.valid_until.is_(None)))


def _end(session: Session, circle: SiteCircle | None, now: datetime) -> None:
    """Ends the circle at once: a site has one that is open, and new rows are written before old ones are changed."""
    if circle is not None:
        circle.valid_until = now
        session.flush()


def _circle(site: Site, centre: Point, radius_m: float | None, set_by: int | None, now: datetime) -> SiteCircle:
    return SiteCircle(
        site_id=site.id, centre=shapely.Point(centre.lon, centre.lat), radius_m=radius_m, valid_from=now, set_by=set_by
    )


def _subject(site: Site) -> str:
    return f"site:{site.uuid}"


def _described(centre: Point, radius_m: float | None) -> dict[str, float | None]:
    return {"lon": centre.lon, "lat": centre.lat, "radius_m": radius_m}


def _said(reason: str) -> dict[str, str]:
    return {"reason": reason} if reason else {}


def _name_error() -> FieldError:
    return _error(
        "name",
        Text("Nama wajib diisi, paling panjang %(max_site_name_length)s huruf.", max_site_name_length=MAX_SITE_NAME_LENGTH),
    )


def _centre_errors(centre: Point) -> list[FieldError]:
    if is_on_earth(centre):
        return []
    return [_error("centre", Text("Titik ini tidak ada di bumi: bujur -180 sampai 180, lintang -90 sampai 90, bukan (0, 0)."))]


def _radius_errors(radius_m: float | None) -> list[FieldError]:
    # Written so that NaN is refused too.
    if radius_m is None or MIN_RADIUS_M <= radius_m <= MAX_RADIUS_M:
        return []
    return [
        _error(
            "radius_m",
            Text(
                "Radius harus %(smallest_radius_m)s sampai %(largest_radius_m)s meter.",
                smallest_radius_m=format(MIN_RADIUS_M, ".0f"),
                largest_radius_m=format(MAX_RADIUS_M, ".0f"),
            ),
        )
    ]


def _error(field: str, message: Text) -> FieldError:
    return FieldError(field, "malformed", message)
