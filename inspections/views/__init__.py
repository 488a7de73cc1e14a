"""Pages of inspections and of everything that they said."""
