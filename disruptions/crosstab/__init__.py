"""Disruptions by any two things: page, CSV and XLSX."""
