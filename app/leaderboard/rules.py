"""Who stands where: ranks, and what a board may speak of."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from enum import StrEnum
from itertools import accumulate

from app.core.text import Text
from app.tallies.rules import MIN_PEOPLE

MAX_PAGE_SIZE = 100
DEFAULT_PAGE_SIZE = 20
NEIGHBOURS = 5
"""How many persons above and below oneself `around=me` shows."""
UNIT = Text("aksi yang dicap")


FEWER_THAN_5 = "fewer_than_5"
WHY_WITHHELD = Text(
    "Kurang dari %(fewest)s orang beraksi di sini dalam periode ini: namanya tidak ditampilkan "
    "agar tidak ada orang yang dapat dikenali.",
    fewest=MIN_PEOPLE,
)
"""Why the board of a kelurahan names nobody."""


class ScopeKind(StrEnum):
    CITY = "city"
    KECAMATAN = "kecamatan"
    KELURAHAN = "kelurahan"
    SCHOOL = "school"


class Ranked(StrEnum):
    """Who is ranked against each other."""

    PERSON = "person"
    SCHOOL = "school"
    KELURAHAN = "kelurahan"


class NoBoard(StrEnum):
    """Why there is no such board."""

    PERSONS_IN_SCHOOL = "persons_in_school"
    KELURAHAN_IN_SCHOOL = "kelurahan_in_school"


WHY_NO_BOARD = {
    NoBoard.PERSONS_IN_SCHOOL: Text(
        "Di dalam sekolah tidak ada papan peringkat orang: anak tidak dibandingkan satu sama lain. Pilih subject=school."
    ),
    NoBoard.KELURAHAN_IN_SCHOOL: Text("Di dalam sekolah tidak ada kelurahan. Pilih subject=school."),
}


def not_within_school(subject: Ranked) -> NoBoard | None:
    """Why the subject is not ranked within a school; None where it is."""
    return {Ranked.PERSON: NoBoard.PERSONS_IN_SCHOOL, Ranked.KELURAHAN: NoBoard.KELURAHAN_IN_SCHOOL}.get(subject)


def ranks(scores: Sequence[int]) -> list[int]:
    """Ranks of descending scores: equal scores share one, and as many as share it are skipped after it (1, 1, 3)."""
    first: dict[int, int] = {}
    return [first.setdefault(score, place) for place, score in enumerate(scores, start=1)]


def rank_among(score: int, histogram: Mapping[int, int]) -> int:
    """The rank of a score where so many have each score: one more than have a higher one."""
    return 1 + sum(people for other, people in histogram.items() if other > score)


def ranks_among(scores: Iterable[int], histogram: Mapping[int, int]) -> dict[int, int]:
    """The rank of each of the scores."""
    descending = sorted(histogram, reverse=True)
    above = dict(zip(descending, accumulate((histogram[score] for score in descending), initial=0), strict=False))
    return {score: 1 + above[score] if score in above else rank_among(score, histogram) for score in scores}
