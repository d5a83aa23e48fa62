"""Pages of the administration, below /admin, in one frame. Each module hangs its views on the blueprint."""

from __future__ import annotations

from app.admin.views import (
    areas,
    audit,
    giving,
    importing,
    jobs,
    moving,
    overview,
    people,
    person,
    poster,
    programme_fields,
    programmes,
    reviews,
    site,
    site_changes,
    site_tables,
    sites,
    table_files,
    targets,
)
from app.admin.views.blueprint import blueprint

__all__ = [
    "areas",
    "audit",
    "blueprint",
    "giving",
    "importing",
    "jobs",
    "moving",
    "overview",
    "people",
    "person",
    "poster",
    "programme_fields",
    "programmes",
    "reviews",
    "site",
    "site_changes",
    "site_tables",
    "sites",
    "table_files",
    "targets",
]
