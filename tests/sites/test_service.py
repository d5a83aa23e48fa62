"""Who may say that a site is real, and move it."""

from __future__ import annotations

import pytest
from sqlalchemy.orm import Session

from app.core.errors import NotAllowed, NotFound
from app.sites import service
from tests.factories.actions import NOW
from tests.factories.cast import Cast
from tests.factories.city import IN_KENANGA


def test_who_touches_a_circle(session: Session, cast: Cast) -> None:
    cast.office.confirmed_at = cast.office.confirmed_by = None
    with pytest.raises(NotAllowed):
        service.confirm_site(session, cast.office.uuid, by=cast.budi, now=NOW)
    with pytest.raises(NotAllowed):
        service.move_site(session, cast.office.uuid, centre=IN_KENANGA, radius_m=None, by=cast.guru, now=NOW)
    with pytest.raises(NotFound):
        service.confirm_site(session, cast.ani.uuid, by=cast.lurah, now=NOW)
    service.confirm_site(session, cast.office.uuid, by=cast.lurah, now=NOW)
    assert (cast.office.confirmed_at, cast.office.confirmed_by) == (NOW, cast.lurah.id)
