"""Files with one strange part: each is read or refused with sentences, and nothing of it breaks anything."""

from __future__ import annotations

import json
import random
from contextlib import suppress
from typing import Any

import pytest
from sqlalchemy.orm import Session

from app.core.catalogue import ENGLISH, INDONESIAN
from app.core.errors import DomainError, Invalid
from app.places import service as places
from app.places.service import ImportOptions
from app.places.service.reading import parse_geojson
from app.programmes import service as programmes
from app.programmes.rules.reading import plain
from tests.factories.city import LONG_AGO
from tests.fuzz.bodies import places_in, replaced
from tests.fuzz.values import PARTS
from tests.places.drawing import collection, feature, square


def areas() -> dict[str, Any]:
    own = {"population": 12, "households": 3, "district": "Barat", "regency": "Kota"}
    drawn = collection(
        feature("32.99.01.1001", "Melati", square(0, 0), **own), feature("32.99.01.1002", "Kenanga", square(0, 1), **own)
    )
    return drawn | {"crs": {"type": "name", "properties": {"name": "EPSG:4326"}}, "name": "kelurahan"}


SAID = [pytest.param(part, id=str(number)) for number, part in enumerate(PARTS)]


@pytest.mark.parametrize("part", SAID)
def test_a_file_of_areas_with_a_strange_part_is_read_or_refused(part: Any) -> None:
    whole = areas()
    for place in places_in(whole):
        # Of the second feature it is as of the first, and of each corner as of another.
        if place[:2] != ("features", 1) and not (len(place) > 6 and place[5] > 0):
            content = json.dumps(replaced(whole, place, part)).encode("utf-8", "surrogatepass")
            with suppress(Invalid):
                places.read_bytes(content, crs="EPSG:32748")
            try:
                drawn = places.read_bytes(content)
                read = places.read_survey(drawn.collection, ImportOptions())
            except Invalid:
                continue
            else:
                for told in read.refused:
                    assert all(reason.said(INDONESIAN) and reason.said(ENGLISH) for reason in told.refusals), place


def test_what_is_read_of_a_strange_file_can_be_stored(session: Session) -> None:
    whole = areas()
    for part in random.Random(1).sample(PARTS, 12):
        for name in ("name", "code", "population", "households", "district", "regency"):
            tried = session.begin_nested()
            with suppress(DomainError):
                drawn = parse_geojson(json.dumps(replaced(whole, ("features", 0, "properties", name), part)).encode())
                places.import_areas(session, drawn, ImportOptions(), now=LONG_AGO)
            tried.rollback()
            places.areas_changed(session)


@pytest.mark.long
@pytest.mark.parametrize("code", ["gps", "biopori"])
def test_a_programme_with_a_strange_part_is_read_or_refused(code: str) -> None:
    content = next(text for name, text in programmes.bundled().items() if name.startswith(code))
    whole = plain(content).document
    chance = random.Random(code)
    for place in filter(None, places_in(whole)):
        for part in chance.sample([part for part in PARTS if part != 10**400], 2):
            with suppress(Invalid):
                programmes.checked(replaced(whole, place, part))
