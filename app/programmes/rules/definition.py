"""The programme file as values. docs/programmes.md explains every key with its unit.

Thresholds, radii and caps are policy: they live in the file, with a word on where they come from, never in code.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import Annotated, Literal, Self, get_args

from pydantic import AfterValidator, Field, model_validator

from app.core.text import Text, Verbatim
from app.programmes.rules.frame import Frame, Indicator, Method, Money, Outcome
from app.programmes.rules.ladder import Badge, Credit, Ladder, Rung
from app.programmes.rules.part import STAMPER, Amount, Code, Contradiction, Count, Part, Wording
from app.programmes.rules.setting import Circle, Day, HolidayCalendar, Hours, Minutes, NamedDate, OwnArea, Weekday

__all__ = [
    "Badge",
    "Caps",
    "Circle",
    "Credit",
    "Definition",
    "Evidence",
    "Frame",
    "HolidayCalendar",
    "Hours",
    "Indicator",
    "Ladder",
    "Limits",
    "Measure",
    "Method",
    "Minutes",
    "Money",
    "NamedDate",
    "Outcome",
    "OwnArea",
    "Part",
    "Rung",
    "Weekday",
    "Wording",
]  # fmt: skip

UNIT_NAMES: Mapping[str, Text] = {"litre": Text("liter")}
"""Units that are written another way in one of the languages; others are read as they are written."""
Capacity = Literal["pupil", "teacher", "principal", "cadre", "coordinator", "volunteer"]
MOVEMENTS = ("pkk", "kb", "dasawisma", "volunteer")
"""Under whose name a measure with `by_movement` is counted apart."""
OWN_COUNTS = ("actions", "credit", "minutes", "people")
"""What is counted of every programme."""
RESERVED = (*OWN_COUNTS, "ranked")
"""Names that no measure may have: the counts of every programme, and what its boards rank by."""
MAX_TALLY_NAME_LENGTH = 35
"""The column holds 40: what was told as nothing is counted under the name and `.zero`."""


def _a_capacity(word: str) -> str:
    if word not in get_args(Capacity):
        named = ", ".join(get_args(Capacity))
        raise Contradiction("", Text("Pilih salah satu: %(named)s.", named=named))
    return word


Stampers = Annotated[tuple[Annotated[str, Field(pattern=STAMPER)], ...], Field(strict=False, min_length=1)]


class Measure(Part):
    """Something that is counted, weighed or chosen at the action."""

    type: Literal["integer", "decimal", "choice"]
    name: Wording
    unit: str = Field(default="", max_length=20)
    smallest: Amount = Decimal(0)
    largest: Amount = Decimal(1_000_000)
    look_above: Amount | None = None
    """More than that in one action is possible and asks for a look."""
    required: bool = False
    choices: tuple[Code, ...] = Field(default=(), strict=False, max_length=20)
    default: Code | None = None
    counted: bool = True
    """False for what describes an action and makes no sense as a sum: a diameter, a depth."""
    method_in: Code | None = None
    """The choice that tells how this was measured; amounts are counted apart by it."""
    by_movement: bool = False
    """Also counted apart by the digger's movement: pkk, kb, dasawisma, volunteer."""

    @property
    def unit_name(self) -> Text:
        """The unit as people read it."""
        return UNIT_NAMES.get(self.unit, Verbatim(self.unit))

    @model_validator(mode="after")
    def _whole(self) -> Self:
        if (self.type == "choice") != bool(self.choices):
            raise Contradiction(
                "choices",
                Text("Hanya ukuran jenis choice yang perlu choices."),
            )
        if self.default is not None and self.default not in self.choices:
            raise Contradiction("default", Text("default harus salah satu dari choices."))
        if self.smallest > self.largest:
            raise Contradiction("smallest", Text("smallest tidak boleh melebihi largest."))
        if self.look_above is not None and not self.smallest <= self.look_above <= self.largest:
            raise Contradiction(
                "look_above",
                Text("look_above harus di antara smallest dan largest."),
            )
        if self.type == "choice" and self.look_above is not None:
            raise Contradiction("look_above", Text("Pilihan tidak punya jumlah."))
        if self.type == "choice" and (self.method_in or self.by_movement):
            raise Contradiction("type", Text("Pilihan tidak dijumlahkan."))
        if self.method_in and self.by_movement:
            raise Contradiction("by_movement", Text("Pilih method_in atau by_movement, jangan keduanya."))
        return self

    @property
    def is_summed(self) -> bool:
        return self.counted and self.type != "choice"


class Evidence(Part):
    """What photographs are asked for."""

    photos: int = Field(ge=0, le=6)
    roles: tuple[Literal["before", "after", "detail", "person-free"], ...] = Field(default=(), strict=False)

    @model_validator(mode="after")
    def _enough(self) -> Self:
        if len(self.roles) > self.photos:
            raise Contradiction("roles", Text("Peran foto yang diminta lebih banyak daripada fotonya."))
        return self


class Caps(Part):
    """How much one person may claim; more is held for an officer, never thrown away."""

    actions_per_day: int | None = Field(default=None, ge=1, le=100)
    actions_per_place_and_day: int | None = Field(default=None, ge=1, le=100)
    minutes_apart: int = Field(default=0, ge=0, le=600)
    amount_per_day: dict[Code, Count] = Field(default_factory=dict)
    """Measure -> the largest sum over a person's day."""
    exempt: tuple[Capacity, ...] = Field(default=(), strict=False)
    """Capacities without caps on amounts: they register what others dug."""


