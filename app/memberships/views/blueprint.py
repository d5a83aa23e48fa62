"""The blueprint of the pages on who belongs where."""

from __future__ import annotations

from app.web.surfaces import Surface, SurfaceBlueprint

blueprint = SurfaceBlueprint("memberships", __name__, Surface.PAGE)
