"""What a shared phone sends for one account never becomes another's (X-Sabuk-Account)."""

from __future__ import annotations

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.media.models import PhotoSender
from tests.factories.actions import body
from tests.factories.cast import Cast
from tests.media.pictures import jpeg, name_of
from tests.sync.wire import Sign, address, rows


def test_what_is_meant_for_me_is_taken(signed_in: Sign, cast: Cast, session: Session) -> None:
    meant = {"X-Sabuk-Account": str(cast.budi.person.uuid)}
    signed_in(cast.budi).put(address(), json=body(), headers=meant, status=201)
    assert signed_in(cast.budi).get("/api/v1/me", headers=meant).json["id"] == meant["X-Sabuk-Account"]
    assert rows(session) == 1


@pytest.mark.parametrize("meant", ["another's", "", "x", "00000000-0000-0000-0000-000000000000"])
def test_what_is_meant_for_somebody_else_is_refused_and_not_stored(
    signed_in: Sign, cast: Cast, session: Session, meant: str
) -> None:
    headers = {"X-Sabuk-Account": str(cast.citra.person.uuid) if meant == "another's" else meant}
    budi, content = signed_in(cast.budi), jpeg(41)
    answer = budi.put(address(), json=body(), headers=headers, status=401)
    assert answer.json["type"] == "urn:sabuk:problem:other_account"
    assert answer.headers["WWW-Authenticate"] == "Bearer"
    budi.put(f"/api/v1/photos/{name_of(content)}", data=content, headers=headers, status=401)
    budi.get("/api/v1/me", headers=headers, status=401)
    assert rows(session) == 0
    assert session.scalar(select(func.count()).select_from(PhotoSender)) == 0
