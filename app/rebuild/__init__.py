"""Everything derived, computed again from the stamps: what differs is named, and put right."""
