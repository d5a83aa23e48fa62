"""How people say the posts."""

from __future__ import annotations

from app.core.text import Text
from app.people.rules.posts import Movement, Post

POST_NAMES: dict[Post, Text] = {
    Post.VOLUNTEER: Text("Relawan"),
    Post.CADRE: Text("Kader"),
    Post.RT: Text("Ketua RT"),
    Post.RW: Text("Ketua RW"),
    Post.TEACHER: Text("Guru"),
    Post.PRINCIPAL: Text("Kepala sekolah"),
    Post.OFFICER: Text("Petugas"),
    Post.EXPERT: Text("Pendamping ahli"),
    Post.COORDINATOR: Text("Pengurus TP PKK"),
    Post.LURAH: Text("Lurah"),
    Post.KECAMATAN: Text("Petugas kecamatan"),
    Post.AGENCY: Text("Dinas"),
    Post.SPONSOR: Text("Sponsor"),
    Post.ADMINISTRATOR: Text("Pengelola kota"),
}

MOVEMENT_NAMES: dict[Movement, Text] = {
    Movement.PKK: Text("PKK"),
    Movement.KB: Text("KB"),
    Movement.DASAWISMA: Text("Dasawisma"),
}

SHOWN, HIDDEN = "ya", "tidak"
VISIBILITY: dict[str, Text] = {
    SHOWN: Text("Tampilkan nama saya"),
    HIDDEN: Text("Jangan tampilkan saya di mana pun"),
}
"""Whether boards show somebody: the two answers, neither of them chosen beforehand."""
VISIBILITY_HINT = Text("Jika nama Anda tidak ditampilkan, Anda tidak punya peringkat; aksi Anda tetap dihitung untuk kelurahan.")


def title(post: Post, movement: Movement | None, where: str) -> Text:
    """ "Kader PKK di RW 05 Melati", "Cadre (PKK) at RW 05 Melati"."""
    name = POST_NAMES[post]
    if movement is None:
        return Text("%(name)s di %(where)s", name=name, where=where)
    return Text("%(name)s %(of)s di %(where)s", name=name, of=MOVEMENT_NAMES[movement], where=where)
