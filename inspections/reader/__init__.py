"""A published report becomes proposals that a person reviews: ``structure`` turns its file into blocks."""
