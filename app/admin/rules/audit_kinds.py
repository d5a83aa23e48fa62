"""How people say what the audit log keeps."""

from __future__ import annotations

from app.core.text import Text

AUDIT_KINDS: dict[str, Text] = {
    "audit.export": Text("Log audit diunduh", "Audit log downloaded"),
    "indicators.baseline": Text("Angka awal dicatat", "Baseline recorded"),
    "indicators.target": Text("Target dicatat", "Target recorded"),
    "integrity.close_review": Text("Tinjauan ditutup", "Review closed"),
    "jobs.retry": Text("Pekerjaan dicoba lagi", "Job tried again"),
    "leaderboard.visibility": Text("Tampil di papan peringkat diubah", "Visibility on leaderboards changed"),
    "people.accept": Text("Undangan diterima", "Invitation accepted"),
    "people.close": Text("Akun ditutup", "Account closed"),
    "people.confirm": Text("Penerima undangan dipastikan", "Invitation confirmed"),
    "people.create": Text("Akun dibuat", "Account created"),
    "people.decline": Text("Penerima undangan ditolak", "Invitation declined"),
    "people.end": Text("Jabatan diakhiri", "Post ended"),
    "people.end_sessions": Text("Dikeluarkan dari semua perangkat", "Signed out on all devices by an administrator"),
    "people.export": Text("Daftar orang diunduh", "List of people downloaded"),
    "people.give_name": Text("Nama diganti oleh pengelola", "Name changed by an administrator"),
    "people.grant": Text("Jabatan diberikan", "Post given"),
    "people.hide_name": Text("Nama disembunyikan", "Name hidden"),
    "people.invite": Text("Undangan dibuat", "Invitation created"),
    "people.language": Text("Bahasa diganti", "Language changed"),
    "people.open": Text("Akun dibuka lagi", "Account opened again"),
    "people.password": Text("Kata sandi diganti", "Password changed"),
    "people.rename": Text("Nama diganti", "Name changed"),
    "people.reset_code": Text("Kode kata sandi dibuat", "Password code created"),
    "people.revoke_invitation": Text("Undangan dibatalkan", "Invitation withdrawn"),
    "people.revoke_tokens": Text("Token dicabut", "Tokens revoked"),
    "people.show_name": Text("Nama ditampilkan lagi", "Name shown again"),
    "people.sign_in": Text("Masuk ke akun", "Signed in"),
    "people.sign_out": Text("Keluar dari akun", "Signed out"),
    "people.sign_out_everywhere": Text("Keluar di semua perangkat", "Signed out on all devices"),
    "people.sign_up": Text("Mendaftar sendiri", "Signed up"),
    "people.token": Text("Token dibuat", "Token created"),
    "photograph.clear": Text("Foto dinyatakan boleh tampil", "Photographs approved"),
    "photograph.consent": Text("Foto diizinkan pemiliknya", "Photographs made public by their owner"),
    "photograph.decline": Text("Foto tidak ditampilkan", "Photographs not shown"),
    "photograph.take_back": Text("Izin foto dicabut", "Permission for photographs withdrawn"),
    "places.export": Text("Daftar wilayah diunduh", "List of areas downloaded"),
    "places.figures": Text("Penduduk dan rumah tangga diubah", "Population and households changed"),
    "places.import": Text("Wilayah dimuat dari berkas", "Areas imported from a file"),
    "places.rw": Text("RW ditambahkan", "RW added"),
    "programme.apply": Text("Aturan program diterapkan", "Programme rules applied"),
    "site.add": Text("Tempat ditambahkan", "Site added"),
    "site.close": Text("Tempat ditutup", "Site closed"),
    "site.confirm": Text("Tempat dipastikan", "Site confirmed"),
    "site.export": Text("Daftar tempat diunduh", "List of sites downloaded"),
    "site.move": Text("Tempat dipindahkan", "Site moved"),
    "site.pupils": Text("Jumlah siswa diubah", "Number of pupils changed"),
    "site.rename": Text("Nama tempat diganti", "Site renamed"),
    "stamping.void": Text("Cap dibatalkan", "Stamp cancelled"),
}


def kind_name(kind: str) -> Text:
    """The kind of line in words; one that is not known here by its own name."""
    return AUDIT_KINDS.get(kind, Text(kind, kind))
