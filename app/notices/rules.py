"""What a person is told, in which words, and when not to disturb."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from functools import cache
from typing import Any

import holidays

from app.core.clock import local_time
from app.core.text import Listing, Multilingual, Recased, Text
from app.people.rules import Movement, Post, title

QUIET_FROM, QUIET_UNTIL = time(21), time(6)
"""By the clock where the person lives: nothing rings in these hours."""
FRIDAY, FRIDAY_PRAYER = 4, (time(11, 30), time(13))
SUNSET = time(17, 30)
"""From then on it may be sunset somewhere in Indonesia: in Ramadan nothing rings until the next morning."""


class NoticeKind(StrEnum):
    STAMPED = "stamped"
    BELT = "belt"
    BADGE = "badge"
    REFUSED = "refused"
    VOIDED = "voided"
    NAME_HIDDEN = "name_hidden"
    NAME_SHOWN = "name_shown"
    NAME_GIVEN = "name_given"
    WAITING = "waiting"
    """Actions wait for the person's stamp."""
    PROGRAMME_DAY = "programme_day"
    """The morning of a programme's day, for who asked to be reminded."""
    INVITATION_TAKEN = "invitation_taken"
    POST_CONFIRMED = "post_confirmed"
    POST_DECLINED = "post_declined"
    MEMBERSHIP_ASKED = "membership_asked"
    """Somebody asks to belong to a site for which the person answers."""
    MEMBERSHIP_CONFIRMED = "membership_confirmed"
    MEMBERSHIP_REFUSED = "membership_refused"
    CODE_HANDED = "code_handed"
    PASSWORD_RESET = "password_reset"  # noqa: S105 - the name of a kind


ARRIVALS = (NoticeKind.BELT, NoticeKind.BADGE, NoticeKind.STAMPED)
"""What is worth a moment of joy when one comes back; the rarest first."""


def words(kind: NoticeKind, values: Mapping[str, Any]) -> Text:
    """The notice as a sentence. Names among the values are kept with their languages, posts by their parts."""
    match kind:
        case NoticeKind.STAMPED:
            return Text("%(n)s aksi Anda sudah dicap.", n=int(values["count"]))
        case NoticeKind.BELT:
            belt, programme, stripes = (
                Recased(_name(values["belt"]), str.lower),
                _name(values["programme"]),
                int(values["stripes"]),
            )
            if not stripes:
                return Text("Selamat, %(belt)s di %(programme)s!", belt=belt, programme=programme)
            return Text("Selamat, %(belt)s dengan %(n)s strip di %(programme)s!", belt=belt, n=stripes, programme=programme)
        case NoticeKind.WAITING:
            return _waiting(int(values["count"]), int(values["late"]))
        case NoticeKind.PROGRAMME_DAY:
            return Text("Hari ini hari program: %(programme)s. Sepuluh menit sudah cukup.", programme=_name(values["programme"]))
        case NoticeKind.BADGE:
            return Text("Lencana baru: %(badge)s.", badge=_name(values["badge"]))
        case NoticeKind.REFUSED:
            return Text("Satu aksi Anda tidak diterima. Alasannya ada di halaman aksi itu.")
        case NoticeKind.NAME_HIDDEN:
            return Text(
                "Nama Anda tidak lagi ditampilkan; orang lain membaca “Warga”. Alasan: %(reason)s", reason=values["reason"]
            )
        case NoticeKind.NAME_SHOWN:
            return Text("Nama Anda ditampilkan lagi.")
        case NoticeKind.NAME_GIVEN:
            return Text("Nama Anda diganti menjadi %(name)s. Alasan: %(reason)s", name=values["name"], reason=values["reason"])
        case NoticeKind.INVITATION_TAKEN:
            return Text(
                "%(name)s menerima undangan Anda: %(post)s. Pastikan dulu orangnya benar.",
                name=values["name"],
                post=_title(values["post"]),
            )
        case NoticeKind.POST_CONFIRMED:
            return Text("Jabatan Anda sudah berlaku: %(post)s.", post=_title(values["post"]))
        case NoticeKind.POST_DECLINED:
            return Text(
                "Jabatan ini tidak diberikan kepada Anda: %(post)s. Jika keliru, hubungi yang mengundang Anda.",
                post=_title(values["post"]),
            )
        case NoticeKind.MEMBERSHIP_ASKED:
            return Text("Ada yang minta bergabung dengan %(site)s. Pastikan Anda mengenalnya.", site=values["site"])
        case NoticeKind.MEMBERSHIP_CONFIRMED:
            return Text("Anda sekarang terdaftar di %(site)s.", site=values["site"])
        case NoticeKind.MEMBERSHIP_REFUSED:
            return Text(
                "Permintaan bergabung dengan %(site)s ditolak. Alasan: %(reason)s", site=values["site"], reason=values["reason"]
            )
        case NoticeKind.CODE_HANDED:
            return Text(
                "%(by)s membuat kode kata sandi untuk akun Anda. Jika bukan Anda yang meminta, segera beri tahu mereka.",
                by=values["by"] or Text("Pengelola server"),
            )
        case NoticeKind.PASSWORD_RESET:
            return Text(
                "Kata sandi Anda diganti dengan kode. Jika bukan Anda yang menggantinya, mintalah kode baru kepada yang "
                "memberinya."
            )
        case NoticeKind.VOIDED:
            if int(values.get("count", 1)) > 1:
                return Text("%(n)s cap Anda dibatalkan. Alasannya ada di halaman setiap aksi.", n=int(values["count"]))
            return Text("Satu cap Anda dibatalkan. Alasannya ada di halaman aksi itu.")


