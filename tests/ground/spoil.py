"""One thing wrong with a submission that was right, and how it must be refused: the status, and the field that is named."""

from __future__ import annotations

import copy
from typing import Any

from tests.ground.world import Person, World

MISSING = object()

CHANGES: dict[str, tuple[str, Any, str]] = {
    # What: (where, what instead, field that is named)
    "lon a boolean": ("fix.lon", False, "fix.lon"),
    "lon as text": ("fix.lon", "107.6", "fix.lon"),
    "lat beyond the pole": ("fix.lat", -96.9, "fix.lat"),
    "no fix": ("fix", MISSING, "fix"),
    "fix a list": ("fix", [107.6, -6.9], "fix"),
    "no source": ("fix.source", MISSING, "fix.source"),
    "source unknown": ("fix.source", "gps", "fix.source"),
    "no accuracy": ("fix.accuracy_m", MISSING, "fix"),
    "accuracy 0": ("fix.accuracy_m", 0, "fix.accuracy_m"),
    "accuracy below 0": ("fix.accuracy_m", -12.0, "fix.accuracy_m"),
    "a field of fix unknown": ("fix.altitude", 700, "fix.altitude"),
    "no zone": ("captured_at", "2026-12-14T07:05:00", "captured_at"),
    "time a number": ("captured_at", 1797206700, "captured_at"),
    "1970": ("captured_at", "1970-01-01T00:00:00Z", "captured_at"),
    "9999": ("sent_at", "9999-12-31T23:59:59Z", "sent_at"),
    "no sent_at": ("sent_at", MISSING, "sent_at"),
    "31 February": ("captured_at", "2027-02-31T07:00:00+07:00", "captured_at"),
    "minutes below 0": ("minutes", -5, "minutes"),
    "minutes a fraction": ("minutes", 12.5, "minutes"),
    "minutes a boolean": ("minutes", True, "minutes"),
    "programme unknown": ("programme", "sidarling", "programme"),
    "no programme": ("programme", MISSING, "programme"),
    "points": ("points", 100, "points"),
    "status": ("status", "stamped", "status"),
    "received_at": ("received_at", "2026-12-14T07:05:00Z", "received_at"),
    "measure unknown": ("measures.tonnes", 3, "measures.tonnes"),
    "measure below 0": ("measures.items", -1, "measures.items"),
    "bags a fraction": ("measures.bags_large", 1.5, "measures.bags_large"),
    "holes none": ("measures.holes", 0, "measures.holes"),
    "kg as text": ("measures.kg", "3.5", "measures.kg"),
    "kg method unknown": ("measures.kg_method", "guessed", "measures.kg_method"),
    "photograph not sent": ("photos", [{"sha256": "ab" * 32, "role": "after"}], "photos[0]"),
    "photograph's digest short": ("photos", [{"sha256": "abc"}], "photos[0].sha256"),
    "rw no number": ("rw", "RW Melati", "rw"),
    "site malformed": ("site", "SDN Citarum", "site"),
    "note too long": ("note", "a" * 1001, "note"),
}
SPECIAL = ("null island", "a pin's accuracy", "somebody else's site", "for somebody unknown", "for somebody not entrusted")
WAYS = (*CHANGES, *SPECIAL)


def spoil(way: str, sent: dict[str, Any], world: World, subject: Person) -> tuple[dict[str, Any], tuple[int, str]]:
    """The body with that wrong, and (status, field named); no field where the person may not do it at all."""
    body = copy.deepcopy(sent)
    if way == "null island":
        body["fix"] |= {"lon": 0, "lat": 0}
        return body, (422, "fix")
    if way == "a pin's accuracy":
        body["fix"]["source"] = "pin"
        return body, (422, "fix")
    if way == "somebody else's site":
        theirs = {post.site for post in subject.posts}
        body["site"] = str(next(site.uuid for site in reversed(world.sites) if site.number not in theirs))
        return body, (422, "site")
    if way == "for somebody unknown":
        body["on_behalf_of"] = "00000000-0000-4000-8000-000000000000"
        return body, (403, "")
    if way == "for somebody not entrusted":
        body["on_behalf_of"] = str(world.people["z1"].uuid)
        return body, (403, "")
    where, instead, field = CHANGES[way]
    if where.startswith("measures.holes"):
        body["programme"] = "biopori"
        body["measures"] = {}
    elif where.startswith("measures"):
        body |= {"programme": "gps", "minutes": 15, "measures": {}}
    *path, last = where.split(".")
    part = body
    for step in path:
        part = part.setdefault(step, {})
    if instead is MISSING:
        del part[last]
    else:
        part[last] = instead
    return body, (422, field)
