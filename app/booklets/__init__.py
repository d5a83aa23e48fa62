"""Pages of stamps, as on paper, and the public check of a stamp."""
