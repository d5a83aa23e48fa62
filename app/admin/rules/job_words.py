"""Jobs as the administration tells of them: what each kind does."""

from __future__ import annotations

from app.core.text import Text, Verbatim

JOB_NAMES: dict[str, Text] = {
    "integrity.inspect": Text("Membandingkan foto aksi"),
    "integrity.never_came": Text("Menutup tunggu untuk foto yang tidak menyusul"),
    "jobs.forget_done": Text("Menghapus pekerjaan lama"),
    "media.derive": Text("Menyiapkan foto"),
    "media.sweep": Text("Menghapus foto tanpa aksi"),
    "mine.ask_to_remind": Text("Menyiapkan pengingat hari program"),
    "mine.remind": Text("Mengirim pengingat hari program"),
    "notices.push": Text("Mengirim pemberitahuan"),
    "notices.sweep": Text("Merapikan pemberitahuan"),
    "people.news": Text("Memberi tahu pemilik akun"),
    "people.sweep": Text("Menghapus sesi dan percobaan masuk yang lama"),
    "stamping.ask_to_remind": Text("Menyiapkan pengingat aksi yang menunggu"),
    "stamping.give_back": Text("Mengembalikan aksi yang lama menunggu diperiksa"),
    "stamping.remind": Text("Mengirim pengingat aksi yang menunggu cap"),
    "tallies.fold": Text("Menambahkan hitungan yang sudah boleh tampil"),
    "upkeep.follow_rules": Text("Menghitung ulang sabuk menurut aturan baru"),
}


def job_name(kind: str) -> Text:
    """What jobs of the kind do; one that this version does not know by its own name."""
    return JOB_NAMES.get(kind, Verbatim(kind))
