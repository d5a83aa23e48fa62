"""What is found later stands with the action: in its photographs, beside other actions, after days of waiting."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy.orm import Session

from app.actions import queries
from app.actions.models import Action
from app.actions.rules.assess import day_finding
from app.actions.rules.beside import Neighbour, judge
from app.actions.rules.findings import (
    BESIDE,
    OF_STAMPED,
    Finding,
    Level,
    given_back,
    is_programme_day,
    leads_to,
    with_beside,
    with_day,
    with_one_come,
    with_photographs,
    with_photographs_short,
    with_place,
)
from app.actions.rules.words import Status
from app.actions.service.recording import attention
from app.programmes import queries as programmes


def settle_photographs(action: Action, found: Sequence[Finding]) -> None:
    """What was found in the photographs stands with the action, which waits or is held by it; decided ones stay decided."""
    _stand(action, with_photographs(map(Finding.read, action.findings), found))


def photograph_came(action: Action, short: Sequence[Finding], *, here: int) -> None:
    """One of its photographs has followed: it has to be looked at. `short`: what is said of those that are not here yet."""
    _stand(action, with_one_come(with_photographs_short(map(Finding.read, action.findings), short), here=here))


def tell_short(action: Action, short: Sequence[Finding]) -> None:
    """What is said of its photographs that are not here stands with the action, as it is now."""
    _stand(action, with_photographs_short(map(Finding.read, action.findings), short))


def _stand(action: Action, findings: Sequence[Finding]) -> None:
    stored = [finding.stored() for finding in findings]
    if stored == action.findings:
        return
    action.findings = stored
    action.attention = attention(findings)
    if action.status in (Status.WAITING, Status.HELD):
        action.status = leads_to(findings)


@dataclass(frozen=True, slots=True)
class LaterSite:
    """The site that an action gets after it was recorded."""

    site_id: int
    circle_id: int
    distance_m: float
    rw_id: int | None
    """The site's RW, where the action lies in the same kelurahan and nobody named another."""


def settle_site(action: Action, later: LaterSite, found: Sequence[Finding]) -> None:
    """The action is at that site from now on, and what is said of its place follows; what was sent stays as it was sent."""
    findings = with_place(map(Finding.read, action.findings), found)
    action.site_id, action.circle_id, action.distance_m = later.site_id, later.circle_id, round(later.distance_m)
    if action.rw_id is None and action.rw_proposed is None:
        action.rw_id = later.rw_id
    action.findings = [finding.stored() for finding in findings]
    action.attention, action.status = attention(findings), leads_to(findings)


def counts_by_now(session: Session, action: Action) -> bool:
    """Whether the action's day is none of its programme's by what stands with it, and is one by what is declared by now."""
    return not is_programme_day(action.findings) and not _day_by_now(session, action).leaves_uncounted


def settle_day(session: Session, action: Action) -> bool:
    """What is said of the action's day follows what is declared by now; whether that changed anything."""
    findings = with_day(map(Finding.read, action.findings), _day_by_now(session, action))
    stored = [finding.stored() for finding in findings]
    if stored == action.findings:
        return False
    action.findings, action.attention = stored, attention(findings)
    if action.status in (Status.WAITING, Status.HELD):
        action.status = leads_to(findings)
    return True


def _day_by_now(session: Session, action: Action) -> Finding:
    areas = [area_id for area_id in (action.kelurahan_id, action.rw_id) if area_id is not None]
    moved = queries.moved_day(
        session, action.programme_id, action.person_id, action.observed_on, site_id=action.site_id, area_ids=areas
    )
    return day_finding(programmes.version(session, action.version_id).definition, action.observed_on, moved)


def give_back(action: Action) -> bool:
    """A held action's soft holds hold it no longer; whether it waits now."""
    findings = given_back(map(Finding.read, action.findings))
    if leads_to(findings) is Status.HELD:
        return False
    action.findings = [finding.stored() for finding in findings]
    action.attention, action.status = attention(findings), Status.WAITING
    return True


def is_held_by_rules(action: Action) -> bool:
    """Whether something holds it, or held it until it was given back: then it stands for nobody until it is stamped."""
    return any(Finding.read(row).level is Level.HOLD for row in action.findings)


def judge_again(session: Session, person_id: int, day: date) -> list[UUID]:
    """The person's open actions of the day and its neighbours are held against each other as they stand now.

    Gives the stamped ones of which it is only now found that nobody can have been there.
    """
    neighbours = queries.neighbours(session, person_id, day)
    return settle_beside(session, neighbours, judge(neighbours))


def settle_beside(session: Session, neighbours: Sequence[Neighbour], verdicts: Mapping[UUID, tuple[Finding, ...]]) -> list[UUID]:
    """What is found beside other actions stands with each action; open ones wait or are held by it, stamped ones stay stamped."""
    doubted = []
    for each in neighbours:
        verdict = verdicts.get(each.id)
        codes = OF_STAMPED if each.is_stamped else BESIDE
        before = tuple(finding for finding in each.beside if finding.code in codes)
        if verdict is None or verdict == before:
            continue
        _settle(session.get_one(Action, each.id), verdict, codes)
        if each.is_stamped and verdict and not before:
            doubted.append(each.id)
    return doubted


def _settle(action: Action, verdict: Sequence[Finding], codes: frozenset[str]) -> None:
    findings = with_beside(map(Finding.read, action.findings), verdict, codes)
    action.findings = [finding.stored() for finding in findings]
    action.attention = attention(findings)
    if action.status in (Status.WAITING, Status.HELD):
        action.status = leads_to(findings)
