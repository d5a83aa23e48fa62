"""Whoever stands above hands out a code to who lost the password."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from flask import render_template, request
from flask.typing import ResponseReturnValue

from app.core.clock import utc_now
from app.core.errors import NotAllowed, NotFound
from app.core.text import Text
from app.database import db
from app.database.transaction import write_transaction
from app.people import queries, service
from app.people.access import me
from app.people.rules import hands_codes
from app.people.views.blueprint import blueprint

MAX_LISTED = 50


@dataclass(frozen=True, slots=True)
class InReach:
    """Somebody who could be handed a code."""

    uuid: UUID
    name: str
    sign_in_name: str
    posts: tuple[Text, ...]


@dataclass(frozen=True, slots=True)
class Handed:
    """A code, shown this once."""

    code: str
    name: str
    sign_in_name: str
    expires_at: datetime


@blueprint.get("/atur-ulang/kode")
def people_in_reach() -> ResponseReturnValue:
    """Those to whom I may hand a code, by name."""
    account, session, now = me(), db.session(), utc_now()
    if not hands_codes(queries.tenures_at(session, account.person_id, now)):
        raise NotAllowed
    words = " ".join(request.args.get("cari", "").replace("\x00", "").split())[:80]
    found = [
        InReach(
            uuid=each.person.uuid,
            name=queries.public_name(each.person),
            sign_in_name=each.name,
            posts=queries.post_titles(session, tenures),
        )
        for each, tenures in queries.in_reach(session, account, now, words=words, limit=MAX_LISTED)
    ]
    return render_template("people/codes.html", found=found, words=words, is_cut=len(found) == MAX_LISTED)


@blueprint.post("/atur-ulang/kode/<uuid:uuid>")
def hand_code(uuid: UUID) -> ResponseReturnValue:
    """A code for that person, on a page that is shown once."""
    account, now = me(), utc_now()
    code, hashed = service.generate_code()
    with write_transaction(db.session()) as session:
        person = queries.person_by_uuid(session, uuid)
        holder = queries.person_account(session, person.id) if person is not None else None
        # Who is out of reach and who is not there answer alike.
        if person is None or holder is None or not service.may_be_handed(session, holder, by=account, now=now):
            raise NotFound
        made = service.hand_code(session, holder, hashed, by=account, now=now)
        handed = Handed(code, queries.public_name(person), holder.name, made.expires_at)
    return render_template("people/code.html", handed=handed)
