"""How the numbers are made, as far as no programme file says it: findings, boards, what is private."""

from __future__ import annotations

from dataclasses import dataclass

from app.actions.rules.findings import FIRST_WORD, OFF_DAY, RETURNED, TRAVEL
from app.core.periods import FINAL_AFTER_DAYS
from app.core.text import Text
from app.indicators.rules import MIN_PEOPLE


@dataclass(frozen=True, slots=True)
class Explained:
    """Something that is noticed of an action, and what it leads to."""

    codes: frozenset[str]
    """Of the findings (actions/rules)."""
    noticed: Text
    leads_to: Text


COUNTS = Text("Menunggu cap", "Waiting for a stamp")
LOOK = Text("Petugas memeriksanya dulu", "An officer checks it first")
HOLD = Text("Perlu diperiksa dulu, lalu diputuskan petugas", "Needs a check first; then an officer decides")

FINDINGS: tuple[Explained, ...] = (
    Explained(
        frozenset({"radius_inside", "area_inside", "day_programme", "day_holiday", "minutes_ok", "photos_ok"}),
        Text("Tempat, hari, menit, dan fotonya sesuai", "Place, day, minutes and photographs are in order"),
        COUNTS,
    ),
    Explained(
        frozenset({"radius_perhaps", "area_near"}),
        Text("Di tepi batas; akurasi HP tidak cukup untuk memastikan", "At the edge; the phone is not accurate enough to tell"),
        LOOK,
    ),
    Explained(
        frozenset({"radius_outside", "area_outside"}),
        Text("Jelas di luar batas tempat itu", "Clearly outside the limit of that place"),
        HOLD,
    ),
    Explained(
        frozenset({"position_pin", "position_photo", "position_coarse"}),
        Text(
            "Lokasi ditandai di peta, diambil dari foto, atau kurang akurat",
            "The location was pinned on a map, taken from a photograph, or is not exact",
        ),
        LOOK,
    ),
    Explained(
        frozenset({"place_unknown", "site_none", "site_unconfirmed"}),
        Text(
            "Tempatnya belum kami kenal atau belum dipastikan petugas",
            "We do not know the place yet, or no officer has confirmed it",
        ),
        LOOK,
    ),
    Explained(
        frozenset({OFF_DAY}),
        Text("Bukan hari program", "Not a programme day"),
        Text("Dicap dan tercatat, tidak dihitung untuk sabuk", "Stamped and recorded, not counted towards the belt"),
    ),
    Explained(
        frozenset({"minutes_long"}),
        Text("Lebih lama dari batas program", "Longer than the programme's limit"),
        Text("Dihitung sampai batasnya", "Counted up to the limit"),
    ),
    Explained(
        frozenset({"note_number_hidden"}),
        Text("Ada nomor 16 angka (NIK, KK) di keterangan", "There is a number of 16 digits (NIK, KK) in the note"),
        Text("Nomornya tidak disimpan, aksinya tetap ada", "The number is not stored; the action is kept"),
    ),
    Explained(
        frozenset({"amount_large"}),
        Text("Jumlahnya banyak untuk satu aksi", "The amount is large for one action"),
        LOOK,
    ),
    Explained(
        frozenset({"position_unlikely"}),
        Text(
            "Lokasi HP sama persis berulang kali, atau tepat di titik tengah tempatnya",
            "The location is exactly the same again and again, or exactly the centre of the site",
        ),
        HOLD,
    ),
    Explained(
        frozenset({"minutes_short"}),
        Text("Lebih singkat dari yang diminta program", "Shorter than the programme asks for"),
        HOLD,
    ),
    Explained(
        frozenset({"cap_day", "spacing_short", "overlap", TRAVEL}),
        Text(
            "Terlalu banyak sehari, terlalu rapat, bersamaan, atau terlalu jauh dari aksi lain yang menunggu atau sudah dicap",
            "Too many in a day, too close in time, overlapping with or too far from another action that is waiting for a "
            "stamp or has one",
        ),
        HOLD,
    ),
    Explained(
        frozenset({"clock_corrected"}),
        Text("Jam HP meleset sampai 24 jam", "The phone's clock was off by up to 24 hours"),
        Text(
            "Waktunya kami perbaiki; jika waktu lokasi tidak cocok, petugas memeriksanya dulu",
            "We corrected the time; where the time of the location does not agree, an officer checks it first",
        ),
    ),
    Explained(
        frozenset({"fix_time_off", "clock_server"}),
        Text(
            "Waktu lokasi berbeda dari jam HP, atau jam server kami diragukan",
            "The time of the location differs from the phone's clock, or our server's clock is in doubt",
        ),
        LOOK,
    ),
    Explained(
        frozenset({"clock_wrong", "clock_other_day", "future"}),
        Text(
            "Jam HP meleset lebih jauh, harinya tidak pasti, atau waktunya di masa depan",
            "The phone's clock was off by more, the day is not certain, or the time is in the future",
        ),
        HOLD,
    ),
    Explained(
        frozenset({"late"}),
        Text("Diterima beberapa hari setelah aksi", "Received some days after the action"),
        LOOK,
    ),
    Explained(
        frozenset({RETURNED}),
        Text("14 hari menunggu diperiksa tanpa keputusan", "Waited 14 days for a check without a decision"),
        Text("Kembali ke antrean, belum dicap", "Back in the queue, not yet stamped"),
    ),
    Explained(
        frozenset({FIRST_WORD}),
        Text("Aksi dari sebelum semester ini", "From before this semester"),
        Text("Perlu persetujuan dua petugas yang berbeda", "Needs the approval of two different officers"),
    ),
    Explained(
        frozenset({"very_late"}),
        Text("Diterima sangat terlambat", "Received very late"),
        HOLD,
    ),
    Explained(
        frozenset({"records_many"}),
        Text("Sangat banyak catatan dari satu akun dalam satu jam", "Very many records from one account within an hour"),
        HOLD,
    ),
    Explained(
        frozenset({"photos_missing", "photo_broken"}),
        Text("Foto yang diminta tidak ada atau tidak dapat dibuka", "A required photograph is missing or cannot be opened"),
        LOOK,
    ),
    Explained(
        frozenset({"photos_pending"}),
        Text("Foto masih diperiksa", "Photographs are still being checked"),
        Text("Hanya dapat dicap satu per satu", "Can only be stamped one by one"),
    ),
    Explained(
        frozenset({"photo_repeated", "photo_similar", "photo_time_off", "photo_place_off"}),
        Text(
            "Foto pernah dipakai, mirip sekali dengan foto lain, atau waktu dan tempatnya tidak cocok",
            "A photograph was used before, looks just like another, or its time and place do not fit",
        ),
        HOLD,
    ),
)

