"""Whether an inspection says of its bodies in the same way what is the same, and what its inspectors drafted."""
