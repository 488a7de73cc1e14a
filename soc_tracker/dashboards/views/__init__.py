"""Thin views: what was asked for, the selector that reads it, the template that shows it."""
