"""An action as the officers of its place see it on a page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from sqlalchemy.orm import Session

from app.actions import queries as actions
from app.actions.queries import ActionSummary
from app.actions.rules.findings import PENDING, Finding, Level
from app.actions.rules.sentences import FindingView
from app.actions.rules.words import Status
from app.people import queries as people

if TYPE_CHECKING:
    from app.actions.models import Action


@dataclass(frozen=True, slots=True)
class Card:
    """An action as the officers of its place see it."""

    action: ActionSummary
    person: str
    doer: UUID
    recorder: str
    """Who recorded it for the person; empty where they did it themselves."""
    note: str
    """The doer's own words."""
    that_day: int
    """How many of the person's actions of that day nobody refused or took back, this one among them."""
    is_held: bool
    is_clean: bool
    is_pending: bool
    """Its photographs are still being checked: it is stamped by itself only."""
    photos: tuple[actions.PhotoSeen, ...]

    @property
    def odd(self) -> tuple[FindingView, ...]:
        """What was found that says something."""
        return tuple(finding for finding in self.action.findings if finding.tone != "ok")


def cards(session: Session, page: Sequence[Action]) -> list[Card]:
    """The actions, in their order; as many questions for many as for one."""
    behind = people.persons_behind(session, {action.recorded_by for action in page})
    known = people.persons(session, {action.person_id for action in page} | set(behind.values()))
    photos = actions.photos_of(session, [action.id for action in page])
    that_day = actions.same_day(session, page)
    made = []
    for action, summary in zip(page, actions.summaries(session, page), strict=True):
        found, recorder_id = [Finding.read(row) for row in action.findings], behind[action.recorded_by]
        made.append(
            Card(
                action=summary,
                person=people.public_name(known[action.person_id]),
                doer=known[action.person_id].uuid,
                recorder=people.public_name(known[recorder_id]) if recorder_id != action.person_id else "",
                note=action.note,
                that_day=that_day.get((action.person_id, action.observed_on), 1),
                is_held=action.status is Status.HELD,
                is_clean=all(finding.level is Level.OK for finding in found),
                is_pending=any(finding.code == PENDING for finding in found),
                photos=photos.get(action.id, ()),
            )
        )
    return made
