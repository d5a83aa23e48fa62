"""Work on the whole house, each calling the rooms' own functions in the order of the ladder."""
