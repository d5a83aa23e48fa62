"""What somebody sees of themselves: their home, their notices, their account."""
