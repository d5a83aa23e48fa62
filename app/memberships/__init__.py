"""Belonging to a site: found, asked, confirmed, and what that gives to what was recorded meanwhile."""
