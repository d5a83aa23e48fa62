"""In which words people are told, and when nothing rings."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from app.core.catalogue import ENGLISH, INDONESIAN
from app.notices.rules import DEFAULT_HOUR, HOURS, NoticeKind, is_quiet, next_at, not_before, words

JAKARTA = "Asia/Jakarta"


@pytest.mark.parametrize(
    ("kind", "values", "indonesian", "english"),
    [
        ("stamped", {"count": 1}, "1 aksi Anda sudah dicap.", "Your action is stamped."),
        ("stamped", {"count": 7}, "7 aksi Anda sudah dicap.", "7 of your actions are stamped."),
        (
            "belt",
            {"belt": {"id": "Sabuk Hijau", "en": "Green belt"}, "stripes": 0, "programme": {"id": "Gerakan", "en": "Movement"}},
            "Selamat, sabuk hijau di Gerakan!",
            "Congratulations: green belt in Movement!",
        ),
        (
            "belt",
            {"belt": {"id": "Sabuk Putih", "en": "White belt"}, "stripes": 2, "programme": {"id": "Gerakan", "en": "Movement"}},
            "Selamat, sabuk putih dengan 2 strip di Gerakan!",
            "Congratulations: white belt with 2 stripes in Movement!",
        ),
        ("waiting", {"count": 1, "late": 0}, "1 aksi menunggu cap Anda.", "1 action waiting for your stamp."),
        (
            "waiting",
            {"count": 99, "late": 2},
            "99 aksi menunggu cap Anda. 2 di antaranya sudah lebih dari 7 hari.",
            "99 actions waiting for your stamp. 2 of them for more than 7 days.",
        ),
        (
            "waiting",
            {"count": 100, "late": 0},
            "100 atau lebih aksi menunggu cap Anda.",
            "100 or more actions waiting for your stamp.",
        ),
        (
            "code_handed",
            {"by": ""},
            "Pengelola server membuat kode kata sandi untuk akun Anda. Jika bukan Anda yang meminta, segera beri tahu mereka.",
            "",
        ),
        (
            "code_handed",
            {"by": "Bu Sri"},
            "Bu Sri membuat kode kata sandi untuk akun Anda. Jika bukan Anda yang meminta, segera beri tahu mereka.",
            "",
        ),
        (
            "post_confirmed",
            {"post": {"post": "lurah", "movement": None, "place": "Citarum"}},
            "Jabatan Anda sudah berlaku: Lurah di Citarum.",
            "",
        ),
        (
            "post_confirmed",
            {"post": {"post": "cadre", "movement": "pkk", "place": "Citarum"}},
            "Jabatan Anda sudah berlaku: Kader PKK di Citarum.",
            "",
        ),
        ("badge", {"badge": {"id": "Tiga pekan", "en": "Three weeks"}}, "Lencana baru: Tiga pekan.", "A new badge: Three weeks."),
    ],
)
def test_a_notice_is_a_sentence_in_both_languages(kind: str, values: dict[str, Any], indonesian: str, english: str) -> None:
    said = words(NoticeKind(kind), values)
    assert said.said(INDONESIAN) == indonesian
    assert not english or said.said(ENGLISH) == english


@pytest.mark.parametrize("kind", ["refused", "voided"])
def test_bad_news_says_where_the_reason_stands(kind: str) -> None:
    said = words(NoticeKind(kind), {})
    assert "halaman" in said.said(INDONESIAN)
    assert "page" in said.said(ENGLISH)


@pytest.mark.parametrize(
    ("utc", "quiet", "rings"),
    [
        ("2026-11-23 03:00", False, "2026-11-23 03:00"),  # 10.00 in Bandung
        ("2026-11-23 13:59", False, "2026-11-23 13:59"),  # 20.59
        ("2026-11-23 14:00", True, "2026-11-23 23:00"),  # 21.00 -> 06.00 the next day
        ("2026-11-23 17:30", True, "2026-11-23 23:00"),  # half past midnight -> 06.00 the same day
        ("2026-11-23 22:59", True, "2026-11-23 23:00"),
        ("2026-11-23 23:00", False, "2026-11-23 23:00"),
        ("2026-11-27 04:29", False, "2026-11-27 04:29"),  # a Friday, 11.29
        ("2026-11-27 04:30", True, "2026-11-27 06:00"),  # the Friday prayer
        ("2026-11-27 06:00", False, "2026-11-27 06:00"),
        ("2026-11-26 05:00", False, "2026-11-26 05:00"),  # noon on a Thursday
        ("2026-03-11 10:29", False, "2026-03-11 10:29"),  # in Ramadan, 17.29
        ("2026-03-11 10:30", True, "2026-03-11 23:00"),
        ("2026-03-24 11:00", False, "2026-03-24 11:00"),  # after Eid, 18.00
    ],
)
def test_nothing_rings_when_people_rest_or_pray(utc: str, quiet: bool, rings: str) -> None:
    now = datetime.fromisoformat(utc).replace(tzinfo=UTC)
    assert is_quiet(now, JAKARTA) is quiet
    assert not_before(now, JAKARTA) == datetime.fromisoformat(rings).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("utc", "hour", "first"),
    [
        ("2026-11-23 00:59", 8, "2026-11-23 01:00"),  # 7.59 in Bandung
        ("2026-11-23 01:00", 8, "2026-11-24 01:00"),  # 8.00: that hour has been told
        ("2026-11-23 18:00", 8, "2026-11-24 01:00"),  # 1.00 on the 24th
        ("2026-12-31 05:00", 8, "2027-01-01 01:00"),
    ],
)
def test_ones_own_hour_comes_once_a_day(utc: str, hour: int, first: str) -> None:
    after = datetime.fromisoformat(utc).replace(tzinfo=UTC)
    assert next_at(hour, JAKARTA, after) == datetime.fromisoformat(first).replace(tzinfo=UTC)


def test_an_hour_can_be_chosen_in_which_something_may_ring() -> None:
    assert (min(HOURS), max(HOURS), DEFAULT_HOUR) == (6, 20, 8)
