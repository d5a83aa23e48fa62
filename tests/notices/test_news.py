"""What happens to somebody's account is told to them, once."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core.catalogue import ENGLISH, INDONESIAN
from app.core.text import Text
from app.jobs.models import Job
from app.notices import jobs, queries
from app.notices.rules import NoticeKind, words
from app.people import service
from app.people.rules import Post
from app.people.service.news import NEWS
from tests.factories.actions import NOW
from tests.factories.browsing import make_hash
from tests.factories.cast import Cast
from tests.factories.city import MELATI
from tests.factories.fixtures import Clock


def deliver(session: Session) -> list[Text]:
    """What everybody who was told anything reads, the newest first, after each job ran twice."""
    session.commit()
    told: list[dict[str, Any]] = [dict(job.payload) for job in session.scalars(select(Job).where(Job.kind == NEWS))]
    for payload in (*told, *told):
        jobs.tell_news(payload, NOW)
    people = dict.fromkeys(payload["person"] for payload in told)
    return [each.words for person_id in people for each in queries.told(session, person_id)[0]]


def test_an_owner_is_told_of_the_code_and_of_the_new_password(session: Session, cast: Cast, clock: Clock) -> None:
    code, hashed = service.generate_code()
    service.hand_code(session, cast.budi, hashed, by=cast.lurah, now=NOW)
    typed = service.Typed("pak.budi", code, "203.0.113.7")
    code_id = service.count_code(session, typed, now=NOW)
    assert code_id is not None
    service.use_code(session, code_id, make_hash(), typed, now=NOW + timedelta(hours=1))
    service.hand_code(session, cast.budi, hashed, by=None, now=NOW)
    assert [told.said(INDONESIAN).partition(".")[0] for told in deliver(session)] == [
        "Pengelola server membuat kode kata sandi untuk akun Anda",
        "Kata sandi Anda diganti dengan kode",
        "Pak Lurah membuat kode kata sandi untuk akun Anda",
    ]


def test_both_sides_of_an_invitation_are_told(session: Session, cast: Cast, clock: Clock) -> None:
    right, wrong = (service.invite(session, cast.lurah, Post.OFFICER, MELATI, name="Dedi", now=NOW) for _ in range(2))
    service.accept(session, right.uuid, cast.budi, now=NOW)
    service.accept(session, wrong.uuid, cast.citra, now=NOW)
    service.confirm(session, right.uuid, cast.lurah, now=NOW)
    service.decline(session, wrong.uuid, cast.lurah, now=NOW)
    assert {told.said(INDONESIAN) for told in deliver(session)} == {
        "Pak Budi menerima undangan Anda: Petugas di Kelurahan Melati. Pastikan dulu orangnya benar.",
        "Citra menerima undangan Anda: Petugas di Kelurahan Melati. Pastikan dulu orangnya benar.",
        "Jabatan Anda sudah berlaku: Petugas di Kelurahan Melati.",
        "Jabatan ini tidak diberikan kepada Anda: Petugas di Kelurahan Melati. Jika keliru, hubungi yang mengundang Anda.",
    }


def test_a_child_without_an_account_is_told_nothing(session: Session, cast: Cast, clock: Clock) -> None:
    service.tell(session, cast.ani.id, "password_reset", link="/saya", now=NOW)
    assert deliver(session) == []


def test_every_kind_has_its_words() -> None:
    values = {
        "count": 1,
        "late": 0,
        "belt": {"id": "a", "en": "a"},
        "programme": {"id": "b", "en": "b"},
        "stripes": 0,
        "badge": {"id": "c", "en": "c"},
        "post": {"id": "d", "en": "d"},
    }
    names = {"by": "e", "by_en": "e", "name": "f", "reason": "g", "site": "h"}
    for kind in NoticeKind:
        said = words(kind, values | names)
        assert said.said(INDONESIAN) != said.said(ENGLISH)
