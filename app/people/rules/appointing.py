"""Who may appoint whom, and who may hand a lost password's code to whom.

The chain runs from the city to the lurah, the PKK coordinator and the cadre, and from the city to the principal and the teacher;
volunteers are appointed by whoever answers for their site.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from app.people.rules.posts import ActiveTenure, Post
from app.people.rules.reach import reach_of


class Seat(StrEnum):
    """What kind of place a post is held at."""

    CITY = "city"
    KECAMATAN = "kecamatan"
    KELURAHAN = "kelurahan"
    RW = "rw"
    SCHOOL = "school"
    WORKPLACE = "workplace"


@dataclass(frozen=True, slots=True)
class Spot:
    """A place with all that lies above it."""

    seat: Seat
    area_ids: frozenset[int]
    """The area itself, or the one in which the site lies, and every area above."""
    site_id: int | None = None


SEATS: Mapping[Post, tuple[Seat, ...]] = {
    Post.VOLUNTEER: (Seat.WORKPLACE, Seat.SCHOOL),
    Post.CADRE: (Seat.RW, Seat.KELURAHAN),
    Post.RT: (Seat.RW,),
    Post.RW: (Seat.RW,),
    Post.TEACHER: (Seat.SCHOOL,),
    Post.PRINCIPAL: (Seat.SCHOOL,),
    Post.OFFICER: (Seat.KELURAHAN, Seat.WORKPLACE),
    Post.EXPERT: (Seat.CITY,),
    Post.COORDINATOR: (Seat.KELURAHAN, Seat.RW),
    Post.LURAH: (Seat.KELURAHAN,),
    Post.KECAMATAN: (Seat.KECAMATAN,),
    Post.AGENCY: (Seat.CITY,),
    Post.SPONSOR: (Seat.CITY,),
    Post.ADMINISTRATOR: (Seat.CITY,),
}
"""The places at which a post may be offered by invitation, the usual one first."""

APPOINTS: Mapping[Post, tuple[Post, ...]] = {
    Post.ADMINISTRATOR: (Post.LURAH, Post.PRINCIPAL, Post.OFFICER, Post.KECAMATAN, Post.AGENCY, Post.EXPERT, Post.SPONSOR),
    Post.KECAMATAN: (Post.LURAH,),
    Post.LURAH: (Post.COORDINATOR, Post.OFFICER, Post.CADRE, Post.RW, Post.RT, Post.VOLUNTEER),
    Post.COORDINATOR: (Post.CADRE,),
    Post.PRINCIPAL: (Post.TEACHER, Post.VOLUNTEER),
    Post.OFFICER: (Post.VOLUNTEER,),
}
"""post -> the posts below it to which it may invite. Administrators are made at the command line alone."""

HANDS_CODES: Mapping[Post, tuple[Post, ...]] = {
    **APPOINTS,
    Post.ADMINISTRATOR: tuple(post for post in Post if post is not Post.ADMINISTRATOR),
}
"""post -> those to whom it hands a code when their password is lost: whom it appoints."""

ENDS: Mapping[Post, tuple[Post, ...]] = {**APPOINTS, Post.ADMINISTRATOR: HANDS_CODES[Post.ADMINISTRATOR]}
"""post -> those that it ends: whoever gives a post takes it back, and administrators all but their own kind."""


def _reaches(mine: ActiveTenure, spot: Spot) -> bool:
    return reach_of([mine]).has_site(spot.site_id, spot.area_ids)


def appointable(tenures: Iterable[ActiveTenure]) -> tuple[Post, ...]:
    """The posts to which the holder of these may invite, somewhere."""
    return tuple(dict.fromkeys(post for tenure in tenures for post in APPOINTS.get(tenure.post, ())))


def may_appoint(tenures: Iterable[ActiveTenure], post: Post, spot: Spot) -> bool:
    """Whether one of the posts stands above that post at that place, and the post can be held there.

    Who acts around a school is for the school to say: its volunteers are appointed from within.
    """
    if spot.seat not in SEATS[post]:
        return False
    from_within = post is Post.VOLUNTEER and spot.seat is Seat.SCHOOL
    return any(
        post in APPOINTS.get(tenure.post, ()) and _reaches(tenure, spot) and (not from_within or tenure.site_id == spot.site_id)
        for tenure in tenures
    )


def may_end(tenures: Iterable[ActiveTenure], post: Post, spot: Spot) -> bool:
    """Whether one of the posts ends that post at that place."""
    return any(post in ENDS.get(tenure.post, ()) and _reaches(tenure, spot) for tenure in tenures)


def hands_codes(tenures: Iterable[ActiveTenure]) -> bool:
    """Whether one of the posts hands codes to anybody."""
    return any(tenure.post in HANDS_CODES for tenure in tenures)


def may_hand_code(tenures: Sequence[ActiveTenure], theirs: Iterable[tuple[Post, Spot]], *, near: Iterable[Spot] = ()) -> bool:
    """Whether the holder of `tenures` stands above somebody in every post that they hold.

    Every post, because whoever has the code can become them in all of it. Who holds no post is reached by administrators, and by
    those who serve volunteers where they say they live or ask to belong (`near`): by their own word, and with nothing to lose but
    what they recorded.
    """
    theirs = list(theirs)
    if theirs:
        return all(_hands_to(tenures, post, spot) for post, spot in theirs)
    if any(tenure.post is Post.ADMINISTRATOR for tenure in tenures):
        return True
    return any(_hands_to(tenures, Post.VOLUNTEER, spot) for spot in near)


def _hands_to(tenures: Iterable[ActiveTenure], post: Post, spot: Spot) -> bool:
    return any(post in HANDS_CODES.get(tenure.post, ()) and _reaches(tenure, spot) for tenure in tenures)
