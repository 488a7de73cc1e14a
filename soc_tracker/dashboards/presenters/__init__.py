"""What a template shows: rows and words from what the selectors read, without a query."""
