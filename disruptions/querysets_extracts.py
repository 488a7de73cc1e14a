"""Named filters of extracts and of files on their way in."""

from typing import Self

import rules
from django.contrib.auth.models import AbstractBaseUser, AnonymousUser

from disruptions.querysets import KindQuerySet
from soc_tracker.lib.uploads.models import UploadsQuerySet


class ExtractQuerySet(KindQuerySet):
    pass


class UploadQuerySet(UploadsQuerySet, KindQuerySet):
    def visible_to(self, user: AbstractBaseUser | AnonymousUser) -> Self:
        """Files on their way in are seen by those who may load them, and do not exist for others."""
        return super().visible_to(user) if rules.has_perm("disruptions.load_extract", user) else self.none()
