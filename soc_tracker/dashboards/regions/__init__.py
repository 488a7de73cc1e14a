"""The pages of a region: its bodies beside one another."""
