"""Notices that were told in pairs of Indonesian and English are told by language after the upgrade, and back."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from sqlalchemy import Engine, create_engine, insert, select
from sqlalchemy.pool import NullPool

from app.core.catalogue import ENGLISH, INDONESIAN
from app.database import Base, migrations
from app.database.engine import prepare_engine
from app.notices.rules import NoticeKind, words

NOTICE, PERSON = Base.metadata.tables["notice"], Base.metadata.tables["person"]
NOW = datetime(2026, 11, 30, 1, tzinfo=UTC)
BEFORE, AFTER = "d4a7c19e5b30", "e7b2d0a4c816"
PAIRED: dict[str, dict[str, Any]] = {
    "belt": {"belt": ["Sabuk Hijau", "Green belt"], "stripes": 1, "programme": ["Gerakan", "Movement"]},
    "badge": {"badge": ["Tiga pekan", "Three weeks"]},
    "post_confirmed": {"post": ["Guru di SDN Teratai 1", "Teacher at SDN Teratai 1"]},
    "code_handed": {"by": "Pengelola server", "by_en": "The operator of the server"},
    "stamped": {"count": 2},
}
SAID = {
    "belt": "Congratulations: green belt with 1 stripe in Movement!",
    "badge": "A new badge: Three weeks.",
    "post_confirmed": "Your post has begun: Teacher at SDN Teratai 1.",
    "code_handed": "The operator of the server created a password code for your account. If you did not ask for it, tell them at "
    "once.",
    "stamped": "2 of your actions are stamped.",
}


@pytest.fixture
def engine(empty_database):
    made = create_engine(empty_database.url, poolclass=NullPool)
    prepare_engine(made)
    return made


def kept(engine: Engine) -> dict[str, Any]:
    with engine.connect() as connection:
        return {row.kind: row.values for row in connection.execute(select(NOTICE.c.kind, NOTICE.c["values"].label("values")))}


def test_names_in_notices_are_kept_by_language(empty_database, engine):
    migrations.upgrade(empty_database.url, BEFORE)
    with engine.begin() as connection:
        (person,) = connection.execute(insert(PERSON).values(name="Budi", is_adult=True, created_at=NOW)).inserted_primary_key
        for kind, values in PAIRED.items():
            told = {"person_id": person, "kind": kind, "values": values, "link": "/buku", "told_at": NOW}
            connection.execute(insert(NOTICE).values(told))
    migrations.upgrade(empty_database.url, AFTER)
    told = kept(engine)
    assert {kind: words(NoticeKind(kind), values).said(ENGLISH) for kind, values in told.items()} == SAID
    assert "Guru di SDN Teratai 1" in words(NoticeKind.POST_CONFIRMED, told["post_confirmed"]).said(INDONESIAN)
    migrations.downgrade(empty_database.url, BEFORE)
    assert kept(engine) == PAIRED
