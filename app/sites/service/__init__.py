"""Changing sites: what officers do, each within what their posts allow. `facts` stores without asking who may."""

from app.sites.service.importing import SiteLine, SiteOutcome, SitesReport, import_sites
from app.sites.service.officers import (
    add_site,
    check_new_place,
    close_site,
    confirm_site,
    count_pupils,
    may_touch,
    move_site,
    rename_site,
)

__all__ = [
    "SiteLine",
    "SiteOutcome",
    "SitesReport",
    "add_site",
    "check_new_place",
    "close_site",
    "confirm_site",
    "count_pupils",
    "import_sites",
    "may_touch",
    "move_site",
    "rename_site",
]
