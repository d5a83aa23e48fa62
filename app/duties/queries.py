"""What waits for somebody's posts, and where their work is."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from app.core.text import Text
from app.duties.rules import PAGES_BY_POST, Duty, Waiting, WaitingKind, duties_of, most_pressing_first
from app.jobs import queries as jobs
from app.people import queries as people
from app.people.models import Account
from app.people.queries.memberships import unanswerable, waiting_memberships
from app.people.rules import PERMISSIONS_BY_POST, ActiveTenure, Permission, appointable, with_permission
from app.places import queries as places
from app.sites import queries as sites
from app.stamping import queries as stamping

MAX_COUNTED = 99
"""More actions are not counted one by one."""
MAX_LOOKED_FOR = 20
"""More reviews or photographs neither."""
LATE = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class PostDuties:
    """A post with its pages, those left out that an earlier post has already."""

    title: Text
    duties: tuple[Duty, ...]


@dataclass(frozen=True, slots=True)
class DutiesView:
    """What whoever holds posts finds first on their own page."""

    waiting: tuple[Waiting, ...]
    posts: tuple[PostDuties, ...]
    awaited: tuple[Text, ...]
    """Posts taken that begin once whoever invited has confirmed who took them."""

    def __bool__(self) -> bool:
        return bool(self.posts or self.awaited)

    @property
    def useful(self) -> Duty | None:
        """What is worth doing while nothing waits: the first page that is no list of what waits."""
        listed = {each.href.partition("?")[0] for each in self.waiting} | {"/meja"}
        return next((duty for post in self.posts for duty in post.duties if duty.href not in listed), None)


def duties(session: Session, account: Account, *, now: datetime) -> DutiesView:
    """What waits for the account's posts, most pressing first, and the pages of each."""
    tenures = people.tenures_at(session, account.person_id, now)
    held = _with_pages(tenures)
    awaited = tuple(
        people.post_title(session, each.post, each.movement, each.area_id, each.site_id)
        for each in people.waiting_for(session, account.person_id, now)
    )
    return DutiesView(most_pressing_first(_waiting(session, account, held, now)), _posts(session, held), awaited)


def _with_pages(tenures: Iterable[ActiveTenure]) -> tuple[ActiveTenure, ...]:
    """The posts that have pages of their own, in the order of the table."""
    order = list(PAGES_BY_POST)
    return tuple(sorted((each for each in tenures if PAGES_BY_POST[each.post]), key=lambda each: order.index(each.post)))


def _waiting(session: Session, account: Account, held: Sequence[ActiveTenure], now: datetime) -> list[Waiting]:
    permitted = {permission for each in held for permission in PERMISSIONS_BY_POST[each.post]}
    found = []
    if posts := appointable(held):
        found.append(Waiting(WaitingKind.TAKERS, people.count_takers(session, account.id, posts, now)))
    found.append(Waiting(WaitingKind.MEMBERS, len(waiting_memberships(session, account.person_id, now))))
    if Permission.STAMP in permitted:
        found += _of_the_desk(session, account, now)
    if permitted & {Permission.CONFIRM_SITE, Permission.MOVE_SITE}:
        reaching = (*with_permission(held, Permission.CONFIRM_SITE), *with_permission(held, Permission.MOVE_SITE))
        found.append(Waiting(WaitingKind.SITES, sites.counted(session, reaching).unconfirmed))
    if Permission.SEE_AUDIT in permitted:
        found.append(_unanswered(session, now))
        found.append(Waiting(WaitingKind.JOBS, jobs.count_dead(session)))
    return found


def _unanswered(session: Session, now: datetime) -> Waiting:
    """Who asks to belong where nobody is there to answer, with the site of whoever has waited longest."""
    found = unanswerable(session, now, limit=MAX_LOOKED_FOR)
    site = places.sites_by_id(session, [each.site_id for each in found[:1]])
    return Waiting(WaitingKind.UNANSWERED, len(found), place=next((each.name for each in site.values()), ""))


def _of_the_desk(session: Session, account: Account, now: datetime) -> list[Waiting]:
    actions, more = stamping.queue(session, account.person_id, limit=MAX_COUNTED, after=None, now=now)
    late = sum(now - action.received_at > LATE for action in actions)
    again, further = stamping.reviews(session, account.person_id, after=None, limit=MAX_LOOKED_FOR, now=now)
    pairs = stamping.pairs_asked(session, account, limit=MAX_LOOKED_FOR + 1, now=now)
    return [
        Waiting(WaitingKind.STAMPS, len(actions), more is not None, late),
        Waiting(WaitingKind.REVIEWS, len(again), further is not None),
        Waiting(WaitingKind.PHOTOGRAPHS, min(len(pairs), MAX_LOOKED_FOR), len(pairs) > MAX_LOOKED_FOR),
    ]


def _posts(session: Session, held: Sequence[ActiveTenure]) -> tuple[PostDuties, ...]:
    listed: set[str] = set()
    found = []
    for each, title in zip(held, people.post_titles(session, held), strict=True):
        mine = tuple(duty for duty in duties_of(each.post, _place(session, each)) if duty.href not in listed)
        listed |= {duty.href for duty in mine}
        if mine:
            found.append(PostDuties(title, mine))
    return tuple(found)


def _place(session: Session, tenure: ActiveTenure) -> Mapping[str, str]:
    """Codes of the areas in which the post lies, by their level, and what names its site."""
    index, found = places.areas(session), dict[str, str]()
    area_id = tenure.area_id
    if tenure.site_id is not None and (site := places.site_by_id(session, tenure.site_id)) is not None:
        area_id = site.kelurahan_id
        found["site"] = str(site.uuid)
        if site.npsn is not None:
            found["npsn"] = site.npsn
    if area_id is not None:
        found |= {area.level.value: area.code for area in (index.by_id[area_id], *index.ancestors(area_id))}
    return found
