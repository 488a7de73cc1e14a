"""How much of each limit is spent."""

from django.db import models


class Spending(models.Model):
    """Attempts under one key. Each costs the seconds of its rate, and ``until`` is when all will have been paid off, in
    seconds since 1970. A row whose time has come means nothing any more.
    """

    key = models.CharField(max_length=64, unique=True, help_text="A digest: nobody's name or address is kept.")
    until = models.FloatField(db_index=True)

    def __str__(self) -> str:
        return self.key
