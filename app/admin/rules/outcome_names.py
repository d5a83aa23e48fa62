"""How people say what became of each feature of a file of areas."""

from __future__ import annotations

from app.core.text import Text
from app.places.rules import AreaLevel, ImportOutcome

OUTCOME_NAMES: dict[ImportOutcome, Text] = {
    ImportOutcome.ADDED: Text("ditambahkan", "added"),
    ImportOutcome.UNCHANGED: Text("tetap", "unchanged"),
    ImportOutcome.OUTLINE_ADDED: Text("batas ditambahkan", "outline added"),
    ImportOutcome.OUTLINE_CHANGED: Text("batas berubah", "outline changed"),
    ImportOutcome.CODE_CHANGED: Text("kode berubah", "code changed"),
    ImportOutcome.RENAMED: Text("nama berubah", "renamed"),
    ImportOutcome.MOVED: Text("pindah induk", "moved"),
    ImportOutcome.FIGURES_CHANGED: Text("angka berubah", "figures changed"),
    ImportOutcome.ALIAS_ADDED: Text("kode lain ditambahkan", "alias added"),
    ImportOutcome.REPAIRED: Text("diperbaiki", "repaired"),
    ImportOutcome.REFUSED: Text("ditolak", "refused"),
}

LEVEL_NAMES: dict[AreaLevel, Text] = {
    AreaLevel.CITY: Text("Kota", "City"),
    AreaLevel.KECAMATAN: Text("Kecamatan", "Kecamatan"),
    AreaLevel.KELURAHAN: Text("Kelurahan", "Kelurahan"),
    AreaLevel.RW: Text("RW", "RW"),
}
