"""Whose action, at which site, in which area, as whom."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from typing import TypeVar
from uuid import UUID

from app.actions.rules.words import Capacity
from app.core.geo import Point, distance_m
from app.people.rules import ActiveTenure, Movement, Post, reach_of
from app.programmes.rules.definition import Circle, Definition
from app.sites.rules import Nearby

S = TypeVar("S", bound=Nearby)


def site_for(sites: Sequence[S], asked: UUID | None, point: Point) -> S | None:
    """The site asked for, else the one whose centre is nearest to the point, of those to which the person belonged.

    None where the one asked for is not among them, or there are none.
    """
    if asked is not None:
        return next((site for site in sites if site.uuid == asked), None)
    return min(sites, key=lambda site: (distance_m(site.centre, point), site.site_id), default=None)


_AT_SITE = ((Post.PRINCIPAL, Capacity.PRINCIPAL), (Post.TEACHER, Capacity.TEACHER))
_IN_AREA = ((Post.COORDINATOR, Capacity.COORDINATOR), (Post.CADRE, Capacity.CADRE))


def capacity(
    tenures: Iterable[ActiveTenure], *, is_adult: bool, definition: Definition, site_id: int | None, areas: Collection[int]
) -> tuple[Capacity, Movement | None]:
    """As whom the person acted, and for cadres in whose name.

    At a site its posts come first; in an area, or in a programme of areas, those of the area. `areas` are the action's
    kelurahan, its ancestors and its RWs.
    """
    if not is_adult:
        return Capacity.PUPIL, None
    mine = tuple(tenures)
    at_site = _first(_AT_SITE, [h for h in mine if site_id is not None and h.site_id == site_id])
    in_area = _first(_IN_AREA, [h for h in mine if h.area_id in areas])
    order = (at_site, in_area) if isinstance(definition.place, Circle) and site_id is not None else (in_area, at_site)
    post = next((found for found in order if found), None)
    if post is None:
        return Capacity.VOLUNTEER, None
    movement = post[0].movement or Movement.PKK if post[1] in (Capacity.CADRE, Capacity.COORDINATOR) else None
    return post[1], movement


def _first(ranks: Iterable[tuple[Post, Capacity]], tenures: Sequence[ActiveTenure]) -> tuple[ActiveTenure, Capacity] | None:
    return next(((h, capacity) for post, capacity in ranks for h in tenures if h.post is post), None)


_POSTS_OF_GROUND = frozenset({Post.CADRE, Post.COORDINATOR, Post.RT, Post.RW, Post.VOLUNTEER, Post.LURAH, Post.OFFICER})


def own_areas(tenures: Iterable[ActiveTenure]) -> tuple[int, ...]:
    """The areas in which the person's actions belong by their posts."""
    return tuple(dict.fromkeys(h.area_id for h in tenures if h.area_id is not None and h.post in _POSTS_OF_GROUND))


def rw_of_post(tenures: Iterable[ActiveTenure], rws: Collection[int]) -> int | None:
    """Of these RWs the one at which the person holds a post of the ground; None where they hold posts at several."""
    mine = {area_id for area_id in own_areas(tenures) if area_id in rws}
    return mine.pop() if len(mine) == 1 else None


def may_record_for(
    recorder: Iterable[ActiveTenure], subject: Iterable[ActiveTenure], ancestors: dict[int, frozenset[int]]
) -> bool:
    """A teacher for those of her school; a cadre or coordinator for those of her area.

    `recorder` are the posts that entitle to record for others; `ancestors` gives, for each area of the subject's posts, that
    area with its ancestors.
    """
    reach = reach_of(recorder)
    return any(reach.has_site(mine.site_id, ancestors[mine.area_id] if mine.area_id is not None else ()) for mine in subject)
