"""The questions that lists of the administration answer, read from their addresses; what is wrong is refused by its name."""

from __future__ import annotations

from collections.abc import Collection
from enum import StrEnum
from uuid import UUID

from flask import request
from sqlalchemy.orm import Session

from app.admin.queries.people import AccountState, PeopleQuestion
from app.admin.queries.sites import SitesQuestion, SiteState
from app.core.errors import Invalid, invalid
from app.core.text import Text
from app.people.rules import Post, is_sign_in_name
from app.places import queries as places
from app.places.queries import AreaEntry, SiteKind

MAX_WORDS_LENGTH = 80


def people_question(session: Session) -> PeopleQuestion:
    after = _word("after")
    if after is not None and not is_sign_in_name(after):
        raise _no_page()
    post, state = _one_of("jabatan", Post), _one_of("keadaan", AccountState)
    return PeopleQuestion(
        words=words_asked("cari"),
        post=Post(post) if post else None,
        area_id=_area_id(session),
        state=AccountState(state) if state else None,
        after=after,
    )


def sites_question(session: Session) -> SitesQuestion:
    state, kind = _one_of("keadaan", SiteState), _one_of("jenis", SiteKind)
    return SitesQuestion(
        words=words_asked("cari"),
        kind=SiteKind(kind) if kind else None,
        area_id=_area_id(session),
        state=SiteState(state) if state else SiteState.OPEN,
        after=_uuid("after"),
    )


def filter_told() -> dict[str, str]:
    """The arguments of the address as the audit log keeps them."""
    return {
        name: value[:MAX_WORDS_LENGTH] for name in ("cari", "jabatan", "wilayah", "keadaan", "jenis") if (value := _word(name))
    }


def _area_id(session: Session) -> int | None:
    code = _word("wilayah")
    if code is None:
        return None
    area: AreaEntry | None = places.areas(session).by_code(code)
    if area is None:
        raise invalid("wilayah", "unknown_area", Text("Tidak ada wilayah %(code)s.", code=code[:40]))
    return area.id


def words_asked(name: str) -> str:
    return " ".join(request.args.get(name, "").replace("\x00", "").split())[:MAX_WORDS_LENGTH]


def _word(name: str) -> str | None:
    return request.args.get(name, "").replace("\x00", "").strip() or None


def _one_of(name: str, choices: Collection[StrEnum] | type[StrEnum]) -> str | None:
    word = _word(name)
    if word is not None and word not in {choice.value for choice in choices}:
        listed = ", ".join(choice.value for choice in choices)
        raise invalid(name, "choice", Text("Pilih salah satu: %(listed)s.", listed=listed))
    return word


def _uuid(name: str) -> UUID | None:
    word = _word(name)
    try:
        return UUID(word) if word is not None else None
    except ValueError as error:
        raise _no_page() from error


def _no_page() -> Invalid:
    return invalid(
        "after",
        "malformed",
        Text("Alamat halaman ini tidak lengkap; mulailah dari halaman pertama."),
    )
