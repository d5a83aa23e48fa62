"""An invented city for demonstrations: it lies in the Java Sea, so that nobody takes it for a real one.

Everything follows from the seed. The outlines are drawn as lines shared by both neighbours, so they cover the city exactly.
"""

from __future__ import annotations

import itertools
import math
import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import shapely
from shapely.geometry import mapping, shape
from shapely.geometry.base import BaseGeometry

from app.core.geo import Point
from app.places.rules import SiteKind

CITY_NAME = "Kota Contoh (demo)"
CITY_CODE = "99.01"
"""No province has the number 99."""

CENTRE = Point(107.0, -5.4)
RADIUS_KM = 2.76
KM_PER_DEGREE = 110.6
DECIMALS = 6
WIGGLES = 3
WIGGLE_SHARE = 0.09

SOURCE = "Kota rekaan untuk peragaan, dibuat oleh program ini; tidak ada tempat seperti ini."

# Each kecamatan with its four kelurahan; none of these names is meant to be any place that exists.
NAMES = {
    "Rimbakelana": ("Pasir Kemangi", "Kebun Randualas", "Ranca Kapulaga", "Bukit Senja"),
    "Tirtalaksana": ("Muara Kecipir", "Telaga Ketapang", "Sumber Genjer", "Kali Pandan Wangi"),
    "Giribentala": ("Lereng Cempedak", "Puncak Saga", "Tegal Kenikir", "Gunung Lempuyang"),
    "Segaraniaga": ("Pesisir Waru", "Dermaga Nipah", "Karang Bidara", "Labuh Gelam"),
    "Nusakersa": ("Taman Kenitu", "Sawah Beluntas", "Lembah Gandaria", "Padang Rosela"),
    "Wanakarsa": ("Hulu Kecombrang", "Kampung Namnam", "Rawa Kawista", "Alun Menteng Jaya"),
}

Line = list[tuple[float, float]]


@dataclass(frozen=True, slots=True)
class DemoSite:
    """An invented school or workplace, with what sites.service.facts.add_site asks for."""

    kind: SiteKind
    name: str
    npsn: str | None
    centre: Point
    rw: str
    rt: str


def demo_city(seed: int) -> dict[str, Any]:
    """A GeoJSON FeatureCollection with the city, its 6 kecamatan and 24 kelurahan; people and households are invented too."""
    chance = _chance("city", seed)
    names = iter(NAMES.items())
    features: list[dict[str, Any]] = []
    districts: list[BaseGeometry] = []
    people = homes = 0
    for serial, outlines in enumerate(_districts(seed), start=1):
        name, kelurahan = next(names)
        code = f"{CITY_CODE}.{serial:02d}"
        counts = [_people(chance) for _ in outlines]
        people += sum(count for count, _ in counts)
        homes += sum(count for _, count in counts)
        districts.append(shapely.coverage_union_all(outlines))
        own = {"code": code, "name": name, "regency": CITY_NAME}
        features.append(_feature(own, districts[-1], sum(count for count, _ in counts), sum(count for _, count in counts)))
        for number, (outline, village, (inhabitants, households)) in enumerate(zip(outlines, kelurahan, counts, strict=True), 1):
            properties = {"code": f"{code}.{1000 + number}", "name": village, "district": name, "regency": CITY_NAME}
            features.append(_feature(properties, outline, inhabitants, households))
    city = _feature({"code": CITY_CODE, "name": CITY_NAME}, shapely.coverage_union_all(districts), people, homes)
    return {"type": "FeatureCollection", "name": "kota_contoh", "source": SOURCE, "features": [city, *features]}


def demo_sites(city: Mapping[str, Any], seed: int) -> list[DemoSite]:
    """40 sites inside the kelurahan of the city: a school in each, and a workplace in the first sixteen."""
    chance = _chance("sites", seed)
    kelurahan = [one for one in city["features"] if one["properties"]["code"].count(".") == 3]
    return [*_schools(kelurahan, chance), *_workplaces(kelurahan[:16], chance)]


def _schools(kelurahan: Sequence[Mapping[str, Any]], chance: random.Random) -> Iterator[DemoSite]:
    for number, feature in enumerate(kelurahan, start=1):
        form = ("SD", "SMP", "SD", "SMA")[number % 4]
        name = f"{form} Contoh {feature['properties']['name']}"
        yield DemoSite(SiteKind.SCHOOL, name, f"9999{number:04d}", _inside(feature, chance), *_rw_rt(chance))


def _workplaces(kelurahan: Sequence[Mapping[str, Any]], chance: random.Random) -> Iterator[DemoSite]:
    for number, feature in enumerate(kelurahan):
        what = ("Kantor Kelurahan", "Puskesmas", "Pasar", "Koperasi")[number % 4]
        name = f"{what} {feature['properties']['name']}"
        yield DemoSite(SiteKind.WORKPLACE, name, None, _inside(feature, chance), *_rw_rt(chance))


def _rw_rt(chance: random.Random) -> tuple[str, str]:
    return f"{chance.randint(1, 8):02d}", f"{chance.randint(1, 6):02d}"


