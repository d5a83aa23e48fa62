"""How people say the posts."""

from __future__ import annotations

from app.core.text import Text
from app.people.rules.posts import Movement, Post

POST_NAMES: dict[Post, Text] = {
    Post.VOLUNTEER: Text("Relawan", "Volunteer"),
    Post.CADRE: Text("Kader", "Cadre"),
    Post.RT: Text("Ketua RT", "Head of RT"),
    Post.RW: Text("Ketua RW", "Head of RW"),
    Post.TEACHER: Text("Guru", "Teacher"),
    Post.PRINCIPAL: Text("Kepala sekolah", "Principal"),
    Post.OFFICER: Text("Petugas", "Officer"),
    Post.EXPERT: Text("Pendamping ahli", "Expert"),
    Post.COORDINATOR: Text("Pengurus TP PKK", "PKK leader"),
    Post.LURAH: Text("Lurah", "Lurah"),
    Post.KECAMATAN: Text("Petugas kecamatan", "Kecamatan staff"),
    Post.AGENCY: Text("Dinas", "City agency"),
    Post.SPONSOR: Text("Sponsor", "Sponsor"),
    Post.ADMINISTRATOR: Text("Pengelola kota", "City administrator"),
}

MOVEMENT_NAMES: dict[Movement, Text] = {
    Movement.PKK: Text("PKK", "PKK"),
    Movement.KB: Text("KB", "KB"),
    Movement.DASAWISMA: Text("Dasawisma", "Dasawisma"),
}
