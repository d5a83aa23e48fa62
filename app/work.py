"""All work that outlives a request, gathered from the rooms. Only the job runner loads this module: it brings the decoders."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from app.application import create_app
from app.channels.keys import push_keys
from app.database import db
from app.integrity import jobs as integrity
from app.jobs import daily, runner
from app.jobs.work import Handler, Work
from app.media import jobs as media
from app.media.service.accept import DERIVE
from app.mine import jobs as mine
from app.notices import jobs as notices
from app.operations import views as operations
from app.people import jobs as people
from app.places import queries as places
from app.rulebook import jobs as rulebook
from app.settings import Settings
from app.stamping import jobs as stamping
from app.tallies import jobs as tallies


def _then_compared(look: Handler) -> Handler:
    """A photograph is looked at, then compared: rooms know only what is below them."""

    def run(payload: Mapping[str, Any], now: datetime) -> None:
        look.run(payload, now)
        integrity.follow(int(payload["photo"]), now)

    return replace(look, run=run)


WORK = Work(
    handlers={
        **daily.HANDLERS,
        **media.HANDLERS,
        DERIVE: _then_compared(media.HANDLERS[DERIVE]),
        **notices.HANDLERS,
        **integrity.HANDLERS,
        **people.HANDLERS,
        **stamping.HANDLERS,
        **tallies.HANDLERS,
        **rulebook.HANDLERS,
        **mine.HANDLERS,
    },
    daily={
        **daily.DAILY,
        **mine.DAILY,
        **media.DAILY,
        **notices.DAILY,
        **integrity.DAILY,
        **people.DAILY,
        **stamping.DAILY,
        **tallies.DAILY,
    },
    zone=places.home_zone,
)


def run_forever(settings: Settings) -> None:
    """Do jobs until told to stop, with an application of its own."""
    stop = runner.stop_at_signs()
    if push_keys(settings.instance) is None:
        from app.channels.new_keys import make_push_keys

        make_push_keys(settings.instance)
    app = create_app(settings)
    with app.app_context():
        try:
            runner.run(replace(WORK, tell_dead=operations.alerts.tell_of_dead_jobs(app)), stop)
        finally:
            db.engine.dispose()
