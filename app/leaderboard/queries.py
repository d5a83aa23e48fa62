"""Reading the boards. Nothing here looks at an action: presences, tallies and the histogram answer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import BigInteger, Integer, bindparam, func, select, tuple_
from sqlalchemy.orm import Session

from app.actions.models import Action
from app.awards.queries.badges import badges_held
from app.core.errors import Invalid, invalid
from app.core.text import Text
from app.database import Base
from app.database.rows import rows
from app.leaderboard.models import Histogram
from app.leaderboard.rules import NEIGHBOURS, Ranked, ScopeKind, rank_among, ranks, ranks_among
from app.people import queries as people
from app.people.models import Person
from app.people.queries import public_name
from app.people.rules import Permission, reach_of, with_permission
from app.places import queries as places
from app.places.models import Site
from app.places.rules import AreaLevel, SiteKind
from app.tallies.models import Presence
from app.tallies.queries import counts_where, values
from app.tallies.rules import INSIDERS, MIN_PEOPLE, PEOPLE, RANKED, Audience, Subject, the_public


@dataclass(frozen=True, slots=True)
class Scope:
    """Where a board looks: an area, or a school."""

    kind: ScopeKind
    id: int
    code: str
    name: str
    timezone: str


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a board. Areas and schools have a code, persons have none."""

    rank: int
    name: str
    score: int
    code: str | None = None
    heads: int | None = None
    """Residents of a kelurahan, pupils of a school; None where they are not known, and for persons."""
    is_me: bool = False
    badges: tuple[str, ...] = ()
    """Codes of those that a person has earned in the programme."""


@dataclass(frozen=True, slots=True)
class OwnRank:
    """Where I stand; without a rank while I have no stamped action there."""

    rank: int | None
    score: int


@dataclass(frozen=True, slots=True)
class Board:
    rows: tuple[Row, ...]
    me: OwnRank | None
    total: int
    """How many stand on the whole board; 0 where that is not told."""
    is_withheld: bool = False
    """Names are not told: so few people were there that a name on the board of so small a place would point at one."""


MIN_SEARCHED, MAX_FOUND = 3, 10
KINDS = frozenset(kind.value for kind in ScopeKind)
Fellow = tuple[int, Person]


def audience_of(session: Session, scope: Scope, person_id: int | None, *, now: datetime) -> Audience:
    """Whoever holds a post that sees more of the place than the public does is an insider there."""
    if person_id is None:
        return the_public(now)
    reach = reach_of(with_permission(people.tenures_at(session, person_id, now), Permission.SEE_PLACE))
    if scope.kind is not ScopeKind.SCHOOL:
        seen = reach.has_area(places.areas(session).with_ancestors(scope.id))
    else:
        site = places.site_by_npsn(session, scope.code)
        kelurahan_id = site.kelurahan_id if site is not None else None
        seen = reach.has_site(scope.id, places.ancestors_at(session, kelurahan_id, None))
    return INSIDERS if seen else the_public(now)


def find_scope(session: Session, text: str, *, person_id: int | None) -> Scope:
    """The place that `scope=` names. "city" is the only city there is, else the city of the person's last action.

    Raises Invalid (field `scope`) for what names none.
    """
    kind, colon, code = text.partition(":")
    if kind not in KINDS or (colon and not code) or (not colon and kind != ScopeKind.CITY):
        raise invalid(
            "scope",
            "malformed",
            Text("Isi dengan city, city:KODE, kecamatan:KODE, kelurahan:KODE atau school:NPSN."),
        )
    if kind == ScopeKind.SCHOOL:
        return _school(session, code)
    index = places.areas(session)
    area = index.by_code(code) if code else _city(session, index, person_id)
    if area is None or area.level.value != kind:
        raise invalid("scope", "unknown", Text("Tidak ada %(kind)s dengan kode %(code)s.", kind=kind, code=code))
    return Scope(ScopeKind(kind), area.id, area.code, area.name, area.timezone)


def _city(session: Session, index: places.AreaIndex, person_id: int | None) -> places.AreaEntry:
    cities = index.of_level(AreaLevel.CITY)
    if len(cities) == 1:
        return cities[0]
    if cities and person_id is not None:
        last = select(Action.city_id).where(Action.person_id == person_id, Action.city_id.is_not(None))
        city_id = session.scalars(last.order_by(Action.observed_on.desc()).limit(1)).first()
        if city_id is not None and index.by_id[city_id] in cities:
            return index.by_id[city_id]
    raise _which_city([city.code for city in cities])


def _which_city(codes: Sequence[str]) -> Invalid:
    if not codes:
        return invalid("scope", "no_city", Text("Belum ada kota yang tercatat."))
    listed = ", ".join(f"city:{code}" for code in codes)
    return invalid(
        "scope",
        "which_city",
        Text("Ada beberapa kota; pilih salah satu: %(listed)s.", listed=listed),
    )


