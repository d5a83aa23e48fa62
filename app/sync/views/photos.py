"""Photographs: PUT of the bytes, and the pictures made of them for whoever may see the action."""

from __future__ import annotations

import re
from collections.abc import Iterator
from uuid import UUID

from flask import current_app, jsonify, request
from flask.typing import ResponseReturnValue
from flask_login import current_user
from sqlalchemy.orm import Session
from werkzeug.exceptions import RequestEntityTooLarge

from app.actions import queries as actions
from app.core.clock import utc_now
from app.core.errors import NotFound, TooMany, Unavailable, invalid
from app.core.text import Text
from app.database import db
from app.database.transaction import write_transaction
from app.media import queries as media
from app.media import service
from app.media.rules import MAX_FILE_BYTES
from app.people.access import me
from app.sync.answers import PhotoReceipt
from app.sync.service import take_photo
from app.sync.views.actions import may_see
from app.sync.views.blueprint import blueprint, wire_blueprint
from app.web.arguments import arguments, one_of
from app.web.bodies import takes_up_to
from app.web.described import described
from app.web.private import private_file

CHUNK = 512 * 1024
"""Bytes asked for at once: with less, the web server copies what it has read ahead once more for each piece."""
HEARD_OUT = 4 * MAX_FILE_BYTES
"""Bytes of something too large that are read all the same: many clients hear the answer only when they have sent everything."""

_SHA256 = re.compile(r"[0-9a-f]{64}")
_SIDES: dict[str, media.Side] = {"1600": 1600, "320": 320}


@wire_blueprint.put("/api/v1/photos/<sha256>")
@takes_up_to(MAX_FILE_BYTES)
@described({201: PhotoReceipt, 200: PhotoReceipt}, takes=("image/jpeg", "image/png", "image/webp", "image/heic"), refuses=[429])
def put_photo(sha256: str) -> ResponseReturnValue:
    """Take a photograph's bytes in, exactly once for each account; they wait 40 days for their action."""
    account = me()
    if not _SHA256.fullmatch(sha256):
        raise invalid(
            "sha256",
            "string_pattern_mismatch",
            Text("Nama foto adalah SHA-256 isinya: 64 angka dan huruf a-f."),
        )
    session = db.session()
    store = service.store_in(current_app.config["SETTINGS"].instance)
    was_sent = bool(media.sent_by(session, account.id, [sha256]))
    is_here = was_sent and _is_kept(session, store, sha256)
    if not was_sent:
        _ask_for_room(session, account.id)
    # Nobody waits for the database while a slow phone sends.
    session.commit()
    if is_here:
        arrived = service.passing(_chunks(), expected=sha256)
        return jsonify(sha256=arrived.sha256, size=arrived.size), 200
    with store.arriving(_chunks(), expected=sha256) as arrived, write_transaction(session):
        is_new = take_photo(session, arrived, account, now=utc_now())
    return jsonify(sha256=arrived.sha256, size=arrived.size), 201 if is_new else 200


def _is_kept(session: Session, store: service.Store, sha256: str) -> bool:
    """Whether the bytes are there as long as they are needed: what nobody could look at and was lost is taken in again."""
    known = media.photos(session, [sha256]).get(sha256)
    return known is not None and (media.is_looked_at(known) or store.original(sha256).exists())


def _ask_for_room(session: Session, account_id: int) -> None:
    try:
        service.ask_for_room(session, account_id, request.content_length or 0, now=utc_now())
    except TooMany:
        _hear_out()
        raise


def _chunks() -> Iterator[bytes]:
    try:
        while chunk := request.stream.read(CHUNK):
            yield chunk
    except RequestEntityTooLarge:
        _hear_out()
        raise


def _hear_out() -> None:
    left, stream = HEARD_OUT, request.environ["wsgi.input"]
    while left > 0 and (chunk := stream.read(min(CHUNK, left))):
        left -= len(chunk)


@blueprint.get("/aksi/<uuid:action_id>/foto/<int:number>")
def get_photo(action_id: UUID, number: int) -> ResponseReturnValue:
    """A photograph of an action, counted from 1, for whoever may see the action. The public has another address."""
    side = _SIDES[one_of(arguments(("ukuran",)), "ukuran", _SIDES, default="1600")]
    session = db.session()
    action = actions.action(session, action_id)
    link = actions.photo(session, action_id, number - 1)
    if action is None or link is None or link.photo_id is None:
        raise NotFound
    account = me() if current_user.is_authenticated else None
    if account is None or not may_see(session, action, account):
        raise NotFound
    picture = media.derivative(session, link.photo_id, side)
    if picture is None:
        raise NotFound
    store = service.store_in(current_app.config["SETTINGS"].instance)
    file = store.derivative(picture.sha256, picture.side)
    if not file.exists():
        with write_transaction(session):
            is_coming = service.make_again(session, store, link.photo_id, picture.sha256, now=utc_now())
        raise Unavailable if is_coming else NotFound
    return private_file(file, "image/webp")
