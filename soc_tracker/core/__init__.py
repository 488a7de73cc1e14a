"""The cellar: what every app is built with, and what knows none of them.

A package for each idea: ``records`` (a tracked row), ``lists`` and ``reports`` (rows and numbers on pages, in files and
to programs), ``paper`` (one sheet of A4), ``imports`` (spreadsheets into rows), ``posting`` (forms sent once),
``accounts`` and ``access`` (who, and what they may), ``text`` and ``stats`` (pure functions). Each says how it is used.
They build on one another in the order that pyproject.toml gives ("The rooms of the cellar").
"""
