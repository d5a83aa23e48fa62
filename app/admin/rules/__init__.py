"""What administration pages there are and whose they are: decided from values alone."""

from app.admin.rules.pages import PAGES, AdminPage, pages_of

__all__ = ["PAGES", "AdminPage", "pages_of"]
