"""How late disruptions reach the record: the triangle of quarters of activity and of becoming known."""
