"""Measures the site's speed and memory against floors of its own: see README.md in this folder."""
