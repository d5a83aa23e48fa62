"""Names that claim a post: free for those who hold it alone."""

from __future__ import annotations

import re
from collections.abc import Iterable
from unicodedata import category, normalize

from app.people.rules.posts import Post

HIDDEN_NAME = "Warga"
"""What others read in place of a name that was hidden: a resident."""

_STAFF = frozenset({Post.OFFICER, Post.LURAH, Post.KECAMATAN, Post.AGENCY})
_NOBODY: frozenset[Post] = frozenset()

_CLAIMS: dict[str, frozenset[Post]] = {
    "lurah": frozenset({Post.LURAH}),
    "kepala kelurahan": frozenset({Post.LURAH}),
    "kelurahan": _STAFF,
    "camat": frozenset({Post.KECAMATAN}),
    "kecamatan": frozenset({Post.KECAMATAN}),
    "kepala sekolah": frozenset({Post.PRINCIPAL}),
    "kepsek": frozenset({Post.PRINCIPAL}),
    "principal": frozenset({Post.PRINCIPAL}),
    "headmaster": frozenset({Post.PRINCIPAL}),
    "guru": frozenset({Post.TEACHER, Post.PRINCIPAL}),
    "teacher": frozenset({Post.TEACHER, Post.PRINCIPAL}),
    "petugas": _STAFF,
    "officer": _STAFF,
    "dinas": frozenset({Post.AGENCY}),
    "admin": frozenset({Post.ADMINISTRATOR}),
    "administrator": frozenset({Post.ADMINISTRATOR}),
    "pengelola kota": frozenset({Post.ADMINISTRATOR}),
    "koordinator": frozenset({Post.COORDINATOR}),
    "coordinator": frozenset({Post.COORDINATOR}),
    **dict.fromkeys(("ketua pkk", "ketua tp pkk", "pengurus pkk", "pengurus tp pkk"), frozenset({Post.COORDINATOR})),
    "kader": frozenset({Post.CADRE, Post.COORDINATOR}),
    "cadre": frozenset({Post.CADRE, Post.COORDINATOR}),
    "pendamping ahli": frozenset({Post.EXPERT}),
    "sponsor": frozenset({Post.SPONSOR}),
    **{f"{head} rw": frozenset({Post.RW}) for head in ("ketua", "pak", "bapak", "bu", "ibu")},
    **{f"{head} rt": frozenset({Post.RT}) for head in ("ketua", "pak", "bapak", "bu", "ibu")},
    **dict.fromkeys(
        ("wali kota", "bupati", "gubernur", "presiden", "mayor", "pemerintah", "pemkot", "polisi", "babinsa", "satpol"), _NOBODY
    ),
    **dict.fromkeys(("sabuk hijau", "operator", "moderator"), _NOBODY),
}
"""What a name may claim -> the posts of which one has to be held."""

_HEADS = ("pak", "bapak", "bu", "ibu", "mas", "mbak", "kang", "teh", "mr", "mrs")
_BEGINS = ("lurah", "camat", "petugas", "walikota", "kepsek", "kepalasekolah", "administrator")
"""So clear that whatever is written onto them changes nothing: "LurahMelati"."""

_LOOKS_LIKE = str.maketrans(
    "аеорсухіјѕкмтвнԁɡαορυνκιτεηγ|!@$03457",
    "aeopcyxijskmtbhdgaopuvkitenyiiasoeast",
)
"""Letters of other alphabets, signs and digits, and the Latin letters they look like."""
_ONES = ("i", "l")
_MAX_WORDS = 12

_BORNE = frozenset({"kader", "dinas", "mayor"})
"""Names of people too, as they are or with an initial (Abdul Kader, Dina S.): claims only where the name begins."""
_NO_CLAIMS = frozenset({"burt"})
"""One word that is a name, and two that are not."""


def claimed(name: str) -> tuple[str, frozenset[Post]] | None:
    """What the name claims to be, with the posts of which one has to be held for that; None where it claims nothing."""
    for one in _ONES:
        words = _words(name, one)[:_MAX_WORDS]
        for start in range(len(words)):
            for end in range(start + 1, len(words) + 1):
                found = _found(words[start:end], first=start == 0)
                if found is not None:
                    return found, _CLAIMS[found]
            begun = next((claim for claim in _BEGINS if _squeezed(words[start]).startswith(_squeezed(claim))), None)
            if begun is not None:
                return _KEYS[_squeezed(begun)], _CLAIMS[_KEYS[_squeezed(begun)]]
    return None


def _found(words: list[str], *, first: bool) -> str | None:
    """The claim that these words make together, at the beginning of a name or further on."""
    whole = _squeezed("".join(words))
    found = _KEYS.get(whole)
    if found is None or (len(words) == 1 and whole in _NO_CLAIMS):
        return None
    if found in _BORNE and whole == _squeezed(found) and (len(words) > 1 or not first):
        return None
    return found


def is_free(name: str, posts: Iterable[Post]) -> bool:
    """Whether somebody who holds these posts may go by the name."""
    found = claimed(name)
    return found is None or bool(found[1].intersection(posts))


def _words(name: str, one: str) -> list[str]:
    """The name as it looks, in Latin letters: of any width and alphabet, without marks and without what cannot be seen."""
    decomposed = normalize("NFKD", normalize("NFKC", name).casefold())
    seen = "".join(letter for letter in decomposed if category(letter) not in ("Mn", "Cf", "Cc"))
    return re.findall("[a-z]+", seen.translate(_LOOKS_LIKE).replace("1", one))


def _squeezed(text: str) -> str:
    return re.sub(r"(.)\1+", r"\1", text)


_KEYS = {_squeezed(head + claim.replace(" ", "")): claim for head in ("", *_HEADS) for claim in _CLAIMS}
