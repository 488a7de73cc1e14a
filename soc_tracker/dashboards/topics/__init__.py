"""Topics across bodies."""
