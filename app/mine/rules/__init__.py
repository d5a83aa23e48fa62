"""What somebody's own actions say of their weeks and of what they will reach."""
