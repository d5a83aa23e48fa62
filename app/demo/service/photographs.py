"""Which actions of the demo city are shown in photographs, and how far these are on their way to the public."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy.orm import Session

from app.actions import queries as actions
from app.actions.rules.submission import PhotoLink
from app.actions.rules.words import PhotoRole
from app.demo.service.actions import InventedAction, Pictured
from app.demo.service.cast import Doer
from app.demo.service.pictures import drawings
from app.integrity import service as integrity
from app.media import service as media
from app.media.service import Store
from app.people.models import Account
from app.photo_consent import service as photo_consent


class Wish(StrEnum):
    """The action waits for its stamp; its owner has consented; an officer has looked too."""

    WAITS = "waits"
    ASKED = "asked"
    SHOWN = "shown"


@dataclass(frozen=True, slots=True)
class PhotoPlan:
    programme: str
    doer: int
    """Whose action: the first are those of the main cast."""
    back: int
    """How many actions before the newest one."""
    scene: str
    wish: Wish


PLANS = (
    PhotoPlan("gps", 0, 0, "drain", Wish.WAITS),
    PhotoPlan("gps", 0, 4, "street", Wish.SHOWN),
    PhotoPlan("gps", 0, 6, "river", Wish.ASKED),
    PhotoPlan("gps", 5, 4, "market", Wish.SHOWN),
    PhotoPlan("biopori", 0, 4, "hole", Wish.SHOWN),
    PhotoPlan("biopori", 2, 4, "paving", Wish.SHOWN),
)


Doers = Mapping[str, Sequence[Doer]]
"""Programme -> who acts in it."""
Album = dict[PhotoPlan, Pictured]


def take_in(session: Session, store: Store, doers: Doers, *, now: datetime) -> Album:
    """Every drawing, sent as if by the phone of the one who shows it."""
    pictures = {name: contents for name, *contents in drawings()}
    album: Album = {}
    for plan in PLANS:
        if plan.doer < len(doers[plan.programme]):
            account_id = doers[plan.programme][plan.doer].account_id
            before, after = (_sent(session, store, content, account_id, now) for content in pictures[plan.scene])
            photos = (PhotoLink(before, PhotoRole.BEFORE), PhotoLink(after, PhotoRole.AFTER))
            album[plan] = Pictured(photos, waits=plan.wish is Wish.WAITS)
    return album


def _sent(session: Session, store: Store, content: bytes, account_id: int, now: datetime) -> str:
    with store.arriving([content]) as arrived:
        media.keep(session, arrived, account_id, now=now)
    return arrived.sha256


def pictured(album: Album, programme: str, doer: int) -> dict[int, Pictured]:
    """Of one person's actions: how many before the newest -> what photographs show of it."""
    return {plan.back: seen for plan, seen in album.items() if (plan.programme, plan.doer) == (programme, doer)}


def settle(session: Session, album: Album, doers: Doers, told: Iterable[InventedAction], *, now: datetime) -> None:
    """These actions are stored: their photographs are theirs, will be compared, and are released as far as planned."""
    plans = {seen.photos: plan for plan, seen in album.items()}
    for one in told:
        plan, action_id = plans[one.photos], one.action["id"]
        owner = session.get_one(Account, doers[plan.programme][plan.doer].account_id)
        media.claim(session, owner.id, {photo.sha256 for photo in one.photos}, now=now)
        integrity.inspect_later(session, action_id, now=now)
        if one.stamp is not None:
            photo_consent.consent(session, action_id, 1, owner, now=now)
        if one.stamp is not None and plan.wish is Wish.SHOWN:
            officer = session.get_one(Account, one.stamp["account_id"])
            photo_consent.clear(session, actions.actions(session, [action_id])[action_id], 1, officer, now=now)
