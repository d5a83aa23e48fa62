"""Photographs before and after, on their way to the public."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.actions.models import Action
from app.people.models import Account
from app.photo_consent import service as photo_consent
from app.photo_consent.models import PhotoRelease
from tests.factories.actions import NOW, make_action, stamp
from tests.factories.cast import Cast
from tests.media.pictures import jpeg
from tests.media.shelf import do_jobs, send


def make_pair(session: Session, account: Account, seed: int = 81, **change: Any) -> Action:
    """An action with a photograph before and one after, which have been looked at."""
    contents = (("before", jpeg(seed)), ("after", jpeg(seed + 1000)))
    links = [{"sha256": send(session, account, content), "role": role} for role, content in contents]
    action = make_action(session, account, photos=links, **change)
    session.commit()
    do_jobs(NOW)
    session.refresh(action)
    return action


def released(session: Session, cast: Cast, seed: int = 81, **change: Any) -> Action:
    """Pak Budi's pair, stamped, with his consent and the lurah's word."""
    action = make_pair(session, cast.budi, seed, **change)
    stamp(session, cast.lurah, action)
    photo_consent.consent(session, action.id, 1, cast.budi, now=NOW)
    photo_consent.clear(session, action, 1, cast.lurah, now=NOW)
    session.flush()
    return action


def public_addresses(session: Session, action: Action) -> list[str]:
    rows = session.scalars(select(PhotoRelease).where(PhotoRelease.action_id == action.id).order_by(PhotoRelease.place))
    return [f"/foto/{row.id}" for row in rows]
