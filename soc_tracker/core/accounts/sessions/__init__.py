"""Sessions: how long one lasts, which are open, and how each is ended by its owner or an administrator."""
