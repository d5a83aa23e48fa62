"""What people are told of what was decided about their actions."""

from __future__ import annotations

from collections.abc import Sequence

from app.actions.models import Action
from app.awards.service.badges import BadgeEarned
from app.awards.service.belts import Earned
from app.notices.rules import NoticeKind
from app.notices.service import News
from app.programmes.rules.definition import Definition


def of_stamped(actions_stamped: Sequence[Action]) -> list[News]:
    """One notice a person, however many actions were stamped at once."""
    theirs: dict[int, list[Action]] = {}
    for action in actions_stamped:
        theirs.setdefault(action.person_id, []).append(action)
    return [
        of_action(some[0], NoticeKind.STAMPED, count=1) if len(some) == 1 else _of_booklet(person_id, count=len(some))
        for person_id, some in theirs.items()
    ]


def _of_booklet(person_id: int, *, count: int) -> News:
    return News(person_id, NoticeKind.STAMPED, {"count": count}, "/buku")


def of_action(action: Action, kind: NoticeKind, **values: int) -> News:
    """The notice about one action, which leads to it."""
    return News(action.person_id, kind, values, f"/aksi/{action.id}")


def of_awards(definition: Definition, awards: Sequence[Earned], badges_earned: Sequence[BadgeEarned]) -> list[News]:
    """The highest belt or stripe of each person, and their badges."""
    programme = definition.name.by_language()
    highest = {award.person_id: award for award in sorted(awards, key=lambda award: award.threshold)}
    names = {rung.belt: rung.name.by_language() for rung in definition.ladder.rungs}
    told = [
        News(
            award.person_id,
            NoticeKind.BELT,
            {"belt": names[award.belt], "stripes": award.stripes, "programme": programme},
            "/buku",
        )
        for award in highest.values()
    ]
    badges_named = {badge.code: badge.name.by_language() for badge in definition.badges}
    return told + [
        News(earned.person_id, NoticeKind.BADGE, {"badge": badges_named[earned.badge]}, "/buku") for earned in badges_earned
    ]
