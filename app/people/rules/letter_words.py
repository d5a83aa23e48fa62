"""What a letter of invitation says: to whom, and what the post asks of them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from app.core.text import Text
from app.people.rules.posts import Post

ADDRESSED: Mapping[Post, Text] = {
    Post.LURAH: Text("Yth. Bapak/Ibu Lurah %(place)s"),
    Post.PRINCIPAL: Text("Yth. Bapak/Ibu Kepala %(place)s"),
    Post.TEACHER: Text("Yth. Bapak/Ibu Guru %(place)s"),
    Post.KECAMATAN: Text("Yth. Bapak/Ibu Petugas Kecamatan %(place)s"),
    Post.COORDINATOR: Text("Yth. Bapak/Ibu Pengurus TP PKK %(place)s"),
    Post.RW: Text("Yth. Bapak/Ibu Ketua %(place)s"),
    Post.RT: Text("Yth. Bapak/Ibu Ketua RT di %(place)s"),
}
"""Whose office is written to; the others are written to by their names alone."""

ASKED: Mapping[Post, Text] = {
    Post.LURAH: Text(
        "Kami mohon Bapak/Ibu memeriksa rekap bulanan kelurahan, mengecap aksi yang menunggu, "
        "dan menunjuk petugas, pengurus PKK, kader, serta ketua RW."
    ),
    Post.PRINCIPAL: Text(
        "Kami mohon Bapak/Ibu mengecap aksi guru dan murid, memastikan letak sekolah, dan mengundang para guru."
    ),
    Post.TEACHER: Text("Kami mohon Bapak/Ibu memeriksa dan mengecap aksi murid di sekolah."),
    Post.OFFICER: Text("Kami mohon Bapak/Ibu memeriksa aksi warga dan mengecapnya, paling lambat 7 hari setelah dikirim."),
    Post.KECAMATAN: Text(
        "Kami mohon Bapak/Ibu menunjuk lurah, mengikuti hasil setiap kelurahan, dan mengecap yang tidak dapat dicap di kelurahan."
    ),
    Post.COORDINATOR: Text("Kami mohon Bapak/Ibu mengecap lubang biopori para kader, memeriksa rekap, dan mengundang kader."),
    Post.VOLUNTEER: Text("Kami mengajak Bapak/Ibu mencatat aksi bersama kami di tempat ini."),
    Post.CADRE: Text("Kami mohon Bapak/Ibu mencatat biopori di wilayah Bapak/Ibu dan membantu warga mencatat aksinya."),
    Post.RW: Text("Kami mohon Bapak/Ibu mengikuti angka RW dan mengajak warga."),
    Post.RT: Text("Kami mohon Bapak/Ibu mengikuti angka wilayah dan mengajak warga."),
    Post.EXPERT: Text("Kami mohon Bapak/Ibu mendampingi program dan menilai cara menghitung hasilnya."),
    Post.AGENCY: Text("Kami mohon Bapak/Ibu mengikuti hasil di seluruh kota dan menjaga aturan programnya."),
    Post.SPONSOR: Text("Kami mohon Bapak/Ibu mendukung program dan mengikuti hasilnya."),
}
"""What the post does, for every post that is offered."""

ROMAN_MONTHS = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")


def letter_number(serial: int, day: date) -> str:
    """ "7/UND/XI/2026": the sender's seventh invitation of that year, as offices number their letters."""
    return f"{serial}/UND/{ROMAN_MONTHS[day.month - 1]}/{day.year}"


def addressee(post: Post, place: str) -> Text | None:
    """To whose office the letter goes; None for a post that is no office yet."""
    addressed = ADDRESSED.get(post)
    return addressed.given(place=place) if addressed is not None else None
