"""The booklets' chains, computed again: each page's commitment from its salt and content, each link from the page before."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from sqlalchemy import Row, select
from sqlalchemy.orm import Session

from app.actions.models import Action, Stamp
from app.actions.service import commitment, link, stamped_content

READ_BATCH_SIZE = 5_000


class ChainFault(StrEnum):
    """What is wrong with a page of a booklet."""

    MISSING = "missing"
    """The page, or several before the next one, is not there."""
    CONTENT = "content"
    """Its commitment is not that of its content."""
    LINK = "link"
    """Its link does not follow from the page before and its commitment."""


@dataclass(frozen=True, slots=True)
class BrokenPage:
    """A page of a person's booklet that is not as it was stamped."""

    person_id: int
    page: int
    fault: ChainFault


def broken_pages(session: Session) -> Iterator[BrokenPage]:
    """Every break in every booklet, void stamps included, a person after the other.

    An erased page has no salt: its content cannot be held against its commitment any more, its link still can. What was cut off
    behind the last page leaves no gap and is not found here.
    """
    person_id, page, previous = 0, 0, ""
    for row in session.execute(_PAGES.execution_options(yield_per=READ_BATCH_SIZE)):
        if row.person_id != person_id:
            person_id, page, previous = row.person_id, 0, ""
        follows = row.page == page + 1
        if not follows:
            yield BrokenPage(person_id, page + 1, ChainFault.MISSING)
        if row.salt and commitment(row.salt, _content(row)) != row.commitment:
            yield BrokenPage(person_id, row.page, ChainFault.CONTENT)
        if follows and link(previous, row.commitment) != row.link:
            yield BrokenPage(person_id, row.page, ChainFault.LINK)
        page, previous = row.page, row.link


_PAGES = (
    select(
        Stamp.person_id,
        Stamp.page,
        Stamp.salt,
        Stamp.commitment,
        Stamp.link,
        Stamp.id,
        Stamp.action_id,
        Stamp.credits,
        Stamp.stamper_id,
        Stamp.tenure_id,
        Stamp.stamped_at,
        Action.digest,
        Action.observed_at,
    )
    .join(Action, Action.id == Stamp.action_id)
    .order_by(Stamp.person_id, Stamp.page)
)


def _content(row: Row[Any]) -> dict[str, object]:
    return stamped_content(
        row.id,
        row.action_id,
        row.digest,
        row.person_id,
        row.observed_at,
        row.credits,
        row.stamper_id,
        row.tenure_id,
        row.stamped_at,
    )
