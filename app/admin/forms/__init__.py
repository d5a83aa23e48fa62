"""What administrators ask for and fill in."""
