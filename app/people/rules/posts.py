"""Posts, and the permissions that each of them gives. Where the post must lie is asked in access.py and in the upper rooms."""

from __future__ import annotations

import re
from collections.abc import Iterable
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


class Permission(StrEnum):
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


PERMISSIONS_BY_POST: dict[Post, frozenset[Permission]] = {
    Post.VOLUNTEER: frozenset(),
    Post.CADRE: frozenset({Permission.RECORD_FOR_OTHERS}),
    Post.RT: frozenset({Permission.SEE_PLACE}),
    Post.RW: frozenset({Permission.SEE_PLACE}),
    Post.TEACHER: frozenset({Permission.RECORD_FOR_OTHERS, Permission.STAMP, Permission.SEE_PLACE}),
    Post.PRINCIPAL: frozenset(
        {Permission.RECORD_FOR_OTHERS, Permission.STAMP, Permission.SEE_PLACE, Permission.CONFIRM_SITE, Permission.APPOINT}
    ),
    Post.OFFICER: frozenset(
        {Permission.STAMP, Permission.SEE_PLACE, Permission.CONFIRM_SITE, Permission.MOVE_SITE, Permission.APPOINT}
    ),
    Post.EXPERT: frozenset({Permission.SEE_PLACE}),
    Post.COORDINATOR: frozenset({Permission.RECORD_FOR_OTHERS, Permission.STAMP, Permission.SEE_PLACE, Permission.APPOINT}),
    Post.LURAH: frozenset(
        {
            Permission.STAMP,
            Permission.SEE_PLACE,
            Permission.CONFIRM_SITE,
            Permission.MOVE_SITE,
            Permission.SET_TARGET,
            Permission.APPOINT,
        }
    ),
    Post.KECAMATAN: frozenset({Permission.STAMP, Permission.SEE_PLACE, Permission.SET_TARGET, Permission.APPOINT}),
    Post.AGENCY: frozenset({Permission.SEE_PLACE, Permission.SET_TARGET, Permission.APPLY_PROGRAMME}),
    Post.SPONSOR: frozenset(),
    Post.ADMINISTRATOR: frozenset(
        {
            Permission.APPOINT,
            Permission.IMPORT_PLACES,
            Permission.APPLY_PROGRAMME,
            Permission.SET_TARGET,
            Permission.MOVE_SITE,
            Permission.SEE_AUDIT,
            Permission.MANAGE_PEOPLE,
        }
    ),
}
"""The one table of posts and permissions. An administrator runs the software and puts no word under anybody's action."""

ADMINISTERING = frozenset(
    {
        Permission.CONFIRM_SITE,
        Permission.MOVE_SITE,
        Permission.IMPORT_PLACES,
        Permission.APPLY_PROGRAMME,
        Permission.SEE_AUDIT,
        Permission.MANAGE_PEOPLE,
    }
)
"""Whoever has one of these permissions finds work on the pages below /admin."""

SITE_POSTS = frozenset({Post.VOLUNTEER, Post.TEACHER, Post.PRINCIPAL, Post.OFFICER, Post.SPONSOR})
AREA_POSTS = frozenset(Post) - {Post.TEACHER, Post.PRINCIPAL}
MEMBER_POSTS = frozenset({Post.VOLUNTEER, Post.TEACHER, Post.PRINCIPAL, Post.OFFICER})
"""Whoever holds one of these at a site belongs to it: their actions count in its circle."""


@dataclass(frozen=True, slots=True)
class ActiveTenure:
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

    def is_active_on(self, day: date) -> bool:
        return (self.valid_from is None or self.valid_from <= day) and self.is_active_later(day)

    def is_active_later(self, day: date) -> bool:
        """Whether it is held on the day or on a later one: what begins tomorrow is."""
        if self.valid_until is None:
            return True
        if self.ended_at is None:
            return day <= self.valid_until
        return day < self.valid_until and (self.valid_from is None or self.valid_from < self.valid_until)


def acts_in_area(tenures: Iterable[ActiveTenure]) -> bool:
    """Whether these are the posts of a cadre or coordinator who belongs to no site: what they do, they do in their area."""
    mine = tuple(tenures)
    at_site = any(tenure.site_id is not None and tenure.post in MEMBER_POSTS for tenure in mine)
    return not at_site and any(tenure.post in (Post.CADRE, Post.COORDINATOR) for tenure in mine)


def active_on(tenures: Iterable[ActiveTenure], day: date) -> tuple[ActiveTenure, ...]:
    """Those in force on that day; the last day counts, unless the post was taken away on it."""
    return tuple(tenure for tenure in tenures if tenure.is_active_on(day))


def with_permission(tenures: Iterable[ActiveTenure], permission: Permission) -> tuple[ActiveTenure, ...]:
    """Those of the posts that give the permission, wherever they are held."""
    return tuple(tenure for tenure in tenures if permission in PERMISSIONS_BY_POST[tenure.post])


MAX_SIGN_IN_NAME_LENGTH = 40
_SIGN_IN_NAME = re.compile(r"[a-z0-9._-]{2,40}")


def is_sign_in_name(text: str) -> bool:
    """Whether somebody may sign in by that name: 2 to 40 lower-case letters, digits and . _ -"""
    return _SIGN_IN_NAME.fullmatch(text) is not None
