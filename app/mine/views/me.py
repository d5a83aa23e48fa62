"""Who I am, for programs."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from flask import jsonify
from flask.typing import ResponseReturnValue

from app.awards.queries import badges, belts
from app.core.clock import utc_now
from app.core.text import Text, Verbatim
from app.database import db
from app.mine.answers import Me, PostHeld, Standing
from app.mine.views.blueprint import wire_blueprint
from app.people import queries as people
from app.people.access import me
from app.places import queries as places
from app.programmes import queries as programmes
from app.web.described import described
from app.web.language import said


@wire_blueprint.get("/api/v1/me")
@described({200: Me})
def get_me() -> ResponseReturnValue:
    """Name, posts, sites, and per programme: stamped count, belt, stripes, next belt and what is missing."""
    account = me()
    session = db.session()
    now = utc_now()
    today = people.person_day(session, account.person_id, now)
    tenures = people.tenures_at(session, account.person_id, now)
    index = places.areas(session)
    sites = places.sites_by_id(session, {h.site_id for h in tenures if h.site_id is not None})
    circles = places.sites_at(session, people.member_sites(tenures), now)
    held = badges.badges_of(session, account.person_id)
    current = programmes.all_current(session, today)
    names = {(each.programme_id, badge.code): badge.name.text for each in current for badge in each.definition.badges}
    posts: list[PostHeld] = []
    for h in tenures:
        area = index.by_id.get(h.area_id) if h.area_id is not None else None
        site = sites.get(h.site_id) if h.site_id is not None else None
        posts.append(
            {
                "post": h.post,
                "movement": h.movement,
                "area": {"code": area.code, "name": area.name, "level": area.level} if area else None,
                "site": {"id": str(site.uuid), "name": site.name} if site else None,
                "from": h.valid_from.isoformat() if h.valid_from else None,
                "until": h.valid_until.isoformat() if h.valid_until else None,
            }
        )
    return jsonify(
        id=str(account.person.uuid),
        name=people.own_name(account.person),
        sign_in_name=account.name,
        posts=posts,
        sites=[
            {
                "id": str(site.uuid),
                "name": site.name,
                "kind": site.kind.value,
                "npsn": site.npsn,
                "lon": site.centre.lon,
                "lat": site.centre.lat,
                "radius_m": site.radius_m,
                "confirmed": site.is_confirmed,
            }
            for site in circles
        ],
        programmes=[
            standing_json(standing, held.get(standing.programme_id, {}), names)
            for standing in belts.standing(session, account.person_id, today)
        ],
    )


def standing_json(
    standing: belts.ProgrammeStanding, held: Mapping[str, datetime], names: Mapping[tuple[int, str], Text]
) -> Standing:
    """What somebody has reached in one programme, as it goes over the wire."""
    ahead = standing.next
    return {
        "programme": standing.programme,
        "name": said(standing.name),
        "stamped": standing.stamped,
        "credit": standing.credit,
        "belt": standing.belt,
        "belt_name": said(standing.belt_name) if standing.belt_name else None,
        "stripes": standing.stripes,
        "badges": [
            {
                "code": code,
                "name": said(names.get((standing.programme_id, code), Verbatim(code))),
                "earned_at": earned_at.isoformat(),
            }
            for code, earned_at in held.items()
        ],
        "next": {
            "belt": ahead.belt,
            "belt_name": said(standing.next_name) if standing.next_name else None,
            "stripes": ahead.stripes,
            "threshold": ahead.threshold,
            "missing": ahead.missing,
        }
        if ahead
        else None,
    }
