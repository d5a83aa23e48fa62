"""Kota Contoh (demo): an invented city with invented people, to look around in."""