BOARD_RULES: tuple[Text, ...] = (
    Text(
        "Yang dihitung hanya aksi yang sudah dicap dan tidak dibatalkan.",
        "Only actions that are stamped and not cancelled count.",
    ),
    Text(
        "Nilai yang sama mendapat peringkat yang sama: dua orang di peringkat 1, berikutnya peringkat 3.",
        "Equal scores share a rank: two at rank 1, the next is at rank 3.",
    ),
    Text(
        f"Papan peringkat suatu periode masih sementara sampai hari ke-{FINAL_AFTER_DAYS} setelah periode itu berakhir. "
        "Setelah itu final: cap yang datang belakangan menaikkan sabuk dan angka kelurahan, bukan peringkat. Cap yang "
        "dibatalkan tidak pernah ikut dihitung.",
        f"The leaderboard of a period is provisional until day {FINAL_AFTER_DAYS} after the period has ended. Then it is "
        "final: later stamps raise belts and the kelurahan's numbers, not the rank. A cancelled stamp never counts.",
    ),
    Text(
        "Orang yang memilih tidak ditampilkan tidak punya peringkat dan tidak muncul di mana pun.",
        "People who chose not to be shown have no rank and appear nowhere.",
    ),
    Text(
        "Tidak ada papan peringkat anak, dan tidak ada papan peringkat orang di dalam sekolah. Sekolah dibandingkan dengan "
        "sekolah.",
        "There is no leaderboard of children, and none of people within a school. Schools are compared with schools.",
    ),
    Text(
        "Kelurahan juga dapat diurutkan per 1.000 penduduk dan sekolah per 100 siswa, jika jumlahnya diketahui.",
        "Kelurahan can also be ranked per 1,000 residents and schools per 100 pupils, where their number is known.",
    ),
)

