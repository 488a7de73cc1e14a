"""Grades on serious and organised crime, body by body, and how they were changed here."""
