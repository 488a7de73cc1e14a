"""What was published of bodies: findings, what must change, practice worth copying, figures."""
