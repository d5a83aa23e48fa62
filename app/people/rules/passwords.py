"""Which passwords are too easily guessed. Length first; no rules on what they are composed of."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from unicodedata import normalize

from app.core.catalogue import languages
from app.core.text import Text
from app.people.rules.posts import Post
from app.people.rules.words import POST_NAMES

MIN_LENGTH = 8
MIN_LENGTH_OF_STRONG_POSTS = 15
MAX_LENGTH = 128
"""More is refused before it costs the server its time."""
_MAX_COMPOSED = 4 * MAX_LENGTH
"""No letter that people type is made of more pieces."""

STRONG_POSTS = frozenset({Post.LURAH, Post.OFFICER, Post.PRINCIPAL, Post.KECAMATAN, Post.AGENCY, Post.ADMINISTRATOR})
"""Whoever signs reports or runs the software has a longer password."""


@dataclass(frozen=True, slots=True)
class Weakness:
    """Why a password is refused: a code for programs, a sentence for people."""

    code: str
    message: Text


def min_length_of(posts: Iterable[Post]) -> int:
    """How many characters a password has at least whose holder has these posts."""
    return MIN_LENGTH_OF_STRONG_POSTS if STRONG_POSTS.intersection(posts) else MIN_LENGTH


def normal_password(text: str) -> str:
    """The same letters are the same password, however a keyboard composes them.

    What is too long anyway is left as it is: putting many accents in order takes the square of their number.
    """
    return normalize("NFC", text) if len(text) <= _MAX_COMPOSED else text


def weakness(password: str, *, names: Iterable[str], min_length: int, is_listed: Callable[[str], bool]) -> Weakness | None:
    """What makes the password easy to guess for somebody with these names; None when nothing is found.

    `is_listed`: whether a word in lower case is among those that most people use.
    """
    if len(password) < min_length:
        return Weakness(
            "too_short",
            Text("Kata sandi paling pendek %(min_length)s huruf atau angka.", min_length=min_length),
        )
    if len(password) > MAX_LENGTH:
        return Weakness("too_long", Text("Kata sandi paling panjang %(max_length)s huruf.", max_length=MAX_LENGTH))
    plain = password.casefold()
    if _repeats(plain) or _runs(plain):
        return Weakness(
            "pattern",
            Text("Kata sandi ini hanya berisi huruf atau angka yang berulang atau berurutan. Pilih yang lebih sulit ditebak."),
        )
    if _is_date(plain):
        return Weakness(
            "date",
            Text("Kata sandi ini berupa tanggal, dan tanggal mudah ditebak. Pilih yang lain."),
        )
    if _is_common(plain, names):
        return Weakness(
            "common",
            Text(
                "Kata sandi ini mudah ditebak: berisi nama Anda, nama tempat, atau kata yang sering dipakai. "
                "Gabungkan beberapa kata lain."
            ),
        )
    if any(is_listed(reading) for reading in _words_in(plain)):
        return Weakness(
            "listed",
            Text("Kata sandi ini termasuk yang paling sering dipakai orang, jadi cepat ditebak. Gabungkan beberapa kata lain."),
        )
    return None


_MIN_DIFFERENT = 4
_MIN_RUN = 3
_ROWS = (
    "abcdefghijklmnopqrstuvwxyz",
    "01234567890",
    "qwertyuiop",
    "asdfghjkl",
    "zxcvbnm",
    "1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik",
    "1q2w3e4r5t6y7u8i9o0p",
)


def _repeats(plain: str) -> bool:
    """Of few different characters, or one short piece over and over."""
    if len(set(plain)) < _MIN_DIFFERENT:
        return True
    return any((plain[:unit] * len(plain))[: len(plain)] == plain for unit in range(1, len(plain) // 2 + 1))


def _runs(plain: str) -> bool:
    """Little more than stretches of the alphabet, of the digits or of a keyboard's rows, in either direction."""
    left, at = 0, 0
    while at < len(plain):
        run = _run_at(plain, at)
        left += 0 if run >= _MIN_RUN else 1
        at += run if run >= _MIN_RUN else 1
    return left < _MIN_DIFFERENT and left < len(plain) / 2


def _run_at(plain: str, at: int) -> int:
    longest = 1
    for row in (*_ROWS, *(row[::-1] for row in _ROWS)):
        end = at + 1
        while end < len(plain) and plain[at : end + 1] in row:
            end += 1
        longest = max(longest, end - at)
    return longest


