"""`sabuk serve` as people start and end it: real processes on a real port."""

from __future__ import annotations

import json
import os
import shutil
import signal
import socket
import time
import urllib.error
import urllib.request
from pathlib import Path

import pytest
from click.testing import CliRunner
from sqlalchemy import create_engine, text
from sqlalchemy.pool import NullPool

from app.serve import serve
from tests.databases import Database
from tests.serving import Server, demo_instance, free_port, serving

pytestmark = pytest.mark.early


def children_of(pid: int) -> list[int]:
    """The process's children and theirs, Linux' own account."""
    found = [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    return found + [grandchild for child in found for grandchild in children_of(child)]


def all_of(server: Server) -> list[int]:
    """The web server's master, the job runner and the two workers, once they are there."""
    deadline = time.monotonic() + 10
    while len(found := children_of(server.process.pid)) < 4:
        assert time.monotonic() < deadline
        time.sleep(0.05)
    return found


def worked_s(pid: int) -> float:
    """Seconds of a processor that the process, and what it ran and waited for, have used."""
    used = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[11:15]
    return sum(map(int, used)) / os.sysconf("SC_CLK_TCK")


def lives(pid: int) -> bool:
    try:
        return "Z" not in Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except FileNotFoundError:
        return False


def gone_within(pids: list[int], seconds: float) -> bool:
    deadline = time.monotonic() + seconds
    while any(lives(pid) for pid in pids) and time.monotonic() < deadline:
        time.sleep(0.05)
    return not any(lives(pid) for pid in pids)


def refused(*options: str, database_url: str | None, instance: Path, code: int = 1) -> str:
    """What a start that ends with a refusal says."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SABUK_INSTANCE", str(instance))
        patch.setenv("DATABASE_URL", database_url or "")
        before = os.umask(0o022)
        ended = CliRunner().invoke(serve, ["--port", str(free_port()), *options])
        os.umask(before)
    assert ended.exit_code == code, ended.output
    assert isinstance(ended.exception, SystemExit)
    return ended.stderr


@pytest.mark.long_on_postgis
def test_an_empty_database_is_made_ready_and_served(empty_database, tmp_path):
    with serving(empty_database.url, tmp_path) as server:
        with urllib.request.urlopen(server.url + "/readyz", timeout=5) as answer:  # noqa: S310 - our own server
            assert json.load(answer)["schema"] == "current"
        assert server.end() == 0
        said = server.log.read_text()
        assert f"Sabuk Hijau: {server.url}/" in said
        # There is nobody in it: who comes first is told how.
        assert "--post administrator@CITY" in said
        assert f"{server.url}/atur-ulang" in said


def test_an_empty_database_gets_the_demo_city_once_and_its_sign_ins_are_shown_each_time(tmp_path):
    began = demo_instance()
    instance = Path(shutil.copytree(began, tmp_path / "again"))
    said = [(began / "server.log").read_text()]
    with serving(None, instance, "--host", "127.0.0.1") as server:
        server.end()
        said.append(server.log.read_text())
    assert ["(demo)" in each for each in said] == [True, False]
    assert not any("Nobody can administer" in each for each in said)
    assert all((began / "demo-sign-ins.txt").read_text().strip() in each for each in said)
    made = [path for path in instance.rglob("*") if path.name != "server.log"]
    assert len(made) > 3
    assert not [path for path in made if path.stat().st_mode & 0o077]


def test_places_that_cannot_be_read_stop_the_start(instance):
    (instance / "broken.geojson").write_text("{}")
    said = refused("--places", str(instance / "broken.geojson"), database_url=None, instance=instance)
    assert "places import" in said


@pytest.mark.long
def test_every_sign_to_stop_ends_every_process(instance):
    for sign in (signal.SIGTERM, signal.SIGINT, signal.SIGKILL):
        with serving(None, instance) as server:
            below = all_of(server)
            code = server.end(sign)
            assert code == (-signal.SIGKILL if sign is signal.SIGKILL else 0)
            assert gone_within(below, 10), sign


def test_a_sign_to_stop_is_heard_right_after_the_first_answer(instance):
    with serving(None, instance) as server:
        assert server.end(timeout_s=10) == 0


def test_the_parent_ends_with_its_web_server_and_says_that_it_failed(instance):
    with serving(None, instance) as server:
        below = all_of(server)
        os.kill(below[0], signal.SIGKILL)
        assert server.process.wait(15) == 128 + signal.SIGKILL
        assert gone_within(below, 10)


def test_a_worker_that_is_killed_is_replaced(instance):
    with serving(None, instance) as server:
        for worker in all_of(server)[1:]:
            os.kill(worker, signal.SIGKILL)
        deadline = time.monotonic() + 10
        while not server.answers() and time.monotonic() < deadline:
            time.sleep(0.1)
        assert server.answers("/readyz")


def test_a_second_start_answers_quickly_and_changes_nothing(instance):
    with serving(None, instance):
        pass
    before = (instance / "secret").read_text()
    with serving(None, instance) as server:
        # The bound of the contract is 3 s on an idle machine; here others work beside, so work is counted instead of time.
        assert sum(worked_s(pid) for pid in (server.process.pid, *all_of(server))) < 8
        assert "Bringing" not in server.log.read_text()
    assert (instance / "secret").read_text() == before
    assert (instance / "secret").stat().st_mode & 0o777 == 0o600


@pytest.mark.long
def test_two_that_start_at_once_make_the_database_once(tmp_path):
    with serving(None, tmp_path / "both") as first, serving(None, tmp_path / "both") as second:
        assert first.answers("/readyz")
        assert second.answers("/readyz")


def change(database: Database, statement: str) -> None:
    with create_engine(database.url, poolclass=NullPool).begin() as connection:
        connection.execute(text(statement))


def test_a_half_made_database_is_refused_with_a_sentence(fresh_database, tmp_path):
    change(fresh_database, "DROP TABLE target")
    said = refused(database_url=fresh_database.url, instance=tmp_path)
    assert "half made" in said
    assert "missing: target" in said


def test_a_database_of_another_version_is_refused_with_a_sentence(fresh_database, tmp_path):
    change(fresh_database, "UPDATE alembic_version SET version_num = 'fromtomorrow'")
    said = refused(database_url=fresh_database.url, instance=tmp_path)
    assert "fromtomorrow" in said
    assert "another version" in said


@pytest.mark.parametrize("url", ["postgresql+psycopg://nobody@127.0.0.1:9/nothing", "sqlite:////nowhere/at/all.sqlite3"])
def test_a_database_out_of_reach_is_said_in_a_sentence(url, tmp_path):
    assert "cannot be reached" in refused(database_url=url, instance=tmp_path)


def test_a_taken_port_is_said_in_a_sentence(instance):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        assert "choose another with --port or --host" in refused("--port", port, database_url=None, instance=instance)


def test_an_address_that_is_not_ours_is_said_in_a_sentence(instance):
    assert "cannot answer on 192.0.2.1" in refused("--host", "192.0.2.1", database_url=None, instance=instance)


def test_a_host_that_does_not_exist_is_said_in_a_sentence(instance, monkeypatch):
    def unknown(*_asked: object, **_more: object) -> None:
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", unknown)
    assert "cannot answer on nowhere.invalid" in refused("--host", "nowhere.invalid", database_url=None, instance=instance)


@pytest.mark.parametrize(
    "options", [["--port", "0"], ["--port", "65536"], ["--port", "many"], ["--places", "/nowhere.geojson"], ["--demo"]]
)
def test_wrong_options_are_refused_before_anything_is_made(options, tmp_path):
    assert "Error" in refused(*options, database_url=None, instance=tmp_path / "untouched", code=2)
    assert not (tmp_path / "untouched").exists()


def test_an_answer_that_is_no_page_is_no_leak_of_the_server(instance):
    with serving(None, instance) as server:
        request = urllib.request.Request(server.url + "/api/v1/nothing", headers={"Authorization": "Bearer tok-secret"})  # noqa: S310
        with pytest.raises(urllib.error.HTTPError) as answer:
            urllib.request.urlopen(request, timeout=5)  # noqa: S310
        assert answer.value.code == 404
        assert answer.value.headers["Content-Type"] == "application/problem+json"
        answer.value.close()
        assert "tok-secret" not in server.log.read_text()
