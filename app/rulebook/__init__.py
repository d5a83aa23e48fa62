"""A new version of a programme: what it would change, for whom; the day on which belts and badges follow it."""