_DATES = (
    re.compile(r"(0[1-9]|[12]\d|3[01])[-./ ]?(0[1-9]|1[0-2])[-./ ]?(19|20)\d\d"),
    re.compile(r"(19|20)\d\d[-./ ]?(0[1-9]|1[0-2])[-./ ]?(0[1-9]|[12]\d|3[01])"),
)


def _is_date(plain: str) -> bool:
    return any(form.fullmatch(plain) for form in _DATES)


_LOOKS_LIKE = tuple(str.maketrans("0134578@$!|+", letters) for letters in ("oieastbasiit", "oleastbasilt"))
"""Digits and signs that stand for the letters they look like: 1 and ! for an i or an l."""
_MAX_DIGITS = 8

_WORDS = (
    "sabuk", "hijau", "belt", "green", "bandung", "jawa", "barat", "indonesia", "kota", "kelurahan", "kecamatan", "persib",
    "maung", "sampah", "pungut", "biopori", "gerakan", "relawan", "kader", "guru", "lurah", "petugas", "sekolah",
    "kata", "sandi", "katasandi", "password", "passwort", "pass", "word", "kunci", "rahasia", "masuk", "login", "admin", "user",
    "sayang", "cinta", "kamu", "aku", "saya", "love", "you", "welcome", "selamat", "datang", "bismillah", "allah", "merdeka",
    "garuda", "ganti", "baru", "coba", "test", "demo", "contoh", "bapak", "ibu", "pak", "bu", "ku", "mu",
    "jakarta", "surabaya", "medan", "semarang", "jogja", "nusantara", "pancasila", "semangat", "sukses", "juara", "persija",
    "arema", "persebaya", "alhamdulillah", "assalamualaikum", "astaghfirullah", "subhanallah", "insyaallah", "islam", "yesus",
    "tuhan", "anak", "mama", "papa", "ayah", "bunda", "keluarga", "pacar", "kakak", "adik", "teman", "ganteng", "cantik", "keren",
    "imut", "bahagia", "terserah", "lupa", "lagi", "tidak", "tahu", "anjing", "kambing", "bajingan", "goblok", "komputer",
    "doraemon", "naruto", "senin", "selasa", "rabu", "kamis", "jumat", "sabtu", "minggu", "januari", "februari", "maret",
    "april", "juni", "juli", "agustus", "september", "oktober", "november", "desember",
)  # fmt: skip
"""Words that people here would try first: what this is, where it is, what it is for, and what everybody takes."""


_EVERYWHERE = frozenset(
    {*_WORDS, *(word for name in POST_NAMES.values() for said in map(name.said, languages()) for word in said.casefold().split())}
)


def _words_in(plain: str) -> set[str]:
    """The password as it is, and what is left without the digits and signs around it, with letters for digits that look alike."""
    return {plain, *_readings(plain)} if _has_few_digits(plain) else {plain}


def _has_few_digits(plain: str) -> bool:
    """What is mostly digits is judged as it is: the word in it is the lesser part."""
    return sum(letter.isdigit() for letter in plain) <= _MAX_DIGITS


def _readings(plain: str) -> set[str]:
    """What the letters of it say, without what stands around them."""
    bare = _bare(plain)
    alike = {text.translate(table) for table in _LOOKS_LIKE for text in (bare, plain)}
    return {reading for reading in (bare, *alike, *map(_bare, alike)) if re.search("[a-z]", reading)}


def _is_common(plain: str, names: Iterable[str]) -> bool:
    """Nothing but the owner's names and much-used words, with whatever digits and signs around and between them."""
    if not _has_few_digits(plain):
        return False
    own = {piece for name in names for piece in re.split(r"[^a-z]+", name.casefold()) if len(piece) >= 2}
    words = _EVERYWHERE | own
    return any(_is_made_of(words, reading) for reading in _readings(plain))


def _bare(text: str) -> str:
    return re.sub(r"^[^a-z]+|[^a-z]+$", "", text)


def _is_made_of(words: Collection[str], text: str) -> bool:
    """Whether the text is these words one after the other; what is no letter may stand between them."""
    ends, longest = {0}, max(map(len, words))
    for at in range(len(text)):
        if at in ends:
            ends |= {end for end in range(at + 1, min(at + longest, len(text)) + 1) if text[at:end] in words}
            if not "a" <= text[at] <= "z":
                ends.add(at + 1)
    return len(text) in ends
