"""Schools and workplaces around which actions count: who adds, confirms, moves and closes them, and how far each reaches."""
