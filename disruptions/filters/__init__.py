"""What threats, disruptions and extracts can be narrowed to: the same for page, export and API."""
