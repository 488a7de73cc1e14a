"""What lists of plans and of what belongs around them can be narrowed to: the same for page, export and API."""
