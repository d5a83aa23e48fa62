"""All of a city's schools and workplaces from a table, told row by row. The same table twice changes nothing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy.orm import Session

from app.core.errors import Conflict, Invalid, invalid
from app.core.geo import distance_m
from app.core.spreadsheets import SheetRow, SheetTable
from app.core.text import Number, Text
from app.people.models import Account
from app.people.rules import Permission
from app.places import queries as places
from app.places.queries import SiteAt, SiteKind
from app.places.queries.sites import site_by_npsn
from app.places.queries.snapshot import snapshot
from app.places.rules.names import folded_name
from app.sites.rules.site_rows import LATITUDE, NAME, POINT, SiteRow, read_row
from app.sites.service import facts, officers

FAR_M = 50.0
"""A position that differs by more is told: below it registers round."""


class SiteOutcome(StrEnum):
    ADDED = "added"
    COUNTED = "pupils counted"
    UNCHANGED = "unchanged"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class SiteLine:
    """What becomes of one row."""

    number: int
    name: str
    outcome: SiteOutcome
    kelurahan: str = ""
    notes: tuple[Text, ...] = ()


@dataclass(frozen=True, slots=True)
class SitesReport:
    lines: tuple[SiteLine, ...]

    def count(self, outcome: SiteOutcome) -> int:
        return sum(line.outcome is outcome for line in self.lines)


def import_sites(
    session: Session, sheet: SheetTable, *, by: Account | None, confirms: bool = False, is_dry_run: bool = False, now: datetime
) -> SitesReport:
    """What becomes of each row; a dry run tells it and changes nothing. A row that is refused keeps no other out.

    `by`: whose reach bounds where sites may lie; None is the operator at the command line. `confirms`: their word that all new
    ones lie where the table says, as far as they may give it. Raises Invalid (field `file`) where names or positions are missing.
    """
    if sheet.lacks(*NAME) or sheet.lacks(*POINT, *LATITUDE):
        head = ", ".join(sheet.head)[:200]
        raise invalid("file", "columns", Text("Tabel ini perlu kolom nama, lintang, dan bujur. Yang ada: %(head)s.", head=head))
    importing = _Importing(session, by, confirms=confirms, is_dry_run=is_dry_run, now=now)
    return SitesReport(tuple(importing.line(row) for row in sheet.rows))


class _Importing:
    """One table on its way in."""

    def __init__(self, session: Session, by: Account | None, *, confirms: bool, is_dry_run: bool, now: datetime) -> None:
        self._session, self._by, self._now = session, by, now
        self._confirms, self._is_dry_run = confirms and by is not None, is_dry_run
        self._areas = places.areas(session)
        self._reach = officers.reach_for_new(session, by, now) if by is not None else None
        self._known: dict[object, SiteAt] = {}
        self._rows: dict[object, int] = {}
        for site in places.open_sites(session, now):
            for key in _keys(site.npsn, site.kind, site.kelurahan_id, site.name):
                self._known.setdefault(key, site)

    def line(self, row: SheetRow) -> SiteLine:
        read = read_row(row.number, row.cells)
        if not isinstance(read, SiteRow):
            return SiteLine(row.number, row.said(*NAME), SiteOutcome.REFUSED, notes=read)
        ground = snapshot(self._session).ground(read.centre)
        kelurahan_id = ground.kelurahan_id if ground else None
        where = self._areas.by_id[kelurahan_id].name if kelurahan_id is not None else ""
        keys = _keys(read.npsn, read.kind, kelurahan_id, read.name)
        known = next((site for key in keys if (site := self._known.get(key)) and _may_be(read, site)), None)
        if known is not None:
            return self._there(read, known, where)
        earlier = self._rows.get(keys[0])
        if earlier is not None:
            told = Text("sama dengan baris %(number)s", number=str(earlier))
            return SiteLine(read.number, read.name, SiteOutcome.UNCHANGED, where, (told,))
        if problems := self._problems(read, kelurahan_id):
            return SiteLine(read.number, read.name, SiteOutcome.REFUSED, where, problems)
        self._rows[keys[0]] = read.number
        if not self._is_dry_run:
            try:
                self._add(read)
            except (Conflict, Invalid) as error:
                return SiteLine(read.number, read.name, SiteOutcome.REFUSED, where, _said(error))
        return SiteLine(read.number, read.name, SiteOutcome.ADDED, where, _elsewhere(read, where))

    def _there(self, row: SiteRow, site: SiteAt, where: str) -> SiteLine:
        """The site is known: pupils alone are counted anew, what else differs is for people to look at."""
        notes = []
        if folded_name(site.name) != folded_name(row.name):
            notes.append(Text("di sini namanya %(name)s; nama diubah di halaman tempatnya", name=site.name))
        if (far := distance_m(site.centre, row.centre)) > FAR_M:
            notes.append(
                Text("titiknya %(far)s m dari yang tercatat; titik dipindahkan di halaman tempatnya", far=Number(far, 0))
            )
        stored = places.sites_by_id(self._session, [site.site_id])[site.site_id]
        is_mine = self._by is None or officers.may_touch(self._session, stored, Permission.MOVE_SITE, by=self._by, now=self._now)
        if row.pupils is None or site.kind is not SiteKind.SCHOOL or stored.pupils == row.pupils or not is_mine:
            return SiteLine(row.number, row.name, SiteOutcome.UNCHANGED, where, tuple(notes))
        try:
            if not self._is_dry_run:
                facts.count_pupils(
                    self._session, stored, row.pupils or None, by_account_id=self._by.id if self._by else None, now=self._now
                )
        except (Conflict, Invalid) as error:
            return SiteLine(row.number, row.name, SiteOutcome.REFUSED, where, _said(error))
        return SiteLine(row.number, row.name, SiteOutcome.COUNTED, where, tuple(notes))

    def _problems(self, row: SiteRow, kelurahan_id: int | None) -> tuple[Text, ...]:
        """Why it cannot be added."""
        if kelurahan_id is None:
            return (Text("titiknya di luar semua kelurahan yang tercatat"),)
        if self._reach is not None and not self._reach.has_area(self._areas.with_ancestors(kelurahan_id)):
            return (Text("titiknya di luar wilayah Anda"),)
        if row.npsn is not None and site_by_npsn(self._session, row.npsn) is not None:
            return (Text("NPSN itu milik sekolah yang sudah ditutup"),)
        wrong = facts.errors_of(kind=row.kind, name=row.name, centre=row.centre, npsn=row.npsn, rw=row.rw, rt=row.rt)
        if row.pupils is not None and not 1 <= row.pupils <= facts.MAX_PUPILS:
            return (*(error.message for error in wrong), Text("jumlah siswanya 1 sampai %(most)s", most=facts.MAX_PUPILS))
        return tuple(error.message for error in wrong)

    def _add(self, row: SiteRow) -> None:
        by_id = self._by.id if self._by else None
        made = facts.add_site(
            self._session, kind=row.kind, name=row.name, centre=row.centre, npsn=row.npsn, rw=row.rw, rt=row.rt,
            set_by=by_id, now=self._now,
        )  # fmt: skip
        if row.pupils is not None and row.kind is SiteKind.SCHOOL:
            facts.count_pupils(self._session, made, row.pupils, by_account_id=by_id, now=self._now)
        if (
            self._confirms
            and self._by is not None
            and officers.may_touch(self._session, made, Permission.CONFIRM_SITE, by=self._by, now=self._now)
        ):
            officers.confirm_site(self._session, made.uuid, by=self._by, now=self._now)


def _keys(npsn: str | None, kind: SiteKind, kelurahan_id: int | None, name: str) -> tuple[object, ...]:
    """By what a site is known again: its NPSN, then its name and kind in its kelurahan."""
    named = (kind, kelurahan_id, folded_name(name))
    return (named,) if npsn is None else (npsn, named)


def _may_be(row: SiteRow, site: SiteAt) -> bool:
    """Two numbers are two schools, however they are called."""
    return row.npsn is None or site.npsn is None or row.npsn == site.npsn


def _elsewhere(row: SiteRow, where: str) -> tuple[Text, ...]:
    """That the table names another kelurahan than the one in which the point lies."""
    if row.kelurahan is None or folded_name(row.kelurahan) == folded_name(where):
        return ()
    return (Text("tabel menulis kelurahan %(said)s, titiknya di %(where)s", said=row.kelurahan, where=where),)


def _said(error: Conflict | Invalid) -> tuple[Text, ...]:
    return tuple(each.message for each in error.errors) if isinstance(error, Invalid) else (error.message,)