class Limits(Part):
    """Where a finding begins to ask for a look or for a hold."""

    perhaps_m: float = Field(default=30, ge=0, le=200)
    coarse_m: float = Field(default=100, ge=1, le=5000)
    late_look_days: int = Field(default=7, ge=0, le=365)
    late_hold_days: int = Field(default=30, ge=0, le=3650)
    future_minutes: int = Field(default=5, ge=0, le=1440)

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.late_look_days > self.late_hold_days:
            raise Contradiction(
                "late_look_days",
                Text("late_look_days tidak boleh melebihi late_hold_days."),
            )
        return self


class Definition(Part):
    """One version of a programme."""

    code: Code
    version: int = Field(ge=1, le=100_000)
    effective_from: date = Field(ge=date(1945, 8, 17), le=date(2199, 12, 31))
    name: Wording
    summary: Wording
    place: Circle | OwnArea = Field(discriminator="kind")
    days: tuple[Day, ...] = Field(default=tuple(Weekday), strict=False, min_length=1)
    hours: Hours | None = None
    minutes: Minutes | None = None
    calendar: HolidayCalendar
    measures: dict[Code, Measure] = Field(max_length=30)
    evidence: Evidence
    stamping: dict[Annotated[str, AfterValidator(_a_capacity)], Stampers]
    """Capacity of the doer -> who may stamp, as POST@site, POST@kelurahan or POST@other_rw."""
    caps: Caps = Caps()
    limits: Limits = Limits()
    credit: Credit = Credit()
    ladder: Ladder
    badges: tuple[Badge, ...] = Field(default=(), strict=False, max_length=50)
    frame: Frame

    @model_validator(mode="after")
    def _hangs_together(self) -> Self:
        for code, measure in self.measures.items():
            self._check_names(code)
            if measure.method_in:
                self._check_method(code, measure.method_in)
        for key, name in self._sums_spoken_of():
            summed = self.measures.get(name)
            if summed is None:
                raise Contradiction(key, Text("%(name)s tidak ada di measures.", name=name))
            if not summed.is_summed or summed.type != "integer":
                raise Contradiction(key, Text("%(name)s bukan bilangan bulat yang dijumlahkan.", name=name))
        self._check_badges()
        counted = self.tally_measures()
        for place, indicator in enumerate(self.frame.indicators):
            if indicator.measure not in counted:
                raise Contradiction(
                    f"frame.indicators[{place}].measure",
                    Text(
                        "%(measure)s tidak dihitung program ini; yang dihitung: %(counted)s.",
                        measure=indicator.measure,
                        counted=", ".join(sorted(counted)),
                    ),
                )
        return self

    def _check_names(self, code: str) -> None:
        if code in RESERVED:
            raise Contradiction(
                f"measures.{code}",
                Text("Nama %(code)s sudah dipakai hitungan lain.", code=code),
            )
        for name in self._names_of(code):
            if len(name) > MAX_TALLY_NAME_LENGTH:
                raise Contradiction(
                    f"measures.{code}",
                    Text(
                        "Nama hitungan %(name)s lebih panjang dari %(max_tally_name_length)s huruf.",
                        name=name,
                        max_tally_name_length=MAX_TALLY_NAME_LENGTH,
                    ),
                )

    def _check_method(self, code: str, method_in: str) -> None:
        method = self.measures.get(method_in)
        if method is None or method.type != "choice":
            raise Contradiction(
                f"measures.{code}.method_in",
                Text("%(method_in)s bukan ukuran jenis choice.", method_in=method_in),
            )
        if method.default is None:
            raise Contradiction(
                f"measures.{method_in}.default",
                Text("Cara mengukur %(code)s perlu default, supaya tiap jumlah punya cara.", code=code),
            )

    def _check_badges(self) -> None:
        codes = [badge.code for badge in self.badges]
        for place, code in enumerate(codes):
            if code in codes[:place]:
                raise Contradiction(f"badges[{place}].code", Text("Kode %(code)s sudah dipakai lencana lain.", code=code))

    def _sums_spoken_of(self) -> Iterator[tuple[str, str]]:
        """Every place where a whole number that is summed up is asked for by its name."""
        if self.credit.measure is not None:
            yield "credit.measure", self.credit.measure
        for name in self.caps.amount_per_day:
            yield f"caps.amount_per_day.{name}", name
        for place, badge in enumerate(self.badges):
            if badge.measure is not None:
                yield f"badges[{place}].measure", badge.measure

    def tally_measures(self) -> set[str]:
        """The names under which this programme's actions are counted."""
        return {name for code in self.measures for name in self._names_of(code)} | set(OWN_COUNTS)

    def _names_of(self, code: str) -> set[str]:
        """An amount with a method is counted under its method only: weighed and estimated are never added up."""
        measure = self.measures[code]
        if not measure.is_summed:
            return set()
        if measure.method_in:
            method = self.measures.get(measure.method_in)
            return {f"{code}.{choice}" for choice in method.choices} if method else set()
        return {code} | ({f"{code}.{movement}" for movement in MOVEMENTS} if measure.by_movement else set())
