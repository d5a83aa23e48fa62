"""What anybody may see. Each module hangs its views on the blueprint."""

from __future__ import annotations

from app.public.views import boards, city, facts, kelurahan, landing, method, outlines, programmes
from app.public.views.blueprint import blueprint

__all__ = ["blueprint", "boards", "city", "facts", "kelurahan", "landing", "method", "outlines", "programmes"]
