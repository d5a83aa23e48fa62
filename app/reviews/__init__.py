"""Stamped actions that somebody has to look at again: opened by what looks wrong, closed by a person's decision."""
