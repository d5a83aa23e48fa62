"""No argument, field, body or part of an address breaks anything, whoever sends it: each gets a "no" with a sentence."""

from __future__ import annotations

import logging
from collections.abc import Iterator

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from tests.factories.fixtures import Clock, kept_once
from tests.factories.kept import Kept
from tests.fuzz.asking import NOBODY, Asker, Broken, doors, listening
from tests.fuzz.scene import Scene, make_scene
from tests.page_client import PageClient

pytestmark = pytest.mark.early


@pytest.fixture(scope="session")
def kept_scene(app: Flask) -> Kept[Scene]:
    return kept_once(app, make_scene)


@pytest.fixture
def asker(app: Flask, session: Session, page: PageClient, clock: Clock, kept_scene: Kept[Scene]) -> Iterator[Asker]:
    scene = kept_scene.again(session)
    session.commit()
    broken = Broken()
    logging.getLogger().addHandler(broken)
    with listening(app) as names:
        yield Asker(app, session, page, scene, names, broken)
    logging.getLogger().removeHandler(broken)


@pytest.mark.long
def test_nothing_notorious_breaks_anything(asker: Asker) -> None:
    """Every door once, as the one who may most there; each argument and field with what has broken something once."""
    for door in doors(asker.app):
        who = "admin" if door.rule.rule.startswith("/admin") else "semua"
        asker.try_paths(who, door, 1)
        asker.try_fields(who, door, paths=1, tries=1)
        asker.try_bodies(who, door, tries=1)
    assert asker.asked > 400
    assert not asker.wrong, f"{len(asker.wrong)} of {asker.asked}:\n" + "\n".join(asker.wrong)


@pytest.mark.long
@pytest.mark.parametrize("who", [NOBODY, "semua", "admin", "budi", "guru", "kader", "lurah", "citra"])
def test_nothing_strange_breaks_anything(asker: Asker, who: str) -> None:
    for door in doors(asker.app):
        asker.try_paths(who, door, 6)
        asker.try_fields(who, door, paths=1, tries=8)
        asker.try_bodies(who, door, tries=4)
    assert not asker.wrong, f"{len(asker.wrong)} of {asker.asked}:\n" + "\n".join(asker.wrong)
