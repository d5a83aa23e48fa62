"""Watching: slow statements, metrics, errors told elsewhere."""
