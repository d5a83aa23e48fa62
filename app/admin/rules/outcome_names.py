"""How people say what became of each feature of a file of areas."""

from __future__ import annotations

from app.core.text import Text
from app.places.rules import AreaLevel, Outcome

OUTCOME_NAMES: dict[Outcome, Text] = {
    Outcome.ADDED: Text("ditambahkan", "added"),
    Outcome.UNCHANGED: Text("tetap", "unchanged"),
    Outcome.OUTLINE_ADDED: Text("batas ditambahkan", "outline added"),
    Outcome.OUTLINE_CHANGED: Text("batas berubah", "outline changed"),
    Outcome.CODE_CHANGED: Text("kode berubah", "code changed"),
    Outcome.RENAMED: Text("nama berubah", "renamed"),
    Outcome.MOVED: Text("pindah induk", "moved"),
    Outcome.FIGURES_CHANGED: Text("angka berubah", "figures changed"),
    Outcome.ALIAS_ADDED: Text("kode lain ditambahkan", "alias added"),
    Outcome.REPAIRED: Text("diperbaiki", "repaired"),
    Outcome.REFUSED: Text("ditolak", "refused"),
}

LEVEL_NAMES: dict[AreaLevel, Text] = {
    AreaLevel.CITY: Text("Kota", "City"),
    AreaLevel.KECAMATAN: Text("Kecamatan", "Kecamatan"),
    AreaLevel.KELURAHAN: Text("Kelurahan", "Kelurahan"),
    AreaLevel.RW: Text("RW", "RW"),
}
