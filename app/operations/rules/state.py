"""How the house stands, in signs that somebody reads who knows nothing of computers: what is, whether it is well, what to do."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from app.core.text import Number, Text
from app.operations.rules.milestones import Milestone, is_due

GB = 1_000_000_000
LOW_BYTES, LOW_SHARE = GB, 0.10
NEARLY_FULL_BYTES = GB // 4
"""A photograph is no longer sure to be taken in."""
LATE = timedelta(minutes=15)
MANY_SLOW = 20
"""In a day; a few come with a backup or an import."""


class SignLevel(StrEnum):
    OK = "ok"
    LOOK = "look"
    """To be looked after in the next days."""
    DANGER = "danger"
    """To be looked after today."""


@dataclass(frozen=True, slots=True)
class Sign:
    """One line of the page: what it is about, what is, how that is, and what to do where it is not well."""

    name: Text
    told: Text
    level: SignLevel
    advice: Text | None = None


@dataclass(frozen=True, slots=True)
class Disk:
    """One disk, by what of ours lies on it: photographs, database, or all."""

    name: str
    free: int
    total: int
    """Bytes."""


DISK_NAMES = {
    "photographs": Text("Ruang untuk foto"),
    "database": Text("Ruang untuk basis data"),
    "all": Text("Ruang untuk foto dan basis data"),
}


def disk_level(disk: Disk) -> SignLevel:
    if disk.free < NEARLY_FULL_BYTES:
        return SignLevel.DANGER
    return SignLevel.LOOK if disk.free < LOW_BYTES or disk.free < LOW_SHARE * disk.total else SignLevel.OK


def disk_sign(disk: Disk) -> Sign:
    level = disk_level(disk)
    told = Text("Sisa %(free)s GB dari %(total)s GB.", free=Number(disk.free / GB), total=Number(disk.total / GB))
    advice = {
        SignLevel.LOOK: Text("Minta pengelola server menambah ruang atau membersihkannya pekan ini."),
        SignLevel.DANGER: Text("Hampir penuh: foto baru segera ditolak. Minta pengelola server menambah ruang hari ini."),
    }.get(level)
    return Sign(DISK_NAMES[disk.name], told, level, advice)


def queue_sign(*, oldest: datetime | None, waiting: int, running: int, knows_runner: bool, now: datetime) -> Sign:
    name = Text("Pekerjaan latar")
    if oldest is not None and now - oldest > LATE:
        minutes = int((now - oldest).total_seconds() // 60)
        told = Text("Ada pekerjaan yang sudah menunggu %(n)s menit.", n=minutes)
        if running:
            return Sign(name, told, SignLevel.LOOK, Text("Masih dikerjakan, tetapi lambat. Lihat lagi satu jam lagi."))
        return Sign(
            name,
            told,
            SignLevel.DANGER,
            Text(
                "Pelaksananya tampaknya berhenti: foto dan pemberitahuan tertahan. Minta pengelola server memulai ulang layanan."
            ),
        )
    if not knows_runner:
        return Sign(
            name, Text("Belum pernah berjalan di sini."), SignLevel.LOOK, Text("Minta pengelola server memeriksa layanannya.")
        )
    return Sign(name, Text("Lancar; %(n)s pekerjaan dijadwalkan atau menunggu.", n=waiting), SignLevel.OK)


def failed_sign(dead: int) -> Sign:
    name = Text("Pekerjaan yang gagal")
    if not dead:
        return Sign(name, Text("Tidak ada."), SignLevel.OK)
    advice = Text("Buka halaman Pekerjaan: sebabnya tertulis di sana, dan dari sana dapat dicoba lagi.")
    return Sign(name, Text("%(n)s pekerjaan dihentikan setelah beberapa kali gagal.", n=dead), SignLevel.LOOK, advice)


def slow_sign(count: int) -> Sign:
    name = Text("Kecepatan basis data")
    if not count:
        return Sign(name, Text("Sehari ini tidak ada yang lambat."), SignLevel.OK)
    told = Text("%(n)s kali lebih lambat dari setengah detik dalam sehari ini.", n=count)
    if count < MANY_SLOW:
        return Sign(name, told, SignLevel.OK)
    return Sign(
        name, told, SignLevel.LOOK, Text("Halaman bisa terasa lambat. Tunjukkan daftar di bawah kepada pengelola server.")
    )


MILESTONE_NAMES = {Milestone.BACKUP: Text("Cadangan"), Milestone.DRILL: Text("Latihan pemulihan")}
_NEVER = {
    Milestone.BACKUP: Text("Belum ada cadangan yang tercatat."),
    Milestone.DRILL: Text("Belum pernah tercatat bahwa cadangan dicoba dipulihkan."),
}
_DUE = {
    Milestone.BACKUP: Text(
        "Tanpa cadangan, catatan warga hilang bila server rusak. Minta pengelola server membuatnya setiap hari."
    ),
    Milestone.DRILL: Text("Cadangan yang belum pernah dicoba belum tentu dapat dipakai. Minta dicoba setiap tiga bulan."),
}


def milestone_sign(milestone: Milestone, last: datetime | None, *, now: datetime) -> Sign:
    level = SignLevel.LOOK if is_due(milestone, last, now=now) else SignLevel.OK
    told = _NEVER[milestone] if last is None else _since(max(now - last, timedelta()))
    return Sign(MILESTONE_NAMES[milestone], told, level, _DUE[milestone] if level is SignLevel.LOOK else None)


def _since(age: timedelta) -> Text:
    hours = int(age.total_seconds() // 3600)
    if hours < 1:
        return Text("Terakhir kurang dari satu jam yang lalu.")
    return Text("Terakhir %(n)s jam yang lalu.", n=hours) if hours < 48 else Text("Terakhir %(n)s hari yang lalu.", n=age.days)


def milestone_signs(reached: Mapping[Milestone, datetime], *, now: datetime) -> list[Sign]:
    return [milestone_sign(each, reached.get(each), now=now) for each in Milestone]


def worst(signs: Sequence[Sign]) -> SignLevel:
    """The level of all of them together."""
    found = {sign.level for sign in signs}
    return next((level for level in (SignLevel.DANGER, SignLevel.LOOK) if level in found), SignLevel.OK)
