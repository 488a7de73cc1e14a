"""One sheet of A4 for a body, a region, an inspection or a plan."""
