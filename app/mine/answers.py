"""What somebody is told of themselves."""

from __future__ import annotations

from typing_extensions import TypedDict

from app.people.rules import Movement, Post
from app.places.rules import AreaLevel, SiteKind
from app.web.described import Day, Moment, Uuid


class PostArea(TypedDict):
    code: str
    name: str
    level: AreaLevel


class PostSite(TypedDict):
    id: Uuid
    name: str


PostHeld = TypedDict(
    "PostHeld",
    {
        "post": Post,
        "movement": Movement | None,
        "area": PostArea | None,
        "site": PostSite | None,
        "from": Day | None,
        "until": Day | None,
    },
)


class MySite(TypedDict):
    id: Uuid
    name: str
    kind: SiteKind
    npsn: str | None
    lon: float
    lat: float
    radius_m: float | None
    confirmed: bool


class NextStep(TypedDict):
    """The next belt or stripe, and how much is missing."""

    belt: str
    belt_name: str | None
    stripes: int
    threshold: int
    missing: int


class BadgeHeld(TypedDict):
    code: str
    name: str
    earned_at: Moment


class Standing(TypedDict):
    """What somebody has reached in one programme."""

    programme: str
    name: str
    stamped: int
    credit: int
    belt: str | None
    belt_name: str | None
    stripes: int
    badges: list[BadgeHeld]
    """The oldest first."""
    next: NextStep | None


class Me(TypedDict):
    id: Uuid
    name: str
    sign_in_name: str
    posts: list[PostHeld]
    sites: list[MySite]
    programmes: list[Standing]


class PushState(TypedDict):
    """Whether notices are pushed to the browser that asked."""

    pushing: bool
