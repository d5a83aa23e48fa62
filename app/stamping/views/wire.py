"""The wire for officers: queue, stamp, void, refuse."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from flask import jsonify
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from app.actions.rules.findings import Finding
from app.actions.rules.sentences import sentence
from app.core.clock import utc_now
from app.database import db
from app.database.transaction import write_transaction
from app.people import queries as people
from app.people.access import me, requires
from app.people.rules import Permission
from app.places import queries as places
from app.programmes import queries as programmes
from app.programmes.rules import Definition
from app.stamping import queries, service
from app.stamping.answers import Decided, Decisions, Queue, QueueAction, Voided
from app.stamping.forms import DEFAULT_PAGE_SIZE, MAX_BATCH, RefusalForm, StampForm, VoidForm, page_mark, queue_question
from app.stamping.views.blueprint import wire_blueprint
from app.web.described import count, described, string_param
from app.web.language import said
from app.web.wire import body

if TYPE_CHECKING:
    from app.actions.models import Action


@wire_blueprint.get("/api/v1/stamping/queue")
@described(
    {200: Queue},
    arguments=[
        count("limit", "how many", maximum=MAX_BATCH, default=DEFAULT_PAGE_SIZE),
        string_param("after", "the `next` of the page before"),
    ],
    refuses=[403],
)
@requires(Permission.STAMP)
def queue() -> ResponseReturnValue:
    """What waits for this officer: clean first, held last with reasons."""
    limit, after = queue_question()
    session = db.session()
    page, more = queries.queue(session, me().person_id, limit=limit, after=after, now=utc_now())
    return jsonify(actions=_waiting(session, list(page)), next=page_mark(more) if more else None)


@wire_blueprint.post("/api/v1/stamps")
@described({200: Decisions}, takes=StampForm)
@requires(Permission.STAMP)
def stamp() -> ResponseReturnValue:
    """Stamp up to 200 actions; one that fails does not stop the rest."""
    form = body(StampForm)
    officer = me()
    session = db.session()
    with write_transaction(session):
        results = service.stamp(session, form.actions, officer, note=form.note, now=utc_now())
    return jsonify(results=[_result(result) for result in results])


@wire_blueprint.post("/api/v1/stamps/<uuid:stamp_id>/void")
@described({200: Voided}, takes=VoidForm)
@requires(Permission.STAMP)
def void(stamp_id: UUID) -> ResponseReturnValue:
    """Take a stamp back, and everything it counted for."""
    form = body(VoidForm)
    officer = me()
    session = db.session()
    with write_transaction(session):
        stamp, action = service.void(session, stamp_id, officer, reason=form.reason, now=utc_now())
    voided_at = stamp.voided_at.isoformat() if stamp.voided_at else None
    return jsonify(stamp=str(stamp.id), action=str(action.id), status=action.status.value, voided_at=voided_at)


@wire_blueprint.post("/api/v1/refusals")
@described({200: Decisions}, takes=RefusalForm)
@requires(Permission.STAMP)
def refuse() -> ResponseReturnValue:
    """Say with a reason that actions do not count."""
    form = body(RefusalForm)
    officer = me()
    session = db.session()
    with write_transaction(session):
        results = service.refuse(session, form.actions, officer, reason=form.reason, now=utc_now())
    return jsonify(results=[_result(result) for result in results])


def _result(result: service.BulkResult) -> Decided:
    """The code of a problem for programs, its sentence for people."""
    return {
        "action": str(result.action_id),
        "stamp": str(result.stamp.id) if result.stamp else None,
        "status": result.status,
        "problem": result.problem.code if result.problem else None,
        "detail": said(result.problem.message) if result.problem else None,
    }


def _measures(action: Action, definition: Definition) -> dict[str, Any]:
    """What was measured, decimals as numbers."""
    return {
        name: float(value) if definition.measures[name].type == "decimal" else value for name, value in action.measures.items()
    }


def _waiting(session: Session, page: list[Action]) -> list[QueueAction]:
    """Actions as the officers of their place may see them."""
    doers = people.persons(session, {action.person_id for action in page})
    sites = places.sites_by_id(session, {action.site_id for action in page if action.site_id is not None})
    areas = places.areas(session).by_id
    answers: list[QueueAction] = []
    for action in page:
        definition = programmes.version(session, action.version_id).definition
        kelurahan = areas.get(action.kelurahan_id) if action.kelurahan_id is not None else None
        site = sites.get(action.site_id) if action.site_id is not None else None
        rw = queries.rw_of(session, action)
        answers.append(
            {
                "id": str(action.id),
                "programme": definition.code,
                "status": action.status,
                "person": people.public_name(doers[action.person_id]),
                "capacity": action.capacity,
                "observed_at": action.observed_at.isoformat(),
                "received_at": action.received_at.isoformat(),
                "minutes": action.minutes,
                "measures": _measures(action, definition),
                "note": action.note,
                "kelurahan": {"code": kelurahan.code, "name": kelurahan.name} if kelurahan else None,
                "rw": rw.name if rw else None,
                "rw_proposed": action.rw_proposed if rw is None else None,
                "rt": action.rt,
                "site": {"id": str(site.uuid), "name": site.name, "distance_m": action.distance_m} if site else None,
                "needs_note": action.status.value == "held",
                "findings": [
                    {"code": finding.code, "level": finding.level, "sentence": said(sentence(finding))}
                    for finding in map(Finding.read, action.findings)
                ],
            }
        )
    return answers
