"""How the house stands: queue, storage, database, milestones."""
