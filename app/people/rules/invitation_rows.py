"""One row of a table of people to invite, as offices keep such lists."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from app.core.catalogue import ENGLISH, INDONESIAN
from app.core.text import Text
from app.people.rules.posts import Post
from app.people.rules.words import POST_NAMES
from app.places.rules import npsn

NAME = ("nama", "namalengkap", "name", "fullname")
POST = ("jabatan", "post", "sebagai")
PLACE = ("tempat", "kode", "kodewilayah", "npsn", "place", "kelurahan", "kecamatan", "sekolah", "kota")
RW = ("rw",)
CONTACT = ("kontak", "nomorhp", "nohp", "hp", "wa", "whatsapp", "nowa", "telepon", "contact", "phone")

_OTHER_WORDS = {
    "kepsek": Post.PRINCIPAL, "petugaskelurahan": Post.OFFICER, "camat": Post.KECAMATAN, "ketuatppkk": Post.COORDINATOR,
    "pkk": Post.COORDINATOR, "kaderpkk": Post.CADRE, "walikelas": Post.TEACHER, "ahli": Post.EXPERT,
}  # fmt: skip
_PHONE = re.compile(r"(?:\+?62|0)(8[0-9]{7,12})")


@dataclass(frozen=True, slots=True)
class InvitationRow:
    number: int
    name: str
    post: Post
    place: str
    """A code, npsn:12345678, or a name that has yet to be looked up."""
    rw: str
    phone: str
    """As wa.me takes it: 628...; "" for none. It is nowhere kept."""


def read_invitation(number: int, cells: Mapping[str, str]) -> InvitationRow | tuple[Text, ...]:
    """The row of a table whose heads are folded, or everything that is wrong with it."""

    def said(names: tuple[str, ...]) -> str:
        return next((cells[name] for name in names if cells.get(name)), "")

    name, place = said(NAME), said(PLACE)
    post = post_of(said(POST))
    problems: list[Text] = []
    if not name:
        problems.append(Text("namanya kosong"))
    if post is None:
        problems.append(Text('jabatan "%(word)s" tidak dikenal', word=said(POST)[:40]))
    if not place:
        problems.append(Text("tempatnya kosong"))
    if problems or post is None:
        return tuple(problems)
    return InvitationRow(number, name, post, f"npsn:{place}" if npsn(place) else place, said(RW), phone_of(said(CONTACT)))


def post_of(word: str) -> Post | None:
    """The post of that name in Indonesian or English, or of its own word."""
    asked = _folded(word)
    if not asked:
        return None
    for post in Post:
        if asked in (_folded(post.value), _folded(POST_NAMES[post].said(INDONESIAN)), _folded(POST_NAMES[post].said(ENGLISH))):
            return post
    return _OTHER_WORDS.get(asked)


def phone_of(written: str) -> str:
    """A mobile number of Indonesia as 628...; "" for anything else."""
    found = _PHONE.fullmatch(re.sub(r"[\s().-]", "", written))
    return f"62{found[1]}" if found else ""


def _folded(word: str) -> str:
    return "".join(letter for letter in word.casefold() if letter.isalnum())
