"""Following what must change: one list and a board of it, the pack of a quarter, time to closure, topics over time."""
