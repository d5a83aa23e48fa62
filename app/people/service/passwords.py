"""Passwords and codes: hashed by argon2id, compared in the same time whoever asks."""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from typing import NewType

from argon2 import PasswordHasher
from argon2.exceptions import Argon2Error, InvalidHashError

from app.core.errors import FieldError, Invalid, invalid
from app.core.text import Text
from app.people.rules import MAX_LENGTH, Post, min_length_of, normal_password, weakness
from app.people.service.common_passwords import is_common

PasswordHash = NewType("PasswordHash", str)
"""The argon2id hash of a password that passed the rules, or of a code."""

_HASHER = PasswordHasher(time_cost=2, memory_cost=19456, parallelism=1)
_OF_NOBODY = "$argon2id$v=19$m=19456,t=2,p=1$azyL7B5FfwqrJLXTR885Og$W9FlVxq164t4XbO3eN5md5z2Kn6bWQfqeuYVEkScT0Y"
"""Compared with where there is no password: it takes as long, and nothing matches."""

_CODE_LETTERS = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Without 0 O 1 I L U, which people mistake for each other."""
_CODE_LENGTH = 10


def hash_password(password: str, *, names: Iterable[str], posts: Iterable[Post], field: str = "password") -> PasswordHash:
    """The hash of the password. Raises Invalid naming the field when it is too easily guessed by the rules of these posts.

    Takes tens of milliseconds: not inside a transaction that writes.
    """
    check_password(password, names=names, posts=posts, field=field)
    return PasswordHash(_HASHER.hash(normal_password(password)))


def check_password(password: str, *, names: Iterable[str], posts: Iterable[Post], field: str = "password") -> None:
    """Raises Invalid naming the field when the password is too easily guessed by the rules of these posts. Takes no time."""
    found = weakness(normal_password(password), names=names, min_length=min_length_of(posts), is_listed=is_common)
    if found is not None:
        raise Invalid([FieldError(field, found.code, found.message)])


def check_length(password: str, *, min_length: int, field: str) -> None:
    """Raises Invalid naming the field where a password, right as it is, is too short for a post."""
    if len(normal_password(password)) < min_length:
        raise invalid(
            field,
            "too_short",
            Text(
                "Jabatan ini meminta kata sandi paling pendek %(min_length)s huruf. Ganti dulu kata sandi Anda.",
                min_length=min_length,
            ),
        )


def verify_password(hashed: str | None, typed: str) -> bool:
    """Whether that is what was hashed; as slow where nothing was."""
    if len(typed) > MAX_LENGTH:
        typed = ""
    try:
        _HASHER.verify(hashed or _OF_NOBODY, normal_password(typed))
    except (Argon2Error, InvalidHashError):
        return False
    return hashed is not None


def generate_code() -> tuple[str, PasswordHash]:
    """A code such as "7KQ4M-XH2WP" (49 random bits), and its hash."""
    letters = "".join(secrets.choice(_CODE_LETTERS) for _ in range(_CODE_LENGTH))
    half = _CODE_LENGTH // 2
    return f"{letters[:half]}-{letters[half:]}", PasswordHash(_HASHER.hash(letters))


def code_letters(typed: str) -> str:
    """What somebody typed, as a code: without spaces and hyphens, in capitals."""
    return "".join(letter for letter in typed.upper() if letter.isalnum())[: _CODE_LENGTH + 1]
