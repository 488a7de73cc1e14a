"""What a body is: its areas, names, regions over time, and what it was and became."""
