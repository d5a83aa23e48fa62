"""The demo's people can sign in, each with a password of their own that nobody guesses."""

from __future__ import annotations

from app.demo.service.passwords import WORDS, demo_password
from app.people.rules import MIN_LENGTH_OF_STRONG_POSTS, weakness
from app.people.service.common_passwords import is_common

NAMES = ["pak.lurah", "Pak Lurah"]


def test_demo_passwords_are_long_easy_to_type_and_new_each_time() -> None:
    made = {demo_password() for _ in range(200)}
    assert len(made) == 200
    for password in made:
        assert weakness(password, names=NAMES, min_length=MIN_LENGTH_OF_STRONG_POSTS, is_listed=is_common) is None
        assert set(password) <= set("abcdefghijklmnopqrstuvwxyz-")
        assert len(password) <= 38


def test_the_words_are_many_and_different() -> None:
    assert len(WORDS) == len(set(WORDS)) == 128
