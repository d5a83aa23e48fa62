"""Who makes a database ready does so alone."""

from __future__ import annotations

import threading
import time

from app.database import migrations
from app.database.mutex import mutex


def test_the_second_waits_for_the_first(fresh_database):
    order: list[str] = []
    inside = threading.Event()

    def first() -> None:
        with mutex(fresh_database.url, "test"):
            inside.set()
            time.sleep(0.3)
            order.append("first")

    holder = threading.Thread(target=first)
    holder.start()
    inside.wait(5)
    with mutex(fresh_database.url, "test"):
        order.append("second")
    holder.join()
    assert order == ["first", "second"]


def test_two_different_actions_do_not_wait_for_each_other(fresh_database):
    with mutex(fresh_database.url, "one"), mutex(fresh_database.url, "other"):
        pass


def test_a_turn_ends_when_its_holder_fails(fresh_database):
    for _ in range(2):
        try:
            with mutex(fresh_database.url, "test"):
                raise ZeroDivisionError
        except ZeroDivisionError:
            continue


def test_four_upgrades_at_once_do_the_work_once(empty_database):
    failed: list[BaseException] = []

    def upgrade() -> None:
        try:
            migrations.upgrade(empty_database.url)
        except BaseException as error:
            failed.append(error)

    with mutex(empty_database.url, "schema"):
        waiting = [threading.Thread(target=upgrade)]
        waiting[0].start()
        time.sleep(0.1)
    waiting[0].join()
    migrations.upgrade(empty_database.url)
    assert failed == []
    migrations.check(empty_database.url)
