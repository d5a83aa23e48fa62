"""Where posts reach: the one answer for people, sites, actions and numbers."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from app.people.rules.posts import ActiveTenure, Permission, Post, with_permission


@dataclass(frozen=True, slots=True)
class Reach:
    """The sites at which posts are held, and the areas in which they are held with all that lies in these."""

    sites: frozenset[int]
    areas: frozenset[int]
    """Where the posts are held, without what lies below."""

    def has_area(self, with_ancestors: Collection[int]) -> bool:
        """Whether an area, given with its ancestors, is within reach."""
        return not self.areas.isdisjoint(with_ancestors)

    def has_site(self, site_id: int | None, areas: Collection[int]) -> bool:
        """Whether a site is within reach; `areas` are its area with ancestors. None is no site: then the areas alone decide."""
        return site_id in self.sites or self.has_area(areas)


def reach_of(tenures: Iterable[ActiveTenure]) -> Reach:
    """Where these posts reach, whatever they permit there: who asks takes those with the permission."""
    tenures = tuple(tenures)
    return Reach(
        sites=frozenset(tenure.site_id for tenure in tenures if tenure.site_id is not None),
        areas=frozenset(tenure.area_id for tenure in tenures if tenure.area_id is not None),
    )


def may_touch_circle(
    tenures: Sequence[ActiveTenure], permission: Permission, *, site_id: int, site_areas: Collection[int]
) -> bool:
    """An officer over the site's area or of the site itself, but never a volunteer whose own actions count in the circle."""
    if any(tenure.site_id == site_id and tenure.post is Post.VOLUNTEER for tenure in tenures):
        return False
    return reach_of(with_permission(tenures, permission)).has_site(site_id, site_areas)
