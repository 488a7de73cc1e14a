"""The exchange of good practice: whose practice may help whom, and what became of it."""
