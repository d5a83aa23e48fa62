"""What each key of a programme file is for, in the words of the reference (reference.py)."""

from __future__ import annotations

from collections.abc import Mapping

from app.core.text import Text

OF_A_TEXT = "Wording"

MEANINGS: Mapping[str, Mapping[str, Text]] = {
    "Definition": {
        "code": Text("Nama program bagi mesin dan di alamat halaman; tidak pernah berubah."),
        "version": Text("Nomor versi ini, berurutan tanpa celah."),
        "effective_from": Text("Hari pertama aturan ini berlaku."),
        "name": Text("Nama yang dipakai orang."),
        "summary": Text("Apa yang dilakukan orang di sini, dalam satu dua kalimat."),
        "place": Text("Di mana aksi dihitung."),
        "days": Text("Hari-hari program."),
        "hours": Text("Jam berkumpul; diberitahukan, tidak dinilai."),
        "minutes": Text("Berapa lama satu aksi; tanpa kunci ini durasi tidak dinilai."),
        "calendar": Text("Hari mana yang libur."),
        "measures": Text("Apa yang dihitung, ditimbang, atau dipilih pada satu aksi; urutannya urutan di formulir."),
        "evidence": Text("Foto yang diminta."),
        "stamping": Text("Siapa yang boleh mengecap aksi siapa. Tidak seorang pun mengecap aksinya sendiri."),
        "caps": Text(
            "Berapa banyak yang boleh diakui satu orang. Yang lebih diperiksa petugas, tidak pernah ditolak atau hilang."
        ),
        "limits": Text("Mulai kapan petugas perlu memeriksa."),
        "credit": Text("Berapa yang ditambahkan satu aksi yang dicap."),
        "ladder": Text("Sabuk-sabuknya."),
        "badges": Text("Penghargaan di samping sabuk."),
        "frame": Text("Keterangan program; semuanya terbuka untuk umum."),
    },
    "Circle": {
        "kind": Text("Aksi dihitung di dalam lingkaran di sekitar sekolah atau tempat kerja."),
        "radius_m": Text("Lingkaran tempat yang tidak punya radius sendiri."),
        "smallest_radius_m": Text("Radius terkecil yang boleh dipasang petugas."),
        "largest_radius_m": Text("Radius terbesar yang boleh dipasang petugas."),
    },
    "OwnArea": {
        "kind": Text("Aksi dihitung di kelurahan jabatan atau tempat pelakunya."),
        "border_m": Text("Sejauh mana di luar batas kelurahan masih dianggap dekat."),
    },
    "Hours": {
        "start": Text("Jam mulai."),
        "end": Text("Jam selesai, setelah jam mulai."),
        "note": Text("Catatan tentang jamnya."),
    },
    "Minutes": {
        "shortest": Text("Aksi yang lebih singkat diperiksa petugas dulu."),
        "longest": Text("Aksi yang lebih lama dihitung selama ini."),
    },
    "HolidayCalendar": {
        "country": Text("Hari libur negara mana."),
        "categories": Text("public: libur nasional; government: cuti bersama."),
        "added": Text("Hari libur yang belum dikenal kalender."),
        "removed": Text("Hari di kalender yang bukan hari libur."),
    },
    "NamedDate": {"date": Text("Tanggalnya."), "name": Text("Nama hari libur itu.")},
    "Measure": {
        "type": Text("Bilangan bulat, bilangan desimal, atau pilihan dari daftar."),
        "name": Text("Sebutannya di formulir."),
        "unit": Text("Satuannya, dalam bahasa Inggris."),
        "smallest": Text("Di bawah ini ditolak sebagai salah ketik."),
        "largest": Text("Di atas ini ditolak sebagai salah ketik; beri ruang."),
        "look_above": Text("Di atas ini petugas memeriksa."),
        "required": Text("Wajib diisi atau tidak."),
        "choices": Text("Kata-kata yang dapat dipilih; hanya untuk jenis choice."),
        "default": Text("Pilihan yang berlaku jika tidak ada yang dipilih."),
        "counted": Text("false untuk yang hanya menerangkan aksi dan tidak masuk akal dijumlahkan, misalnya garis tengah."),
        "method_in": Text("Pilihan yang menyebut cara mengukurnya; jumlah dihitung terpisah menurut cara itu."),
        "by_movement": Text("Dihitung juga menurut gerakan penggalinya: pkk, kb, dasawisma, volunteer."),
    },
    "Evidence": {
        "photos": Text("Berapa foto yang diminta; kurang dari itu hanya membuat petugas memeriksa."),
        "roles": Text("Apa yang ditunjukkan foto-foto itu."),
    },
    "Caps": {
        "actions_per_day": Text("Aksi satu orang dalam sehari."),
        "actions_per_place_and_day": Text("Aksi satu orang di satu tempat dalam sehari."),
        "minutes_apart": Text("Menit antara akhir satu aksi dan awal aksi berikutnya."),
        "amount_per_day": Text("Jumlah terbesar satu ukuran dari satu orang dalam sehari."),
        "exempt": Text("Peran yang jumlahnya tidak dibatasi, karena mencatat yang dikerjakan orang lain."),
    },
    "Limits": {
        "perhaps_m": Text("Seberapa banyak ketidakpastian lokasi dimaklumi di tepi batas, dalam meter."),
        "coarse_m": Text("Lokasi yang lebih kasar dari ini, dalam meter, tidak membuktikan tempat."),
        "late_look_days": Text("Dikirim lebih terlambat dari ini: petugas memeriksa."),
        "late_hold_days": Text("Dikirim lebih terlambat dari ini: perlu diperiksa dulu."),
        "future_minutes": Text("Lebih jauh dari ini di masa depan: perlu diperiksa dulu."),
    },
    "Credit": {
        "measure": Text("Hitung ukuran ini; tanpa kunci ini tiap aksi dihitung satu."),
        "at_most": Text("Paling banyak dari satu aksi."),
        "programme_days_only": Text("Aksi di hari lain dicatat tetapi tidak menambah apa pun."),
    },
    "Ladder": {
        "policy": Text("Kebijakan siapa angka-angka ini; dibaca warga."),
        "rungs": Text("Sabuk dari yang paling rendah; semua angkanya naik."),
        "further": Text("Setelah sabuk terakhir, satu strip tiap sekian; tanpa kunci ini jenjangnya selesai."),
    },
    "Rung": {
        "belt": Text("Kode sabuk."),
        "name": Text("Nama sabuk."),
        "threshold": Text("Hitungan saat sabuk ini diperoleh."),
        "stripes": Text("Hitungan saat strip dipasang."),
    },
    "Badge": {
        "code": Text("Kode lencana."),
        "name": Text("Nama lencana."),
        "rule": Text(
            "first: aksi dicap yang ke sekian; weeks_in_a_row: sekian pekan tanpa putus; amount: jumlah satu ukuran; places: "
            "sekian tempat berbeda."
        ),
        "least": Text("Berapa yang diperlukan."),
        "measure": Text("Ukuran untuk amount; aturan lain tidak memakainya."),
    },
    "Frame": {
        "source": Text("Dari mana keterangan ini."),
        "purpose": Text("Untuk apa program ini."),
        "change_management": Text("Bagaimana orang diajak."),
        "outcomes": Text("Hasil bagi tiap pihak."),
        "indicators": Text("Angka yang diumumkan."),
        "methods": Text("Cara mencapai angka yang sering ditanyakan, atau mengapa tidak disebut."),
        "costs": Text("Biayanya."),
        "savings": Text("Penghematannya."),
    },
    "Outcome": {"party": Text("Pihaknya."), "outcome": Text("Hasil baginya.")},
    "Indicator": {
        "code": Text("Nama indikator bagi mesin."),
        "name": Text("Nama yang dibaca orang."),
        "definition": Text("Banyaknya apa, tepatnya."),
        "unit": Text("Dalam satuan apa."),
        "method": Text("Cara menghitungnya."),
        "measure": Text("Apa yang dijumlahkan: actions, people, minutes, credit, atau sebuah ukuran."),
        "decimals": Text("Berapa angka di belakang koma ditampilkan."),
        "is_estimate": Text("Perkiraan, bukan hasil ukur."),
        "has_baseline": Text("Kelurahan mengisi keadaan sebelum program di sampingnya."),
    },
    "Method": {
        "name": Text("Angka yang mana."),
        "method": Text("Bagaimana angka itu dicapai."),
        "source": Text("Siapa yang mengatakannya."),
    },
    "Money": {
        "item": Text("Untuk apa."),
        "amount_low": Text("Paling rendah, dalam rupiah. Tanpa sumber, jangan diisi."),
        "amount_high": Text("Paling tinggi, dalam rupiah. Tanpa sumber, jangan diisi."),
        "per": Text("Untuk tiap apa."),
        "source": Text("Sumber angkanya, atau mengapa belum ada."),
    },
}
"""Part of the file (its class) -> key -> what the key is for."""
