"""How people say what the audit log keeps."""

from __future__ import annotations

from app.core.text import Text, Verbatim

AUDIT_KINDS: dict[str, Text] = {
    "audit.export": Text("Log audit diunduh"),
    "indicators.baseline": Text("Angka awal dicatat"),
    "indicators.target": Text("Target dicatat"),
    "integrity.close_review": Text("Tinjauan ditutup"),
    "jobs.retry": Text("Pekerjaan dicoba lagi"),
    "leaderboard.visibility": Text("Tampil di papan peringkat diubah"),
    "people.accept": Text("Undangan diterima"),
    "people.close": Text("Akun ditutup"),
    "people.confirm": Text("Penerima undangan dipastikan"),
    "people.create": Text("Akun dibuat"),
    "people.decline": Text("Penerima undangan ditolak"),
    "people.end": Text("Jabatan diakhiri"),
    "people.end_sessions": Text("Dikeluarkan dari semua perangkat"),
    "people.export": Text("Daftar orang diunduh"),
    "people.give_name": Text("Nama diganti oleh pengelola"),
    "people.grant": Text("Jabatan diberikan"),
    "people.hide_name": Text("Nama disembunyikan"),
    "people.invite": Text("Undangan dibuat"),
    "people.language": Text("Bahasa diganti"),
    "people.leave": Text("Keluar dari tempat"),
    "people.membership_ask": Text("Minta bergabung dengan tempat"),
    "people.membership_confirm": Text("Permintaan bergabung diterima"),
    "people.membership_refuse": Text("Permintaan bergabung ditolak"),
    "people.membership_withdraw": Text("Permintaan bergabung dibatalkan"),
    "people.open": Text("Akun dibuka lagi"),
    "people.password": Text("Kata sandi diganti"),
    "people.rename": Text("Nama diganti"),
    "people.residence": Text("Kelurahan tempat tinggal diganti"),
    "people.reset_code": Text("Kode kata sandi dibuat"),
    "people.revoke_invitation": Text("Undangan dibatalkan"),
    "people.revoke_tokens": Text("Token dicabut"),
    "people.show_name": Text("Nama ditampilkan lagi"),
    "people.sign_in": Text("Masuk ke akun"),
    "people.sign_out": Text("Keluar dari akun"),
    "people.sign_out_everywhere": Text("Keluar di semua perangkat"),
    "people.sign_up": Text("Mendaftar sendiri"),
    "people.token": Text("Token dibuat"),
    "photograph.clear": Text("Foto dinyatakan boleh tampil"),
    "photograph.consent": Text("Foto diizinkan pemiliknya"),
    "photograph.decline": Text("Foto tidak ditampilkan"),
    "photograph.take_back": Text("Izin foto dicabut"),
    "places.export": Text("Daftar wilayah diunduh"),
    "places.figures": Text("Penduduk dan rumah tangga diubah"),
    "places.import": Text("Wilayah dimuat dari berkas"),
    "places.rename": Text("Nama wilayah diganti"),
    "places.rw": Text("RW ditambahkan"),
    "programme.apply": Text("Aturan program diterapkan"),
    "programme.move_day": Text("Hari pengganti dinyatakan"),
    "site.add": Text("Tempat ditambahkan"),
    "site.close": Text("Tempat ditutup"),
    "site.confirm": Text("Tempat dipastikan"),
    "site.export": Text("Daftar tempat diunduh"),
    "site.move": Text("Tempat dipindahkan"),
    "site.pupils": Text("Jumlah siswa diubah"),
    "site.rename": Text("Nama tempat diganti"),
    "stamping.void": Text("Cap dibatalkan"),
}


def kind_name(kind: str) -> Text:
    """The kind of line in words; one that is not known here by its own name."""
    return AUDIT_KINDS.get(kind, Verbatim(kind))
