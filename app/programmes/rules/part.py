"""What the parts of a programme file are made of, and how one of them says that it does not hold together."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Annotated, Self

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, model_validator

from app.core.text import Multilingual, Text

CODE = r"^[a-z][a-z0-9_]{1,39}$"
BELT = r"^[a-z][a-z0-9_]{1,23}$"
CLOCK = r"^([01][0-9]|2[0-3]):[0-5][0-9]$"
COUNTRY = r"^[A-Z]{2}$"
TALLY_MEASURE = r"^[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)?$"
STAMPER = r"^(teacher|principal|officer|coordinator|lurah|kecamatan)@(site|kelurahan|other_rw)$"

SHAPES = {
    CODE: Text("Pakai 2-40 huruf kecil, angka, atau garis bawah, diawali huruf."),
    BELT: Text("Pakai 2-24 huruf kecil, angka, atau garis bawah, diawali huruf."),
    CLOCK: Text("Tulis jam seperti 07:30."),
    COUNTRY: Text("Tulis kode negara dua huruf besar, misalnya ID."),
    TALLY_MEASURE: Text("Tulis nama hitungan, misalnya actions, holes, atau kg.weighed."),
    STAMPER: Text(
        "Tulis JABATAN@site, JABATAN@kelurahan, atau JABATAN@other_rw; jabatannya teacher, principal, officer, coordinator, "
        "lurah, atau kecamatan."
    ),
}
"""Pattern -> what it asks for, in words."""


class Contradiction(ValueError):
    """What the file says under a key does not fit what it says elsewhere."""

    def __init__(self, key: str, text: Text) -> None:
        self.key = key
        """Dotted, from the part in which it was noticed; empty for the part itself."""
        self.text = text
        super().__init__(text.message)


class Part(BaseModel):
    """A part of the file: unknown keys are refused, nothing is converted silently, nothing changes afterwards."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True, allow_inf_nan=False)


def is_code(word: str) -> bool:
    """Could this be the code of a programme? Databases need not be asked about other words, some of which they cannot take."""
    return re.fullmatch(CODE, word) is not None


def _printable(text: str) -> str:
    if re.search(r"[\x00-\x08\x0b-\x1f\x7f]", text):
        raise Contradiction("", Text("Ada karakter kendali yang tidak dapat disimpan."))
    if not text.strip():
        raise Contradiction("", Text("Isian ini tidak boleh kosong."))
    return text


def _amount(value: object) -> Decimal:
    """Whole and decimal numbers as they are written; words and booleans are no numbers."""
    if isinstance(value, bool) or not isinstance(value, int | float | Decimal):
        raise Contradiction("", Text("Isi dengan angka."))
    return Decimal(str(value))


Code = Annotated[str, Field(pattern=CODE)]
Belt = Annotated[str, Field(pattern=BELT)]
Sentence = Annotated[str, Field(max_length=4000), AfterValidator(_printable)]
Amount = Annotated[Decimal, BeforeValidator(_amount), Field(ge=0, le=1_000_000_000, decimal_places=3)]
Count = Annotated[int, Field(ge=1, le=10_000_000)]


class Wording(Part):
    """One text in each language that the file has it in: Indonesian always, any others by their code (`en`, `su`)."""

    model_config = ConfigDict(extra="allow")
    __pydantic_extra__: dict[str, Sentence]

    id: Sentence

    @model_validator(mode="after")
    def _named_by_languages(self) -> Self:
        for name in self.__pydantic_extra__:
            if re.fullmatch(r"[a-z]{2}", name) is None:
                raise Contradiction(name, Text("Kunci ini bukan kode bahasa; tulis dua huruf, misalnya en."))
        return self

    @property
    def text(self) -> Text:
        return Multilingual(**self.by_language())

    def by_language(self) -> dict[str, str]:
        """Language -> text, as it is kept in what speaks of this version later."""
        return {"id": self.id, **self.__pydantic_extra__}
