"""What is measured: each operation makes its requests anew, and knows the answer that it means to get."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from app.core.clock import DEFAULT_ZONE
from bench.city import City, body
from bench.client import request

GZIP = {"Accept-Encoding": "gzip"}
BATCH_SIZE = 50


@dataclass(frozen=True, slots=True)
class Operation:
    name: str
    one: Callable[[City], bytes]
    expected: int = 200
    share: float = 1.0
    """How many of it are sent, beside others, in a run."""

    def requests(self, city: City, count: int) -> list[bytes]:
        return [self.one(city) for _ in range(max(1, round(count * self.share)))]


def _receipt(city: City) -> bytes:
    one = city.sent_before()
    return request("GET", f"/api/v1/actions/{one.id}", token=one.by.token)


def _queue(city: City) -> bytes:
    return request("GET", "/api/v1/stamping/queue", token=city.officers[city.chance.choice(city.kelurahan)])


def _stamp_one(city: City) -> bytes:
    [one] = city.next_waiting(1)
    return request("POST", "/api/v1/stamps", token=city.officers[one.by.kelurahan], body={"actions": [str(one.id)]})


def _stamp_many(city: City) -> bytes:
    ids = [str(one.id) for one in city.next_waiting(BATCH_SIZE)]
    return request("POST", "/api/v1/stamps", token=city.city_officer, body={"actions": ids})


def _board(city: City) -> bytes:
    path = "/api/v1/programmes/gps/leaderboard?scope=city&period=all&around=me"
    return request("GET", path, token=city.volunteer().token)


def _indicators(city: City) -> bytes:
    return request("GET", f"/api/v1/kelurahan/{city.chance.choice(city.kelurahan)}/indicators")


def _geojson(_city: City) -> bytes:
    return request("GET", "/api/v1/kelurahan.geojson?indicator=actions&programme=gps", headers=GZIP)


def _floor(path: str) -> Callable[[City], bytes]:
    start = datetime.combine(date(2026, 1, 5), time(7, 5), ZoneInfo(DEFAULT_ZONE))
    return lambda city: request("POST", path, body=body(city.volunteer(), start, city.chance))


FLOORS = (
    Operation("floor: a row by the ORM", _floor("/orm"), 201),
    Operation("floor: a row by plain SQL", _floor("/sql"), 201),
)
RECORD = Operation("record an action", City.record, 201)
GEOJSON = Operation("all kelurahan as GeoJSON, gzip", _geojson, share=0.3)
REAL_CITY = Operation("the same with Bandung's 151 beside the demo's", _geojson, share=0.3)
OPERATIONS = (
    RECORD,
    Operation("the same action again", lambda city: city.sent_before().sent),
    Operation("receipt of an action", _receipt),
    Operation("officer's queue, 50 a page", _queue, share=0.3),
    Operation("stamp one", _stamp_one, share=0.3),
    Operation("stamp 50 at once", _stamp_many, share=0.012),
    Operation("board of the city with own rank", _board),
    Operation("indicators of one kelurahan", _indicators),
    Operation("list of kelurahan", lambda _: request("GET", "/api/v1/kelurahan"), share=0.3),
    GEOJSON,
    Operation("me", lambda city: request("GET", "/api/v1/me", token=city.volunteer().token)),
)