MAX_COUNTED = 100
"""Of what waits; more is told as more."""


def _waiting(count: int, late: int) -> Text:
    told = (
        Text("%(n)s aksi menunggu cap Anda.", n=count)
        if count < MAX_COUNTED
        else Text("%(most)s atau lebih aksi menunggu cap Anda.", most=MAX_COUNTED)
    )
    return Listing((told, Text("%(n)s di antaranya sudah lebih dari 7 hari.", n=late)), separator=" ") if late else told


def _name(kept: Mapping[str, str]) -> Text:
    """A name of a programme's file, kept in its languages."""
    return Multilingual(**kept)


def _title(kept: Mapping[str, Any]) -> Text:
    """The title of a post; of notices that are older than its parts, in two languages."""
    if "post" not in kept:
        return Multilingual(**kept)
    movement = kept["movement"]
    return title(Post(kept["post"]), Movement(movement) if movement else None, kept["place"])


HOURS = range(QUIET_UNTIL.hour, QUIET_FROM.hour)
"""In which somebody may ask to be told what waits."""
DEFAULT_HOUR = 8
MORNING_HOURS = range(QUIET_UNTIL.hour, 12)
"""In which somebody may ask to be reminded of a programme's day."""


def next_at(hour: int, zone: str, after: datetime) -> datetime:
    """The first instant after that one at which clocks in the zone show that hour."""
    local = local_time(after, zone)
    today = local.replace(hour=hour, minute=0, second=0, microsecond=0)
    return today if today > local else today + timedelta(days=1)


def is_quiet(now: datetime, zone: str) -> bool:
    """Whether it is night where the person lives, the hour of the Friday prayer, or an evening of Ramadan."""
    return _quiet_until(local_time(now, zone)) is not None


def not_before(now: datetime, zone: str) -> datetime:
    """The first instant from `now` on at which a notice may ring."""
    return _quiet_until(local_time(now, zone)) or now


def _quiet_until(local: datetime) -> datetime | None:
    clock = local.time()
    if clock < QUIET_UNTIL:
        return _at(local, QUIET_UNTIL)
    if clock >= QUIET_FROM or (clock >= SUNSET and local.date() in ramadan(local.year)):
        return _at(local + timedelta(days=1), QUIET_UNTIL)
    if local.weekday() == FRIDAY and FRIDAY_PRAYER[0] <= clock < FRIDAY_PRAYER[1]:
        return _at(local, FRIDAY_PRAYER[1])
    return None


def _at(day: datetime, clock: time) -> datetime:
    return day.replace(hour=clock.hour, minute=clock.minute, second=0, microsecond=0)


@cache
def ramadan(year: int) -> frozenset[date]:
    """The days of Ramadan that lie in the year: the thirty before each Eid, as the library `holidays` has it for Indonesia.

    The month has 29 or 30 days; before it begins, one day more is quiet.
    """
    known = holidays.country_holidays("ID", years=(year, year + 1), language="en_US")
    eids = [day for day, name in known.items() if name.startswith("Eid al-Fitr") and "Second" not in name]
    days = (eid - timedelta(days=back) for eid in eids for back in range(1, 31))
    return frozenset(day for day in days if day.year == year)
