"""How the numbers are made, as far as no programme file says it: findings, boards, what is private."""

from __future__ import annotations

from dataclasses import dataclass

from app.actions.rules.findings import FIRST_WORD, OFF_DAY, RETURNED, TRAVEL
from app.core.periods import FINAL_AFTER_DAYS
from app.core.text import Text
from app.indicators.rules import FEWEST


@dataclass(frozen=True, slots=True)
class Explained:
    """Something that is noticed of an action, and what it leads to."""

    codes: frozenset[str]
    """Of the findings (actions/rules)."""
    noticed: Text
    leads_to: Text


COUNTS = Text("Menunggu cap", "Waits for its stamp")
LOOK = Text("Petugas melihatnya dulu", "An officer looks first")
HOLD = Text("Ditahan sampai petugas memutuskan", "Held until an officer decides")

FINDINGS: tuple[Explained, ...] = (
    Explained(
        frozenset({"radius_inside", "area_inside", "day_programme", "day_holiday", "minutes_ok", "photos_ok"}),
        Text("Tempat, hari, menit, dan fotonya sesuai", "Place, day, minutes and photographs are as they should be"),
        COUNTS,
    ),
    Explained(
        frozenset({"radius_perhaps", "area_near"}),
        Text("Di tepi batas; ketelitian HP tidak cukup untuk memastikan", "At the edge; the phone is not exact enough to tell"),
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
            "Posisi ditandai di peta, diambil dari foto, atau kurang teliti",
            "The position was pinned on a map, taken from a photograph, or is coarse",
        ),
        LOOK,
    ),
    Explained(
        frozenset({"place_unknown", "site_none", "site_unconfirmed"}),
        Text(
            "Tempatnya belum kami kenal atau belum dikukuhkan petugas",
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
        Text("Nomornya tidak kami simpan, aksinya tetap", "We do not keep the number, and keep the action"),
    ),
    Explained(
        frozenset({"amount_large"}),
        Text("Jumlahnya banyak untuk satu aksi", "The amount is large for one action"),
        LOOK,
    ),
    Explained(
        frozenset({"position_unlikely"}),
        Text(
            "Posisi HP sama persis berulang kali, atau tepat di titik tengah tempatnya",
            "The position is exactly the same again and again, or exactly the centre of the site",
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
            "Terlalu banyak sehari, terlalu rapat, bertumpuk, atau terlalu jauh dari aksi lain yang menunggu atau sudah dicap",
            "Too many in a day, too close, at the same time as or too far from another that waits for its stamp or has it",
        ),
        HOLD,
    ),
    Explained(
        frozenset({"clock_corrected"}),
        Text("Jam HP meleset sampai 24 jam", "The phone's clock was off by up to 24 hours"),
        Text(
            "Waktunya kami betulkan; bila waktu posisi tidak menguatkannya, petugas melihatnya dulu",
            "We put the time right; where the time of the position does not bear it out, an officer looks first",
        ),
    ),
    Explained(
        frozenset({"fix_time_off", "clock_server"}),
        Text(
            "Waktu posisi lain dari jam HP, atau jam kami sendiri diragukan",
            "The position's time is not the phone's, or our own clock is in doubt",
        ),
        LOOK,
    ),
    Explained(
        frozenset({"clock_wrong", "clock_other_day", "future"}),
        Text(
            "Jam HP meleset lebih jauh, harinya tidak pasti, atau waktunya di depan",
            "The clock was off by more, the day is not certain, or the time lies ahead",
        ),
        HOLD,
    ),
    Explained(
        frozenset({"late"}),
        Text("Diterima beberapa hari sesudah aksi", "Received some days after the action"),
        LOOK,
    ),
    Explained(
        frozenset({RETURNED}),
        Text("14 hari ditahan tanpa keputusan", "Held for 14 days without a decision"),
        Text("Kembali ke antrean, belum dicap", "Back in the queue, not yet stamped"),
    ),
    Explained(
        frozenset({FIRST_WORD}),
        Text("Aksi dari sebelum semester ini", "From before this semester"),
        Text("Perlu kata dua petugas yang berbeda", "Needs the word of two different officers"),
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
        Text("Foto yang diminta tidak ada atau tidak dapat dibuka", "A photograph asked for is missing or cannot be opened"),
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
        "Only actions that are stamped and not voided count.",
    ),
    Text(
        "Nilai yang sama berbagi peringkat: dua orang di peringkat 1, berikutnya peringkat 3.",
        "Equal scores share a rank: two at rank 1, the next is at rank 3.",
    ),
    Text(
        f"Peringkat sebuah kurun masih sementara sampai hari ke-{FINAL_AFTER_DAYS} sesudah kurun itu berakhir. Sesudah itu "
        "tetap: cap yang datang belakangan menaikkan sabuk dan angka kelurahan, bukan peringkat. Cap yang dibatalkan selalu "
        "ditarik.",
        f"The board of a period is provisional until day {FINAL_AFTER_DAYS} after it has ended. Then it stands: later stamps "
        "raise belts and the kelurahan's numbers, not the board. A voided stamp is always taken back.",
    ),
    Text(
        "Orang yang memilih tidak ditampilkan tidak punya peringkat dan tidak muncul di mana pun.",
        "Whoever chose not to be shown has no rank and appears nowhere.",
    ),
    Text(
        "Tidak ada peringkat anak, dan tidak ada peringkat orang di dalam sekolah. Yang dibandingkan sekolah dengan sekolah.",
        "There is no board of children, and none of persons within a school. Schools are compared with schools.",
    ),
    Text(
        "Kelurahan juga dapat diurutkan per 1.000 penduduk dan sekolah per 100 siswa, bila jumlahnya diketahui.",
        "Kelurahan can also be ranked for each 1,000 residents and schools for each 100 pupils, where their number is known.",
    ),
)

