"""When and where a programme's actions count."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from functools import cache
from typing import Annotated, Literal, Self

import holidays
from pydantic import Field, model_validator

from app.core.text import Text
from app.programmes.rules.part import CLOCK, COUNTRY, Contradiction, Part, Wording


class Weekday(StrEnum):
    MONDAY = "monday"
    TUESDAY = "tuesday"
    WEDNESDAY = "wednesday"
    THURSDAY = "thursday"
    FRIDAY = "friday"
    SATURDAY = "saturday"
    SUNDAY = "sunday"


Day = Annotated[Weekday, Field(strict=False)]
"""Words become weekdays; nothing else is converted."""


class Hours(Part):
    """The hours at which people meet; told, not judged."""

    start: str = Field(pattern=CLOCK)
    end: str = Field(pattern=CLOCK)
    note: Wording | None = None

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.start >= self.end:
            raise Contradiction("end", Text("Jam selesai harus setelah jam mulai."))
        return self


class Minutes(Part):
    """How long an action lasts. Shorter is held, longer counts as the longest."""

    shortest: int = Field(ge=1, le=600)
    longest: int = Field(ge=1, le=600)

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.shortest > self.longest:
            raise Contradiction("shortest", Text("shortest tidak boleh melebihi longest."))
        return self


class Circle(Part):
    """Actions count around a site."""

    kind: Literal["circle"]
    radius_m: float = Field(ge=10, le=2000)
    smallest_radius_m: float = Field(ge=10, le=2000)
    largest_radius_m: float = Field(ge=10, le=2000)

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if not self.smallest_radius_m <= self.radius_m <= self.largest_radius_m:
            raise Contradiction(
                "radius_m",
                Text("radius_m harus di antara smallest_radius_m dan largest_radius_m."),
            )
        return self


class OwnArea(Part):
    """Actions count within the kelurahan of the doer's post or site."""

    kind: Literal["own_area"]
    border_m: float = Field(ge=0, le=500)
    """How far beyond the outline still is "near": outlines are good to 10-40 m."""


class NamedDate(Part):
    """A day on which nobody has to come, and why."""

    date: date
    name: Wording


@cache
def _known_calendar(country: str) -> tuple[str, ...]:
    """The categories of holidays that the library knows of the country; none where it does not know the country."""
    try:
        return tuple(holidays.country_holidays(country).supported_categories)
    except NotImplementedError:
        return ()


class HolidayCalendar(Part):
    """National holidays and days of joint leave from the library `holidays`, put right by operators."""

    country: str = Field(pattern=COUNTRY)
    categories: tuple[Literal["public", "government"], ...] = Field(strict=False, min_length=1)
    added: tuple[NamedDate, ...] = Field(default=(), strict=False)
    removed: tuple[date, ...] = Field(default=(), strict=False)

    @model_validator(mode="after")
    def _is_known(self) -> Self:
        known = _known_calendar(self.country)
        if not known:
            raise Contradiction(
                "country",
                Text("Kalender hari libur negara %(country)s tidak dikenal.", country=self.country),
            )
        for place, category in enumerate(self.categories):
            if category not in known:
                raise Contradiction(
                    f"categories[{place}]",
                    Text(
                        "Negara %(country)s tidak punya golongan hari libur %(category)s.",
                        country=self.country,
                        category=category,
                    ),
                )
        both = {named.date for named in self.added} & set(self.removed)
        if both:
            day = min(both).isoformat()
            raise Contradiction("removed", Text("Tanggal %(day)s ditambahkan sekaligus dihapus.", day=day))
        return self
