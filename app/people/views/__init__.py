"""Pages of signing in and up, passwords and invitations. Each module hangs its views on the blueprint."""

from __future__ import annotations

from app.people.views import codes, invitation_tables, invitations, passwords, sessions, signing_in, signing_up
from app.people.views.blueprint import blueprint

__all__ = ["blueprint", "codes", "invitation_tables", "invitations", "passwords", "sessions", "signing_in", "signing_up"]
