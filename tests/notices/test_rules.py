"""In which words people are told, and when nothing rings."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from app.core.catalogue import ENGLISH, INDONESIAN
from app.notices.rules import NoticeKind, is_quiet, not_before, words

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
        ("badge", {"badge": {"id": "Tiga pekan", "en": "Three weeks"}}, "Lencana baru: Tiga pekan.", "A new badge: Three weeks."),
    ],
)
def test_a_notice_is_a_sentence_in_both_languages(kind: str, values: dict[str, Any], indonesian: str, english: str) -> None:
    said = words(NoticeKind(kind), values)
    assert (said.said(INDONESIAN), said.said(ENGLISH)) == (indonesian, english)


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
    ],
)
def test_nothing_rings_at_night(utc: str, quiet: bool, rings: str) -> None:
    now = datetime.fromisoformat(utc).replace(tzinfo=UTC)
    assert is_quiet(now, JAKARTA) is quiet
    assert not_before(now, JAKARTA) == datetime.fromisoformat(rings).replace(tzinfo=UTC)
