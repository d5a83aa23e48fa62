"""What each key of a programme file is for, in the words of the reference (reference.py)."""

from __future__ import annotations

from collections.abc import Mapping

from app.core.text import Text

OF_A_TEXT = "Bilingual"

MEANINGS: Mapping[str, Mapping[str, Text]] = {
    "Definition": {
        "code": Text(
            "Nama program bagi mesin dan di alamat halaman; tidak pernah berubah.",
            "The programme's name for programs and addresses; it never changes.",
        ),
        "version": Text("Nomor versi ini, berurutan tanpa celah.", "The number of this version, in order and without gaps."),
        "effective_from": Text("Hari pertama aturan ini berlaku.", "The first day of these rules."),
        "name": Text("Nama yang dipakai orang.", "What people call it."),
        "summary": Text(
            "Apa yang dilakukan orang di sini, dalam satu dua kalimat.", "What people do in it, in a sentence or two."
        ),
        "place": Text("Di mana aksi dihitung.", "Where actions count."),
        "days": Text("Hari-hari program.", "The days of the programme."),
        "hours": Text("Jam berkumpul; diberitahukan, tidak dinilai.", "When people meet; told, not judged."),
        "minutes": Text(
            "Berapa lama satu aksi; tanpa kunci ini durasi tidak dinilai.",
            "How long an action lasts; without this key it is not judged.",
        ),
        "calendar": Text("Hari mana yang libur.", "Which days are holidays."),
        "measures": Text(
            "Apa yang dihitung, ditimbang, atau dipilih pada satu aksi; urutannya urutan di formulir.",
            "What is counted, weighed or chosen at an action; the order is that of the form.",
        ),
        "evidence": Text("Foto yang diminta.", "Which photographs are asked for."),
        "stamping": Text(
            "Siapa yang boleh mengecap aksi siapa. Tidak seorang pun mengecap aksinya sendiri.",
            "Who may stamp whose actions. Nobody ever stamps their own.",
        ),
        "caps": Text(
            "Berapa banyak yang boleh diakui satu orang. Yang lebih diperiksa petugas, tidak pernah ditolak atau hilang.",
            "How much one person may claim. What is more waits for an officer and is never refused or lost.",
        ),
        "limits": Text("Mulai kapan petugas perlu memeriksa.", "When an officer has to check."),
        "credit": Text("Berapa yang ditambahkan satu aksi yang dicap.", "What one stamped action adds towards the belt."),
        "ladder": Text("Sabuk-sabuknya.", "The belts."),
        "badges": Text("Penghargaan di samping sabuk.", "Recognition beside the belts."),
        "frame": Text("Keterangan program; semuanya terbuka untuk umum.", "What the city is told; all of it is public."),
    },
    "Circle": {
        "kind": Text(
            "Aksi dihitung di dalam lingkaran di sekitar sekolah atau tempat kerja.",
            "Actions count within a circle around a school or workplace.",
        ),
        "radius_m": Text("Lingkaran tempat yang tidak punya radius sendiri.", "The circle of a site that has none of its own."),
        "smallest_radius_m": Text(
            "Radius terkecil yang boleh dipasang petugas.", "The smallest radius that an officer may set for a site."
        ),
        "largest_radius_m": Text(
            "Radius terbesar yang boleh dipasang petugas.", "The largest radius that an officer may set for a site."
        ),
    },
    "OwnArea": {
        "kind": Text(
            "Aksi dihitung di kelurahan jabatan atau tempat pelakunya.",
            "Actions count within the kelurahan of the doer's post or site.",
        ),
        "border_m": Text(
            "Sejauh mana di luar batas kelurahan masih dianggap dekat.", "How far beyond the outline still is near it."
        ),
    },
    "Hours": {
        "start": Text("Jam mulai.", "When it begins."),
        "end": Text("Jam selesai, setelah jam mulai.", "When it ends, after the start."),
        "note": Text("Catatan tentang jamnya.", "A note on the hours."),
    },
    "Minutes": {
        "shortest": Text("Aksi yang lebih singkat diperiksa petugas dulu.", "A shorter action is held for an officer."),
        "longest": Text("Aksi yang lebih lama dihitung selama ini.", "A longer action counts as this long."),
    },
    "HolidayCalendar": {
        "country": Text("Hari libur negara mana.", "Whose holidays."),
        "categories": Text(
            "public: libur nasional; government: cuti bersama.", "public: national holidays; government: joint leave."
        ),
        "added": Text("Hari libur yang belum dikenal kalender.", "Holidays that the calendar does not know."),
        "removed": Text("Hari di kalender yang bukan hari libur.", "Days that it has and that are none."),
    },
    "NamedDate": {"date": Text("Tanggalnya.", "The date."), "name": Text("Nama hari libur itu.", "The holiday's name.")},
    "Measure": {
        "type": Text(
            "Bilangan bulat, bilangan desimal, atau pilihan dari daftar.", "A whole number, a decimal or a choice from a list."
        ),
        "name": Text("Sebutannya di formulir.", "As the form calls it."),
        "unit": Text("Satuannya, dalam bahasa Inggris.", "Its unit, in English."),
        "smallest": Text("Di bawah ini ditolak sebagai salah ketik.", "Less is refused as a slip of the finger."),
        "largest": Text(
            "Di atas ini ditolak sebagai salah ketik; beri ruang.", "More is refused as a slip of the finger; be generous."
        ),
        "look_above": Text("Di atas ini petugas memeriksa.", "More than that leads an officer to look."),
        "required": Text("Wajib diisi atau tidak.", "Whether it must be given."),
        "choices": Text(
            "Kata-kata yang dapat dipilih; hanya untuk jenis choice.", "The words of a choice; for the type choice alone."
        ),
        "default": Text("Pilihan yang berlaku jika tidak ada yang dipilih.", "The word that holds when none was chosen."),
        "counted": Text(
            "false untuk yang hanya menerangkan aksi dan tidak masuk akal dijumlahkan, misalnya garis tengah.",
            "false for what only describes an action and makes no sense as a sum, such as a diameter.",
        ),
        "method_in": Text(
            "Pilihan yang menyebut cara mengukurnya; jumlah dihitung terpisah menurut cara itu.",
            "The choice that tells how this was measured; amounts are counted apart by it.",
        ),
        "by_movement": Text(
            "Dihitung juga menurut gerakan penggalinya: pkk, kb, dasawisma, volunteer.",
            "Also counted by the digger's movement: pkk, kb, dasawisma, volunteer.",
        ),
    },
    "Evidence": {
        "photos": Text(
            "Berapa foto yang diminta; kurang dari itu hanya membuat petugas memeriksa.",
            "How many are asked for; fewer only lead an officer to look.",
        ),
        "roles": Text("Apa yang ditunjukkan foto-foto itu.", "What they show."),
    },
    "Caps": {
        "actions_per_day": Text("Aksi satu orang dalam sehari.", "One person's actions a day."),
        "actions_per_place_and_day": Text(
            "Aksi satu orang di satu tempat dalam sehari.", "One person's actions at one place and day."
        ),
        "minutes_apart": Text(
            "Menit antara akhir satu aksi dan awal aksi berikutnya.",
            "Minutes between the end of an action and the start of the next.",
        ),
        "amount_per_day": Text(
            "Jumlah terbesar satu ukuran dari satu orang dalam sehari.", "The largest sum of a measure over a person's day."
        ),
        "exempt": Text(
            "Peran yang jumlahnya tidak dibatasi, karena mencatat yang dikerjakan orang lain.",
            "Capacities without caps on amounts, because they register what others did.",
        ),
    },
    "Limits": {
        "perhaps_m": Text(
            "Seberapa banyak ketidakpastian lokasi dimaklumi di tepi batas, dalam meter.",
            "How much of a position's stated error is forgiven at the border, in metres.",
        ),
        "coarse_m": Text(
            "Lokasi yang lebih kasar dari ini, dalam meter, tidak membuktikan tempat.",
            "A position with a larger stated error, in metres, proves no place.",
        ),
        "late_look_days": Text(
            "Dikirim lebih terlambat dari ini: petugas memeriksa.", "Sent later than that many days: an officer looks."
        ),
        "late_hold_days": Text(
            "Dikirim lebih terlambat dari ini: perlu diperiksa dulu.", "Sent later than that many days: held."
        ),
        "future_minutes": Text(
            "Lebih jauh dari ini di masa depan: perlu diperiksa dulu.", "Further in the future than that many minutes: held."
        ),
    },
    "Credit": {
        "measure": Text(
            "Hitung ukuran ini; tanpa kunci ini tiap aksi dihitung satu.",
            "Count this measure; without this key each action counts one.",
        ),
        "at_most": Text("Paling banyak dari satu aksi.", "The most that one action adds."),
        "programme_days_only": Text(
            "Aksi di hari lain dicatat tetapi tidak menambah apa pun.", "Actions of other days are recorded and add nothing."
        ),
    },
    "Ladder": {
        "policy": Text("Kebijakan siapa angka-angka ini; dibaca warga.", "Whose numbers these are; shown to people."),
        "rungs": Text("Sabuk dari yang paling rendah; semua angkanya naik.", "The belts from the lowest; all numbers ascend."),
        "further": Text(
            "Setelah sabuk terakhir, satu strip tiap sekian; tanpa kunci ini jenjangnya selesai.",
            "After the last belt, a stripe each so many; without this key the ladder ends.",
        ),
    },
    "Rung": {
        "belt": Text("Kode sabuk.", "The belt's code."),
        "name": Text("Nama sabuk.", "The belt's name."),
        "threshold": Text("Hitungan saat sabuk ini diperoleh.", "The count at which it is tied."),
        "stripes": Text("Hitungan saat strip dipasang.", "The counts at which stripes are sewn on."),
    },
    "Badge": {
        "code": Text("Kode lencana.", "The badge's code."),
        "name": Text("Nama lencana.", "The badge's name."),
        "rule": Text(
            "first: aksi dicap yang ke sekian; weeks_in_a_row: sekian pekan tanpa putus; amount: jumlah satu ukuran; places: "
            "sekian tempat berbeda.",
            "first: that many stamped actions; weeks_in_a_row: that many weeks without a gap; amount: a sum of a measure; "
            "places: that many different places.",
        ),
        "least": Text("Berapa yang diperlukan.", "How many are needed."),
        "measure": Text("Ukuran untuk amount; aturan lain tidak memakainya.", "The measure of amount; other rules have none."),
    },
    "Frame": {
        "source": Text("Dari mana keterangan ini.", "Whose words the frame goes back to."),
        "purpose": Text("Untuk apa program ini.", "What the programme is for."),
        "change_management": Text("Bagaimana orang diajak.", "How people are brought along."),
        "outcomes": Text("Hasil bagi tiap pihak.", "The outcome for each party."),
        "indicators": Text("Angka yang diumumkan.", "The published numbers."),
        "methods": Text(
            "Cara mencapai angka yang sering ditanyakan, atau mengapa tidak disebut.",
            "How a number that people ask for is reached, or why it is not given.",
        ),
        "costs": Text("Biayanya.", "What it costs."),
        "savings": Text("Penghematannya.", "What it saves."),
    },
    "Outcome": {"party": Text("Pihaknya.", "The party."), "outcome": Text("Hasil baginya.", "What it gains.")},
    "Indicator": {
        "code": Text("Nama indikator bagi mesin.", "Its name for programs."),
        "name": Text("Nama yang dibaca orang.", "Its name for people."),
        "definition": Text("Banyaknya apa, tepatnya.", "What it is, of what exactly."),
        "unit": Text("Dalam satuan apa.", "In what unit."),
        "method": Text("Cara menghitungnya.", "How it was counted."),
        "measure": Text(
            "Apa yang dijumlahkan: actions, people, minutes, credit, atau sebuah ukuran.",
            "What is summed up: actions, people, minutes, credit or a measure.",
        ),
        "decimals": Text("Berapa angka di belakang koma ditampilkan.", "How many decimals are shown."),
        "is_estimate": Text("Perkiraan, bukan hasil ukur.", "Not measured but estimated."),
        "has_baseline": Text(
            "Kelurahan mengisi keadaan sebelum program di sampingnya.",
            "Kelurahan enter the count before the programme beside it.",
        ),
    },
    "Method": {
        "name": Text("Angka yang mana.", "Which number."),
        "method": Text("Bagaimana angka itu dicapai.", "How it is reached."),
        "source": Text("Siapa yang mengatakannya.", "Who says so."),
    },
    "Money": {
        "item": Text("Untuk apa.", "What for."),
        "amount_low": Text(
            "Paling rendah, dalam rupiah. Tanpa sumber, jangan diisi.", "At least, in rupiah. Without a source it stays away."
        ),
        "amount_high": Text(
            "Paling tinggi, dalam rupiah. Tanpa sumber, jangan diisi.", "At most, in rupiah. Without a source it stays away."
        ),
        "per": Text("Untuk tiap apa.", "For each of what."),
        "source": Text("Sumber angkanya, atau mengapa belum ada.", "Where the amount comes from, or why there is none."),
    },
}
"""Part of the file (its class) -> key -> what the key is for."""
