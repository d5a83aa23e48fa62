"""How people say what became of each feature of a file of areas."""

from __future__ import annotations

from app.core.text import Text
from app.places.rules import AreaLevel, ImportOutcome

OUTCOME_NAMES: dict[ImportOutcome, Text] = {
    ImportOutcome.ADDED: Text("ditambahkan"),
    ImportOutcome.UNCHANGED: Text("tetap"),
    ImportOutcome.OUTLINE_ADDED: Text("batas ditambahkan"),
    ImportOutcome.OUTLINE_CHANGED: Text("batas berubah"),
    ImportOutcome.CODE_CHANGED: Text("kode berubah"),
    ImportOutcome.RENAMED: Text("nama berubah"),
    ImportOutcome.MOVED: Text("pindah induk"),
    ImportOutcome.FIGURES_CHANGED: Text("angka berubah"),
    ImportOutcome.ALIAS_ADDED: Text("kode lain ditambahkan"),
    ImportOutcome.REPAIRED: Text("diperbaiki"),
    ImportOutcome.MERGED: Text("digabung"),
    ImportOutcome.REFUSED: Text("ditolak"),
}

LEVEL_NAMES: dict[AreaLevel, Text] = {
    AreaLevel.CITY: Text("Kota"),
    AreaLevel.KECAMATAN: Text("Kecamatan"),
    AreaLevel.KELURAHAN: Text("Kelurahan"),
    AreaLevel.RW: Text("RW"),
}
