"""The states and sorts that an action knows."""

from __future__ import annotations

from enum import StrEnum


class Status(StrEnum):
    """Where an action stands. Waiting and held ones wait for a person's word."""

    WAITING = "waiting"
    HELD = "held"
    STAMPED = "stamped"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


OPEN = frozenset({Status.WAITING, Status.HELD})
"""While somebody's word is still to come."""


class Source(StrEnum):
    """Where a position came from: the device, a pin on a map, a photograph's EXIF."""

    DEVICE = "device"
    PIN = "pin"
    PHOTO = "photo"


class Capacity(StrEnum):
    """As whom the person acted; it decides who may stamp."""

    PUPIL = "pupil"
    TEACHER = "teacher"
    PRINCIPAL = "principal"
    CADRE = "cadre"
    COORDINATOR = "coordinator"
    VOLUNTEER = "volunteer"


class PhotoRole(StrEnum):
    BEFORE = "before"
    AFTER = "after"
    DETAIL = "detail"
    PERSON_FREE = "person-free"
