"""The directory of bodies: the map of grades, and the way to every list."""
