"""Where bodies are: the boundaries of police force areas, whose each area is on a day, and maps of them."""
