"""Vocabularies whose words are rows: an administrator enters one, and pages, filters, files and the API have it.

A model that is a ``Word`` holds one vocabulary; what code decides on is a field of it, never its slug. A fact names its
word in a ``WordField``: ``finding.kind`` is the word, ``finding.kind_id`` its slug, and either may be put there.

Words are few and read on every page, so each process keeps them. After a write of its own it reads them anew at once;
what another process wrote it notices within ``FRESH_FOR`` seconds. They are shared: nobody changes them in place.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from time import monotonic
from typing import Any, Self, TypeVar, cast

from django import forms
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import connection, models
from django.db.models.fields.related_descriptors import ForwardManyToOneDescriptor
from django.db.models.signals import m2m_changed, post_delete, post_save
from django.utils.text import capfirst

from soc_tracker.core.records.models import PUBLISHED, Tracked, VisibleQuerySet

W = TypeVar("W", bound="Word")
FRESH_FOR = 2.0
"""Seconds for which the words are taken to be as they were read."""


class Word(Tracked):
    """One word of a vocabulary. ``order`` is its place among the others."""

    reached_by = PUBLISHED
    slug = models.SlugField(max_length=40, unique=True, help_text="By which files, addresses and the API name it.")
    label = models.CharField(max_length=80, unique=True)
    order = models.PositiveSmallIntegerField(default=0)
    meaning = models.CharField(max_length=250, blank=True)

    objects = VisibleQuerySet.as_manager()

    class Meta:
        abstract = True
        ordering = ["order", "label", "pk"]

    def __str__(self) -> str:
        return self.label

    @property
    def is_used(self) -> bool:
        """Whether a stored fact names it."""
        links = [link for link in self._meta.get_fields(include_hidden=True) if isinstance(link, models.ManyToOneRel)]
        fields: list[Any] = [link.field for link in links if isinstance(link.field, WordField)]
        return any(
            field.model._base_manager.filter(**{field.name: self.slug}).exists()
            for field in fields
            if field.db_constraint  # a history names it too
        )

    @classmethod
    def rows(cls) -> list[Self]:
        """Every word, in order."""
        return list(KEPT.of(cls).values())

    @classmethod
    def named(cls, slug: str) -> Self:
        """The word with the slug; one without a meaning where it has been removed."""
        return KEPT.of(cls).get(slug) or cls(slug=slug, label=slug)

    @classmethod
    def words(cls) -> list[tuple[str, str]]:
        """Slugs and labels, as fields and filters take them."""
        return [(word.slug, word.label) for word in cls.rows()]


@dataclass(eq=False)
class _Kept:
    """The words of each vocabulary by their slugs, in order, as they were under a stamp."""

    words: dict[type[Word], dict[str, Any]] = field(default_factory=dict)
    stamp: Any = None
    looked_at: float = 0.0

    def of(self, model: type[W]) -> Mapping[str, W]:
        if monotonic() - self.looked_at > FRESH_FOR or self.stamp is None:
            # What differs once a word was added, changed or removed: one line for each vocabulary.
            each = "SELECT '{0}', COUNT(*), MAX(id), SUM(version) FROM {0}"
            with connection.cursor() as cursor:
                cursor.execute(" UNION ALL ".join(each.format(model._meta.db_table) for model in vocabularies()))
                stamp, self.looked_at = frozenset(cursor.fetchall()), monotonic()
            if stamp != self.stamp:
                self.words, self.stamp = {}, stamp
        words = self.words
        if model not in words:
            links = [field.name for field in model._meta.many_to_many]
            rows = model._base_manager.order_by(*model._meta.ordering or ()).prefetch_related(*links)
            words[model] = {word.slug: word for word in rows}
        return words[model]

    def forget(self, instance: Any = None, **signal: Any) -> None:
        """Read them anew: one was written, or (without an instance) who knows."""
        if instance is None or isinstance(instance, Word):
            self.words, self.stamp = {}, None


KEPT = _Kept()


def vocabularies() -> list[type[Word]]:
    return [model for model in apps.get_models() if issubclass(model, Word)]


def watch_words() -> None:
    """Have words forgotten once one is written. Of words alone: a model that somebody listens to deletes row by row."""
    for model in vocabularies():
        post_save.connect(KEPT.forget, sender=model)
        post_delete.connect(KEPT.forget, sender=model)
        for link in model._meta.many_to_many:
            m2m_changed.connect(KEPT.forget, sender=link.remote_field.through)


class ForwardWord(ForwardManyToOneDescriptor):
    """Gives the word from those that are kept; takes a slug for the word itself."""

    def get_object(self, instance: models.Model) -> Any:
        word = KEPT.of(self.field.related_model).get(getattr(instance, self.field.attname))
        return word or super().get_object(instance)

    def __set__(self, instance: models.Model, value: Any) -> None:
        if isinstance(value, str):
            setattr(instance, self.field.attname, value)
        else:
            super().__set__(instance, value)


class WordField(models.ForeignKey):
    """A word of a vocabulary, held by its slug in a column of the field's own name."""

    forward_related_accessor_class = ForwardWord

    def __init__(self, to: Any, on_delete: Any = models.PROTECT, **options: Any) -> None:
        super().__init__(to, on_delete, **{**options, "to_field": "slug", "db_index": False})

    def deconstruct(self) -> Any:
        """Without a default: it is a word that is stored, and a migration must not ask for it."""
        name, path, args, options = super().deconstruct()
        options.pop("default", None)
        return name, path, args, options

    @property
    def vocabulary(self) -> type[Word]:
        return cast(type[Word], self.related_model)

    def get_attname_column(self) -> tuple[str, str]:  # type: ignore[override]  # as of any field with a column
        return self.get_attname(), self.db_column or self.name

    def validate(self, value: Any, model_instance: models.Model | None) -> None:
        """As a field of choices."""
        models.Field.validate(self, value, model_instance)
        words = KEPT.of(self.vocabulary)
        if value is not None and value not in words:
            named = ", ".join(word.label for word in words.values())
            raise ValidationError(f"“{value}” is no {self.vocabulary._meta.verbose_name}. Choose one of: {named}.")

    def formfield(self, **options: Any) -> Any:
        """The words in a list, as of choices; nothing is read for it."""
        names = ("widget", "label", "required", "help_text", "initial")
        own: dict[str, Any] = {name: options[name] for name in names if name in options}

        def choices() -> list[tuple[str, str]]:
            return [("", "---------"), *self.vocabulary.words()]

        words: dict[str, Any] = {"help_text": self.help_text, "required": not self.blank}
        words["label"] = capfirst(self.verbose_name)
        if self.has_default():
            words["initial"] = self.get_default
        return forms.TypedChoiceField(**{**words, **own}, choices=choices, empty_value=None)
