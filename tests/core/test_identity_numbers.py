"""Numbers of persons and families, as they are written, and what only looks like them."""

from __future__ import annotations

import pytest

from app.core.identity_numbers import has_identity_number, hide_identity_numbers

DOTS = "•" * 16


@pytest.mark.parametrize(
    ("text", "hidden"),
    [
        ("3273011201900001", DOTS),
        ("1234567890123456", DOTS),
        ("NIK3273011201900001.", f"NIK{DOTS}."),
        ("NIK: 3273 0112 0190 0001, ya", "NIK: •••• •••• •••• ••••, ya"),
        ("32.73.01.120190.0001", "••.••.••.••••••.••••"),
        ("3273-0112-0190-0001", "••••-••••-••••-••••"),
        ("3273–0112–0190–0001", "••••–••••–••••–••••"),
        ("3273_0112_0190_0001", "••••_••••_••••_••••"),
        ("327301.120190 0001", "••••••.•••••• ••••"),
        ("327301 520190-0001", "•••••• ••••••-••••"),
        ("3273  0112  0190  0001", "••••  ••••  ••••  ••••"),
        ("3273\n0112\n0190\n0001", "••••\n••••\n••••\n••••"),
        ("3273\u200b011201900001", "••••\u200b••••••••••••"),
        ("３２７３０１１２０１９００００１", DOTS),
        ("٣٢٧٣٠١١٢٠١٩٠٠٠٠١", DOTS),
        ("2 kantong 3273011201900001 5 orang", f"2 kantong {DOTS} 5 orang"),
        ("RT 05 3273 0112 0190 0001", "RT 05 •••• •••• •••• ••••"),
        ("No. 12-34 3273-0112-0190-0001", "No. 12-34 ••••-••••-••••-••••"),
        ("3273011201900001 dan 3273011201900002", f"{DOTS} dan {DOTS}"),
        ("ktp_3273011201900001.geojson", f"ktp_{DOTS}.geojson"),
    ],
)
def test_a_number_of_sixteen_digits_is_hidden_however_it_is_written(text, hidden):
    assert hide_identity_numbers(text) == hidden
    assert has_identity_number(text)
    assert len(hidden) == len(text)
    assert not has_identity_number(hidden)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Tiga kantong, 12 orang.",
        "081234567890",
        "Telepon 0812-3456-7890",
        "327301120190000",
        "32730112019000012",
        "07.00-08.00 09.00-10.00",
        "2026-11-30 07.05-08.15",
        "-6.9444600, 107.6050000",
        "32.73.09.1003",
        "5d1f0c5e-0000-4000-8000-00000000000b",
        "RW 05, RT 03; 12 lubang, 15 liter",
        "Rumah 12 14 16 18 20 22 24 26",
        "RT 1 2 3 4 5 6 7 8 9 10 11 12 13",
        "2026-11-30-2026-12-01",
        "20261130 20261201",
        "20261130_123456_01.jpg",
        "Screenshot_2026-11-30-12-34-56-78.jpg",
    ],
)
def test_other_numbers_stay(text):
    assert hide_identity_numbers(text) == text
    assert not has_identity_number(text)
