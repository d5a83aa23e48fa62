"""Passwords of the demo's people: new with each load, easy to read out and to type, never the same twice."""

from __future__ import annotations

import secrets

WORDS = (
    "angin", "anyam", "arang", "awan", "ayam", "bakul", "bambu", "batik", "batu", "benang", "beras", "bintang", "bukit",
    "bulan", "buku", "bunga", "burung", "cemara", "cermin", "cincin", "danau", "daun", "delima", "dinding", "domba",
    "duku", "elang", "embun", "gajah", "galah", "gelas", "gitar", "gula", "gunung", "hujan", "hutan", "ikan", "jagung",
    "jahe", "jambu", "jari", "jendela", "kabut", "kaca", "kancil", "kapal", "kapas", "kayu", "kebun", "kelapa", "kemiri",
    "kenari", "kerang", "kertas", "kijang", "kolam", "kopi", "kuda", "kunyit", "kupu", "ladang", "lampu", "langit",
    "laut", "lebah", "lemon", "lilin", "lumbung", "madu", "mangga", "matahari", "melon", "merak", "merpati", "musim",
    "nanas", "ombak", "padi", "pagar", "pandan", "pantai", "parang", "pasir", "payung", "pelangi", "pepaya", "perahu",
    "piring", "pisang", "pohon", "pulau", "rambutan", "ranting", "rebab", "roti", "rumput", "rusa", "salak", "sapi",
    "sawah", "sawo", "selada", "semut", "senja", "sepatu", "serai", "singkong", "suling", "sumur", "sungai", "surya",
    "talas", "tanah", "tebu", "teh", "telur", "tembok", "tenun", "terong", "tikar", "tomat", "topi", "tupai", "udang",
    "ulin", "waru", "wayang", "wortel",
)  # fmt: skip
HOW_MANY = 4
MIN_LENGTH = 15


def demo_password() -> str:
    """Four words, such as "bambu-hujan-tupai-kopi", at least 15 characters long."""
    while True:
        made = "-".join(secrets.choice(WORDS) for _ in range(HOW_MANY))
        if len(made) >= MIN_LENGTH:
            return made