def _school(session: Session, npsn: str) -> Scope:
    site = places.site_by_npsn(session, npsn)
    if site is None or site.kind is not SiteKind.SCHOOL:
        raise invalid("scope", "unknown", Text("Tidak ada sekolah dengan NPSN %(npsn)s.", npsn=npsn))
    return Scope(ScopeKind.SCHOOL, site.id, npsn, site.name, places.zone_at(session, site.kelurahan_id))


def of_persons(
    session: Session,
    programme_id: int,
    scope: Scope,
    period: str,
    *,
    limit: int,
    person_id: int | None,
    around: bool,
    audience: Audience,
) -> Board:
    """Shown adults by their score, with the place of the person asking; around them their neighbours instead of the top.

    Whoever has the same score shares a rank and stands by name. Where equals do not all fit on a page, those who joined last
    are on it.
    """
    histogram = _histogram(session, programme_id, scope.id, period)
    total = sum(histogram.values())
    asking = session.get(Person, person_id) if person_id is not None else None
    me = _mine(session, programme_id, scope.id, period, asking, histogram) if asking is not None and asking.is_adult else None
    if total and _points_at_somebody(session, programme_id, scope, period, audience):
        return Board((), me, 0, is_withheld=True)
    on_board = {"programme_id": programme_id, "area_id": scope.id, "period": period}
    if around and me is not None and asking is not None:
        fellows = _neighbours(session, on_board, asking, me.score)
    else:
        fellows = list(session.execute(_TOP, on_board | {"most": min(limit, total)})) if total else []
    return Board(_person_rows(session, programme_id, fellows, histogram, person_id), me, total)


_HISTOGRAM = Base.metadata.tables[Histogram.__tablename__].c
_PRESENCE = Base.metadata.tables[Presence.__tablename__].c
_SCORES = select(_HISTOGRAM.score, _HISTOGRAM.people).where(
    _HISTOGRAM.programme_id == bindparam("programme_id"),
    _HISTOGRAM.area_id == bindparam("area_id"),
    _HISTOGRAM.period == bindparam("period"),
    _HISTOGRAM.people > 0,
)
_ON_BOARD = (
    _PRESENCE.programme_id == bindparam("programme_id"),
    _PRESENCE.scope == Subject.AREA,
    _PRESENCE.scope_id == bindparam("area_id"),
    _PRESENCE.period == bindparam("period"),
    _PRESENCE.ranked > 0,
)
_MINE = select(_PRESENCE.ranked).where(*_ON_BOARD, _PRESENCE.person_id == bindparam("person_id"))
_FELLOWS = (
    select(_PRESENCE.ranked, Person)
    .join(Person, Person.id == _PRESENCE.person_id)
    .where(*_ON_BOARD, Person.shown, Person.is_adult)
)
_TOP = _FELLOWS.order_by(_PRESENCE.ranked.desc(), _PRESENCE.person_id.desc()).limit(bindparam("most"))
_PLACE = tuple_(_PRESENCE.ranked, _PRESENCE.person_id)
_MY_PLACE = tuple_(bindparam("score", type_=Integer), bindparam("person_id", type_=BigInteger))
_ABOVE = _FELLOWS.where(_PLACE > _MY_PLACE).order_by(_PRESENCE.ranked, _PRESENCE.person_id).limit(NEIGHBOURS)
_BELOW = _FELLOWS.where(_PLACE < _MY_PLACE).order_by(_PRESENCE.ranked.desc(), _PRESENCE.person_id.desc()).limit(NEIGHBOURS)


def _histogram(session: Session, programme_id: int, area_id: int, period: str) -> dict[int, int]:
    """Score -> how many shown persons have it."""
    board = {"programme_id": programme_id, "area_id": area_id, "period": period}
    return dict(rows(session, _SCORES, board).all())


def _points_at_somebody(session: Session, programme_id: int, scope: Scope, period: str, audience: Audience) -> bool:
    """Whether fewer people were there than the public may be told of: a name on the board of a wider place locates nobody."""
    if not audience.is_public or scope.kind is not ScopeKind.KELURAHAN:
        return False
    found = values(session, programme_id, Subject.AREA, [scope.id], period, [PEOPLE], audience=audience)
    return found.get((scope.id, PEOPLE), 0) < MIN_PEOPLE


def _mine(session: Session, programme_id: int, area_id: int, period: str, asking: Person, histogram: dict[int, int]) -> OwnRank:
    mine = {"programme_id": programme_id, "area_id": area_id, "period": period, "person_id": asking.id}
    score = rows(session, _MINE, mine).scalar() or 0
    return OwnRank(rank_among(score, histogram) if score else None, score)