def _inside(feature: Mapping[str, Any], chance: random.Random) -> Point:
    """A place in the kelurahan with room around it: up to half the way from its middle to its border."""
    outline = shape(feature["geometry"])
    middle = outline.point_on_surface()
    reach = middle.distance(outline.boundary) / 2
    angle, away = chance.uniform(0, math.tau), reach * math.sqrt(chance.random())
    return Point(round(middle.x + away * math.cos(angle), DECIMALS), round(middle.y + away * math.sin(angle), DECIMALS))


def _chance(what: str, seed: int) -> random.Random:
    return random.Random(f"{what} {seed}")  # noqa: S311 - an invented city needs no secret chance


def _people(chance: random.Random) -> tuple[int, int]:
    people = chance.randint(4_000, 18_000)
    return people, round(people / chance.uniform(3.1, 3.9))


def _feature(properties: dict[str, Any], outline: BaseGeometry, people: int, homes: int) -> dict[str, Any]:
    return {
        "type": "Feature",
        "properties": properties | {"population": people, "households": homes},
        "geometry": mapping(outline),
    }


def _districts(seed: int) -> list[list[BaseGeometry]]:
    """Six groups of four outlines; drawn again until every kelurahan and every kecamatan is one piece."""
    attempt = 0
    while True:
        drawn = _draw(_chance(f"outlines {attempt}", seed))
        if drawn is not None:
            return drawn
        attempt += 1


def _draw(chance: random.Random) -> list[list[BaseGeometry]] | None:
    coast = _coast(chance)
    middles = _middles(chance)
    cells = shapely.voronoi_polygons(shapely.multipoints(middles), extend_to=coast.buffer(RADIUS_KM), only_edges=True)
    borders = [_wiggled(line, chance) for line in _segments(cells)]
    lines = shapely.union_all([*(shapely.linestrings(line) for line in borders), coast.exterior])
    faces = [face for face in shapely.get_parts(shapely.polygonize([lines])) if coast.contains(face.point_on_surface())]
    of_middle = [[face for face in faces if face.contains(shapely.Point(middle))] for middle in middles]
    if len(faces) != len(middles) or any(len(found) != 1 for found in of_middle):
        return None
    outlines = [_in_degrees(found[0]) for found in of_middle]
    groups = [outlines[start : start + 4] for start in range(0, len(outlines), 4)]
    whole = all(shapely.coverage_union_all(group).geom_type == "Polygon" for group in groups)
    return groups if whole and shapely.coverage_is_valid(outlines) and all(one.is_valid for one in outlines) else None


def _coast(chance: random.Random) -> BaseGeometry:
    """The city's own outline: a circle with two slow waves."""
    first, second = chance.uniform(0, math.tau), chance.uniform(0, math.tau)
    angles = [math.tau * step / 96 for step in range(96)]
    radii = [RADIUS_KM * (1 + 0.10 * math.sin(2 * a + first) + 0.06 * math.sin(5 * a + second)) for a in angles]
    return shapely.Polygon([(r * math.cos(a), r * math.sin(a)) for a, r in zip(angles, radii, strict=True)])


def _middles(chance: random.Random) -> Line:
    """24 places in kilometres, four in each of six sectors: two near the middle of the city, two near its coast."""
    turn = chance.uniform(0, math.tau)
    places: Line = []
    for sector in range(6):
        for radius, side in ((0.34, -0.2), (0.34, 0.2), (0.78, -0.27), (0.78, 0.27)):
            angle = turn + math.tau / 6 * (sector + side) + chance.uniform(-0.06, 0.06)
            away = RADIUS_KM * (radius + chance.uniform(-0.05, 0.05))
            places.append((away * math.cos(angle), away * math.sin(angle)))
    return places


def _segments(lines: BaseGeometry) -> list[Line]:
    """The straight borders, in an order that hangs on nothing but where they lie."""
    ends = [[(float(x), float(y)) for x, y in shapely.get_coordinates(part)] for part in shapely.get_parts(lines)]
    return sorted(sorted((a, b)) for line in ends for a, b in itertools.pairwise(line))


def _wiggled(line: Line, chance: random.Random) -> Line:
    """The border with its middle moved aside, and the middles of its halves, as borders along lanes and brooks run."""
    for _ in range(WIGGLES):
        line = [point for a, b in itertools.pairwise(line) for point in (a, _aside(a, b, chance))] + [line[-1]]
    return line


def _aside(a: tuple[float, float], b: tuple[float, float], chance: random.Random) -> tuple[float, float]:
    share = chance.uniform(-WIGGLE_SHARE, WIGGLE_SHARE)
    return (a[0] + b[0]) / 2 - share * (b[1] - a[1]), (a[1] + b[1]) / 2 + share * (b[0] - a[0])


def _in_degrees(outline: BaseGeometry) -> BaseGeometry:
    shrink = math.cos(math.radians(CENTRE.lat))
    scale = (KM_PER_DEGREE * shrink, KM_PER_DEGREE)
    return shapely.transform(outline, lambda km: (km / scale + (CENTRE.lon, CENTRE.lat)).round(DECIMALS))
