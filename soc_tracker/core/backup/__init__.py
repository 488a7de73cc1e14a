"""A copy of all that the site keeps, in a folder, and the way back: ``manage.py backup`` and ``manage.py restore``.

The database is copied as it stood at one moment while the site goes on; uploads and the trail's digests are beside it,
and a manifest says what there is, how large, with which digests and by which version of the site. With a key, every
file is sealed: nobody reads it without the key, and what was altered, swapped or cut short does not open.
"""


class BackupError(Exception):
    """Nothing was backed up, or nothing restored; the message says why and what to do."""
