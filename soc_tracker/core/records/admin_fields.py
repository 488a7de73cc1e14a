"""Fields of the admin's forms."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.contrib.admin import FieldListFilter, RelatedFieldListFilter
from django.contrib.admin.options import BaseModelAdmin
from django.contrib.admin.widgets import (
    AutocompleteMixin,
    AutocompleteSelect,
    AutocompleteSelectMultiple,
    RelatedFieldWidgetWrapper,
)
from django.db import models
from django.db.models import QuerySet
from django.http import HttpRequest

from soc_tracker.core.records.models import VisibleQuerySet
from soc_tracker.core.records.words import WordField
from soc_tracker.core.text.days import DayField

LARGEST = 2**63 - 1  # that a database counts to


def is_key(value: Any) -> bool:
    """Whether some record may have it for its key: not text, nor a number beyond what a database holds."""
    words = str(value)
    return words.isascii() and words.isdigit() and int(words[:20]) <= LARGEST


def chosen_as(record: models.Model) -> str:
    """How a record is called where one is chosen: by a name that tells it from others, where its model has one."""
    return str(getattr(record, "name_among_others", record))


class LinkField(forms.ModelChoiceField):
    """A linked record, called by a name that tells it from others."""

    def label_from_instance(self, obj: models.Model) -> str:
        return chosen_as(obj)


class LinkOfRowField(LinkField):
    """A record that one of several rows links to: one of those that the rows have looked up together, by their keys as
    they are posted.
    """

    def __init__(self, records: Mapping[str, models.Model], field: LinkField) -> None:
        names = ("required", "widget", "label", "initial", "help_text")
        super().__init__(field.queryset, **{name: getattr(field, name) for name in names})
        self.records = records

    def to_python(self, value: Any) -> Any:
        if value in self.empty_values:
            return None
        record = self.records.get(str(value))
        if record is None:
            raise forms.ValidationError(self.error_messages["invalid_choice"], "invalid_choice", {"value": value})
        return record


class LinksField(LinkField, forms.ModelMultipleChoiceField):
    """Linked records, which nonsense does not lead to."""

    def _check_values(self, value: Any) -> Any:
        for each in value if isinstance(value, list | tuple) else ():
            if not is_key(each):
                raise forms.ValidationError(self.error_messages["invalid_pk_value"], "invalid_pk_value", {"pk": each})
        return super()._check_values(value)


class WordListFilter(RelatedFieldListFilter):
    """The words of a vocabulary beside a list; they are at hand."""

    def field_choices(self, field: Any, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return list(field.related_model.words())


FieldListFilter.register(lambda field: isinstance(field, WordField), WordListFilter, take_priority=True)


class RowField(forms.Field):
    """The key of one of the rows that a page shows: those are read once, not row by row."""

    widget = forms.HiddenInput
    default_error_messages = {"gone": "This row is no longer there. Open the page again."}

    def __init__(self, rows: Mapping[int, models.Model], **kwargs: Any) -> None:
        super().__init__(required=False, **kwargs)
        self.rows = rows

    def clean(self, value: Any) -> models.Model | None:
        if value in self.empty_values:
            return None
        row = self.rows.get(int(value)) if is_key(value) else None
        if row is None:
            raise forms.ValidationError(self.error_messages["gone"], "gone")
        return row


class LookedUp(AutocompleteMixin):
    """Shows what is chosen, and nothing in the place of nonsense."""

    def optgroups(self, name: str, value: list[Any], attrs: Any = None) -> Any:
        return super().optgroups(name, [each for each in value if is_key(each)], attrs)


class LookedUpSelect(LookedUp, AutocompleteSelect):
    """One record."""


class LookedUpSelectMultiple(LookedUp, AutocompleteSelectMultiple):
    """Several records."""


def less_drafts(request: HttpRequest, rows: QuerySet) -> QuerySet:
    """Without what is still to be published and is not the user's work."""
    return rows.less_drafts(request.user) if isinstance(rows, VisibleQuerySet) else rows


class RecordFields(BaseModelAdmin):
    """The fields of every record's form and rows."""

    formfield_overrides = {
        models.DateField: {"form_class": DayField},
        models.ForeignKey: {"form_class": LinkField},
        models.OneToOneField: {"form_class": LinkField},
        models.ManyToManyField: {"form_class": LinksField},
    }

    def get_view_on_site_url(self, obj: models.Model | None = None) -> str | None:
        """The record's own page, where it has one."""
        return obj.get_absolute_url() if obj is not None and hasattr(obj, "get_absolute_url") else None

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return less_drafts(request, super().get_queryset(request))

    def get_field_queryset(self, db: Any, db_field: Any, request: HttpRequest) -> QuerySet:
        """The records that may be linked to."""
        rows = super().get_field_queryset(db, db_field, request)
        every = db_field.remote_field.model._default_manager.using(db).all()
        return less_drafts(request, every if rows is None else rows)

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """Django's field: what is looked up shows nothing in the place of nonsense, and no button removes the record
        that is linked to.
        """
        if db_field.name in self.get_autocomplete_fields(request):
            select = LookedUpSelectMultiple if db_field.many_to_many else LookedUpSelect
            kwargs.setdefault("widget", select(db_field, self.admin_site))
        if isinstance(db_field, models.URLField):
            kwargs.setdefault("assume_scheme", "https")
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        widget = getattr(field, "widget", None)
        if isinstance(widget, RelatedFieldWidgetWrapper):
            widget.can_delete_related = False
        return field


class ReadOnly(BaseModelAdmin):
    """Of rows that are written elsewhere; here they are only shown."""

    def _never(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    has_add_permission = has_change_permission = has_delete_permission = _never
