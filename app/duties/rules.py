"""Which pages each post works on, what is told of what waits, and what is most pressing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from app.core.text import Text
from app.people.rules import Post


class DutyPage(StrEnum):
    """The pages on which posts do their work."""

    DESK = "desk"
    RECAP = "recap"
    KELURAHAN = "kelurahan"
    FACTS = "facts"
    TARGET = "target"
    DISTRICT = "district"
    SCHOOL = "school"
    SITE = "site"
    SITES = "sites"
    CITY = "city"
    COMPARED = "compared"
    PROGRAMMES = "programmes"
    METHOD = "method"
    INVITE = "invite"
    CODES = "codes"
    REPLACEMENT = "replacement"
    PAUSES = "pauses"
    RECORD = "record"
    ADMINISTRATION = "administration"
    PEOPLE = "people"
    AREAS = "areas"
    RULES = "rules"


ADDRESSES: Mapping[DutyPage, str] = {
    DutyPage.DESK: "/meja",
    DutyPage.RECAP: "/kelurahan/{kelurahan}/rekap",
    DutyPage.KELURAHAN: "/kelurahan/{kelurahan}",
    DutyPage.FACTS: "/kelurahan/{kelurahan}/fakta",
    DutyPage.TARGET: "/admin/target/{kelurahan}",
    DutyPage.DISTRICT: "/peringkat?scope=kecamatan:{kecamatan}&subject=kelurahan",
    DutyPage.SCHOOL: "/peringkat?scope=school:{npsn}",
    DutyPage.SITE: "/admin/lokasi/{site}",
    DutyPage.SITES: "/admin/lokasi",
    DutyPage.CITY: "/kota?kota={city}",
    DutyPage.COMPARED: "/peringkat?scope=city:{city}&subject=kelurahan",
    DutyPage.PROGRAMMES: "/program",
    DutyPage.METHOD: "/metode",
    DutyPage.INVITE: "/undang",
    DutyPage.CODES: "/atur-ulang/kode",
    DutyPage.REPLACEMENT: "/meja/hari-pengganti",
    DutyPage.PAUSES: "/meja/jeda",
    DutyPage.RECORD: "/catat",
    DutyPage.ADMINISTRATION: "/admin",
    DutyPage.PEOPLE: "/admin/orang",
    DutyPage.AREAS: "/admin/wilayah",
    DutyPage.RULES: "/admin/program",
}
"""Where each page is; one whose place is not known is left out."""

NAMES: Mapping[DutyPage, Text] = {
    DutyPage.DESK: Text("Meja cap"),
    DutyPage.RECAP: Text("Rekap bulanan"),
    DutyPage.KELURAHAN: Text("Angka kelurahan"),
    DutyPage.FACTS: Text("Aksi di balik angkanya"),
    DutyPage.TARGET: Text("Tetapkan target"),
    DutyPage.DISTRICT: Text("Kelurahan di kecamatan ini"),
    DutyPage.SCHOOL: Text("Sekolah di papan peringkat"),
    DutyPage.SITE: Text("Letak dan lingkaran sekolah"),
    DutyPage.SITES: Text("Sekolah dan tempat kerja"),
    DutyPage.CITY: Text("Peta dan angka kota"),
    DutyPage.COMPARED: Text("Kelurahan berdampingan"),
    DutyPage.PROGRAMMES: Text("Program dan hasilnya"),
    DutyPage.METHOD: Text("Cara menghitung"),
    DutyPage.INVITE: Text("Undang orang"),
    DutyPage.CODES: Text("Kode kata sandi"),
    DutyPage.REPLACEMENT: Text("Hari pengganti"),
    DutyPage.PAUSES: Text("Jeda (Ramadan, ujian)"),
    DutyPage.RECORD: Text("Catat aksi"),
    DutyPage.ADMINISTRATION: Text("Ringkasan pengelolaan"),
    DutyPage.PEOPLE: Text("Orang dan jabatan"),
    DutyPage.AREAS: Text("Wilayah"),
    DutyPage.RULES: Text("Aturan program"),
}

PICTURES: Mapping[DutyPage, str] = {
    DutyPage.DESK: "stamp",
    DutyPage.RECAP: "print",
    DutyPage.DISTRICT: "ranking",
    DutyPage.SCHOOL: "school",
    DutyPage.SITE: "pin",
    DutyPage.SITES: "pin",
    DutyPage.CITY: "city",
    DutyPage.COMPARED: "ranking",
    DutyPage.INVITE: "person",
    DutyPage.CODES: "sign-in",
    DutyPage.RECORD: "record",
    DutyPage.PEOPLE: "person",
    DutyPage.AREAS: "city",
}
"""The drawing beside each name; the others have that of a page."""

PAGES_BY_POST: Mapping[Post, tuple[DutyPage, ...]] = {
    Post.VOLUNTEER: (),
    Post.LURAH: (
        *(DutyPage.RECAP, DutyPage.DESK, DutyPage.INVITE, DutyPage.TARGET, DutyPage.KELURAHAN),
        *(DutyPage.SITES, DutyPage.REPLACEMENT, DutyPage.CODES),
    ),
    Post.PRINCIPAL: (
        *(DutyPage.DESK, DutyPage.SCHOOL, DutyPage.INVITE, DutyPage.SITE),
        *(DutyPage.REPLACEMENT, DutyPage.PAUSES, DutyPage.CODES),
    ),
    Post.OFFICER: (
        *(DutyPage.DESK, DutyPage.RECAP, DutyPage.KELURAHAN, DutyPage.SITES),
        *(DutyPage.INVITE, DutyPage.CODES),
    ),
    Post.COORDINATOR: (DutyPage.RECAP, DutyPage.DESK, DutyPage.INVITE, DutyPage.KELURAHAN, DutyPage.CODES),
    Post.TEACHER: (DutyPage.DESK, DutyPage.SCHOOL, DutyPage.REPLACEMENT, DutyPage.PAUSES),
    Post.KECAMATAN: (DutyPage.DISTRICT, DutyPage.DESK, DutyPage.INVITE, DutyPage.CITY, DutyPage.CODES),
    Post.RW: (DutyPage.RECAP, DutyPage.KELURAHAN, DutyPage.FACTS),
    Post.RT: (DutyPage.RECAP, DutyPage.KELURAHAN, DutyPage.FACTS),
    Post.CADRE: (DutyPage.RECORD, DutyPage.RECAP, DutyPage.KELURAHAN),
    Post.AGENCY: (DutyPage.CITY, DutyPage.COMPARED, DutyPage.RULES, DutyPage.METHOD),
    Post.EXPERT: (DutyPage.CITY, DutyPage.METHOD, DutyPage.COMPARED, DutyPage.PROGRAMMES),
    Post.SPONSOR: (DutyPage.KELURAHAN, DutyPage.CITY, DutyPage.PROGRAMMES, DutyPage.METHOD),
    Post.ADMINISTRATOR: (
        *(DutyPage.ADMINISTRATION, DutyPage.PEOPLE, DutyPage.INVITE, DutyPage.AREAS),
        *(DutyPage.SITES, DutyPage.RULES, DutyPage.PAUSES, DutyPage.CODES),
    ),
}
"""The one table of posts and pages: what each is for comes first. Several posts stand in this order."""


@dataclass(frozen=True, slots=True)
class Duty:
    """A page on which the holder of a post works."""

    page: DutyPage
    name: Text
    picture: str
    href: str


def duties_of(post: Post, place: Mapping[str, str]) -> tuple[Duty, ...]:
    """The post's pages; `place` gives, as far as they are known, code, NPSN and id by what stands in braces above."""
    found = []
    for page in PAGES_BY_POST[post]:
        try:
            href = ADDRESSES[page].format_map(place)
        except KeyError:
            continue
        found.append(Duty(page, NAMES[page], PICTURES.get(page, "note"), href))
    return tuple(found)


