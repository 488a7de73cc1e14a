"""The pages of a force, a regional unit or another body."""
