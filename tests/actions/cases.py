"""What the cast does, for tests of the assessment: a small programme, a plain submission, changed where a case needs it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from app.actions.rules.assess import AreaSeen, Circumstances, SiteSeen, assess
from app.actions.rules.beside import Neighbour
from app.actions.rules.findings import Finding
from app.actions.rules.positions import PastFix
from app.actions.rules.submission import Fix, Submission
from app.actions.rules.timing import timing
from app.actions.rules.words import Capacity, Source
from app.core.geo import Point
from app.programmes.rules.definition import Definition

WIB = ZoneInfo("Asia/Jakarta")
MONDAY_SEVEN = datetime(2026, 11, 23, 7, 5, tzinfo=WIB)
SENT = MONDAY_SEVEN + timedelta(hours=8)


def _text(word: str) -> dict[str, str]:
    return {"id": word, "en": word}


def definition(**change: Any) -> Definition:
    """GPS in small: Monday, Wednesday, Friday; 10-30 minutes; 200 m."""
    file: dict[str, Any] = {
        "code": "gps",
        "version": 1,
        "effective_from": date(2014, 6, 23),
        "name": _text("GPS"),
        "summary": _text("Pungut sampah"),
        "place": {"kind": "circle", "radius_m": 200.0, "smallest_radius_m": 100.0, "largest_radius_m": 300.0},
        "days": ["monday", "wednesday", "friday"],
        "minutes": {"shortest": 10, "longest": 30},
        "calendar": {"country": "ID", "categories": ["public", "government"]},
        "measures": {
            "bags_large": {"type": "integer", "name": _text("Kantong besar"), "largest": 50, "look_above": 10},
            "kg": {"type": "decimal", "name": _text("Berat"), "unit": "kg", "largest": 500, "method_in": "kg_method"},
            "kg_method": {
                "type": "choice",
                "name": _text("Cara"),
                "choices": ["weighed", "estimated"],
                "default": "estimated",
            },
        },
        "evidence": {"photos": 0},
        "stamping": {"volunteer": ["officer@site", "officer@kelurahan"]},
        "caps": {"actions_per_day": 3, "actions_per_place_and_day": 1, "minutes_apart": 30},
        "credit": {"programme_days_only": True},
        "ladder": {"policy": _text("Kebijakan kami"), "rungs": [{"belt": "white", "name": _text("Putih"), "threshold": 1}]},
        "frame": {
            "source": _text("Kami"),
            "purpose": _text("Bersih"),
            "change_management": [_text("Bersama")],
            "outcomes": [{"party": _text("Warga"), "outcome": _text("Bersih")}],
            "indicators": [
                {
                    "code": "actions",
                    "name": _text("Aksi"),
                    "definition": _text("Aksi dicap"),
                    "unit": _text("aksi"),
                    "method": _text("Cap"),
                    "measure": "actions",
                }
            ],
            "costs": [],
            "savings": [],
        },
    }
    return Definition.model_validate(file | change)


def biopori(**change: Any) -> Definition:
    """Biopori in small: every day, within the kelurahan of the post, at most 20 holes a day."""
    measures = {"holes": {"type": "integer", "name": _text("Lubang"), "smallest": 1, "largest": 200, "by_movement": True}}
    return definition(
        code="biopori",
        place={"kind": "own_area", "border_m": 40.0},
        days=["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"],
        minutes=None,
        measures=measures,
        evidence={"photos": 1, "roles": ["after"]},
        caps={"amount_per_day": {"holes": 20}, "exempt": ["cadre", "coordinator"]},
        credit={"measure": "holes", "at_most": 5},
        **change,
    )


def submission(**change: Any) -> Submission:
    """Pak Budi, Monday 07.05, fifteen minutes near his office, sent in the afternoon by a phone whose clock is right."""
    fix = {"point": Point(107.61872, -6.90249), "source": Source.DEVICE, "accuracy_m": 12.0, "fixed_at": None}
    fix |= {name: change.pop(name) for name in list(change) if name in fix}
    base = Submission(
        id=UUID("5d1f0c5e-0000-4000-8000-000000000001"),
        programme="gps",
        captured_at=MONDAY_SEVEN,
        sent_at=SENT,
        minutes=15,
        fix=Fix(**fix),
        site=None,
        rt=None,
        rw=None,
        measures={},
        photos=(),
        on_behalf_of=None,
        note="",
    )
    return replace(base, **change)


def site(distance_m: float = 60, radius_m: float = 200, *, is_confirmed: bool = True) -> SiteSeen:
    return SiteSeen(name="SDN Citarum", distance_m=distance_m, radius_m=radius_m, is_confirmed=is_confirmed)


def neighbour(number: int = 1, **change: Any) -> Neighbour:
    """His action of Monday 07.05, fifteen minutes near his office, that waits for its stamp; `number` in order of arrival."""
    base = Neighbour(
        id=UUID(int=number),
        definition=definition(),
        capacity=Capacity.VOLUNTEER,
        started_at=MONDAY_SEVEN,
        observed_on=date(2026, 11, 23),
        minutes=15,
        place=("site", 1),
        measures={},
        recorded_by=1,
        point=Point(107.61872, -6.90249),
        accuracy_m=12.0,
        received_at=SENT + timedelta(minutes=number),
        waits=False,
        is_stamped=False,
        is_judged=True,
        holds_itself=False,
    )
    return replace(base, **change)


def findings(
    sent: Submission | None = None,
    programme: Definition | None = None,
    *,
    received_at: datetime = SENT,
    site_seen: SiteSeen | None = None,
    area_seen: AreaSeen | None = None,
    no_site: bool = False,
    is_place_known: bool = True,
    is_server_suspect: bool = False,
    site_centre: Point | None = None,
    past_fixes: Sequence[PastFix] = (),
    recorded_lately: int = 0,
) -> tuple[Finding, ...]:
    """What the assessment finds; at his site unless the case says otherwise."""
    sent = sent or submission()
    when = timing(sent, received_at, WIB.key, is_server_suspect=is_server_suspect)
    seen = Circumstances(
        observed_on=when.observed_at.astimezone(WIB).date(),
        is_place_known=is_place_known,
        site=None if no_site or area_seen else site_seen or site(),
        area=area_seen,
        site_centre=site_centre,
        past_fixes=past_fixes,
        recorded_lately=recorded_lately,
    )
    return assess(sent, programme or definition(), when, seen)
