"""What cameras write, as bytes: the table of cases that holds server and phone (camera_words.json)."""

from __future__ import annotations

import json
import struct
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

NOW = datetime(2026, 11, 16, 8, 40, 5, tzinfo=UTC)
"""When each of the photographs arrived."""
CASES: dict[str, dict[str, Any]] = json.loads(Path(__file__).with_name("camera_words.json").read_text())
"""Name -> order of the bytes, tags of `exif` (hexadecimal) and `gps` as [type, value], and what is then said."""

_EXIF, _GPS = 0x8769, 0x8825


def tags(case: Mapping[str, Any]) -> bytes:
    """The case's EXIF as a camera writes it: TIFF (6.0) with a directory that names the two others."""
    order = "<" if case.get("order", "II") == "II" else ">"
    inner = {int(tag, 16): value for tag, value in case.get("exif", {}).items()}
    place = {int(tag): value for tag, value in case.get("gps", {}).items()}
    # Three entries, then what they point at.
    main_size = 2 + 2 * 12 + 4
    first = _directory(order, inner, 8 + main_size)
    second = _directory(order, place, 8 + main_size + len(first))
    main = struct.pack(f"{order}H", 2)
    for tag, at in ((_EXIF, 8 + main_size), (_GPS, 8 + main_size + len(first))):
        main += struct.pack(f"{order}HHII", tag, 4, 1, at)
    head = (b"II" if order == "<" else b"MM") + struct.pack(f"{order}HI", 42, 8)
    return b"Exif\x00\x00" + head + main + bytes(4) + first + second


def _directory(order: str, entries: Mapping[int, Any], at: int) -> bytes:
    rows, values = struct.pack(f"{order}H", len(entries)), b""
    behind = at + 2 + len(entries) * 12 + 4
    for tag, (kind, value) in sorted(entries.items()):
        number, count, content = _value(order, kind, value)
        if kind == "beyond":
            place = struct.pack(f"{order}I", 1 << 28)
        elif len(content) <= 4:
            place = content.ljust(4, b"\x00")
        else:
            place = struct.pack(f"{order}I", behind + len(values))
            values += content
        rows += struct.pack(f"{order}HHI", tag, number, count) + place
    return rows + bytes(4) + values


def _value(order: str, kind: str, value: Any) -> tuple[int, int, bytes]:
    """Number of the type, how many, and their bytes."""
    match kind:
        case "ascii":
            content = value.encode("latin-1") + b"\x00"
            return 2, len(content), content
        case "undefined":
            return 7, len(value), value.encode("latin-1")
        case "byte":
            return 1, len(value), bytes(value)
        case "short":
            return 3, len(value), struct.pack(f"{order}{len(value)}H", *value)
        case "rational" | "srational":
            letter = "I" if kind == "rational" else "i"
            content = b"".join(struct.pack(f"{order}2{letter}", *fraction) for fraction in value)
            return 5 if kind == "rational" else 10, len(value), content
    return 5, value, b""


def said(case: Mapping[str, Any]) -> tuple[str | None, int | None, float | None, float | None]:
    """Time by the camera's clock, offset in minutes, longitude, latitude."""
    says = case["says"]
    return says.get("taken"), says.get("offset_minutes"), says.get("lon"), says.get("lat")
