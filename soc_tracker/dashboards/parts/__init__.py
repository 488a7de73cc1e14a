"""What the short pages of a body and of a region share: one head, and each page its own address."""
