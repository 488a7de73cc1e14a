"""How long it takes until what must change is closed, how much is done in time, and the topics that stay open."""
