"""The public address of a released photograph."""

from __future__ import annotations

from uuid import UUID

from flask import current_app
from flask.typing import ResponseReturnValue

from app.core.clock import utc_now
from app.core.errors import NotFound, Unavailable
from app.database import db
from app.database.transaction import write_transaction
from app.media import queries as media
from app.media import service
from app.photo_consent import queries
from app.web.private import private_file
from app.web.surfaces import Surface, SurfaceBlueprint

blueprint = SurfaceBlueprint("photo_consent", __name__, Surface.PAGE)
_SIDES: dict[int, media.Side] = {1600: 1600, 320: 320}


@blueprint.get("/foto/<uuid:release_id>/<int:side>")
def public_photo(release_id: UUID, side: int) -> ResponseReturnValue:
    """A photograph that was released, for anybody. Nobody keeps a copy on the way: what is taken back is gone at once."""
    session = db.session()
    photo_id = queries.public_photo(session, release_id, now=utc_now())
    picture = media.derivative(session, photo_id, _SIDES[side]) if photo_id is not None and side in _SIDES else None
    if picture is None or photo_id is None:
        raise NotFound
    store = service.store_in(current_app.config["SETTINGS"].instance)
    file = store.derivative(picture.sha256, picture.side)
    if not file.exists():
        with write_transaction(session):
            is_coming = service.make_again(session, store, photo_id, picture.sha256, now=utc_now())
        raise Unavailable if is_coming else NotFound
    return private_file(file, "image/webp")
