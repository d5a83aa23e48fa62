"""Commands that need the rooms of the whole house."""
