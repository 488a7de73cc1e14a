"""Bodies and regions at a glance: one head, a page for each part, and small pictures on one scale for any page."""
