"""A later edition of a report that was reviewed: what it changes, adds and leaves out."""
