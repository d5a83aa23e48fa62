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


COUNTS = Text("Menunggu cap")
LOOK = Text("Petugas memeriksanya dulu")
HOLD = Text("Perlu diperiksa dulu, lalu diputuskan petugas")

FINDINGS: tuple[Explained, ...] = (
    Explained(
        frozenset({"radius_inside", "area_inside", "day_programme", "day_holiday", "day_replacement", "minutes_ok", "photos_ok"}),
        Text("Tempat, hari, menit, dan fotonya sesuai"),
        COUNTS,
    ),
    Explained(
        frozenset({"radius_perhaps", "area_near"}),
        Text("Di tepi batas; akurasi HP tidak cukup untuk memastikan"),
        LOOK,
    ),
    Explained(
        frozenset({"radius_outside", "area_outside"}),
        Text("Jelas di luar batas tempat itu"),
        HOLD,
    ),
    Explained(
        frozenset({"position_pin", "position_photo", "position_coarse"}),
        Text("Lokasi ditandai di peta, diambil dari foto, atau kurang akurat"),
        LOOK,
    ),
    Explained(
        frozenset({"place_unknown", "site_none", "site_unconfirmed"}),
        Text("Tempatnya belum kami kenal atau belum dipastikan petugas"),
        LOOK,
    ),
    Explained(
        frozenset({OFF_DAY}),
        Text("Bukan hari program"),
        Text("Dicap dan tercatat, tidak dihitung untuk sabuk"),
    ),
    Explained(
        frozenset({"day_replacement_own"}),
        Text("Hari pengganti dinyatakan oleh pelaku aksi itu sendiri"),
        LOOK,
    ),
    Explained(
        frozenset({"minutes_long"}),
        Text("Lebih lama dari batas program"),
        Text("Dihitung sampai batasnya"),
    ),
    Explained(
        frozenset({"note_number_hidden"}),
        Text("Ada nomor 16 angka (NIK, KK) di keterangan"),
        Text("Nomornya tidak disimpan, aksinya tetap ada"),
    ),
    Explained(
        frozenset({"amount_large"}),
        Text("Jumlahnya banyak untuk satu aksi"),
        LOOK,
    ),
    Explained(
        frozenset({"position_unlikely"}),
        Text("Lokasi HP sama persis berulang kali, atau tepat di titik tengah tempatnya"),
        HOLD,
    ),
    Explained(
        frozenset({"minutes_short"}),
        Text("Lebih singkat dari yang diminta program"),
        HOLD,
    ),
    Explained(
        frozenset({"cap_day", "spacing_short", "overlap", TRAVEL}),
        Text("Terlalu banyak sehari, terlalu rapat, bersamaan, atau terlalu jauh dari aksi lain yang menunggu atau sudah dicap"),
        HOLD,
    ),
    Explained(
        frozenset({"clock_corrected"}),
        Text("Jam HP meleset sampai 24 jam"),
        Text("Waktunya kami perbaiki; jika waktu lokasi tidak cocok, petugas memeriksanya dulu"),
    ),
    Explained(
        frozenset({"fix_time_off", "clock_server"}),
        Text("Waktu lokasi berbeda dari jam HP, atau jam server kami diragukan"),
        LOOK,
    ),
    Explained(
        frozenset({"clock_wrong", "clock_other_day", "future"}),
        Text("Jam HP meleset lebih jauh, harinya tidak pasti, atau waktunya di masa depan"),
        HOLD,
    ),
    Explained(
        frozenset({"late"}),
        Text("Diterima beberapa hari setelah aksi"),
        LOOK,
    ),
    Explained(
        frozenset({RETURNED}),
        Text("14 hari menunggu diperiksa tanpa keputusan"),
        Text("Kembali ke antrean, belum dicap"),
    ),
    Explained(
        frozenset({FIRST_WORD}),
        Text("Aksi dari sebelum semester ini"),
        Text("Perlu persetujuan dua petugas yang berbeda"),
    ),
    Explained(
        frozenset({"very_late"}),
        Text("Diterima sangat terlambat"),
        HOLD,
    ),
    Explained(
        frozenset({"records_many"}),
        Text("Sangat banyak catatan dari satu akun dalam satu jam"),
        HOLD,
    ),
    Explained(
        frozenset({"photos_missing", "photo_broken"}),
        Text("Foto yang diminta tidak ada atau tidak dapat dibuka"),
        LOOK,
    ),
    Explained(
        frozenset({"photo_follows", "photo_never_came"}),
        Text("Foto menyusul setelah aksinya, atau tidak datang dalam 7 hari"),
        LOOK,
    ),
    Explained(
        frozenset({"photos_pending"}),
        Text("Foto masih diperiksa"),
        Text("Hanya dapat dicap satu per satu"),
    ),
    Explained(
        frozenset({"photo_repeated", "photo_similar", "photo_time_off", "photo_place_off"}),
        Text("Foto pernah dipakai, mirip sekali dengan foto lain, atau waktu dan tempatnya tidak cocok"),
        HOLD,
    ),
)

