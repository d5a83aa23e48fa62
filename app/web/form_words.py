"""What the fields' own checks say, in both languages."""

from __future__ import annotations

from app.core.numerals import Misread
from app.core.text import Text
from app.web.language import said

SENTENCES: dict[str, Text] = {
    "Invalid field name '%s'.": Text("Isian '%s' tidak dikenal."),
    "Field must be equal to %(other_name)s.": Text("Harus sama dengan %(other_name)s."),
    "Field must be at least %(min)d character long.": Text.pgettext("one", "Paling pendek %(min)d huruf."),
    "Field must be at least %(min)d characters long.": Text("Paling pendek %(min)d huruf."),
    "Field cannot be longer than %(max)d character.": Text.pgettext("one", "Paling panjang %(max)d huruf."),
    "Field cannot be longer than %(max)d characters.": Text("Paling panjang %(max)d huruf."),
    "Field must be exactly %(max)d character long.": Text.pgettext("one", "Harus tepat %(max)d huruf."),
    "Field must be exactly %(max)d characters long.": Text("Harus tepat %(max)d huruf."),
    "Field must be between %(min)d and %(max)d characters long.": Text("Panjangnya antara %(min)d dan %(max)d huruf."),
    "Number must be at least %(min)s.": Text("Paling sedikit %(min)s."),
    "Number must be at most %(max)s.": Text("Paling banyak %(max)s."),
    "Number must be between %(min)s and %(max)s.": Text("Antara %(min)s dan %(max)s."),
    "Date must be at least %(min)s.": Text("Paling awal %(min)s."),
    "Date must be at most %(max)s.": Text("Paling akhir %(max)s."),
    "Date must be between %(min)s and %(max)s.": Text("Antara %(min)s dan %(max)s."),
    "This field is required.": Text("Isian ini wajib diisi."),
    "Invalid input.": Text("Bentuknya tidak sesuai."),
    "Invalid email address.": Text("Alamat email ini tidak lengkap."),
    "Invalid IP address.": Text("Alamat IP ini tidak benar."),
    "Invalid Mac address.": Text("Alamat MAC ini tidak benar."),
    "Invalid URL.": Text("Alamat ini tidak lengkap."),
    "Invalid UUID.": Text("Isi dengan UUID."),
    "Invalid value, must be one of: %(values)s.": Text("Pilih salah satu: %(values)s."),
    "Invalid value, can't be any of: %(values)s.": Text("Jangan pilih salah satu dari: %(values)s."),
    "This field cannot be edited.": Text("Isian ini tidak dapat diubah."),
    "This field is disabled and cannot have a value.": Text("Isian ini sedang ditutup."),
    "Invalid CSRF Token.": Text("Kirim lagi."),
    "CSRF token missing.": Text("Kirim lagi."),
    "CSRF failed.": Text("Kirim lagi."),
    "CSRF token expired.": Text("Kirim lagi."),
    "Invalid Choice: could not coerce.": Text("Pilih salah satu dari daftar."),
    "Choices cannot be None.": Text("Daftar pilihannya belum ada."),
    "Not a valid choice.": Text("Pilih salah satu dari daftar."),
    "Invalid choice(s): one or more data inputs could not be coerced.": Text("Pilih dari daftar."),
    "'%(value)s' is not a valid choice for this field.": Text("'%(value)s' tidak ada dalam daftar."),
    "'%(value)s' are not valid choices for this field.": Text("%(value)s tidak ada dalam daftar."),
    "Not a valid datetime value.": Text("Isi dengan tanggal dan jam."),
    "Not a valid date value.": Text("Isi dengan tanggal, misalnya 23-11-2026."),
    "Not a valid time value.": Text("Isi dengan jam, misalnya 07.05."),
    "Not a valid week value.": Text("Isi dengan pekan, misalnya 2026-W48."),
    "Not a valid integer value.": Text("Isi dengan bilangan bulat."),
    "Not a valid decimal value.": Text("Isi dengan angka."),
    "Not a valid float value.": Text("Isi dengan angka."),
    "File does not have an approved extension: {extensions}": Text(
        "Jenis berkas ini tidak kami terima. Yang diterima: {extensions}"
    ),
    "File does not have an approved extension.": Text("Jenis berkas ini tidak kami terima."),
    "File must be between {min_size} and {max_size} bytes.": Text("Ukuran berkas antara {min_size} dan {max_size} bita."),
}


MISREAD: dict[Misread, Text] = {
    Misread.NUMBER: SENTENCES["Not a valid decimal value."],
    Misread.WHOLE: SENTENCES["Not a valid integer value."],
    Misread.UNCLEAR: Text("Ribuan atau pecahan? Tulis 1250 tanpa titik, atau 1,25."),
}
"""What is said of a number that could not be read."""

UNKEPT = Text("Ada karakter kendali yang tidak dapat disimpan.")
"""What is said of words that no database keeps."""


class Words:
    """The fields' sentences in the language of the request; the name of a field is no sentence and stays as it is."""

    def gettext(self, sentence: str) -> str:
        known = SENTENCES.get(sentence)
        return said(known) if known else sentence

    def ngettext(self, singular: str, plural: str, count: int) -> str:
        return self.gettext(singular if count == 1 else plural)


WORDS = Words()
