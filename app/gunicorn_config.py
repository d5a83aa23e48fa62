"""How gunicorn serves us: `gunicorn --config python:app.gunicorn_config wsgi:app`, which is what `sabuk serve` runs.

Two workers behind one loaded application, as many as most machines of this size have processors: SQLite has one writer, so few
processes count. Each has threads, and takes slow requests in and sends slow answers out without one (app/gunicorn_worker.py).
"""

from __future__ import annotations

import os
import resource
import shutil
from contextlib import suppress
from typing import Any

from sqlalchemy.exc import SQLAlchemyError

from app.application import read_ahead
from app.database import db
from app.database.engine import THREADS
from app.processes import (
    METRICS_FOLDER,
    end_children_by_signs,
    end_with_parent,
    folder_in_memory,
    share_heap,
    share_memory,
)

FILES_OF_OUR_OWN = 500

workers = 2
worker_class = "app.gunicorn_worker.PatientWorker"
threads = THREADS
worker_connections = 1000
# Of these a proxy in front tells us nothing; from a stranger behind one they would be another address than the one looked at.
forwarder_headers = ""
keepalive = 15
preload_app = True
timeout = 30
graceful_timeout = 30
sendfile = False
control_socket_disable = True
# Workers tell that they live by touching a file; in memory, so that a busy disk never looks like a dead worker.
worker_tmp_dir = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None  # noqa: S108 - gunicorn makes its own file there
# The application writes a line for each request itself (app/web/logging.py).
accesslog = None
loglevel = "warning"
logconfig_dict = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"lines": {"()": "app.web.logging.JsonLines"}},
    "handlers": {"lines": {"class": "logging.StreamHandler", "formatter": "lines"}},
    "root": {"level": "INFO", "handlers": ["lines"]},
    "loggers": {"gunicorn.error": {"level": "WARNING", "handlers": ["lines"], "propagate": False}},
}


if os.environ.get("SABUK_METRICS_TOKEN"):
    # Before the application is loaded. In memory: on a disk that is full, writing to a mapped file would end the worker.
    os.environ[METRICS_FOLDER] = folder_in_memory("sabuk-metrics-")


def on_starting(_server: Any) -> None:  # noqa: ANN401 - gunicorn's own
    """Each connection may need a second file, for its body; many systems give a process 1024 until it asks for more."""
    given, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = FILES_OF_OUR_OWN + 2 * worker_connections
    if given != resource.RLIM_INFINITY and given < wanted:
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted if most == resource.RLIM_INFINITY else min(wanted, most), most))


def when_ready(server: Any) -> None:  # noqa: ANN401 - gunicorn's own
    """What the workers will share is read before they are. A database that is away just now is asked by each of them, later."""
    with suppress(SQLAlchemyError):
        read_ahead(server.app.wsgi())
    share_memory()
    end_children_by_signs()


def on_exit(_server: Any) -> None:  # noqa: ANN401 - gunicorn's own
    if folder := os.environ.get(METRICS_FOLDER):
        shutil.rmtree(folder, ignore_errors=True)


def pre_fork(server: Any, _worker: Any) -> None:  # noqa: ANN401 - gunicorn's own
    """No worker inherits a connection: two processes on one would mix up their answers."""
    with server.app.wsgi().app_context():
        db.engine.dispose()


def post_fork(_server: Any, _worker: Any) -> None:  # noqa: ANN401 - gunicorn's own
    """A worker ends with its master, however that ended: left alone it would hold the port for half a minute."""
    end_with_parent()
    share_heap()
