"""Changing places: areas from files, RW."""

from app.places.service.figures import add_rws, set_figures
from app.places.service.importing import ImportOptions, import_areas, import_survey, read_survey, source_of
from app.places.service.reading import AreaFile, parse_geojson, read_bytes, read_file
from app.places.service.renaming import rename_area
from app.places.service.revision import areas_changed
from app.places.service.wards import find_or_make_place, rw

__all__ = [
    "AreaFile",
    "ImportOptions",
    "add_rws",
    "areas_changed",
    "find_or_make_place",
    "import_areas",
    "import_survey",
    "parse_geojson",
    "read_bytes",
    "read_file",
    "read_survey",
    "rename_area",
    "rw",
    "set_figures",
    "source_of",
]
