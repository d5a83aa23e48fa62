"""The database: engine, base of all tables, column types, transactions."""

from __future__ import annotations

from flask_sqlalchemy import SQLAlchemy

from app.database.base import Base

__all__ = ["Base", "db"]

db = SQLAlchemy(model_class=Base, disable_autonaming=True, session_options={"expire_on_commit": False})
