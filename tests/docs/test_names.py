"""What the documents name is in the code: a file that moves and a function that is renamed take their docs along."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.application import create_app
from app.database import Base
from app.settings import Settings
from app.work import WORK
from tests.docs.names import House, addresses_of, tokens

ROOT = Path(__file__).resolve().parents[2]
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md")])
LEFT_OUT = {"data-dictionary.md": "written from the models", "CHANGELOG.md": "tells of what was, too"}

OTHERS = {
    "/api": "how the addresses of the wire begin",
    "/etc/sabuk.env": "a file that an operator writes",
    "/srv/sabuk": "a folder that an operator makes",
    "/var/lib/sabuk": "the same",
    "TMPDIR": "the operating system's",
    "/metrics": "there where SABUK_METRICS_TOKEN is set",
    "GET /metrics": "the same",
    "openssl rand -hex 24": "OpenSSL's",
    "pg_dump -Fc": "PostgreSQL's",
    "ogr2ogr -t_srs EPSG:4326 converted.geojson FILE": "GDAL's",
}
"""Names in backticks that the code need not have -> why."""


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> House:
    instance = tmp_path_factory.mktemp("instance")
    app = create_app(Settings(database_url=f"sqlite:///{instance / 'none.sqlite3'}", instance=instance, secret_key="x"))
    tables = {name: set(table.columns.keys()) for name, table in Base.metadata.tables.items()}
    return House(ROOT, addresses_of(str(rule) for rule in app.url_map.iter_rules()), tables, OTHERS)


@pytest.mark.parametrize("page", [page for page in PAGES if page.name not in LEFT_OUT], ids=lambda page: page.name)
def test_every_name_in_backticks_is_in_the_code(house: House, page: Path) -> None:
    found = {f"`{told}`: {why}" for told, before in tokens(page.read_text()) if (why := house.complaint(told, before))}
    assert not found, "\n".join([f"{page.name} tells of what is not there:", *sorted(found)])


def test_every_kind_of_job_is_in_the_table_of_jobs() -> None:
    page = (ROOT / "docs" / "photographs.md").read_text()
    assert {
        kind for kind in WORK.handlers if not any(f"`{kind}`" in line for line in page.splitlines() if line.startswith("| `"))
    } == set()


PRESENT = [
    "`sync/service/preparing.py` `prepare`",
    "`app/sync/service/preparing.py`",
    "`outbox-list.js`",
    "`service.py`",
    "`static/css/pages/<room>.css`",
    "`sync/service/preparing.py` `Prepared.submission`",
    "`people/service/` `sign_up`",
    "`people.queries.public_name`",
    "`stamp.public_at`",
    "`media.derive`",
    "`SABUK_HTTPS=1`",
    "`MAX_PHOTOS`",
    "`GET /api/v1/actions/{action_id}`",
    "`/aksi/...`",
    "`/catat?program=gps`",
    "`<action-recorder>`",
    '`belt(colour, stripes, label, description="")`',
    "`bin/sabuk rebuild --verify`",
    "`python -m bench.likeness`",
    "```\n`sync/nowhere.py`\n```",
]

ABSENT = [
    "`sync/nowhere.py`",
    "`sync/service/preparing.py` `nowhere`",
    "`sync/service/preparing.py` `prepare` `nowhere`",
    "`sync/service/preparing.py` `Prepared.nowhere`",
    "`nowhere.js`",
    "`people/service/` `nowhere`",
    "`people.queries.nowhere`",
    "`people.nowhere`",
    "`stamp.nowhere`",
    "`SABUK_NOWHERE=1`",
    "`MAX_NOWHERE`",
    "`Nowhere`",
    "`is_nowhere`",
    "`GET /api/v1/actions/{action_id}/nowhere`",
    "`/nowhere/...`",
    "`<no-where>`",
    '`belt(colour, nowhere="")`',
    "`bin/nowhere --now`",
    "`python -m bench.nowhere`",
    "`a sentence with no_where in it`",
]


@pytest.mark.parametrize("text", PRESENT)
def test_what_is_there_is_left_in_peace(house: House, text: str) -> None:
    assert [why for told, before in tokens(text) if (why := house.complaint(told, before))] == []


@pytest.mark.parametrize("text", ABSENT)
def test_what_is_not_there_is_named(house: House, text: str) -> None:
    *_, (told, before) = tokens(text)
    assert house.complaint(told, before)
