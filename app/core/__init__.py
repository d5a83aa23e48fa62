"""Pure words of the whole house. Nothing here knows a database, a request or a clock of its own."""
