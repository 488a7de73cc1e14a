"""A report that somebody uploads is read by the worker, and its proposals are reviewed beside the passages.

What is accepted becomes a record of a draft inspection at once, through the services that write such records. Passages
stay here: no list, file, API or trail has them, and whoever is not in the team of the draft sees none.
"""
