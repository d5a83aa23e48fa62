"""What whoever runs the server is told: which figures are well, and what to do about those that are not."""
