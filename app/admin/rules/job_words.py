"""Jobs as the administration tells of them: what each kind does."""

from __future__ import annotations

from app.core.text import Text

JOB_NAMES: dict[str, Text] = {
    "integrity.inspect": Text("Membandingkan foto aksi", "Compare an action's photographs"),
    "jobs.forget_done": Text("Melupakan pekerjaan lama", "Forget old jobs"),
    "media.derive": Text("Menyiapkan foto", "Prepare a photograph"),
    "media.sweep": Text("Menghapus foto tanpa aksi", "Sweep photographs without an action"),
    "notices.push": Text("Mengirim pemberitahuan", "Send a notice"),
    "notices.sweep": Text("Merapikan pemberitahuan", "Sweep notices"),
    "people.news": Text("Memberi tahu pemilik akun", "Tell the owner of an account"),
    "people.sweep": Text("Melupakan sesi dan percobaan lama", "Forget old sessions and tries"),
    "stamping.ask_to_remind": Text("Menyiapkan kabar aksi yang menunggu", "Prepare the notices of what waits"),
    "stamping.give_back": Text("Mengembalikan aksi yang lama ditahan", "Give back what was held for long"),
    "stamping.remind": Text("Memberi tahu apa yang menunggu cap", "Tell what waits for a stamp"),
    "tallies.fold": Text("Memasukkan hitungan yang sudah boleh tampil", "Fold counts that have become public"),
    "upkeep.follow_rules": Text("Sabuk mengikuti aturan baru", "Let belts follow new rules"),
}


def job_name(kind: str) -> Text:
    """What jobs of the kind do; one that this version does not know by its own name."""
    return JOB_NAMES.get(kind, Text(kind, kind))
