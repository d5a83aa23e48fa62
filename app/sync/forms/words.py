"""What the recorder says of fields on the phone: the sentences that the server says of them."""

from __future__ import annotations

import re
from collections.abc import Mapping

from app.core.text import Recased, Text
from app.web.form_words import MISREAD, SENTENCES

NOWHERE = Text("Lokasinya belum ada. Tunggu lokasi HP, atau pilih tempatnya.")

_BOUND = re.compile(r"%\((min|max)\)[sd]")


def _with_bounds(sentence: Text) -> Text:
    """The bounds as the script fills them in."""
    return Recased(sentence, lambda words: _BOUND.sub(r"{\1}", words))


RECORDER_WORDS: Mapping[str, Text] = {
    "required": SENTENCES["This field is required."],
    **{misread.value: sentence for misread, sentence in MISREAD.items()},
    "between": _with_bounds(SENTENCES["Number must be between %(min)s and %(max)s."]),
    "long": _with_bounds(SENTENCES["Field cannot be longer than %(max)d characters."]),
    "form": SENTENCES["Invalid input."],
    "nowhere": NOWHERE,
    "short": Text("Belum {m} menit: petugas harus memeriksanya dulu. Simpan juga? Tekan Simpan sekali lagi."),
    "full": Text("Penyimpanan HP penuh. Hapus beberapa berkas di HP, lalu tekan Simpan lagi; jangan tutup halaman ini."),
    "away": Text("Tidak ada sinyal. Tekan Simpan lagi saat ada sinyal; jangan tutup halaman ini."),
    "failed": Text("HP gagal menyimpan. Tekan Simpan lagi; jangan tutup halaman ini."),
}
"""By what is wrong."""
