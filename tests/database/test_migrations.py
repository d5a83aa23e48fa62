"""One history for both databases, in both directions; it says exactly what the models say."""

from __future__ import annotations

from typing import Any

import pytest
from alembic import command
from alembic.script import ScriptDirectory
from sqlalchemy import Engine, create_engine, event, inspect, text
from sqlalchemy.pool import NullPool

from app.database import Base, migrations
from app.database.engine import prepare_engine
from app.database.schema import State, newest_revision, revisions, schema_of
from tests.databases import Database


@pytest.fixture
def engine(empty_database: Database) -> Engine:
    made = create_engine(empty_database.url, poolclass=NullPool)
    prepare_engine(made)
    return made


def state(engine: Engine) -> State:
    with engine.connect() as connection:
        return schema_of(connection).state


def tables(engine: Engine) -> set[str]:
    return set(inspect(engine).get_table_names()) - {"spatial_ref_sys"}


def described(engine: Engine) -> dict[str, Any]:
    """The schema as the database tells it, in an order of our own."""
    looked = inspect(engine)
    return {
        table: {
            "columns": {column["name"]: (str(column["type"]), column["nullable"]) for column in looked.get_columns(table)},
            "primary key": looked.get_pk_constraint(table),
            "checks": sorted((check["name"], check["sqltext"]) for check in looked.get_check_constraints(table)),
            "uniques": sorted(unique["name"] for unique in looked.get_unique_constraints(table)),
            "indexes": sorted((index["name"], index["column_names"], index["unique"]) for index in looked.get_indexes(table)),
            "foreign keys": sorted(
                (key["constrained_columns"], key["referred_table"], key["referred_columns"])
                for key in looked.get_foreign_keys(table)
            ),
        }
        for table in tables(engine) - {"alembic_version"}
    }


@pytest.mark.postgis
@pytest.mark.parametrize("kind", ["postgis"], indirect=True)
def test_postgresql_without_postgis_is_told_in_a_sentence(empty_database, engine):
    with engine.begin() as connection:
        connection.execute(text("DROP EXTENSION postgis CASCADE"))
    with pytest.raises(migrations.SchemaProblem, match="CREATE EXTENSION postgis"):
        migrations.upgrade(empty_database.url)
    assert tables(engine) == set()


@pytest.mark.long_on_postgis
def test_upgrade_downgrade_and_upgrade_again(empty_database, engine):
    assert state(engine) is State.EMPTY
    migrations.upgrade(empty_database.url)
    assert state(engine) is State.CURRENT
    migrations.downgrade(empty_database.url, "base")
    assert tables(engine) == {"alembic_version"}
    assert state(engine) is State.EMPTY
    migrations.upgrade(empty_database.url)
    migrations.upgrade(empty_database.url)
    assert state(engine) is State.CURRENT


@pytest.mark.long_on_postgis
def test_every_single_step_can_be_taken_back(empty_database, engine):
    for _ in revisions():
        migrations.upgrade(empty_database.url, "+1")
        migrations.downgrade(empty_database.url, "-1")
        migrations.upgrade(empty_database.url, "+1")
    assert state(engine) is State.CURRENT


def test_nothing_is_left_to_generate(fresh_database):
    migrations.check(fresh_database.url)


def test_something_left_to_generate_is_noticed(fresh_database):
    engine = create_engine(fresh_database.url, poolclass=NullPool)
    with engine.begin() as connection:
        connection.execute(text("DROP TABLE target"))
    with pytest.raises(migrations.SchemaProblem, match="target"):
        migrations.check(fresh_database.url)


def test_an_old_schema_fails_the_check(empty_database):
    with pytest.raises(migrations.SchemaProblem, match="not up to date"):
        migrations.check(empty_database.url)


def test_migrating_makes_exactly_the_tables_of_the_models(empty_database, fresh_database, engine):
    """Autogenerate sees neither CHECKs nor words of enumerations; this comparison does."""
    Base.metadata.create_all(engine)
    migrated = create_engine(fresh_database.url, poolclass=NullPool)
    assert described(migrated) == described(engine)


def test_a_migration_that_breaks_off_leaves_nothing_and_can_be_run_again(empty_database, engine):
    """The power goes when the new version is about to be written down: every table made before is gone with it."""
    with engine.connect() as connection:
        event.listen(connection, "before_cursor_execute", _cut_the_power)
        configuration = migrations.config(empty_database.url)
        configuration.attributes["connection"] = connection
        with pytest.raises(RuntimeError, match="power cut"):
            command.upgrade(configuration, "head")
    assert tables(engine) <= {"alembic_version"}
    assert state(engine) is State.EMPTY
    migrations.upgrade(empty_database.url)
    assert state(engine) is State.CURRENT


def _cut_the_power(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
    if statement.startswith("INSERT INTO alembic_version"):
        raise RuntimeError("power cut")


def test_a_half_made_schema_is_told_from_an_old_one(fresh_database):
    engine = create_engine(fresh_database.url, poolclass=NullPool)
    with engine.begin() as connection:
        connection.execute(text("DROP TABLE target"))
        schema = schema_of(connection)
    assert (schema.state, schema.missing) == (State.HALF, ("target",))
    with engine.begin() as connection:
        connection.execute(text("DELETE FROM alembic_version"))
        assert schema_of(connection).state is State.HALF


def test_a_schema_of_another_program_version_is_told(fresh_database):
    engine = create_engine(fresh_database.url, poolclass=NullPool)
    with engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = 'fromtomorrow'"))
        assert schema_of(connection).state is State.UNKNOWN


def test_the_history_is_one_line_that_alembic_reads_the_same_way():
    scripts = ScriptDirectory.from_config(migrations.config("sqlite://"))
    assert scripts.get_heads() == [newest_revision()]
    assert {script.revision for script in scripts.walk_revisions()} == set(revisions())
