"""The keys of a programme file as people say them, and the units of what stands there."""

from __future__ import annotations

from app.core.text import Text

KEYS: dict[str, Text] = {
    "actions_per_day": Text("aksi sehari, paling banyak", "actions a day, at most"),
    "actions_per_place_and_day": Text(
        "aksi sehari di tempat yang sama, paling banyak", "actions a day at the same place, at most"
    ),
    "added": Text("hari libur tambahan", "added holiday"),
    "amount_high": Text("paling tinggi", "at most"),
    "amount_low": Text("paling rendah", "at least"),
    "amount_per_day": Text("jumlah sehari sebelum petugas memeriksa", "amount a day before an officer checks"),
    "at_most": Text("paling banyak dari satu aksi", "at most from one action"),
    "badges": Text("Lencana", "Badges"),
    "belt": Text("kode sabuk", "belt's code"),
    "border_m": Text("jarak di luar batas yang masih dianggap dekat", "how far outside still counts as near"),
    "by_movement": Text("dihitung juga per gerakan", "also counted by movement"),
    "calendar": Text("Hari libur", "Holidays"),
    "caps": Text("Batas per orang", "Limits for one person"),
    "categories": Text("golongan hari libur", "categories of holidays"),
    "change_management": Text("cara mengajak orang", "how people are brought on board"),
    "choices": Text("pilihan", "choices"),
    "coarse_m": Text("akurasi lokasi yang terlalu kasar", "accuracy too low to prove a place"),
    "code": Text("kode", "code"),
    "costs": Text("biaya", "cost"),
    "counted": Text("dijumlahkan", "added up"),
    "country": Text("negara", "country"),
    "credit": Text("Hitungan untuk sabuk", "What counts towards the belt"),
    "date": Text("tanggal", "date"),
    "days": Text("Hari program", "Programme days"),
    "decimals": Text("angka di belakang koma", "decimals"),
    "default": Text("pilihan bawaan", "default choice"),
    "definition": Text("definisi", "definition"),
    "effective_from": Text("Mulai berlaku", "In force from"),
    "en": Text("bahasa Inggris", "in English"),
    "end": Text("selesai", "end"),
    "evidence": Text("Foto", "Photographs"),
    "exempt": Text("tidak dibatasi", "without these limits"),
    "frame": Text("Keterangan untuk umum", "Public information"),
    "further": Text("strip berikutnya tiap", "one further stripe per"),
    "future_minutes": Text(
        "perlu diperiksa dulu jika lebih jauh di masa depan", "needs a check first when further in the future"
    ),
    "has_baseline": Text("dibandingkan dengan awal", "compared with before"),
    "hours": Text("Jam berkumpul", "Hours"),
    "id": Text("bahasa Indonesia", "in Indonesian"),
    "indicators": Text("indikator", "indicator"),
    "is_estimate": Text("perkiraan", "estimate"),
    "item": Text("nama", "name"),
    "kind": Text("cara menilai tempat", "how the place is judged"),
    "ladder": Text("Jenjang sabuk", "Belt levels"),
    "largest": Text("paling besar", "largest"),
    "largest_radius_m": Text("radius terbesar suatu tempat", "a site's largest radius"),
    "late_hold_days": Text("terlambat, perlu diperiksa dulu setelah", "late, needs a check first after"),
    "late_look_days": Text("terlambat, diperiksa petugas setelah", "late, checked by an officer after"),
    "least": Text("paling sedikit", "at least"),
    "limits": Text("Kapan petugas memeriksa", "When an officer checks"),
    "longest": Text("paling lama", "longest"),
    "look_above": Text("petugas memeriksa jika lebih dari", "an officer checks above"),
    "measure": Text("ukuran", "measure"),
    "measures": Text("Ukuran", "Measures"),
    "method": Text("cara menghitung", "how it is counted"),
    "method_in": Text("cara mengukurnya ada di", "its method is in"),
    "methods": Text("cara mencapai angka", "how a number is reached"),
    "minutes": Text("Durasi aksi", "Duration of an action"),
    "minutes_apart": Text("jeda antaraksi", "time between actions"),
    "name": Text("nama", "name"),
    "note": Text("catatan", "note"),
    "outcome": Text("hasil", "outcome"),
    "outcomes": Text("hasil bagi pihak", "outcome for a party"),
    "party": Text("pihak", "party"),
    "per": Text("per", "per"),
    "perhaps_m": Text("kelonggaran lokasi di tepi batas", "tolerance at the edge"),
    "photos": Text("jumlah yang diminta", "how many are asked for"),
    "place": Text("Tempat", "Place"),
    "policy": Text("asal angkanya", "where the numbers come from"),
    "programme_days_only": Text("hanya pada hari program", "on programme days only"),
    "purpose": Text("tujuan", "purpose"),
    "radius_m": Text("radius biasa", "usual radius"),
    "removed": Text("bukan hari libur", "days that are no holidays"),
    "required": Text("wajib diisi", "required"),
    "roles": Text("apa yang ditunjukkan", "what they show"),
    "rule": Text("cara memperolehnya", "how it is earned"),
    "rungs": Text("jenjang", "level"),
    "savings": Text("penghematan", "saving"),
    "shortest": Text("paling singkat", "shortest"),
    "smallest": Text("paling kecil", "smallest"),
    "smallest_radius_m": Text("radius terkecil suatu tempat", "a site's smallest radius"),
    "source": Text("sumber", "source"),
    "stamping": Text("Siapa yang mengecap", "Who stamps"),
    "start": Text("mulai", "start"),
    "stripes": Text("strip pada", "stripes at"),
    "summary": Text("Ringkasan", "Summary"),
    "threshold": Text("mulai dari hitungan", "from a count of"),
    "type": Text("jenis", "type"),
    "unit": Text("satuan", "unit"),
    "version": Text("Versi", "Version"),
}
"""Key -> its words; those that begin a section of the file with a capital."""
NAME_OF_THE_PROGRAMME = Text("Nama program", "The programme's name")
CODE_OF_THE_PROGRAMME = Text("Kode program", "The programme's code")

