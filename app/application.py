"""The web application: `create_app` is the only place that knows every room with pages."""

from __future__ import annotations

from datetime import timedelta

from flask import Flask
from werkzeug.middleware.proxy_fix import ProxyFix

import app.models  # noqa: F401 - foreign keys by name need every table
from app.admin import views as admin
from app.booklets import views as booklets
from app.core.catalogue import catalogue, languages
from app.core.clock import utc_now
from app.database import db, engine
from app.indicators import views as indicators
from app.jobs import watch
from app.leaderboard import views as leaderboard
from app.memberships import views as memberships
from app.mine import views as mine
from app.operations import views as operations
from app.people import views as people
from app.people.access import ask_who_first, login_manager, reader_zone, somebody, visitor
from app.photo_consent import views as photo_consent
from app.places import queries as place_queries
from app.programmes import queries as programme_queries
from app.programmes import views as programmes
from app.public import views as public
from app.settings import ROOT, Settings
from app.stamping import views as stamping
from app.sync import views as sync
from app.web import (
    addresses,
    assets,
    bodies,
    compression,
    errors,
    forms,
    headers,
    health,
    openapi,
    pages,
    phone,
    shells,
    tiles,
    wire,
    worker,
)
from app.web import logging as web_logging
from app.web import views as web_views
from app.web.shells import Shell


def create_app(settings: Settings | None = None) -> Flask:
    """The application, wired to its database; the schema is not touched."""
    settings = settings or Settings.from_env()
    flask = Flask(__name__, template_folder=str(ROOT / "templates"), static_folder=None)
    flask.config.update(
        SETTINGS=settings,
        SECRET_KEY=settings.secret_key,
        SQLALCHEMY_DATABASE_URI=settings.database_url,
        SQLALCHEMY_ENGINE_OPTIONS=engine.engine_options(settings.database_url),
        MAX_CONTENT_LENGTH=settings.body_limit,
        PERMANENT_SESSION_LIFETIME=timedelta(days=settings.session_days),
        SESSION_COOKIE_NAME="sabuk",
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_SECURE=settings.secure_cookies,
        REMEMBER_COOKIE_NAME="sabuk_remember",
        REMEMBER_COOKIE_DURATION=timedelta(days=settings.session_days),
        REMEMBER_COOKIE_HTTPONLY=True,
        REMEMBER_COOKIE_SAMESITE="Lax",
        REMEMBER_COOKIE_SECURE=settings.secure_cookies,
    )
    flask.json.sort_keys = False  # type: ignore[attr-defined]
    flask.json.ensure_ascii = False  # type: ignore[attr-defined]
    if settings.trusted_proxies:
        count = settings.trusted_proxies
        flask.wsgi_app = ProxyFix(flask.wsgi_app, x_for=count, x_proto=count, x_host=count)  # type: ignore[method-assign]
    addresses.install(flask)
    db.init_app(flask)
    with flask.app_context():
        engine.prepare_engine(db.engine)
    # The first to be installed sees an answer last.
    assets.install(flask)
    shells.install(flask)
    compression.install(flask)
    web_logging.install(flask, settings.log_level)
    errors.install(flask)
    tiles.install(flask, settings)
    headers.install(flask)
    wire.install(flask)
    login_manager.init_app(flask)
    flask.before_request(ask_who_first)
    bodies.install(flask, who=somebody)
    pages.install(flask, who=visitor, where=reader_zone)
    forms.install(flask)
    flask.register_blueprint(web_views.blueprint)
    flask.register_blueprint(phone.blueprint)
    flask.register_blueprint(health.blueprint)
    health.tell_of_jobs(flask, lambda: watch.look(db.session(), now=utc_now()))
    flask.register_blueprint(openapi.blueprint)
    flask.register_blueprint(programmes.blueprint)
    flask.register_blueprint(sync.blueprint)
    flask.register_blueprint(photo_consent.blueprint)
    flask.register_blueprint(stamping.blueprint)
    flask.register_blueprint(leaderboard.blueprint)
    flask.register_blueprint(indicators.blueprint)
    flask.register_blueprint(booklets.blueprint)
    flask.register_blueprint(memberships.blueprint)
    flask.register_blueprint(public.blueprint)
    flask.register_blueprint(mine.blueprint)
    flask.register_blueprint(people.blueprint)
    flask.register_blueprint(admin.blueprint)
    operations.install(flask, settings)
    worker.install(flask, shells=[Shell(address, sync.record.shell_state) for address in ("/catat", "/kotak-keluar")])
    return flask


def read_ahead(flask: Flask) -> None:
    """Read catalogues, outlines and rules, which a process keeps, before the first request asks for them."""
    for language in languages():
        catalogue(language)
    with flask.app_context():
        session = db.session()
        place_queries.outline_geojson(session)
        programme_queries.all_current(session, place_queries.day_at(session, utc_now()))
