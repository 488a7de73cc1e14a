"""The trail: who did what to what, when and why, beside the tables that it speaks of, and never changed.

``services.record_event`` adds an entry in the transaction of what it tells of, so that what is rolled back leaves none.
Entries are sealed in batches, each seal over the one before it; ``guard`` has both databases refuse to change or delete
them.
"""