class WaitingKind(StrEnum):
    """What may wait for somebody, the most pressing first: without a post nobody works, without a stamp nothing counts."""

    TAKERS = "takers"
    STAMPS = "stamps"
    MEMBERS = "members"
    UNANSWERED = "unanswered"
    SITES = "sites"
    REVIEWS = "reviews"
    PHOTOGRAPHS = "photographs"
    JOBS = "jobs"


@dataclass(frozen=True, slots=True)
class Waiting:
    """Something that waits for the reader."""

    kind: WaitingKind
    count: int
    is_more: bool = False
    """Whether there is more than was counted."""
    late: int = 0
    """How many of them have waited for more than 7 days."""
    place: str = ""
    """Where the one is that has waited longest, if that is told."""

    @property
    def href(self) -> str:
        """Where it is dealt with."""
        return _WAITS[self.kind].href

    @property
    def sentence(self) -> Text:
        told = _WAITS[self.kind]
        return (told.more if self.is_more and told.more is not None else told.exact).given(n=self.count)

    @property
    def about(self) -> Text | None:
        if self.place:
            return Text("Yang paling lama: %(place)s.", place=self.place)
        return Text("%(n)s di antaranya sudah lebih dari 7 hari.", n=self.late) if self.late else None


@dataclass(frozen=True, slots=True)
class _Told:
    href: str
    exact: Text
    more: Text | None = None
    """Where counting ends at some number."""


_WAITS: Mapping[WaitingKind, _Told] = {
    WaitingKind.TAKERS: _Told("/undang", Text("%(n)s orang menerima undangan Anda. Pastikan orangnya agar bisa mulai.")),
    WaitingKind.STAMPS: _Told("/meja", Text("%(n)s aksi menunggu cap Anda."), Text("Lebih dari %(n)s aksi menunggu cap Anda.")),
    WaitingKind.MEMBERS: _Told("/anggota", Text("%(n)s orang minta diterima di tempatnya.")),
    WaitingKind.UNANSWERED: _Told(
        "/undang",
        Text("%(n)s orang minta diterima di tempat yang belum ada petugasnya. Undang seorang petugas."),
    ),
    WaitingKind.SITES: _Told("/admin/lokasi?keadaan=belum", Text("%(n)s tempat menunggu dipastikan letaknya.")),
    WaitingKind.REVIEWS: _Told(
        "/admin/tinjauan",
        Text("%(n)s aksi yang sudah dicap perlu ditinjau lagi."),
        Text("Lebih dari %(n)s aksi yang sudah dicap perlu ditinjau lagi."),
    ),
    WaitingKind.PHOTOGRAPHS: _Told(
        "/meja/foto",
        Text("%(n)s pasang foto menunggu dilihat sebelum ditampilkan untuk umum."),
        Text("Lebih dari %(n)s pasang foto menunggu dilihat sebelum ditampilkan untuk umum."),
    ),
    WaitingKind.JOBS: _Told("/admin/pekerjaan", Text("%(n)s pekerjaan server gagal.")),
}


def most_pressing_first(found: Iterable[Waiting]) -> tuple[Waiting, ...]:
    """What there is: what has waited too long, then by kind."""
    order = list(WaitingKind)
    return tuple(sorted((each for each in found if each.count), key=lambda each: (not each.late, order.index(each.kind))))
