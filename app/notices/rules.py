"""What a person is told, in which words, and when not to disturb."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, time, timedelta
from enum import StrEnum
from typing import Any

from app.core.clock import local_time
from app.core.text import Text

QUIET_FROM, QUIET_UNTIL = time(21), time(6)
"""By the clock where the person lives: nothing rings in these hours."""


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
    INVITATION_TAKEN = "invitation_taken"
    POST_CONFIRMED = "post_confirmed"
    POST_DECLINED = "post_declined"
    CODE_HANDED = "code_handed"
    PASSWORD_RESET = "password_reset"  # noqa: S105 - the name of a kind


def words(kind: NoticeKind, values: Mapping[str, Any]) -> Text:
    """The notice as a sentence. Names among the values are pairs: Indonesian, English."""
    match kind:
        case NoticeKind.STAMPED:
            count = int(values["count"])
            return Text(
                f"{count} aksi Anda sudah dicap.",
                f"{count} of your actions are stamped." if count > 1 else "Your action is stamped.",
            )
        case NoticeKind.BELT:
            belt, programme, stripes = values["belt"], values["programme"], int(values["stripes"])
            id_stripes = f" dengan {stripes} strip" if stripes else ""
            en_stripes = f" with {stripes} stripe{'s' if stripes > 1 else ''}" if stripes else ""
            return Text(
                f"Selamat, {belt[0].lower()}{id_stripes} di {programme[0]}!",
                f"Congratulations: {belt[1].lower()}{en_stripes} in {programme[1]}!",
            )
        case NoticeKind.WAITING:
            return _waiting(int(values["count"]), int(values["late"]))
        case NoticeKind.BADGE:
            return Text(f"Lencana baru: {values['badge'][0]}.", f"A new badge: {values['badge'][1]}.")
        case NoticeKind.REFUSED:
            return Text(
                "Satu aksi Anda tidak diterima. Alasannya ada di halaman aksi itu.",
                "One of your actions was refused. Its page says why.",
            )
        case NoticeKind.NAME_HIDDEN:
            return Text(
                f"Nama Anda tidak lagi ditampilkan; orang lain membaca “Warga”. Alasan: {values['reason']}",
                f"Your name is no longer shown; others read “Warga”. Reason: {values['reason']}",
            )
        case NoticeKind.NAME_SHOWN:
            return Text("Nama Anda ditampilkan lagi.", "Your name is shown again.")
        case NoticeKind.NAME_GIVEN:
            return Text(
                f"Nama Anda diganti menjadi {values['name']}. Alasan: {values['reason']}",
                f"Your name was changed to {values['name']}. Reason: {values['reason']}",
            )
        case NoticeKind.INVITATION_TAKEN:
            name, post = values["name"], values["post"]
            return Text(
                f"{name} menerima undangan Anda: {post[0]}. Pastikan dulu orangnya benar.",
                f"{name} accepted your invitation: {post[1]}. Confirm first that it is the right person.",
            )
        case NoticeKind.POST_CONFIRMED:
            post = values["post"]
            return Text(f"Jabatan Anda sudah berlaku: {post[0]}.", f"Your post has begun: {post[1]}.")
        case NoticeKind.POST_DECLINED:
            post = values["post"]
            return Text(
                f"Jabatan ini tidak diberikan kepada Anda: {post[0]}. Jika keliru, hubungi yang mengundang Anda.",
                f"This post was not given to you: {post[1]}. If that is a mistake, ask the person who invited you.",
            )
        case NoticeKind.CODE_HANDED:
            return Text(
                f"{values['by']} membuat kode kata sandi untuk akun Anda. Jika bukan Anda yang meminta, segera beri tahu mereka.",
                f"{values['by_en']} created a password code for your account. If you did not ask for it, tell them at once.",
            )
        case NoticeKind.PASSWORD_RESET:
            return Text(
                "Kata sandi Anda diganti dengan kode. Jika bukan Anda yang menggantinya, mintalah kode baru kepada yang "
                "memberinya.",
                "Your password was changed with a code. If that was not you, ask the person who gave it for a new one.",
            )
        case NoticeKind.VOIDED:
            return Text(
                "Satu cap Anda dibatalkan. Alasannya ada di halaman aksi itu.",
                "One of your stamps was cancelled. The action's page says why.",
            )


MAX_COUNTED = 100
"""Of what waits; more is told as more."""


def _waiting(count: int, late: int) -> Text:
    some = (str(count), str(count)) if count < MAX_COUNTED else (f"{MAX_COUNTED} atau lebih", f"{MAX_COUNTED} or more")
    told = Text(f"{some[0]} aksi menunggu cap Anda.", f"{some[1]} action{'s' if count > 1 else ''} waiting for your stamp.")
    if not late:
        return told
    return Text(f"{told.id} {late} di antaranya sudah lebih dari 7 hari.", f"{told.en} {late} of them for more than 7 days.")


HOURS = range(QUIET_UNTIL.hour, QUIET_FROM.hour)
"""In which somebody may ask to be told what waits."""
DEFAULT_HOUR = 8


def next_at(hour: int, zone: str, after: datetime) -> datetime:
    """The first instant after that one at which clocks in the zone show that hour."""
    local = local_time(after, zone)
    today = local.replace(hour=hour, minute=0, second=0, microsecond=0)
    return today if today > local else today + timedelta(days=1)


def is_quiet(now: datetime, zone: str) -> bool:
    """Whether it is night where the person lives."""
    clock = local_time(now, zone).time()
    return clock >= QUIET_FROM or clock < QUIET_UNTIL


def not_before(now: datetime, zone: str) -> datetime:
    """The first instant from `now` on at which a notice may ring."""
    if not is_quiet(now, zone):
        return now
    local = local_time(now, zone)
    morning = local.replace(hour=QUIET_UNTIL.hour, minute=QUIET_UNTIL.minute, second=0, microsecond=0)
    return morning if morning > local else morning + timedelta(days=1)