PRIVACY_RULES: tuple[Text, ...] = (
    Text(
        f"Jumlah orang yang kurang dari {MIN_PEOPLE} tidak ditampilkan, begitu juga angka lain yang dengan pengurangan "
        "membukanya.",
        f"Counts of fewer than {MIN_PEOPLE} people are not shown, nor other numbers that would reveal such a count by "
        "subtraction.",
    ),
    Text(
        "Daftar aksi di balik sebuah angka tidak memuat nama, lokasi, maupun jam; aksi baru tampil 24 jam setelah harinya "
        "berakhir.",
        "The list of actions behind a number shows no name, no location and no hour; an action appears 24 hours after its day "
        "has ended.",
    ),
    Text(
        "Untuk aksi anak hanya sekolahnya yang disebut, dan baru masuk angka umum pada akhir hari berikutnya setelah dicap: "
        "tidak ada yang dapat mengikuti di mana seorang anak berada. Siswa tidak punya akun sendiri.",
        "For a child's action only the school is named, and it enters the public numbers only at the end of the day after its "
        "stamp: nobody can follow where a child is. Pupils have no account of their own.",
    ),
    Text(
        f"RW dengan kurang dari {MIN_PEOPLE} orang yang pernah beraksi tidak disebut sendiri, dan papan peringkat sebuah "
        f"kelurahan tidak memuat nama jika dalam periode itu kurang dari {MIN_PEOPLE} orang beraksi di sana.",
        f"An RW (neighbourhood) in which fewer than {MIN_PEOPLE} people ever acted is not shown by itself, and the leaderboard "
        f"of a kelurahan names nobody where fewer than {MIN_PEOPLE} people acted there in the period.",
    ),
    Text(
        "Rumah tidak pernah tampil sebagai tempat di peta umum.",
        "A home is never shown as a place on a public map.",
    ),
    Text(
        "Foto hanya terlihat oleh pemilik dan petugas, kecuali pemiliknya mengizinkannya dilihat umum.",
        "Photographs are seen only by their owner and by officers, unless the owner makes them public.",
    ),
)

NUMBER_RULES: tuple[Text, ...] = (
    Text(
        "Setiap angka adalah jumlah dari aksi yang sudah dicap petugas dan tidak dibatalkan.",
        "Every number is the sum of actions that an officer has stamped and nobody has cancelled.",
    ),
    Text(
        "Aksi dihitung di kelurahan tempat terjadinya, pada hari setempat, dengan aturan program yang berlaku hari itu.",
        "An action counts in the kelurahan where it happened, on the local day, by the programme's rules of that day.",
    ),
    Text(
        "Tidak diketahui bukan berarti nol: jika tidak ada yang mencatat suatu ukuran, kami menulis “belum diketahui”.",
        "Not known does not mean zero: where nobody recorded a measure, we write “not known yet”.",
    ),
    Text(
        "Yang ditimbang dan yang diperkirakan tidak pernah dijumlahkan, dan kantong tidak diubah menjadi kilogram.",
        "What was weighed and what was estimated are never added up, and bags are not turned into kilograms.",
    ),
    Text(
        "Angka awal (sebelum program) dan target dicatat kelurahan, masing-masing dengan hari dan sumbernya.",
        "The baseline (before the programme) and the target are recorded by the kelurahan, each with its day and source.",
    ),
)
