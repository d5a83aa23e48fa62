"""What somebody says of themselves, and what their browser tells."""
