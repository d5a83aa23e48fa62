"""Reading for the administration: queries that join the rooms of the whole house."""
