"""Whole numbers of any size can be asked for; those that no column holds are those of no row."""

from typing import Any

from django.db import models
from django.db.models.lookups import In

LOWEST, HIGHEST = -(2**63), 2**63 - 1


@models.IntegerField.register_lookup
class OneOfTheNumbers(In):
    """``number__in``, as Django's own lookup, which would hand SQLite what it cannot take. Of a single number, its
    lookup does the same.
    """

    def get_prep_lookup(self) -> Any:
        found = super().get_prep_lookup()
        if not self.rhs_is_direct_value():
            return found
        return [each for each in found if not isinstance(each, int) or LOWEST <= each <= HIGHEST]
