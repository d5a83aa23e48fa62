"""One row of a table of schools and workplaces, as registers write it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from app.core.geo import Point
from app.core.text import Text
from app.places.rules import SiteKind, npsn
from app.places.rules.points import point_of, read_point

NAME = ("nama", "namasekolah", "namasatuanpendidikan", "satuanpendidikan", "namatempat", "name")
NPSN = ("npsn",)
KIND = ("jenis", "kind", "bentukpendidikan", "bentuk", "jenjang")
POINT = ("titik", "koordinat", "lokasi", "point", "latlong", "latlon")
LATITUDE = ("lintang", "lat", "latitude", "y")
LONGITUDE = ("bujur", "lon", "long", "lng", "longitude", "x")
KELURAHAN = ("kelurahan", "desakelurahan", "kelurahandesa", "desa")
RW = ("rw",)
RT = ("rt",)
PUPILS = ("siswa", "jumlahsiswa", "pesertadidik", "pd", "pupils")

_SCHOOLS = (
    "sekolah", "school", "sd", "mi", "smp", "mts", "sma", "ma", "smk", "mak", "slb", "sdlb", "smplb", "smalb", "tk", "paud", "kb",
    "ra", "pkbm", "sps", "tpa", "skb", "spk",
)  # fmt: skip
_WORKPLACES = ("kantor", "tempatkerja", "workplace", "perusahaan", "pabrik", "instansi", "pasar", "puskesmas")


@dataclass(frozen=True, slots=True)
class SiteRow:
    """What a row asks for; None where it says nothing."""

    number: int
    kind: SiteKind
    name: str
    npsn: str | None
    centre: Point
    rw: str | None
    rt: str | None
    kelurahan: str | None
    pupils: int | None


def read_row(number: int, cells: Mapping[str, str]) -> SiteRow | tuple[Text, ...]:
    """The row of a table whose heads are folded, or everything that is wrong with it."""

    def said(names: tuple[str, ...]) -> str:
        return next((cells[name] for name in names if cells.get(name)), "")

    problems: list[Text] = []
    name, written, pupils = said(NAME), said(NPSN), said(PUPILS)
    kind, centre = _kind(said(KIND), has_npsn=bool(written)), _centre(said(POINT), said(LATITUDE), said(LONGITUDE))
    if not name:
        problems.append(Text("namanya kosong"))
    if written and npsn(written) is None:
        problems.append(Text('NPSN "%(written)s" bukan 8 angka', written=written[:40]))
    if kind is None:
        problems.append(Text("jenisnya tidak jelas: tulis sekolah atau kantor"))
    if centre is None:
        problems.append(Text("titiknya tidak ada atau bukan lintang dan bujur di Indonesia"))
    if pupils and not pupils.isdecimal():
        problems.append(Text('jumlah siswa "%(pupils)s" bukan bilangan bulat', pupils=pupils[:40]))
    if problems or kind is None or centre is None:
        return tuple(problems)
    return SiteRow(
        number=number,
        kind=kind,
        name=name,
        npsn=written or None,
        centre=centre,
        rw=said(RW) or None,
        rt=said(RT) or None,
        kelurahan=said(KELURAHAN) or None,
        pupils=int(pupils[:9]) if pupils else None,
    )


def _kind(said: str, *, has_npsn: bool) -> SiteKind | None:
    word = "".join(letter for letter in said.casefold() if letter.isalpha())
    if has_npsn or word in _SCHOOLS:
        return SiteKind.SCHOOL
    return SiteKind.WORKPLACE if word in _WORKPLACES else None


def _centre(point: str, latitude: str, longitude: str) -> Point | None:
    """The point in Indonesia, whichever of the two columns bears which name."""
    if point and (found := read_point(point)):
        return found
    lat, lon = _degrees(latitude), _degrees(longitude)
    if lat is None or lon is None:
        return None
    return point_of(lat=lat, lon=lon) or point_of(lat=lon, lon=lat)


def _degrees(written: str) -> float | None:
    try:
        found = float(written.replace("−", "-").replace(",", "."))
    except ValueError:
        return None
    return found if abs(found) <= 180 else None
