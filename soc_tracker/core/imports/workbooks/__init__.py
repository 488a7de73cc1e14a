"""Workbooks, in any form of a spreadsheet program: looked at and read by a process of its own within limits.

``source`` starts that process and has it say what it finds. ``program`` is what runs there: ``excel`` and
``open_document`` look through a workbook before the library that reads it is given it.
"""