PRIVACY_RULES: tuple[Text, ...] = (
    Text(
        f"Jumlah orang yang kurang dari {FEWEST} tidak ditampilkan, begitu juga angka lain yang dengan pengurangan membukanya.",
        f"Counts of fewer than {FEWEST} people are not shown, nor other numbers that would reveal one by subtraction.",
    ),
    Text(
        "Daftar aksi di balik sebuah angka tidak memuat nama, titik posisi, maupun jam; aksi baru tampil 24 jam sesudah harinya "
        "berakhir.",
        "The list of actions behind a number tells no name, no position and no hour; an action appears 24 hours after its day "
        "has ended.",
    ),
    Text(
        "Dari aksi anak hanya sekolahnya yang disebut, dan baru dihitung untuk umum pada akhir hari berikutnya sesudah dicap: "
        "tidak ada yang dapat melihat di mana seorang anak berada. Pelajar tidak punya akun sendiri.",
        "Of a child's action only the school is told, and the public's numbers have it only at the end of the day after its "
        "stamp: nobody can watch where a child is. Pupils have no account of their own.",
    ),
    Text(
        f"RW dengan kurang dari {FEWEST} orang yang pernah beraksi tidak disebut sendiri, dan papan sebuah kelurahan tidak "
        f"memuat nama bila dalam kurun itu kurang dari {FEWEST} orang beraksi di sana.",
        f"An RW in which fewer than {FEWEST} people ever acted is not told by itself, and the board of a kelurahan names nobody "
        f"where fewer than {FEWEST} people acted there in the period.",
    ),
    Text(
        "Rumah tidak pernah menjadi tempat yang tampil di peta umum.",
        "A home is never a place on a public map.",
    ),
    Text(
        "Foto hanya terlihat oleh pemilik dan petugas, kecuali pemiliknya melepasnya untuk umum.",
        "Photographs are seen by their owner and by officers only, unless the owner releases them.",
    ),
)

NUMBER_RULES: tuple[Text, ...] = (
    Text(
        "Setiap angka adalah jumlah dari aksi yang sudah dicap petugas dan tidak dibatalkan.",
        "Every number is a sum over actions that an officer has stamped and nobody has voided.",
    ),
    Text(
        "Aksi dihitung di kelurahan tempat terjadinya, pada hari setempat, dengan aturan program yang berlaku hari itu.",
        "An action counts in the kelurahan where it happened, on the local day, by the programme's rules of that day.",
    ),
    Text(
        "Tidak diketahui bukan nol: bila tidak ada yang mencatat suatu ukuran, kami menulis “belum diketahui”.",
        "Not known is not zero: where nobody recorded a measure, we write “not known yet”.",
    ),
    Text(
        "Yang ditimbang dan yang ditaksir tidak pernah dijumlahkan, dan kantong tidak diubah menjadi kilogram.",
        "What was weighed and what was estimated are never added up, and bags are not turned into kilograms.",
    ),
    Text(
        "Angka awal (sebelum program) dan target dicatat kelurahan, masing-masing dengan hari dan sumbernya.",
        "The count before the programme and the target are entered by the kelurahan, each with its day and its source.",
    ),
)
