"""Who may put their word under whose action."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from app.actions.rules.words import Capacity
from app.core.text import Text
from app.people.rules import PERMISSIONS_BY_POST, ActiveTenure, Permission, Post

ABOVE = (f"{Post.LURAH}@kelurahan", f"{Post.KECAMATAN}@kelurahan")
"""Who stamps what somebody entered who would have stamped it: the lurah, then the kecamatan."""


@dataclass(frozen=True, slots=True)
class ActionPlace:
    """Where an action lies, as far as it matters for the right to stamp."""

    site_id: int | None
    rw_id: int | None
    ancestors: frozenset[int]
    """The kelurahan and its ancestors; for an action outside every kelurahan: the cities to which its doer or
    site belongs."""
    rws: frozenset[int]
    """The RWs of that kelurahan."""


@dataclass(frozen=True, slots=True)
class Stamper:
    """Whoever puts their word under actions."""

    person_id: int
    account_ids: frozenset[int]
    """Every account with which that person signs in."""
    tenures: tuple[ActiveTenure, ...]
    """The posts, held today, that entitle to stamp."""


def may_decide(
    tenures: Iterable[ActiveTenure], stampers: Sequence[str], place: ActionPlace, *, is_own: bool
) -> ActiveTenure | None:
    """The post by whose right its holder may read, refuse or void; None where there is none, and never for one's own.

    `stampers` is the programme's list for the capacity in which somebody acted, as POST@site, POST@kelurahan or
    POST@other_rw; the first that fits is taken.
    """
    if is_own:
        return None
    mine = [h for h in tenures if Permission.STAMP in PERMISSIONS_BY_POST[h.post]]
    for stamper in stampers:
        post, _, where = stamper.partition("@")
        for h in mine:
            if h.post.value == post and _reaches(h, where, place):
                return h
    return None


def with_those_above(stampers: Sequence[str]) -> tuple[str, ...]:
    """The programme's list for an action that one of them entered: those above may stamp it too, so that nothing stops."""
    return tuple(dict.fromkeys((*stampers, *ABOVE)))


def stands_above(tenures: Iterable[ActiveTenure]) -> bool:
    """Whether one of the posts is of those that stamp what the others entered."""
    return any(h.post in (Post.LURAH, Post.KECAMATAN) for h in tenures)


TELLS_THOSE_ABOVE = timedelta(days=7)
"""How long somebody else has for a stamp before the next above is told that it waits."""


def is_told(right: Post, stampers: Sequence[str], waited: timedelta, *, is_only: bool) -> bool:
    """Whether the holder of the post by whose right an action may be stamped is told that it waits.

    The last of the programme's list stands above the others and is told after 7 days, at once where nobody else may stamp it.
    """
    is_above = len(stampers) > 1 and stampers[-1].partition("@")[0] == right.value
    return not is_above or is_only or waited >= TELLS_THOSE_ABOVE


def is_kept_from(recorded_by: int, capacity: Capacity, stamper: Stamper) -> bool:
    """Whether that person recorded an adult's action, and so neither stamps, releases nor reviews it.

    A teacher records and stamps her class. The person behind the account counts, whichever account it was.
    """
    return capacity is not Capacity.PUPIL and recorded_by in stamper.account_ids


def another_stamps(tenures: Iterable[ActiveTenure]) -> Text:
    """Why an action is not its recorder's to stamp, and who stamps it; `tenures` are the recorder's posts."""
    if any(h.post is Post.LURAH for h in tenures):
        return Text("Anda yang mencatat; kecamatan yang mengecap.")
    return Text("Anda yang mencatat; lurah yang mengecap.")


def _reaches(tenure: ActiveTenure, where: str, place: ActionPlace) -> bool:
    if where == "site":
        return tenure.site_id is not None and tenure.site_id == place.site_id
    if tenure.area_id is None:
        return False
    if tenure.area_id in place.ancestors:
        return True
    if where == "other_rw":
        return tenure.area_id in place.rws and tenure.area_id != place.rw_id
    return tenure.area_id == place.rw_id


MAX_STAMPS_A_MINUTE = 200
"""More than this nobody has looked at (docs/decisions.md)."""


class BulkFlag(StrEnum):
    """Why somebody else has to look at a bulk, which is one decision about many actions."""

    UNSEEN = "unseen"
    """Some of its rows had never been on the officer's screen."""
    RATE = "rate"
    """It was one too many within a minute."""
    DAYS = "days"
    """It holds more actions than its people had programme days."""


@dataclass(frozen=True, slots=True)
class BulkRow:
    """One action of a bulk, as far as its flags ask."""

    programme_id: int
    person_id: int
    day: date
    has_days: bool
    """Whether its programme has days of the week; where every day is one, several actions of a day are nothing odd."""


def bulk_flags(rows: Sequence[BulkRow], *, unseen: int | None, within_a_minute: int) -> tuple[BulkFlag, ...]:
    """What makes somebody else look at the bulk. `unseen`: its rows that were never on the screen, None where nobody told;
    `within_a_minute`: the officer's stamps of the last minute, these among them.
    """
    found = []
    if unseen:
        found.append(BulkFlag.UNSEEN)
    if within_a_minute > MAX_STAMPS_A_MINUTE:
        found.append(BulkFlag.RATE)
    for programme_id in {row.programme_id for row in rows if row.has_days}:
        theirs = [row for row in rows if row.programme_id == programme_id]
        if len(theirs) > len({row.person_id for row in theirs}) * len({row.day for row in theirs}):
            return (*found, BulkFlag.DAYS)
    return tuple(found)


_WHY = {
    BulkFlag.UNSEEN: Text("Sebagian aksinya tidak pernah tampil di layar yang mengecap."),
    BulkFlag.RATE: Text("Ada lebih dari %(most)s cap dalam satu menit.", most=MAX_STAMPS_A_MINUTE),
    BulkFlag.DAYS: Text("Ada lebih banyak aksi daripada hari program orang-orangnya."),
}


def why_flagged(flags: Iterable[str]) -> tuple[Text, ...]:
    """Why somebody else has to look, a sentence for each flag as it is kept."""
    return tuple(_WHY[BulkFlag(flag)] for flag in flags)
