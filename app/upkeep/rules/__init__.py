"""What administration pages there are and whose they are: decided from values alone."""

from app.upkeep.rules.pages import PAGES, AdminPage, pages_of

__all__ = ["PAGES", "AdminPage", "pages_of"]
