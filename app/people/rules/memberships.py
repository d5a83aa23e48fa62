"""Who says that somebody belongs to a site: whoever answers for it, else for the kelurahan around it, never for themselves."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from app.people.rules.posts import ActiveTenure, Post
from app.people.rules.reach import reach_of

MAX_REQUESTS_A_DAY = 5
"""Sites that one person asks for within 24 hours."""
ANSWERS_WITHIN = timedelta(days=7)
"""How long whoever answers for a workplace has, before those of its kelurahan may answer too."""

AT_SITE = frozenset({Post.OFFICER, Post.PRINCIPAL})
"""Who answers for the site at which they hold the post."""
IN_KELURAHAN = frozenset({Post.OFFICER, Post.LURAH})
"""Who answers for the sites of their kelurahan."""


class MembershipOutcome(StrEnum):
    """What became of a request."""

    CONFIRMED = "confirmed"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class AskedSite:
    """The site that somebody asks to belong to, as far as it matters for who answers."""

    site_id: int
    areas: frozenset[int]
    """Its kelurahan with all above; outside every kelurahan its city."""
    is_school: bool
    answering: frozenset[int]
    """The persons who hold a post that answers for the site itself."""


def may_answer(tenures: Iterable[ActiveTenure], site: AskedSite, *, answerer: int, asker: int, waited: timedelta) -> bool:
    """Whether the person `answerer`, who holds these posts, may confirm or refuse what the person `asker` asks.

    A school answers for itself as long as it has a principal; a workplace for a week. Whoever acts at the site as a volunteer
    has an interest of their own in who belongs to it, and nobody answers for themselves.
    """
    mine = tuple(tenures)
    if answerer == asker or any(each.site_id == site.site_id and each.post is Post.VOLUNTEER for each in mine):
        return False
    if any(each.site_id == site.site_id and each.post in AT_SITE for each in mine):
        return True
    if site.answering - {asker} and (site.is_school or waited < ANSWERS_WITHIN):
        return False
    return reaches_kelurahan(mine, site.areas)


def reaches_kelurahan(tenures: Iterable[ActiveTenure], areas: Collection[int]) -> bool:
    """Whether one of the posts answers for sites in these areas."""
    return reach_of(each for each in tenures if each.post in IN_KELURAHAN).has_area(areas)
