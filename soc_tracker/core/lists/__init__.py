"""Lists: rows that can be filtered, sorted, paged, exported and read by a program, alike and from one description.

A list is a ``ListPage`` (``pages``): columns (``columns``), a filter set (``filters``, its kinds in ``filter_fields``)
and ``rows_for(user)``. A column says how it is shown, sorted, filed and answered by the API; files are written by
``tables`` and ``exports``, pages cut by key in ``paging``, and the API's serializers take the columns in
``api``. Any page that takes parameters is a ``Page``: what it does not understand it names, and shows nothing.
``paging.bounded`` gives the first rows of a list for another page, ``paging.paged`` those of a section that no list has
in full, ``lookups`` find records by what people type.
"""
