"""Passwords: which are refused and why, and how long somebody waits who guesses."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import Any

import pytest
from argon2 import PasswordHasher, extract_parameters
from hypothesis import given
from hypothesis import strategies as st

from app.core.catalogue import ENGLISH, INDONESIAN
from app.core.errors import Invalid
from app.people.rules import (
    MAX_LENGTH,
    MIN_LENGTH,
    MIN_LENGTH_OF_STRONG_POSTS,
    InvitationState,
    Limit,
    Post,
    left_s,
    min_length_of,
    standing,
    weakness,
)
from app.people.service import common_passwords, generate_code, hash_password, passwords, verify_password
from app.people.service.passwords import code_letters

NAMES = ["budi.s", "Budi Santoso"]


@pytest.mark.parametrize(
    ("password", "code"),
    [
        ("kucing7", "too_short"),
        ("x" * (MAX_LENGTH + 1), "too_long"),
        ("sabukhijau", "common"),
        ("Sabuk-Hijau-2026", "common"),
        ("s4bukH1jau!", "common"),
        ("bandung1810", "common"),
        ("p4ssw0rd", "common"),
        ("katasandi123", "common"),
        ("budisantoso", "common"),
        ("Santoso99", "common"),
        ("fo0tb@ll99", "listed"),
        ("!!Liverpool2024", "listed"),
        ("sunshine", "listed"),
        ("1loveyou", "common"),
        ("11223344", "listed"),
        ("monyetmonyet", "pattern"),
        ("admin-petugas-kelurahan", "common"),
        ("kepalasekolah", "common"),
        ("12345678", "pattern"),
        ("87654321", "pattern"),
        ("qwertyuiop", "pattern"),
        ("1q2w3e4r", "pattern"),
        ("abcd1234", "pattern"),
        ("aaaaaaaaaaaa", "pattern"),
        ("abcabcabcabc", "pattern"),
        ("20202020", "pattern"),
        ("17081945", "date"),
        ("1945-08-17", "date"),
        ("kucingmakan", None),
        ("sungai melati 42", None),
        ("monyetku2", None),
        ("budi-makan-rendang", None),
        ("x7#Kp2!q", None),
        ("пароль-бандунг", None),
    ],
)
def test_passwords_are_refused_for_what_makes_them_easy(password: str, code: str | None) -> None:
    found = weakness(password, names=NAMES, min_length=MIN_LENGTH, is_listed=common_passwords.is_common)
    assert (found.code if found else None) == code


MAX_USED = """
password password1 password123 passw0rd P@ssw0rd P@ssw0rd123 12345678 123456789 1234567890 11111111 00000000 87654321
123123123 qwertyuiop qwerty123 qwerty12345 1q2w3e4r 1qaz2wsx zaq12wsx asdfghjkl zxcvbnm123 abcd1234 abc12345 iloveyou
iloveyou1 sunshine princess football football1 Football2024! baseball superman batman123 starwars trustno1 letmein1
welcome1 Welcome2026 dragon123 monkey123 master123 shadow123 michael1 jennifer jordan23 charlie1 liverpool chelsea1
arsenal1 pokemon1 samsung1 computer internet whatever mustang1 changeme admin123 administrator adminadmin blink182
bismillah bismillah123 indonesia indonesia1 bandung123 jakarta123 persib1933 sayang123 sayangku cintaku1 rahasia123
merdeka45 semangat45 alhamdulillah assalamualaikum sukses2024 ganteng123 cantik123 terserah kambing1 anjing123 komputer
sekolah1 keluarga pacarku1 lupalagi tidaktahu akuganteng mamapapa doraemon naruto123 januari2024 kamisjumat agustus1945
katasandi sabukhijau lurah123 petugas1 biopori2026
"""


def test_what_most_people_use_is_refused() -> None:
    tried = MAX_USED.split()
    taken = [
        password
        for password in tried
        if weakness(password, names=NAMES, min_length=MIN_LENGTH, is_listed=common_passwords.is_common) is None
    ]
    assert (len(tried) > 90, taken) == (True, [])


def test_names_of_the_city_are_no_password() -> None:
    places = ["Kota Harapan", "Pasir Kemangi", "Batununggal"]
    for password in ("pasirkemangi", "P4sirKemangi12", "batununggal-harapan"):
        assert weakness(password, names=NAMES, min_length=MIN_LENGTH, is_listed=common_passwords.is_common) is None
        found = weakness(password, names=[*NAMES, *places], min_length=MIN_LENGTH, is_listed=common_passwords.is_common)
        assert found is not None
        assert found.code == "common"


def test_a_sentence_of_one_s_own_is_taken_even_of_words_that_are_common_alone() -> None:
    for password in (
        "football-sungai-rendang",
        "correct horse battery staple",
        "kucing dragon pulpen merah",
        "Xk93-trw-sunshine",
    ):
        assert weakness(password, names=NAMES, min_length=MIN_LENGTH, is_listed=common_passwords.is_common) is None


def test_the_list_is_small_sorted_and_holds_what_was_put_in() -> None:
    raw = common_passwords.FILE.read_bytes()
    marks = [raw[at : at + 4] for at in range(0, len(raw), 4)]
    assert 80_000 < len(marks) < 100_000
    assert marks == sorted(set(marks))
    assert common_passwords.packed(["Sunshine", "abc", "dragon"]) == b"".join(
        sorted(sha256(word).digest()[:4] for word in (b"sunshine", b"dragon"))
    )
    assert not any(common_passwords.is_common(f"kucing-makan-{number}") for number in range(500))


@given(st.text(max_size=MAX_LENGTH), st.lists(st.text(max_size=12), max_size=3))
def test_any_password_gets_its_answer(password: str, names: list[str]) -> None:
    found = weakness(password, names=names, min_length=MIN_LENGTH, is_listed=common_passwords.is_common)
    assert found is None or (found.message.said(INDONESIAN) and found.message.said(ENGLISH))


def test_words_that_fit_together_in_many_ways_take_no_longer() -> None:
    names = ["ab ba abba cd dc cddc abbacddc dccdabba"]
    assert (
        weakness("abbacddcabbadccd" * 7 + "x", names=names, min_length=MIN_LENGTH, is_listed=common_passwords.is_common) is None
    )


@pytest.mark.parametrize("post", list(Post))
def test_whoever_signs_or_runs_the_house_has_a_longer_password(post: Post) -> None:
    strong = {"lurah", "officer", "principal", "kecamatan", "agency", "administrator"}
    assert min_length_of([Post.VOLUNTEER, post]) == (MIN_LENGTH_OF_STRONG_POSTS if post in strong else MIN_LENGTH)


def test_a_sealed_password_is_argon2id_as_strong_as_promised(
    hashing_as_promised: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in hashing_as_promised.items():
        monkeypatch.setattr(passwords, name, value)
    hashed = hash_password("kucing-makan-ikan", names=NAMES, posts=[])
    for each in (hashed, generate_code()[1], hashing_as_promised["_OF_NOBODY"]):
        kept = extract_parameters(each)
        assert (kept.type.name, kept.memory_cost, kept.time_cost, kept.parallelism) == ("ID", 19456, 2, 1)
        assert not PasswordHasher(time_cost=2, memory_cost=19456, parallelism=1).check_needs_rehash(each)
    assert verify_password(hashed, "kucing-makan-ikan")
    assert not verify_password(hashed, "kucing-makan-ikan ")
    assert not verify_password(hashed, "")
    assert not verify_password(None, "kucing-makan-ikan")
    assert not verify_password(hashed, "k" * 100_000)


def test_the_same_letters_are_the_same_password_however_they_are_composed() -> None:
    assert verify_password(hash_password("café-di-bandung", names=[], posts=[]), "café-di-bandung")


def test_a_weak_password_is_never_sealed() -> None:
    with pytest.raises(Invalid) as refused:
        hash_password("empat-belas-ok", names=[], posts=[Post.LURAH])
    assert [(each.field, each.code) for each in refused.value.errors] == [("password", "too_short")]


def test_a_code_is_read_as_people_type_it() -> None:
    code, hashed = generate_code()
    assert len(code) == 11
    assert verify_password(hashed, code_letters(f"  {code.lower().replace('-', ' ')} "))
    assert generate_code()[0] != code
    assert not set(code) & set("0O1ILU")


NOW = datetime(2026, 11, 16, 8, 0, tzinfo=UTC)
LIMIT = Limit(free=3, first_s=10, max_pause_s=60)


@pytest.mark.parametrize(
    ("count", "ago_s", "left"),
    [
        (0, 0, 0),
        (2, 0, 0),
        (3, 0, 10),
        (3, 4, 6),
        (3, 9.5, 1),
        (3, 10, 0),
        (4, 0, 20),
        (5, 0, 40),
        (6, 0, 60),
        (5000, 0, 60),
        (5000, 86400, 0),
    ],
)
def test_pauses_grow_to_their_longest_and_a_quiet_day_ends_them(count: int, ago_s: float, left: int) -> None:
    assert left_s(LIMIT, count, NOW - timedelta(seconds=ago_s), NOW) == left


@pytest.mark.parametrize(
    ("accepted", "confirmed", "declined", "revoked", "expires", "told"),
    [
        (None, None, None, None, 1, InvitationState.OPEN),
        (None, None, None, None, 0, InvitationState.EXPIRED),
        (-1, None, None, None, 1, InvitationState.WAITING),
        (-13, None, None, None, -1, InvitationState.WAITING),
        (-14, None, None, None, -1, InvitationState.EXPIRED),
        (-1, -1, None, None, 1, InvitationState.ACCEPTED),
        (-99, -98, None, None, -90, InvitationState.ACCEPTED),
        (-1, None, 0, None, 1, InvitationState.DECLINED),
        (None, None, None, -1, 1, InvitationState.REVOKED),
        (None, None, None, -1, -1, InvitationState.REVOKED),
    ],
)
def test_how_an_invitation_stands(
    accepted: int | None, confirmed: int | None, declined: int | None, revoked: int | None, expires: int, told: InvitationState
) -> None:
    def at(days: int | None) -> datetime | None:
        return None if days is None else NOW + timedelta(days=days)

    stands = standing(
        accepted_at=at(accepted),
        confirmed_at=at(confirmed),
        declined_at=at(declined),
        revoked_at=at(revoked),
        expires_at=NOW + timedelta(days=expires),
        now=NOW,
    )
    assert stands is told
