"""A figure as somebody cited it: what it said, of what, under which two clocks, who cited it and when."""

import secrets

from django.conf import settings
from django.db import models
from django.urls import reverse

from disruptions.choices import DataKind
from soc_tracker.core.records.models import Tracked, Whole, WholeQuerySet

LETTERS = "23456789abcdefghjkmnpqrstuvwxyz"
"""None that is taken for another when it is read aloud or typed."""


def new_code() -> str:
    return "".join(secrets.choice(LETTERS) for _ in range(8))


class Citation(Whole, Tracked):
    """``page`` and ``report`` say where the figure stands: the address of its page with the day, and the report's slug
    ("" for the number of rows of a list). ``known`` is the moment of the last write to the record that it takes in.
    ``value`` holds what it said: ``headings``, and ``rows`` of texts as its files have them.
    """

    code = models.CharField(max_length=12, unique=True, default=new_code, editable=False)
    page = models.TextField()
    report = models.CharField(max_length=60, blank=True)
    title = models.CharField(max_length=300)
    sentence = models.TextField(blank=True)
    filter = models.TextField(blank=True)
    kind_of_data = models.CharField(max_length=12, choices=DataKind.words)
    as_at = models.DateField()
    known = models.DateTimeField("known here until")
    value = models.JSONField()
    cited_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="citations")
    cited_at = models.DateTimeField()

    objects = WholeQuerySet.as_manager()

    class Meta:
        ordering = ["-cited_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.title}, as at {self.as_at}"

    def get_absolute_url(self) -> str:
        return reverse("disruptions:citation", args=[self.code])
