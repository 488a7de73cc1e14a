"""What the record holds of some bodies, as at a day and for a period."""
