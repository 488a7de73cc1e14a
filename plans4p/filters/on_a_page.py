"""What a plan on a page can be narrowed to."""

from typing import Any

from django import forms

from plans4p.choices import OPEN
from plans4p.filters.kinds import KindSet
from plans4p.models import Plan
from soc_tracker.lib.filter_fields import OneChoiceFilter


class NamedHereFilter(OneChoiceFilter):
    """Rows that name one of the records which the page's own rows name: by number, in order of words."""

    def __init__(self, field_name: str, words: tuple[str, ...], **kwargs: Any) -> None:
        self.words = words
        super().__init__(field_name, choices=(), **kwargs)

    @property
    def field(self) -> forms.Field:
        if not hasattr(self, "_field") and hasattr(self, "parent"):
            rows = self.parent.queryset.filter(**{f"{self.field_name}__isnull": False}).order_by(*self.words)
            named = rows.values_list(self.field_name, *self.words).distinct()
            self.extra["choices"] = [(str(key), " ".join(filter(None, words))) for key, *words in named]
        return super().field


class OnAPageFilter(KindSet):
    """Open plans of one body."""

    status = OneChoiceFilter(choices=[(status.value, status.label) for status in OPEN], label="Status")
    owner = NamedHereFilter("owner", ("owner__rank", "owner__name"), label="Owner")
    area = NamedHereFilter("threat__area", ("threat__area__name",), label="Local policing area")

    class Meta:
        model = Plan
        fields = ()
