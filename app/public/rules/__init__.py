"""What public pages say, decided from values alone."""