BOARD_RULES: tuple[Text, ...] = (
    Text("Yang dihitung hanya aksi yang sudah dicap dan tidak dibatalkan."),
    Text("Nilai yang sama mendapat peringkat yang sama: dua orang di peringkat 1, berikutnya peringkat 3."),
    Text(
        "Papan peringkat suatu periode masih sementara sampai hari ke-%(final_after_days)s setelah periode itu "
        "berakhir. Setelah itu final: cap yang datang belakangan menaikkan sabuk dan angka kelurahan, bukan "
        "peringkat. Cap yang dibatalkan tidak pernah ikut dihitung.",
        final_after_days=FINAL_AFTER_DAYS,
    ),
    Text("Orang yang memilih tidak ditampilkan tidak punya peringkat dan tidak muncul di mana pun."),
    Text(
        "Tidak ada papan peringkat anak, dan tidak ada papan peringkat orang di dalam sekolah. Sekolah dibandingkan dengan "
        "sekolah."
    ),
    Text("Kelurahan juga dapat diurutkan per 1.000 penduduk dan sekolah per 100 siswa, jika jumlahnya diketahui."),
)

PRIVACY_RULES: tuple[Text, ...] = (
    Text(
        "Jumlah orang yang kurang dari %(fewest)s tidak ditampilkan, begitu juga angka lain yang dengan pengurangan membukanya.",
        fewest=MIN_PEOPLE,
    ),
    Text(
        "Daftar aksi di balik sebuah angka tidak memuat nama, lokasi, maupun jam; aksi baru tampil 24 jam setelah harinya "
        "berakhir."
    ),
    Text(
        "Untuk aksi anak hanya sekolahnya yang disebut, dan baru masuk angka umum pada akhir hari berikutnya setelah dicap: "
        "tidak ada yang dapat mengikuti di mana seorang anak berada. Siswa tidak punya akun sendiri."
    ),
    Text(
        "RW dengan kurang dari %(fewest)s orang yang pernah beraksi tidak disebut sendiri, dan papan peringkat "
        "sebuah kelurahan tidak memuat nama jika dalam periode itu kurang dari %(fewest)s orang beraksi di "
        "sana.",
        fewest=MIN_PEOPLE,
    ),
    Text("Rumah tidak pernah tampil sebagai tempat di peta umum."),
    Text("Foto hanya terlihat oleh pemilik dan petugas, kecuali pemiliknya mengizinkannya dilihat umum."),
)

NUMBER_RULES: tuple[Text, ...] = (
    Text("Setiap angka adalah jumlah dari aksi yang sudah dicap petugas dan tidak dibatalkan."),
    Text("Aksi dihitung di kelurahan tempat terjadinya, pada hari setempat, dengan aturan program yang berlaku hari itu."),
    Text("Tidak diketahui bukan berarti nol: jika tidak ada yang mencatat suatu ukuran, kami menulis “belum diketahui”."),
    Text("Yang ditimbang dan yang diperkirakan tidak pernah dijumlahkan, dan kantong tidak diubah menjadi kilogram."),
    Text("Angka awal (sebelum program) dan target dicatat kelurahan, masing-masing dengan hari dan sumbernya."),
)