MEMBERS_ARE_NAMED = frozenset({"rungs", "badges", "indicators", "added"})
"""Lists whose members have a name of their own: the list's word need not stand before it."""

METRES, DAYS, MINUTES = Text("m", "m"), Text("hari", "days"), Text("menit", "minutes")
UNITS: dict[str, Text] = {
    "radius_m": METRES,
    "smallest_radius_m": METRES,
    "largest_radius_m": METRES,
    "border_m": METRES,
    "perhaps_m": METRES,
    "coarse_m": METRES,
    "late_look_days": DAYS,
    "late_hold_days": DAYS,
    "future_minutes": MINUTES,
    "minutes_apart": MINUTES,
    "shortest": MINUTES,
    "longest": MINUTES,
}
RUPIAH = frozenset({"amount_low", "amount_high"})

VALUES: dict[str, Text] = {
    "circle": Text("lingkaran di sekitar tempat", "a circle around the site"),
    "own_area": Text("kelurahan sendiri", "one's own kelurahan"),
    "public": Text("libur nasional", "national holidays"),
    "government": Text("cuti bersama", "joint leave"),
    "before": Text("sebelum", "before"),
    "after": Text("sesudah", "after"),
    "detail": Text("dari dekat", "close-up"),
    "person-free": Text("tanpa orang", "without people"),
    "first": Text("aksi pertama yang dicap", "the first stamped action"),
    "weeks_in_a_row": Text("pekan berturut-turut", "weeks in a row"),
    "amount": Text("jumlah ukuran", "a sum of a measure"),
    "places": Text("tempat berbeda", "different places"),
    "integer": Text("bilangan bulat", "whole number"),
    "decimal": Text("bilangan desimal", "decimal number"),
    "choice": Text("pilihan dari daftar", "choice from a list"),
}
"""Words of the file that stand for something."""
VALUED = frozenset({"kind", "categories", "roles", "rule", "type"})
"""The keys at which they do."""
