"""What the strangest requests meet: a city in which everything that has an address is there once."""

from __future__ import annotations

from dataclasses import dataclass, field

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.actions.models import Stamp
from app.notices import service as notices
from app.notices.models import Notice
from app.notices.rules import NoticeKind
from app.notices.service import News
from app.people import service as people
from app.people.models import Invitation, Person
from app.people.rules import Post
from app.places.models import Site
from tests.factories.actions import MONDAY, NOW, at, holes, make_action, record, stamp
from tests.factories.cast import NPSN, make_account, make_cast, make_token
from tests.factories.city import CITY, KENANGA, MELATI, WEST


@dataclass
class Scene:
    """Who asks, by name, with their token; and words that stand in addresses, by the kind of argument."""

    tokens: dict[str, str] = field(default_factory=dict)
    uuids: list[str] = field(default_factory=list)
    words: list[str] = field(default_factory=list)


def make_scene(session: Session) -> Scene:
    cast = make_cast(session)
    everything = [f"{post}@{MELATI}" for post in ("officer", "coordinator", "lurah", "cadre", "expert", "sponsor")]
    semua = make_account(
        session, "semua", *everything, f"kecamatan@{WEST}", f"agency@{CITY}", f"teacher@npsn:{NPSN}", f"principal@npsn:{NPSN}",
        f"volunteer@site:{cast.office.uuid}", movement=None,
    )  # fmt: skip
    admin = make_account(session, "bu.admin", f"administrator@{CITY}")
    waiting = make_action(session, cast.budi)
    late = make_action(session, cast.budi, captured_at=at(MONDAY, 5), minutes=5)
    stamped = record(session, cast.kader, holes())
    own = make_action(session, semua)
    stamp(session, cast.lurah, stamped)
    people.invite(
        session, make_account(session, "ketua", f"coordinator@{KENANGA}"), Post.CADRE, f"{KENANGA}/01", name="Bu Sri", now=NOW
    )
    notices.tell(session, [News(semua.person_id, NoticeKind.STAMPED, {"count": 1}, "/buku")], now=NOW)
    session.flush()
    uuids = [waiting.id, late.id, stamped.id, own.id]
    for column in (Stamp.id, Site.uuid, Person.uuid, Invitation.uuid, Notice.uuid):
        uuids += session.scalars(select(column)).all()
    who = {
        "semua": semua,
        "admin": admin,
        "budi": cast.budi,
        "guru": cast.guru,
        "kader": cast.kader,
        "lurah": cast.lurah,
        "citra": cast.citra,
    }
    return Scene(
        {name: make_token(session, account) for name, account in who.items()},
        [str(uuid) for uuid in uuids],
        ["gps", MELATI, CITY, "05", "biopori", WEST, "0" * 64],
    )