def _neighbours(session: Session, on_board: Mapping[str, object], asking: Person, score: int) -> list[Fellow]:
    """The persons just above and just below, and oneself between them."""
    here = {**on_board, "score": score, "person_id": asking.id}
    oneself = [(score, asking)] if score else []
    return [*session.execute(_ABOVE, here), *oneself, *session.execute(_BELOW, here)]


def _person_rows(
    session: Session, programme_id: int, fellows: Sequence[Fellow], histogram: dict[int, int], person_id: int | None
) -> tuple[Row, ...]:
    held = badges_held(session, programme_id, [person.id for _, person in fellows]) if fellows else {}
    rank_of = ranks_among({score for score, _ in fellows}, histogram)
    ordered = sorted(fellows, key=lambda fellow: (-fellow[0], public_name(fellow[1]), fellow[1].id))
    return tuple(
        Row(rank_of[score], public_name(person), score, is_me=person.id == person_id, badges=held.get(person.id, ()))
        for score, person in ordered
    )


def persons_named(
    session: Session, programme_id: int, scope: Scope, period: str, words: str, *, person_id: int | None, audience: Audience
) -> tuple[Row, ...]:
    """Of those on the board the first whose name has these words in it, at least three letters; nobody where it names nobody."""
    if len(words) < MIN_SEARCHED or (_points_at_somebody(session, programme_id, scope, period, audience)):
        return ()
    histogram = _histogram(session, programme_id, scope.id, period)
    on_board = {"programme_id": programme_id, "area_id": scope.id, "period": period, "most": MAX_FOUND}
    named = _FELLOWS.where(Person.name.icontains(words, autoescape=True), Person.name_hidden_at.is_(None))
    found = named.order_by(_PRESENCE.ranked.desc(), _PRESENCE.person_id.desc()).limit(bindparam("most"))
    return _person_rows(session, programme_id, list(session.execute(found, on_board)), histogram, person_id)


def of_schools(session: Session, programme_id: int, scope: Scope, period: str, *, limit: int | None, audience: Audience) -> Board:
    """Schools of the scope by the stamped actions around them; all of them without a limit."""
    within = places.areas(session).kelurahan_within(scope.id) if scope.kind is not ScopeKind.SCHOOL else frozenset()
    there = Site.id == scope.id if scope.kind is ScopeKind.SCHOOL else Site.kelurahan_id.in_(within)
    schools = select(Site.id).where(Site.kind == SiteKind.SCHOOL, there)
    counts = counts_where(
        lambda told: (
            told.programme_id == programme_id,
            told.subject == Subject.SITE,
            told.subject_id.in_(schools),
            told.period == period,
            told.measure == RANKED,
        )
    ).c
    asked = (
        select(Site.name, Site.npsn, Site.pupils, counts.value, func.count().over())
        .join(Site, Site.id == counts.subject_id)
        .where(counts.value > 0)
        .order_by(counts.value.desc(), Site.name, Site.id)
        .limit(limit)
    )
    found = session.execute(asked, {"until": audience.until}).all()
    placed = zip(ranks([value for *_, value, _ in found]), found, strict=True)
    ranked = tuple(Row(rank, name, value, npsn, pupils) for rank, (name, npsn, pupils, value, _) in placed)
    return Board(ranked, None, found[0][4] if found else 0)


def of_kelurahan(session: Session, programme_id: int, scope: Scope, period: str, *, limit: int, audience: Audience) -> Board:
    """Kelurahan of the scope by the stamped actions in them."""
    index = places.areas(session)
    within = index.kelurahan_within(scope.id)
    scores = values(session, programme_id, Subject.AREA, within, period, [RANKED], audience=audience)
    standing = sorted(((-score, index.by_id[area_id].name, area_id) for (area_id, _), score in scores.items() if score > 0))
    placed = zip(ranks([-minus for minus, _, _ in standing]), standing, strict=True)
    areas = index.by_id
    ranked = [Row(rank, name, -minus, areas[area_id].code, areas[area_id].population) for rank, (minus, name, area_id) in placed]
    return Board(tuple(ranked[:limit]), None, len(ranked))


def board(
    session: Session,
    programme_id: int,
    scope: Scope,
    period: str,
    subject: Ranked,
    *,
    limit: int,
    audience: Audience,
    person_id: int | None = None,
    around: bool = False,
) -> Board:
    """The board of the scope and period."""
    if subject is Ranked.SCHOOL:
        return of_schools(session, programme_id, scope, period, limit=limit, audience=audience)
    if subject is Ranked.KELURAHAN:
        return of_kelurahan(session, programme_id, scope, period, limit=limit, audience=audience)
    return of_persons(session, programme_id, scope, period, limit=limit, person_id=person_id, around=around, audience=audience)
