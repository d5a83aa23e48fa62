"""What can be told about places without looking anything up."""

from app.places.rules.codes import PlaceWords, level_of, normal_code, parent_code, parse_place, rw_code, zone_of
from app.places.rules.fields import FieldOptions
from app.places.rules.ground import area_km2, distance_to_m
from app.places.rules.names import clean_name, npsn, rt_name, rw_name
from app.places.rules.report import ImportOutcome, ImportReport, ReportLine
from app.places.rules.survey import Survey, survey
from app.places.rules.words import KEMENDAGRI, UNKNOWN_NAME, AreaLevel, SiteKind

__all__ = [
    "KEMENDAGRI",
    "UNKNOWN_NAME",
    "AreaLevel",
    "FieldOptions",
    "ImportOutcome",
    "ImportReport",
    "PlaceWords",
    "ReportLine",
    "SiteKind",
    "Survey",
    "area_km2",
    "clean_name",
    "distance_to_m",
    "level_of",
    "normal_code",
    "npsn",
    "parent_code",
    "parse_place",
    "rt_name",
    "rw_code",
    "rw_name",
    "survey",
    "zone_of",
]
