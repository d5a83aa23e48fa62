"""How people say what the audit log keeps."""

from __future__ import annotations

from app.core.text import Text

AUDIT_KINDS: dict[str, Text] = {
    "audit.export": Text("Riwayat diunduh", "Audit log downloaded"),
    "indicators.baseline": Text("Angka awal dicatat", "Baseline recorded"),
    "indicators.target": Text("Target dicatat", "Target recorded"),
    "integrity.close_review": Text("Tinjauan ditutup", "Review closed"),
    "jobs.retry": Text("Pekerjaan dicoba lagi", "Job tried again"),
    "leaderboard.visibility": Text("Tampil di peringkat diubah", "Visibility on boards changed"),
    "people.accept": Text("Undangan diterima", "Invitation accepted"),
    "people.close": Text("Akun ditutup", "Account closed"),
    "people.confirm": Text("Penerima undangan dipastikan", "Invitation confirmed"),
    "people.create": Text("Akun dibuat", "Account made"),
    "people.decline": Text("Penerima undangan ditolak", "Invitation declined"),
    "people.end": Text("Jabatan diakhiri", "Post ended"),
    "people.end_sessions": Text("Dikeluarkan dari semua perangkat", "Signed out everywhere by an administrator"),
    "people.export": Text("Daftar orang diunduh", "List of people downloaded"),
    "people.give_name": Text("Nama diganti oleh administrator", "Name changed by an administrator"),
    "people.grant": Text("Jabatan diberikan", "Post given"),
    "people.hide_name": Text("Nama disembunyikan", "Name hidden"),
    "people.invite": Text("Undangan dibuat", "Invitation made"),
    "people.language": Text("Bahasa diganti", "Language changed"),
    "people.open": Text("Akun dibuka lagi", "Account opened again"),
    "people.password": Text("Kata sandi diganti", "Password changed"),
    "people.rename": Text("Nama diganti", "Name changed"),
    "people.reset_code": Text("Kode kata sandi dibuat", "Password code made"),
    "people.revoke_invitation": Text("Undangan ditarik", "Invitation taken back"),
    "people.revoke_tokens": Text("Kunci program diakhiri", "Tokens ended"),
    "people.show_name": Text("Nama ditampilkan lagi", "Name shown again"),
    "people.sign_in": Text("Masuk", "Signed in"),
    "people.sign_out": Text("Keluar", "Signed out"),
    "people.sign_out_everywhere": Text("Keluar dari semua perangkat", "Signed out everywhere"),
    "people.sign_up": Text("Mendaftar sendiri", "Signed up"),
    "people.token": Text("Kunci program dibuat", "Token made"),
    "photograph.clear": Text("Foto dinyatakan boleh tampil", "Photographs cleared"),
    "photograph.consent": Text("Foto diizinkan pemiliknya", "Photographs released by their owner"),
    "photograph.decline": Text("Foto tidak ditampilkan", "Photographs declined"),
    "photograph.take_back": Text("Izin foto ditarik", "Release of photographs taken back"),
    "places.export": Text("Daftar wilayah diunduh", "List of areas downloaded"),
    "places.figures": Text("Penduduk dan rumah tangga diubah", "Population and households changed"),
    "places.import": Text("Wilayah dimuat dari berkas", "Areas imported from a file"),
    "places.rw": Text("RW ditambahkan", "RW added"),
    "programme.apply": Text("Aturan program diberlakukan", "Programme rules applied"),
    "site.add": Text("Lokasi ditambahkan", "Site added"),
    "site.close": Text("Lokasi ditutup", "Site closed"),
    "site.confirm": Text("Lokasi dipastikan", "Site confirmed"),
    "site.export": Text("Daftar lokasi diunduh", "List of sites downloaded"),
    "site.move": Text("Lokasi dipindahkan", "Site moved"),
    "site.pupils": Text("Jumlah murid diubah", "Number of pupils changed"),
    "site.rename": Text("Nama lokasi diganti", "Site renamed"),
    "stamping.void": Text("Cap dibatalkan", "Stamp taken back"),
}


def kind_name(kind: str) -> Text:
    """The kind of line in words; one that is not known here by its own name."""
    return AUDIT_KINDS.get(kind, Text(kind, kind))
