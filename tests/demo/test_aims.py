"""Every page of the demo city has a before, a now and a target, and says where one is missing."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.actions.models import Action
from app.core.periods import ALL_TIME
from app.demo.service.load import load
from app.indicators import queries as indicators
from app.indicators.models import AreaBaseline, AreaTarget
from app.places import queries as places
from app.places.models import AreaLevel, Site, SiteKind
from app.programmes import queries as programmes
from app.tallies.rules import the_public
from tests.factories.actions import MONDAY, NOW


@pytest.mark.long_on_postgis
def test_the_demo_city_knows_what_was_before_and_what_it_aims_at(session: Session, tmp_path: Path) -> None:
    load(session, count=8, actions=120, seed=1, sign_ins=tmp_path / "sign-ins.txt", now=NOW, advance=lambda _: None)
    kelurahan = places.areas(session).of_level(AreaLevel.KELURAHAN)
    assert session.scalar(select(func.count()).select_from(AreaBaseline)) == len(kelurahan) * 7 // 8
    assert session.scalar(select(func.count()).select_from(AreaTarget)) == 2 * len(kelurahan) + 1
    biopori = programmes.current(session, "biopori", MONDAY)
    assert biopori is not None
    sheets = [
        indicators.sheet(session, biopori, area.id, ALL_TIME, today=MONDAY, audience=the_public(NOW)).numbers[0]
        for area in kelurahan
    ]
    for holes in sheets:
        assert holes.target is not None
        if holes.baseline is not None:
            assert holes.baseline.total == holes.baseline.value + (holes.reading.value or 0)
            assert holes.target.value > holes.baseline.value
            assert "rekaan" in holes.baseline.source
    dug_where = session.scalars(select(Action.rw_id).where(Action.programme_id == biopori.programme_id))
    assert all(rw_id is not None for rw_id in dug_where)
    pupils = session.scalars(select(Site.pupils).where(Site.kind == SiteKind.SCHOOL)).all()
    assert sum(count is None for count in pupils) == len(pupils) // 8
