"""The blueprint of signing in and up, passwords and invitations."""

from __future__ import annotations

from app.web.surfaces import Surface, SurfaceBlueprint

blueprint = SurfaceBlueprint("people", __name__, Surface.PAGE)
