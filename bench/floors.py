"""The least that recording a row can cost here: two bare views under the same gunicorn, with the same care for the disk.

`/orm` adds a row of an action's width through Flask-SQLAlchemy's ORM, `/sql` says the same SQL to the driver. Neither asks who is
there, looks anything up or judges. FLOOR_URL names the database, which they make.
"""

from __future__ import annotations

import json
import os
import sqlite3
from datetime import UTC, date, datetime
from functools import cache
from typing import Any
from uuid import UUID, uuid4

import psycopg
from flask import Flask, jsonify, request
from flask.typing import ResponseReturnValue
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import JSON, BigInteger, DateTime, Float, Index, LargeBinary, String, Uuid, event
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

PRAGMAS = ("journal_mode=WAL", "synchronous=FULL", "busy_timeout=10000")


class Base(DeclarativeBase):
    pass


class Row(Base):
    """As wide as an action, with as many indexes."""

    __tablename__ = "floor"

    id: Mapped[UUID] = mapped_column(Uuid, primary_key=True)
    programme_id: Mapped[int]
    version_id: Mapped[int]
    person_id: Mapped[int]
    recorded_by: Mapped[int]
    capacity: Mapped[str] = mapped_column(String(24))
    movement: Mapped[str | None] = mapped_column(String(24))
    status: Mapped[str] = mapped_column(String(24))
    captured_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    sent_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    received_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    observed_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    observed_on: Mapped[date]
    minutes: Mapped[int | None]
    position: Mapped[bytes] = mapped_column(LargeBinary)
    source: Mapped[str] = mapped_column(String(24))
    accuracy_m: Mapped[float | None] = mapped_column(Float)
    fixed_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    cell: Mapped[int] = mapped_column(BigInteger)
    site_id: Mapped[int | None]
    circle_id: Mapped[int | None]
    distance_m: Mapped[int | None]
    kelurahan_id: Mapped[int | None]
    kecamatan_id: Mapped[int | None]
    city_id: Mapped[int | None]
    rw_id: Mapped[int | None]
    rt: Mapped[str | None] = mapped_column(String(3))
    measures: Mapped[dict[str, Any]] = mapped_column(JSON)
    findings: Mapped[list[Any]] = mapped_column(JSON)
    attention: Mapped[int]
    note: Mapped[str] = mapped_column(String(1000))
    digest: Mapped[str] = mapped_column(String(64))

    __table_args__ = (
        Index("floor_person", "person_id", "observed_on"),
        Index("floor_queue", "kelurahan_id", "attention", "observed_at"),
        Index("floor_site", "site_id", "attention", "observed_at"),
        Index("floor_place", "kelurahan_id", "programme_id", "observed_on"),
    )


COLUMNS = [column.name for column in Row.__table__.columns]
FINDINGS = [
    [code, "ok", {"distance_m": 43, "radius_m": 200}] for code in ("radius_inside", "day_programme", "minutes_ok", "caps")
]

URL = os.environ["FLOOR_URL"]
is_embedded = URL.startswith("sqlite")
db = SQLAlchemy(model_class=Base)
app = Flask(__name__)
app.config["SQLALCHEMY_DATABASE_URI"] = URL
db.init_app(app)


def _care(connection: Any, _record: object) -> None:  # noqa: ANN401 - the driver's own
    for pragma in PRAGMAS:
        connection.execute(f"PRAGMA {pragma}")


with app.app_context():
    if is_embedded:
        event.listen(db.engine, "connect", _care)
    Base.metadata.create_all(db.engine)
    # Workers make connections of their own.
    db.engine.dispose()


def row(sent: dict[str, Any]) -> dict[str, Any]:
    """The columns of the body of an action; what would have to be looked up is always the same."""
    captured_at = datetime.fromisoformat(sent["captured_at"])
    return {
        "id": uuid4(),
        "programme_id": 1,
        "version_id": 1,
        "person_id": 1234,
        "recorded_by": 1234,
        "capacity": "volunteer",
        "movement": None,
        "status": "waiting",
        "captured_at": captured_at,
        "sent_at": datetime.fromisoformat(sent["sent_at"]),
        "received_at": datetime.now(UTC),
        "observed_at": captured_at,
        "observed_on": captured_at.date(),
        "minutes": sent["minutes"],
        "position": bytes(21),
        "source": "device",
        "accuracy_m": sent["fix"]["accuracy_m"],
        "fixed_at": None,
        "cell": 617735063459651583,
        "site_id": 12,
        "circle_id": 12,
        "distance_m": 43,
        "kelurahan_id": 9,
        "kecamatan_id": 3,
        "city_id": 1,
        "rw_id": None,
        "rt": None,
        "measures": sent["measures"],
        "findings": FINDINGS,
        "attention": 0,
        "note": "",
        "digest": "0" * 64,
    }


@app.post("/orm")
def by_orm() -> ResponseReturnValue:
    made = Row(**row(request.get_json()))
    db.session.add(made)
    db.session.commit()
    return jsonify(id=made.id), 201


@app.post("/sql")
def by_sql() -> ResponseReturnValue:
    made = row(request.get_json())
    held = connection()
    held.execute(STATEMENT, [_plain(made[name]) for name in COLUMNS])
    held.commit()
    return jsonify(id=made["id"]), 201


MARK = "?" if is_embedded else "%s"
STATEMENT = f"INSERT INTO floor ({', '.join(COLUMNS)}) VALUES ({', '.join([MARK] * len(COLUMNS))})"  # noqa: S608 - our own names


def _plain(value: Any) -> Any:  # noqa: ANN401 - whatever a column holds
    if isinstance(value, dict | list):
        return json.dumps(value)
    if is_embedded and isinstance(value, UUID):
        return value.hex
    return value.isoformat() if is_embedded and isinstance(value, date) else value


@cache
def connection() -> sqlite3.Connection | psycopg.Connection[Any]:
    """The worker's own connection to the database."""
    if not is_embedded:
        return psycopg.connect(URL.replace("+psycopg", ""))
    made = sqlite3.connect(URL.removeprefix("sqlite:///"))
    _care(made, None)
    return made
