"""Jobs as the administration tells of them: what each kind does."""

from __future__ import annotations

from app.core.text import Text

JOB_NAMES: dict[str, Text] = {
    "integrity.inspect": Text("Membandingkan foto aksi", "Compare an action's photographs"),
    "jobs.forget_done": Text("Menghapus pekerjaan lama", "Delete old jobs"),
    "media.derive": Text("Menyiapkan foto", "Prepare a photograph"),
    "media.sweep": Text("Menghapus foto tanpa aksi", "Delete photographs without an action"),
    "notices.push": Text("Mengirim pemberitahuan", "Send a notification"),
    "notices.sweep": Text("Merapikan pemberitahuan", "Tidy up notifications"),
    "people.news": Text("Memberi tahu pemilik akun", "Notify the owner of an account"),
    "people.sweep": Text("Menghapus sesi dan percobaan masuk yang lama", "Delete old sessions and sign-in attempts"),
    "stamping.ask_to_remind": Text("Menyiapkan pengingat aksi yang menunggu", "Prepare reminders of waiting actions"),
    "stamping.give_back": Text("Mengembalikan aksi yang lama menunggu diperiksa", "Return actions that waited long for a check"),
    "stamping.remind": Text("Mengirim pengingat aksi yang menunggu cap", "Send reminders of actions waiting for a stamp"),
    "tallies.fold": Text("Menambahkan hitungan yang sudah boleh tampil", "Add counts that have become public"),
    "upkeep.follow_rules": Text("Menghitung ulang sabuk menurut aturan baru", "Recount belts by new rules"),
}


def job_name(kind: str) -> Text:
    """What jobs of the kind do; one that this version does not know by its own name."""
    return JOB_NAMES.get(kind, Text(kind, kind))
