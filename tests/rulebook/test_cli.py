"""`sabuk programmes`: a file is looked over, compared and brought into force."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from ruamel.yaml import YAML
from sqlalchemy import select

from app.awards.models import Award, BadgeAward
from app.cli import sabuk
from app.core.clock import DEFAULT_ZONE, local_day, utc_now
from app.core.periods import ALL_TIME
from app.people.models import Person
from app.programmes import queries, service
from app.programmes.models import ProgrammeVersion
from app.rulebook.queries import people_by_count
from app.tallies.models import Tally
from app.tallies.rules import Subject
from tests.programmes.files import document_of, text_of

NOW = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)


@pytest.fixture
def file(tmp_path):
    """Writes a programme file with the changes given."""

    def write(**changes):
        path = tmp_path / "programme.yaml"
        with path.open("w") as out:
            YAML(typ="safe", pure=True).dump(document_of("gps", **changes), out)
        return str(path)

    return write


@pytest.fixture
def run(app, session):
    def invoke(*words, exit_code=0):
        session.commit()
        result = app.test_cli_runner().invoke(sabuk, ["programmes", *words])
        assert result.exit_code == exit_code, result.output
        return result

    return invoke


@pytest.fixture
def gps(session):
    return service.apply(session, text_of("gps"), applied_by=None, now=NOW)


@pytest.fixture
def counts(session, gps):
    """People with these counts of credits."""

    def make(*credits):
        for place, credit in enumerate(credits):
            person = Person(name=f"Relawan {place}", is_adult=True, created_at=NOW)
            session.add(person)
            session.flush()
            key = {"programme_id": gps.programme_id, "subject": Subject.PERSON, "subject_id": person.id, "period": ALL_TIME.name}
            session.add(Tally(**key, measure="actions", value=max(1, credit)))
            if credit:
                session.add(Tally(**key, measure="credit", value=credit))

    return make


def rungs_with(place, **changes):
    rungs = document_of("gps")["ladder"]["rungs"]
    rungs[place] |= changes
    return rungs


def test_a_sound_file_is_told_to_be_sound(run, file):
    result = run("check", file(version=7))
    assert result.stdout == "gps version 7, effective from 2014-06-23: sound\n"
    assert "hint: measures.items" in result.stderr


def test_a_wrong_file_is_told_key_by_key_in_both_languages(run, file):
    result = run("check", file(version=0, place__radius_m=5), exit_code=1)
    assert result.stdout == ""
    assert "version: This must be at least 1. (Paling sedikit 1.)" in result.stderr
    assert "place.radius_m: This must be at least 10. (Paling sedikit 10.)" in result.stderr


def test_a_file_that_is_not_there_is_named(run):
    assert "gone.yaml" in run("check", "gone.yaml", exit_code=2).stderr


def test_people_are_counted_by_their_credits(session, gps, counts):
    counts(0, 1, 1, 30, 80)
    assert people_by_count(session, gps.programme_id) == {0: 1, 1: 2, 30: 1, 80: 1}


def test_a_difference_tells_keys_people_and_belts(run, file, counts):
    counts(0, 1, 1, 26, 30, 80)
    new = file(version=2, effective_from="2199-01-01", ladder__rungs=rungs_with(1, threshold=29))
    said = run("diff", new).stdout
    assert "gps: version 1 in force, version 2 from 2199-01-01" in said
    assert "  ladder.rungs[green].threshold: 25 -> 29\n" in said
    lines = {line.split()[0]: line.split()[-2:] for line in said.splitlines() if line.split()[-2:] and line[:1] != " "}
    assert lines["white"] == ["2", "3"]
    assert lines["green"] == ["2", "1"]
    assert lines["red"] == ["1", "1"]
    assert "Of 6 people with stamps 0 would rise, 1 would fall, 0 would get other stripes." in said


def test_a_difference_changes_nothing_and_says_what_apply_would_refuse(run, file, session, gps):
    result = run("diff", file(version=5, place__radius_m=150))
    assert "apply would refuse: version:" in result.stderr
    assert "apply would refuse: effective_from:" in result.stderr
    assert session.scalars(select(ProgrammeVersion.version)).all() == [1]


def test_another_credit_rule_moves_nobody_and_says_so(run, file, gps):
    new = file(version=2, effective_from="2199-01-01", credit={"programme_days_only": False})
    assert "stamps given keep the credits of their day" in run("diff", new).stdout


def test_a_programme_that_is_not_there_differs_in_everything(run, file):
    assert "everything is new" in run("diff", file()).stdout


def test_a_file_is_brought_into_force_once(run, file, session):
    new = file()
    assert run("apply", new).stdout == "gps version 1, effective from 2014-06-23: applied\n"
    assert run("apply", new).stdout == "gps version 1, effective from 2014-06-23: is there already, unchanged\n"
    assert queries.newest(session, "gps").version == 1


def test_a_version_to_come_tells_when_to_rebuild(run, file, gps):
    result = run("apply", file(version=2, effective_from="2199-01-01"))
    assert result.stdout == "gps version 2, effective from 2199-01-01: applied\n"
    assert "sabuk rebuild" in result.stderr


def test_belts_and_badges_follow_a_version_that_is_in_force_at_once(run, file, session, gps, counts):
    counts(30)
    person_id = session.scalars(select(Person.id)).one()
    key = {"person_id": person_id, "programme_id": gps.programme_id, "earned_at": NOW}
    session.add(Award(**key, threshold=25, belt="green", stripes=0))
    session.add(BadgeAward(**key, badge="first_pick"))
    today = local_day(utc_now(), DEFAULT_ZONE)
    run("apply", file(version=2, effective_from=today.isoformat(), ladder__rungs=rungs_with(1, threshold=29)))
    # There is no stamp below the tally: what no stamp and no rule holds up is taken back.
    assert session.scalars(select(Award)).all() == []
    assert session.scalars(select(BadgeAward)).all() == []


def test_what_may_not_follow_is_refused_whole(run, file, session, gps):
    result = run("apply", file(version=2), exit_code=1)
    assert "effective_from: Rules are not retroactive" in result.stderr
    assert session.scalars(select(ProgrammeVersion.version)).all() == [1]
