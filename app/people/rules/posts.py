"""Posts, and which deeds each of them entitles to. Where the post must lie is asked in access.py and in the upper rooms."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum


class Post(StrEnum):
    """The offices that a person may hold at a place, from the street to the city."""

    VOLUNTEER = "volunteer"
    CADRE = "cadre"
    RT = "rt"
    RW = "rw"
    TEACHER = "teacher"
    PRINCIPAL = "principal"
    OFFICER = "officer"
    EXPERT = "expert"
    COORDINATOR = "coordinator"
    LURAH = "lurah"
    KECAMATAN = "kecamatan"
    AGENCY = "agency"
    SPONSOR = "sponsor"
    ADMINISTRATOR = "administrator"


class Movement(StrEnum):
    """In whose name a cadre works; whoever is no cadre is a registered volunteer."""

    PKK = "pkk"
    KB = "kb"
    DASAWISMA = "dasawisma"


class Deed(StrEnum):
    """What the software lets somebody do. Recording one's own actions needs no post."""

    RECORD_FOR_OTHERS = "record_for_others"
    STAMP = "stamp"
    SEE_PLACE = "see_place"
    """See what the public may not: small counts, positions, who did it."""
    CONFIRM_SITE = "confirm_site"
    MOVE_SITE = "move_site"
    SET_TARGET = "set_target"
    APPOINT = "appoint"
    IMPORT_PLACES = "import_places"
    APPLY_PROGRAMME = "apply_programme"
    SEE_AUDIT = "see_audit"
    MANAGE_PEOPLE = "manage_people"
    """Find everybody who has an account, end their posts, close and open their sign-in."""


DEEDS: dict[Post, frozenset[Deed]] = {
    Post.VOLUNTEER: frozenset(),
    Post.CADRE: frozenset({Deed.RECORD_FOR_OTHERS}),
    Post.RT: frozenset({Deed.SEE_PLACE}),
    Post.RW: frozenset({Deed.SEE_PLACE}),
    Post.TEACHER: frozenset({Deed.RECORD_FOR_OTHERS, Deed.STAMP, Deed.SEE_PLACE}),
    Post.PRINCIPAL: frozenset({Deed.RECORD_FOR_OTHERS, Deed.STAMP, Deed.SEE_PLACE, Deed.CONFIRM_SITE, Deed.APPOINT}),
    Post.OFFICER: frozenset({Deed.STAMP, Deed.SEE_PLACE, Deed.CONFIRM_SITE, Deed.MOVE_SITE}),
    Post.EXPERT: frozenset({Deed.SEE_PLACE}),
    Post.COORDINATOR: frozenset({Deed.RECORD_FOR_OTHERS, Deed.STAMP, Deed.SEE_PLACE, Deed.APPOINT}),
    Post.LURAH: frozenset({Deed.STAMP, Deed.SEE_PLACE, Deed.CONFIRM_SITE, Deed.MOVE_SITE, Deed.SET_TARGET, Deed.APPOINT}),
    Post.KECAMATAN: frozenset({Deed.STAMP, Deed.SEE_PLACE, Deed.SET_TARGET, Deed.APPOINT}),
    Post.AGENCY: frozenset({Deed.SEE_PLACE, Deed.SET_TARGET, Deed.APPLY_PROGRAMME}),
    Post.SPONSOR: frozenset(),
    Post.ADMINISTRATOR: frozenset(
        {
            Deed.APPOINT,
            Deed.IMPORT_PLACES,
            Deed.APPLY_PROGRAMME,
            Deed.SET_TARGET,
            Deed.MOVE_SITE,
            Deed.SEE_AUDIT,
            Deed.MANAGE_PEOPLE,
        }
    ),
}
"""The one table of posts and deeds. An administrator runs the software and puts no word under anybody's action."""

ADMINISTERING = frozenset(
    {Deed.CONFIRM_SITE, Deed.MOVE_SITE, Deed.IMPORT_PLACES, Deed.APPLY_PROGRAMME, Deed.SEE_AUDIT, Deed.MANAGE_PEOPLE}
)
"""Whoever is entitled to one of these finds work on the pages below /admin."""

SITE_POSTS = frozenset({Post.VOLUNTEER, Post.TEACHER, Post.PRINCIPAL, Post.OFFICER, Post.SPONSOR})
AREA_POSTS = frozenset(Post) - {Post.TEACHER, Post.PRINCIPAL}
MEMBER_POSTS = frozenset({Post.VOLUNTEER, Post.TEACHER, Post.PRINCIPAL, Post.OFFICER})
"""Whoever holds one of these at a site belongs to it: their deeds count in its circle."""


@dataclass(frozen=True, slots=True)
class Held:
    """A post as somebody holds it: at one area or one site, over a span of days."""

    tenure_id: int
    post: Post
    movement: Movement | None
    area_id: int | None
    site_id: int | None
    valid_from: date | None
    valid_until: date | None
    ended_at: datetime | None = None
    """When it was taken away before its last day was over: that day does not count any more."""

    def is_held_on(self, day: date) -> bool:
        return (self.valid_from is None or self.valid_from <= day) and self.is_held_later(day)

    def is_held_later(self, day: date) -> bool:
        """Whether it is held on the day or on a later one: what begins tomorrow is."""
        if self.valid_until is None:
            return True
        if self.ended_at is None:
            return day <= self.valid_until
        return day < self.valid_until and (self.valid_from is None or self.valid_from < self.valid_until)


def held_on(tenures: Iterable[Held], day: date) -> tuple[Held, ...]:
    return tuple(tenure for tenure in tenures if tenure.is_held_on(day))


def entitled(tenures: Iterable[Held], deed: Deed) -> tuple[Held, ...]:
    """Those of the posts that entitle to the deed, wherever they are held."""
    return tuple(tenure for tenure in tenures if deed in DEEDS[tenure.post])


def may_touch_circle(tenures: Sequence[Held], deed: Deed, *, site_id: int, site_areas: Collection[int]) -> bool:
    """An officer over the site's area or of the site itself, but never a volunteer whose own deeds count in the circle."""
    if any(tenure.site_id == site_id and tenure.post is Post.VOLUNTEER for tenure in tenures):
        return False
    return any(
        tenure.site_id == site_id or (tenure.area_id is not None and tenure.area_id in site_areas)
        for tenure in entitled(tenures, deed)
    )


LONGEST_SIGN_IN_NAME = 40
_SIGN_IN_NAME = re.compile(r"[a-z0-9._-]{2,40}")


def is_sign_in_name(text: str) -> bool:
    return _SIGN_IN_NAME.fullmatch(text) is not None
