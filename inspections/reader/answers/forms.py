"""The form of a response that was read: where it was published, and each answer in words of one's own."""

from collections.abc import Mapping
from typing import Any

from django import forms

from inspections.responses.forms import HEAD, ResponseForm
from inspections.responses.queries import Reply
from inspections.sources.models import SourceDocument

DOCUMENT = ("title", "publisher", "kind", "licence")
Values = dict[str, Any]


class AnswersForm(ResponseForm):
    """A response is always from a document: one on record, or the one that was uploaded."""

    document_title = forms.CharField(
        label="Or its title, where it is not on record yet", required=False, max_length=200
    )
    document_publisher = forms.CharField(label="Its publisher", required=False, max_length=120)

    def __init__(self, *args: Any, matches: Mapping[int, list[Any]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.matches = matches
        self.fields["source"].empty_label = "It is not on record yet"  # type: ignore[attr-defined]
        for name in ("kind", "licence"):
            field: Any = SourceDocument._meta.get_field(name)
            self.fields[f"document_{name}"] = field.formfield(label=f"Its {name}", required=False)

    @property
    def head(self) -> list[forms.BoundField]:
        place = HEAD.index("source") + 1
        names = [*HEAD[:place], *(f"document_{name}" for name in DOCUMENT), *HEAD[place:]]
        return [self[name] for name in names]

    @property
    def beside(self) -> list[tuple[Reply, list[forms.BoundField], list[Any]]]:
        """Each thing that must change with its fields, and what was matched with it."""
        return [(each, fields, self.matches.get(each.requirement.pk, [])) for each, fields in self.parts]

    def clean(self) -> Values:
        cleaned = super().clean()
        if cleaned.get("source") and cleaned.get("document_title"):
            self.add_error("source", "Choose a document or give the title of a new one, not both.")
        for name in DOCUMENT if not cleaned.get("source") else ():
            if not cleaned.get(f"document_{name}"):
                self.add_error(f"document_{name}", f"Choose a document above, or give the {name} of a new one.")
        if not cleaned.get("locator"):
            self.add_error("locator", "Say where in the document it stands.")
        return cleaned

    @property
    def document(self) -> Values:
        """What is said of a new document; nothing where one is chosen."""
        cleaned = self.cleaned_data
        if cleaned["source"]:
            return {}
        return {name: cleaned[f"document_{name}"] for name in DOCUMENT} | {"published_on": cleaned["published_on"]}
