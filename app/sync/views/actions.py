"""The wire for phones: PUT, GET and DELETE of an action."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING
from uuid import UUID

from flask import jsonify
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from app.actions import queries as actions
from app.actions.rules.findings import Finding
from app.actions.rules.sentences import sentence_at
from app.core.clock import utc_now
from app.core.errors import NotFound
from app.database import db
from app.database.transaction import write_transaction
from app.people.access import me
from app.places import queries as places
from app.stamping import queries as stamping
from app.sync import service
from app.sync.answers import Receipt, ReceiptSite
from app.sync.forms import ActionForm
from app.sync.views.blueprint import wire_blueprint
from app.web.described import CodeAndName, described
from app.web.language import said
from app.web.wire import body

if TYPE_CHECKING:
    from app.actions.models import Action
    from app.people.models import Account


@wire_blueprint.put("/api/v1/actions/<uuid:action_id>")
@described({201: Receipt, 200: Receipt}, takes=ActionForm, refuses=[409])
def put_action(action_id: UUID) -> ResponseReturnValue:
    """Record an action exactly once, however often it is sent."""
    account = me()
    submission = body(ActionForm).submission(action_id)
    session = db.session()
    now = utc_now()
    if (action := service.known(session, submission, account)) is not None:
        return jsonify(receipt(session, action)), 200
    prepared = service.prepare(session, submission, account, now=now)
    with write_transaction(session):
        action, created = service.receive(session, prepared, now=now)
    if not created:
        return jsonify(receipt(session, action)), 200
    # What the receipt names was looked up a moment ago.
    ground, site = prepared.ground, prepared.site
    return jsonify(
        _told(
            action,
            kelurahan={"code": ground.kelurahan_code, "name": ground.kelurahan_name} if ground else None,
            site={"id": str(site.uuid), "name": site.name, "distance_m": action.distance_m} if site else None,
            photos=actions.photos(session, action_id) if submission.photos else (),
        )
    ), 201


@wire_blueprint.get("/api/v1/actions/<uuid:action_id>")
@described({200: Receipt})
def get_action(action_id: UUID) -> ResponseReturnValue:
    """The receipt as it stands now: for the owner, the recorder and the officers of the place."""
    account = me()
    session = db.session()
    action = actions.action(session, action_id)
    if action is None:
        raise NotFound
    if not may_see(session, action, account):
        raise NotFound
    return jsonify(receipt(session, action))


def may_see(session: Session, action: Action, account: Account) -> bool:
    """The owner, the recorder and the officers of the place; nobody else learns that there is an action."""
    own = account.person_id == action.person_id or account.id == action.recorded_by
    return own or stamping.is_officer_of(session, action, account.person_id, now=utc_now())


@wire_blueprint.delete("/api/v1/actions/<uuid:action_id>")
@described({200: Receipt}, refuses=[409])
def delete_action(action_id: UUID) -> ResponseReturnValue:
    """Withdraw one's own action while nobody has decided about it; a later repeat of the PUT does not undo it."""
    account = me()
    session = db.session()
    with write_transaction(session):
        action = service.withdraw(session, action_id, account, now=utc_now())
    return jsonify(receipt(session, action))


def receipt(session: Session, action: Action) -> Receipt:
    """An action as its owner, its recorder and the officers of the place may see it."""
    kelurahan = places.areas(session).by_id.get(action.kelurahan_id) if action.kelurahan_id is not None else None
    site = places.site_by_id(session, action.site_id) if action.site_id is not None else None
    return _told(
        action,
        kelurahan={"code": kelurahan.code, "name": kelurahan.name} if kelurahan else None,
        site={"id": str(site.uuid), "name": site.name, "distance_m": action.distance_m} if site else None,
        photos=actions.photos(session, action.id),
    )


def _told(
    action: Action, *, kelurahan: CodeAndName | None, site: ReceiptSite | None, photos: Iterable[actions.PhotoSeen]
) -> Receipt:
    return {
        "id": str(action.id),
        "status": action.status,
        "received_at": action.received_at.isoformat(),
        "observed_at": action.observed_at.isoformat(),
        "kelurahan": kelurahan,
        "site": site,
        "findings": [
            {"code": finding.code, "level": finding.level, "sentence": said(sentence_at(finding, action.status))}
            for finding in map(Finding.read, action.findings)
        ],
        "photos": [
            {"sha256": photo.sha256, "role": photo.role, "state": photo.state, "follows": photo.follows} for photo in photos
        ],
    }
