"""The words of the room: levels of areas, kinds of sites."""

from __future__ import annotations

from enum import StrEnum

KEMENDAGRI = "kemendagri"
"""The register whose codes are ours; codes of all others are aliases."""

UNKNOWN_NAME = "belum diketahui"
"""The name of an area that a file below it mentions by code only, until its own file is imported."""


class AreaLevel(StrEnum):
    CITY = "city"
    KECAMATAN = "kecamatan"
    KELURAHAN = "kelurahan"
    RW = "rw"


LADDER = (AreaLevel.CITY, AreaLevel.KECAMATAN, AreaLevel.KELURAHAN)
"""The levels that have codes of a register and outlines, from the top."""


class SiteKind(StrEnum):
    SCHOOL = "school"
    WORKPLACE = "workplace"


def levels_above(level: AreaLevel) -> tuple[AreaLevel, ...]:
    """The levels over this one, nearest first."""
    return LADDER[: LADDER.index(level)][::-1]
