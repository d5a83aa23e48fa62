"""What the recorder says of fields on the phone: the sentences that the server says of them."""

from __future__ import annotations

import re
from collections.abc import Mapping

from app.core.text import Text
from app.web.form_words import MISREAD, SENTENCES

NOWHERE = Text(
    "Lokasinya belum ada. Tunggu lokasi HP, atau pilih tempatnya.",
    "There is no location yet. Wait for the phone's, or choose the place.",
)

_BOUND = re.compile(r"%\((min|max)\)[sd]")


def _with_bounds(sentence: Text) -> Text:
    """The bounds as the script fills them in."""
    return Text(_BOUND.sub(r"{\1}", sentence.id), _BOUND.sub(r"{\1}", sentence.en))


RECORDER_WORDS: Mapping[str, Text] = {
    "required": SENTENCES["This field is required."],
    **{misread.value: sentence for misread, sentence in MISREAD.items()},
    "between": _with_bounds(SENTENCES["Number must be between %(min)s and %(max)s."]),
    "long": _with_bounds(SENTENCES["Field cannot be longer than %(max)d characters."]),
    "form": SENTENCES["Invalid input."],
    "nowhere": NOWHERE,
    "full": Text(
        "Penyimpanan HP penuh. Hapus beberapa berkas di HP, lalu tekan Simpan lagi; jangan tutup halaman ini.",
        "The phone's storage is full. Delete some files on it, then press Save again; do not close this page.",
    ),
    "away": Text(
        "Tidak ada sinyal. Tekan Simpan lagi saat ada sinyal; jangan tutup halaman ini.",
        "There is no signal. Press Save again where there is one; do not close this page.",
    ),
    "failed": Text(
        "HP gagal menyimpan. Tekan Simpan lagi; jangan tutup halaman ini.",
        "The phone could not save it. Press Save again; do not close this page.",
    ),
}
"""By what is wrong."""
