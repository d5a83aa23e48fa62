"""What the fields' own checks say, in both languages."""

from __future__ import annotations

from app.core.numerals import Misread
from app.core.text import Text
from app.web.language import said

SENTENCES: dict[str, Text] = {
    "Invalid field name '%s'.": Text("Isian '%s' tidak dikenal.", "There is no field '%s'."),
    "Field must be equal to %(other_name)s.": Text("Harus sama dengan %(other_name)s.", "Must be the same as %(other_name)s."),
    "Field must be at least %(min)d character long.": Text("Paling pendek %(min)d huruf.", "At least %(min)d character."),
    "Field must be at least %(min)d characters long.": Text("Paling pendek %(min)d huruf.", "At least %(min)d characters."),
    "Field cannot be longer than %(max)d character.": Text("Paling panjang %(max)d huruf.", "At most %(max)d character."),
    "Field cannot be longer than %(max)d characters.": Text("Paling panjang %(max)d huruf.", "At most %(max)d characters."),
    "Field must be exactly %(max)d character long.": Text("Harus tepat %(max)d huruf.", "Must be exactly %(max)d character."),
    "Field must be exactly %(max)d characters long.": Text("Harus tepat %(max)d huruf.", "Must be exactly %(max)d characters."),
    "Field must be between %(min)d and %(max)d characters long.": Text(
        "Panjangnya antara %(min)d dan %(max)d huruf.", "Between %(min)d and %(max)d characters."
    ),
    "Number must be at least %(min)s.": Text("Paling sedikit %(min)s.", "At least %(min)s."),
    "Number must be at most %(max)s.": Text("Paling banyak %(max)s.", "At most %(max)s."),
    "Number must be between %(min)s and %(max)s.": Text("Antara %(min)s dan %(max)s.", "Between %(min)s and %(max)s."),
    "Date must be at least %(min)s.": Text("Paling awal %(min)s.", "Not before %(min)s."),
    "Date must be at most %(max)s.": Text("Paling akhir %(max)s.", "Not after %(max)s."),
    "Date must be between %(min)s and %(max)s.": Text("Antara %(min)s dan %(max)s.", "Between %(min)s and %(max)s."),
    "This field is required.": Text("Isian ini wajib diisi.", "This field is required."),
    "Invalid input.": Text("Bentuknya tidak sesuai.", "This does not have the right form."),
    "Invalid email address.": Text("Alamat email ini tidak lengkap.", "This email address is not complete."),
    "Invalid IP address.": Text("Alamat IP ini tidak benar.", "This is not an IP address."),
    "Invalid Mac address.": Text("Alamat MAC ini tidak benar.", "This is not a MAC address."),
    "Invalid URL.": Text("Alamat ini tidak lengkap.", "This address is not complete."),
    "Invalid UUID.": Text("Isi dengan UUID.", "This must be a UUID."),
    "Invalid value, must be one of: %(values)s.": Text("Pilih salah satu: %(values)s.", "Choose one of: %(values)s."),
    "Invalid value, can't be any of: %(values)s.": Text(
        "Jangan pilih salah satu dari: %(values)s.", "None of these: %(values)s."
    ),
    "This field cannot be edited.": Text("Isian ini tidak dapat diubah.", "This cannot be changed."),
    "This field is disabled and cannot have a value.": Text("Isian ini sedang ditutup.", "This field is closed at the moment."),
    "Invalid CSRF Token.": Text("Kirim lagi.", "Please send it again."),
    "CSRF token missing.": Text("Kirim lagi.", "Please send it again."),
    "CSRF failed.": Text("Kirim lagi.", "Please send it again."),
    "CSRF token expired.": Text("Kirim lagi.", "Please send it again."),
    "Invalid Choice: could not coerce.": Text("Pilih salah satu dari daftar.", "Choose one from the list."),
    "Choices cannot be None.": Text("Daftar pilihannya belum ada.", "There is no list to choose from yet."),
    "Not a valid choice.": Text("Pilih salah satu dari daftar.", "Choose one from the list."),
    "Invalid choice(s): one or more data inputs could not be coerced.": Text("Pilih dari daftar.", "Choose from the list."),
    "'%(value)s' is not a valid choice for this field.": Text(
        "'%(value)s' tidak ada dalam daftar.", "'%(value)s' is not in the list."
    ),
    "'%(value)s' are not valid choices for this field.": Text(
        "%(value)s tidak ada dalam daftar.", "%(value)s are not in the list."
    ),
    "Not a valid datetime value.": Text("Isi dengan tanggal dan jam.", "This must be a date and a time."),
    "Not a valid date value.": Text("Isi dengan tanggal, misalnya 23-11-2026.", "This must be a date, such as 2026-11-23."),
    "Not a valid time value.": Text("Isi dengan jam, misalnya 07.05.", "This must be a time, such as 07:05."),
    "Not a valid week value.": Text("Isi dengan pekan, misalnya 2026-W48.", "This must be a week, such as 2026-W48."),
    "Not a valid integer value.": Text("Isi dengan bilangan bulat.", "This must be a whole number."),
    "Not a valid decimal value.": Text("Isi dengan angka.", "This must be a number."),
    "Not a valid float value.": Text("Isi dengan angka.", "This must be a number."),
    "File does not have an approved extension: {extensions}": Text(
        "Jenis berkas ini tidak kami terima. Yang diterima: {extensions}",
        "We do not accept this kind of file. We accept: {extensions}",
    ),
    "File does not have an approved extension.": Text(
        "Jenis berkas ini tidak kami terima.", "We do not accept this kind of file."
    ),
    "File must be between {min_size} and {max_size} bytes.": Text(
        "Ukuran berkas antara {min_size} dan {max_size} bita.", "The file must have between {min_size} and {max_size} bytes."
    ),
}


MISREAD: dict[Misread, Text] = {
    Misread.NUMBER: SENTENCES["Not a valid decimal value."],
    Misread.WHOLE: SENTENCES["Not a valid integer value."],
    Misread.UNCLEAR: Text(
        "Ribuan atau pecahan? Tulis 1250 tanpa titik, atau 1,25.",
        "Thousands or a fraction? Write 1250 without a separator, or 1.25.",
    ),
}
"""What is said of a number that could not be read."""

UNKEPT = Text("Ada karakter kendali yang tidak dapat disimpan.", "It contains a control character that cannot be stored.")
"""What is said of words that no database keeps."""


class Words:
    """The fields' sentences in the language of the request; the name of a field is no sentence and stays as it is."""

    def gettext(self, sentence: str) -> str:
        known = SENTENCES.get(sentence)
        return said(known) if known else sentence

    def ngettext(self, singular: str, plural: str, count: int) -> str:
        return self.gettext(singular if count == 1 else plural)


WORDS = Words()
